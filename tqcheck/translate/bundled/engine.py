"""The engine bundled: translates both ways with what is in the package, without a network and without another library.

Where the package holds a trained network (see `training/README.md`) and ctranslate2 is installed it is that, else the
phrase model.
"""

from __future__ import annotations

import hashlib
import io
import math
import mmap
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from tqcheck.errors import Place, UserError
from tqcheck.languages import sentences
from tqcheck.memory import give_back
from tqcheck.model import FIRST_READING, Pair, Translation
from tqcheck.translate import ctranslate2_engine
from tqcheck.translate.bundled import neural
from tqcheck.translate.protocol import BACK, FORWARD, Engine, Progress, ScoredText, cannot_score, unsupported
from tqcheck.translate.splitting import split

NAME = "bundled"
DATA = Path(__file__).parent / "data"
NEURAL = DATA / "neural"
FILES = {
    "phrases.npz": "37fc422af59bbe574caf0ef7bba9668f381ad8f2dd2b57388904a077c499117b",
}
"""The files of the phrase model and their SHA-256."""
SEARCH = 2
"""The version of the search: with another one the same model may translate otherwise."""
BATCH = 64
"""Sentences that are translated at once."""
_AGAIN = "install the package again: pip install --force-reinstall --no-deps tqcheck"


def present() -> bool:
    """Whether the package has a translator in it."""
    return has_network() or _has_phrases()


def _has_phrases() -> bool:
    return all((DATA / name).is_file() for name in FILES)


def has_network() -> bool:
    """Whether there is a trained network, and what runs it."""
    return (NEURAL / neural.SUMS).is_file() and ctranslate2_engine.missing() is None


def bundled(beams: int) -> Engine:
    """The translator of the package. Raises UserError where it has none."""
    if has_network():
        return neural.from_directory(NEURAL, beams)
    if not present():
        raise UserError("this package has no translator in it", hint=_AGAIN)
    return PhraseEngine(DATA, FILES)


def familiarity() -> Callable[[Sequence[Pair]], Sequence[tuple[Any, Any]]]:
    """How familiar the words of pairs are to the phrase model (`familiar.NAMES`); unknown where there is none."""
    from tqcheck.translate.bundled import familiar

    if not _has_phrases():
        return familiar.unknown

    def asked(pairs: Sequence[Pair]) -> Sequence[tuple[Any, Any]]:
        return familiar.familiar(pairs, _table(DATA, tuple(FILES.items()), *FORWARD))

    return asked


def language(lang: str) -> Any:
    """The words, phrases and trigrams of a language as an `options.Side`; None where the package has none."""
    return _side(DATA, tuple(FILES.items()), lang) if _has_phrases() and lang in FORWARD else None


class PhraseEngine:
    """An ``Engine`` out of a phrase table, for first readings; ``files`` are its names and their SHA-256."""

    name = NAME
    can_score = False
    worth_caching = True
    portable: Final[Literal[True]] = True

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        self._folder, self._files = folder, dict(files)
        whole = hashlib.sha256("".join(self._files.values()).encode()).hexdigest()
        self.identity = f"{NAME}:phrases.{whole[:16]}+search.{SEARCH}{FIRST_READING}"

    def supports(self, source: str, target: str) -> bool:
        return (source, target) in (FORWARD, BACK)

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        if not self.supports(source, target):
            raise unsupported(self, source, target)
        from tqcheck.translate.bundled.translator import Translator

        translator = Translator(_table(self._folder, tuple(self._files.items()), source, target))
        parts = [
            [
                part
                for start, end in sentences.split(text, source)
                for part in split(text[start:end], translator.fits)
                if part.strip()
            ]
            for text in texts
        ]
        flat = [part for some in parts for part in some]
        made: dict[str, str] = {}
        waiting = sorted(set(flat), key=lambda part: (-len(part), part))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            made |= zip(batch, translator.translate(batch), strict=True)
            if progress is not None:
                progress(len(made), len(waiting))
        return tuple(Translation(" ".join(made[part] for part in some), self.identity) for some in parts)

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        raise cannot_score(self)


@cache
def _arrays(folder: Path, files: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """All arrays of the files. Raises UserError where one is missing or not the one that was written."""
    found: dict[str, Any] = {}
    for name, wanted in files:
        path = folder / name
        try:
            content = _mapped(path)
        except OSError as error:
            raise UserError(f"cannot be read: {error.strerror}", Place(str(path)), _AGAIN) from error
        if hashlib.sha256(content).hexdigest() != wanted:
            raise UserError("this file of the bundled translator is damaged", Place(str(path)), _AGAIN)
        found |= _unpacked(content)
    give_back(*(folder / name for name, _ in files))
    return found


def _mapped(path: Path) -> mmap.mmap | bytes:
    """A file's content, in memory where it is looked at, once for all processes that do."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _unpacked(content: mmap.mmap | bytes) -> Iterator[tuple[str, Any]]:
    """The arrays of an archive of numpy's that is not compressed: views of it, where its places allow.

    What it holds is known by its hash, so that nothing is read a second time for the archive's own sums.
    """
    import numpy
    from numpy.lib import format as files

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    for entry in entries:
        name, extra = struct.unpack_from("<HH", content, entry.header_offset + 26)
        start = entry.header_offset + 30 + name + extra
        stream = io.BytesIO(content[start : start + 1000])
        files.read_magic(stream)
        shape, _, dtype = files.read_array_header_1_0(stream)
        flat = numpy.frombuffer(content, dtype, math.prod(shape), start + stream.tell())
        yield entry.filename.removesuffix(".npy"), numpy.require(flat.reshape(shape), requirements="A")


@cache
def _side(folder: Path, files: tuple[tuple[str, str], ...], lang: str) -> Any:
    from tqcheck.translate.bundled.options import Side

    return Side.of(_arrays(folder, files), lang)


@cache
def _table(folder: Path, files: tuple[tuple[str, str], ...], source: str, target: str) -> Any:
    from tqcheck.translate.bundled.options import Table

    sides = (_side(folder, files, lang) for lang in (source, target))
    return Table.of(_arrays(folder, files), *sides)
