"""What the embedded model has learned on top of its weights: an update of low rank for each matrix of the network.

Made by `training/scorer`; part of this package, under the Gemma Terms of Use as the weights are. Source: Hu et al.
2021, "LoRA: Low-Rank Adaptation of Large Language Models".
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tqcheck.errors import Place, UserError
from tqcheck.translate.gemma.unpack import Sizes, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor = NDArray[np.float32]

FILE = Path(__file__).with_name("data") / "updates.npz"
SHA256 = "2c08a86b9dfe0beefa60b9444ad10029c08a4ebd1f92d5130575630f8ab7f903"
"""Of the file."""


class Model(Protocol):
    """A model's sizes, vocabulary and tensors, as `unpack.Unpacked` has them."""

    @property
    def sizes(self) -> Sizes: ...

    @property
    def vocabulary(self) -> Vocabulary: ...

    def tensor(self, name: str, rows: NDArray[np.int64] | None = None) -> Tensor:
        """The numbers of a tensor by GGUF's name, output by input; or some of its rows."""


class Learned:
    """A model with its updates added. Raises UserError where their file is not what was shipped."""

    def __init__(self, model: Model, path: Path = FILE, sha256: str = SHA256) -> None:
        self._model = model
        self._factors = factors(shipped(path, sha256))

    @property
    def sizes(self) -> Sizes:
        return self._model.sizes

    @property
    def vocabulary(self) -> Vocabulary:
        return self._model.vocabulary

    def tensor(self, name: str, rows: NDArray[np.int64] | None = None) -> Tensor:
        """The numbers of a tensor by GGUF's name, output by input; or some of its rows."""
        numbers = self._model.tensor(name, rows)
        if f"{name}.up" in self._factors:
            numbers = numbers + self._factors[f"{name}.up"] @ self._factors[f"{name}.down"]
        return numbers


def shipped(path: Path, sha256: str) -> bytes:
    """A file of this package. Raises UserError where it is not what was shipped."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", Place(str(path)), _AGAIN) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UserError("what the language model has learned is damaged", Place(str(path)), _AGAIN)
    return content


def factors(content: bytes) -> dict[str, Tensor]:
    """The factors in a file's bytes, by name: each is there as eight-bit numbers and a scale for each row."""
    import numpy as np

    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return {
            name: np.asarray(file[name] * file[f"{name}.scale"], np.float32)
            for name in file.files
            if not name.endswith(".scale")
        }


_AGAIN = "install it again: pip install --force-reinstall --no-deps tqcheck"
