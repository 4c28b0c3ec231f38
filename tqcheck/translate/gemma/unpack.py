"""What is in a GGUF file of Gemma 3: its sizes, its vocabulary, and its tensors as numbers.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. The network: Gemma Team 2025, "Gemma 3 Technical
Report".
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tqcheck.errors import Place, UserError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.float32]

_ARCHITECTURE = "gemma3"


class Sizes(NamedTuple):
    """Of the network. ``window``: positions that a local layer sees; ``base``: of the rotation in the global layers."""

    layers: int
    width: int
    heads: int
    head: int
    window: int
    epsilon: float
    base: float


class Vocabulary(NamedTuple):
    """Pieces by number, the score of each (higher: merged earlier), and its type in GGUF's terms."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    types: tuple[int, ...]


class Unpacked:
    """A GGUF file that is open. Raises UserError where it is none, is cut, or is not of Gemma 3."""

    def __init__(self, path: Path) -> None:
        self._place = Place(str(path))
        try:
            from gguf import GGUFReader
        except ImportError as error:
            raise UserError("the library gguf is not installed", hint="pip install 'tqcheck[lm]'") from error
        try:
            reader = GGUFReader(str(path))
        except (OSError, ValueError, KeyError, IndexError, struct.error) as error:
            raise UserError(f"not a complete GGUF file: {error}", self._place) from error
        self._fields = reader.fields
        self._tensors = {str(tensor.name): tensor for tensor in reader.tensors}
        found = self._value("general.architecture")
        if found != _ARCHITECTURE:
            raise UserError(f"a model of the kind {found!r}, not {_ARCHITECTURE!r}", self._place)
        if self._value(f"{_ARCHITECTURE}.attention.head_count_kv") != 1:
            raise UserError("a Gemma 3 with more than one head of keys: not supported", self._place)
        if self._value("tokenizer.ggml.model") != "llama":
            raise UserError("its tokenizer is of another kind than Gemma's", self._place)

    @property
    def sizes(self) -> Sizes:
        def value(name: str) -> Any:
            return self._value(f"{_ARCHITECTURE}.{name}")

        return Sizes(
            layers=int(value("block_count")),
            width=int(value("embedding_length")),
            heads=int(value("attention.head_count")),
            head=int(value("attention.key_length")),
            window=int(value("attention.sliding_window")),
            epsilon=float(value("attention.layer_norm_rms_epsilon")),
            base=float(value("rope.freq_base")),
        )

    @property
    def vocabulary(self) -> Vocabulary:
        pieces, scores, types = (self._value(f"tokenizer.ggml.{name}") for name in ("tokens", "scores", "token_type"))
        return Vocabulary(tuple(pieces), tuple(scores), tuple(types))

    def tensor(self, name: str, rows: NDArray[np.int64] | None = None) -> Tensor:
        """The numbers of a tensor, output by input; of some of its rows where ``rows`` says which."""
        import numpy as np
        from gguf.quants import dequantize

        tensor = self._tensors.get(name)
        if tensor is None:
            raise UserError(f"the tensor {name} is missing", self._place)
        data = tensor.data if rows is None else tensor.data[rows]
        return np.asarray(dequantize(data, tensor.tensor_type), np.float32)

    def _value(self, name: str) -> Any:
        if name not in self._fields:
            raise UserError(f"the GGUF file says nothing of {name}", self._place)
        return self._fields[name].contents()
