"""A Gemma 3 as the hub has it: a directory of safetensors, a config and a tokenizer, read as numbers alone.

The format of the weights: https://github.com/huggingface/safetensors#format. A directory is read as what a GGUF file of
the same model holds, by the same names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tqcheck.errors import Place, UserError
from tqcheck.translate.gemma.unpack import Sizes, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.float32]

CONFIG, TOKENIZER = "config.json", "tokenizer.json"
WEIGHTS = "*.safetensors"
_KINDS = {"F32": "<f4", "F16": "<f2", "BF16": "<u2"}
_LONGEST_HEADER = 1 << 27

# GGUF's name of a layer's tensor -> the hub's.
_IN_LAYER = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}
_OUTSIDE = {"token_embd.weight": "embed_tokens.weight", "output_norm.weight": "norm.weight"}
_LAYER = re.compile(r"blk\.(\d+)\.(\w+)\.weight")
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")
_NORMAL, _SPECIAL, _AS_BYTE = 1, 3, 6


class _Stored(NamedTuple):
    """Where a tensor is: its file, the first byte, its shape and the kind of its numbers."""

    file: Path
    start: int
    shape: tuple[int, ...]
    kind: str


class Checkpoint:
    """A directory that is open. Raises UserError where it is none of Gemma 3, or something of it is missing."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._config = self._json(CONFIG)
        if self._config.get("model_type") != "gemma3_text":
            raise self._wrong(f"a model of the kind {self._config.get('model_type')!r}, not 'gemma3_text'")
        if self._config.get("num_key_value_heads") != 1:
            raise self._wrong("a Gemma 3 with more than one head of keys: not supported")
        self._stored: dict[str, _Stored] = {}
        for file in sorted(directory.glob(WEIGHTS)):
            self._stored |= _index(file)

    @property
    def sizes(self) -> Sizes:
        """The sizes of the network."""
        return Sizes(
            layers=int(self._value("num_hidden_layers")),
            width=int(self._value("hidden_size")),
            heads=int(self._value("num_attention_heads")),
            head=int(self._value("head_dim")),
            window=int(self._value("sliding_window")),
            epsilon=float(self._value("rms_norm_eps")),
            base=float(self._value("rope_theta")),
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """The pieces. In Gemma's vocabulary those that are merged earlier have lower numbers."""
        told = self._json(TOKENIZER)
        try:
            numbers: Mapping[str, int] = told["model"]["vocab"]
            special = {str(token["content"]) for token in told["added_tokens"]}
            pieces = sorted(numbers, key=numbers.__getitem__)
        except (KeyError, TypeError, AttributeError) as error:
            raise self._wrong(f"its {TOKENIZER} is of another kind than Gemma's") from error
        if [numbers[piece] for piece in pieces] != list(range(len(pieces))):
            raise self._wrong(f"the pieces of its {TOKENIZER} are not numbered one by one")
        types = tuple(
            _AS_BYTE if _BYTE.fullmatch(piece) else _SPECIAL if piece in special else _NORMAL for piece in pieces
        )
        return Vocabulary(tuple(pieces), tuple(-float(number) for number in range(len(pieces))), types)

    def tensor(self, name: str, rows: NDArray[np.int64] | None = None) -> Tensor:
        """The numbers of a tensor by GGUF's name; the gain of a norm with the 1 that GGUF adds."""
        import numpy as np

        layer = _LAYER.fullmatch(name)
        inner = f"layers.{layer[1]}.{_IN_LAYER[layer[2]]}.weight" if layer else _OUTSIDE[name]
        stored = self._stored.get(f"model.{inner}")
        if stored is None:
            raise self._wrong(f"the tensor model.{inner} is missing")
        kind = _KINDS.get(stored.kind)
        if kind is None:
            raise self._wrong(f"the tensor model.{inner} is of the kind {stored.kind}")
        try:
            raw = np.memmap(stored.file, np.dtype(kind), "r", stored.start, stored.shape)
        except (OSError, ValueError) as error:
            raise self._wrong(f"{stored.file.name} is cut: {error}") from error
        found = np.asarray(raw if rows is None else raw[rows])
        if stored.kind == "BF16":  # the upper half of a 32-bit number
            found = (found.astype(np.uint32) << 16).view(np.float32)
        return np.asarray(found, np.float32) + np.float32(inner.endswith("norm.weight"))

    def _value(self, name: str) -> Any:
        if name not in self._config:
            raise self._wrong(f"its {CONFIG} says nothing of {name}")
        return self._config[name]

    def _json(self, name: str) -> Any:
        try:
            return json.loads((self._directory / name).read_text("utf-8"))
        except FileNotFoundError as error:
            raise self._wrong(f"it has no {name}") from error
        except (OSError, ValueError) as error:
            raise self._wrong(f"its {name} cannot be read: {error}") from error

    def _wrong(self, message: str) -> UserError:
        return UserError(f"not a Gemma 3 that can be used: {message}", Place(str(self._directory)))


def _index(file: Path) -> dict[str, _Stored]:
    """The tensors of a file, from its header."""
    try:
        with file.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if not 0 < length <= _LONGEST_HEADER:
                raise ValueError("no header")
            header = json.loads(stream.read(length))
        found = {
            name: _Stored(file, 8 + length + told["data_offsets"][0], tuple(told["shape"]), told["dtype"])
            for name, told in header.items()
            if name != "__metadata__"
        }
        last = max((told["data_offsets"][1] for name, told in header.items() if name != "__metadata__"), default=0)
        if file.stat().st_size < 8 + length + last:
            raise ValueError("it is cut")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UserError(f"not a complete safetensors file: {error}", Place(str(file))) from error
    return found
