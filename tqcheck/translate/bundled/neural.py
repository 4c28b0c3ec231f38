"""The trained network of `training/translator/`: one model for both directions, told by a tag which one is wanted."""

from __future__ import annotations

import hashlib
import importlib.metadata
from functools import partial
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate.ctranslate2_engine import Converted, missing
from tqcheck.translate.model_files import missing_library, require
from tqcheck.translate.piece_engine import Loaded, PieceEngine
from tqcheck.translate.pieces import SentencePieces
from tqcheck.translate.protocol import BACK, FORWARD

SUMS = "SHA256SUMS"
PIECES = "joint.model"
FILES = ("model.bin", "config.json", "shared_vocabulary.json", PIECES)


def from_directory(folder: Path, beams: int, name: str = "bundled") -> PieceEngine:
    """The engine of a folder that `training/translator/export.py` wrote.

    Raises UserError where a file is missing, a library is, or (when it is first used) a file is not the one that was
    written.
    """
    if missing():
        raise missing_library("ctranslate2")
    require(folder, (SUMS, *FILES))
    version = importlib.metadata.version("ctranslate2")
    sums = hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()[:16]
    return PieceEngine(
        name,
        f"{name}:neural.{sums}+ctranslate2.{version}+int8+beams.{beams}",
        {way: partial(_load, folder, way[1], beams) for way in (FORWARD, BACK)},
    )


def _load(folder: Path, target: str, beams: int) -> Loaded:
    verify(folder, FILES)
    pieces = folder / PIECES
    return Loaded(SentencePieces(pieces, pieces, f"<2{target}>"), Converted(folder, beams, "int8"))


def verify(folder: Path, names: tuple[str, ...]) -> None:
    """Raise a UserError that names the first of the files whose hash is not the one in ``SHA256SUMS``."""
    rows = (line.split() for line in (folder / SUMS).read_text("ascii", errors="replace").splitlines())
    known = {row[1]: row[0] for row in rows if len(row) == 2}
    for name in names:
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UserError(f"cannot be read: {error.strerror}", Place(str(folder / name)), _AGAIN) from error
        if found != known.get(name):
            raise UserError("this file of the bundled translator is damaged", Place(str(folder / name)), _AGAIN)


_AGAIN = "install the package again: pip install --force-reinstall --no-deps tqcheck"
