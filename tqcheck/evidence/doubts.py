"""Linked pairs -> pairs whose words say how likely they are without a counterpart, or have a wrong one.

Four forests (`trees`), two a side, read the evidence of each word (`words`), and how familiar it is to the phrase model
where it stands. Where a language model has read the pair, four others read what that says as well (`reading`). They
were learned from errors that were made on purpose (`training/errors`) and from development data; `data/README.md` is
their card.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

import numpy

from tqcheck.evidence import reading, words
from tqcheck.evidence.trees import Trees
from tqcheck.model import Bitext, Pair, Token, WordDoubt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Tables = tuple[NDArray[numpy.float64], NDArray[numpy.float64]]
    Doubts = tuple[WordDoubt, ...]

FILES = {False: "words.npz", True: "read.npz"}
"""The forests, by whether a language model has read the pair."""
CHUNK = 64
"""Pairs whose words are asked about at once."""
SIDES = ("source", "target")
KINDS = ("missing", "differs")

Progress = Callable[[int, int], None]


class Lexicon(Protocol):
    """What is asked of the word lexicon."""

    def source_count(self, word: str) -> float:
        """How often the French training text has a word."""

    def target_count(self, word: str) -> float:
        """How often the English training text has a word."""


class Associate(Protocol):
    """How well each French word of a pair goes with each English one."""

    def __call__(self, source: Sequence[Token], target: Sequence[Token], /) -> words.Association: ...


class Familiarity(Protocol):
    """How familiar the words of pairs are where they stand: for each pair a table a side, with a row for each token."""

    def __call__(self, pairs: Sequence[Pair], /) -> Sequence[Tables]: ...


class Encoder(Protocol):
    """Whatever turns texts into vectors of length 1."""

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        """An array of shape (texts, dimensions)."""


def doubt(
    bitext: Bitext,
    lexicon: Lexicon,
    associate: Associate,
    encoder: Encoder,
    familiarity: Familiarity,
    progress: Progress | None = None,
) -> Bitext:
    """Fill in ``source_doubts`` and ``target_doubts`` of every pair that has two sides."""
    both = [pair for pair in bitext.pairs if pair.source.tokens and pair.target.tokens]
    wanted = sorted(set().union(*(words.wanted(pair) for pair in both)))
    vectors = dict(zip(wanted, encoder.encode(wanted), strict=True)) if wanted else {}
    counts = words.Counts(_Counted(lexicon.source_count), _Counted(lexicon.target_count))
    found: dict[int, Pair] = {}
    for first in range(0, len(both), CHUNK):
        some = both[first : first + CHUNK]
        tables: list[tuple[bool, Tables]] = []
        for number, (pair, familiar) in enumerate(zip(some, familiarity(some), strict=True), start=first + 1):
            known = words.evidence(pair, associate(pair.source.tokens, pair.target.tokens), vectors, counts)
            read = reading.evidence(pair)
            tables.append(
                (read is not None, beside(known, familiar) if read is None else beside(known, read, familiar))
            )
            if progress is not None:
                progress(number, len(both))
        for pair, (source, target) in zip(some, _weighed(tables), strict=True):
            found[pair.index] = replace(pair, source_doubts=source, target_doubts=target)
    return replace(bitext, pairs=tuple(found.get(pair.index, pair) for pair in bitext.pairs))


def beside(*tables: Tables) -> Tables:
    """The columns of all tables, for each side."""
    source, target = zip(*tables, strict=True)
    return numpy.hstack(source), numpy.hstack(target)


class _Counted(dict[str, float]):
    """Counts of words, looked up once."""

    def __init__(self, count: Callable[[str], float]) -> None:
        super().__init__()
        self._count = count

    def __missing__(self, word: str) -> float:
        self[word] = self._count(word)
        return self[word]


def _weighed(tables: Sequence[tuple[bool, Tables]]) -> list[tuple[Doubts, Doubts]]:
    """The doubts of both sides of each pair; each forest is asked once."""
    sides: list[list[Doubts]] = [[()] * len(tables), [()] * len(tables)]
    for read in FILES:
        places = [place for place, (own, _) in enumerate(tables) if own is read]
        for side, name in enumerate(SIDES if places else ()):
            rows = [tables[place][1][side] for place in places]
            together = numpy.concatenate(rows)
            missing, differs = (forests(read)[name, kind].probabilities(together).tolist() for kind in KINDS)
            every = [WordDoubt(round(one, 4), round(other, 4)) for one, other in zip(missing, differs, strict=True)]
            ends = numpy.cumsum([len(table) for table in rows]).tolist()
            for place, start, end in zip(places, [0, *ends], ends, strict=False):
                sides[side][place] = tuple(every[start:end])
    return list(zip(*sides, strict=True))


def fingerprint() -> str:
    """The first digits of the SHA-256 of the forests' files, for signatures and provenance."""
    return hashlib.sha256(b"".join(map(_content, FILES))).hexdigest()[:12]


@cache
def _content(read: bool) -> bytes:
    return files("tqcheck.evidence").joinpath("data", FILES[read]).read_bytes()


@cache
def forests(read: bool = False) -> dict[tuple[str, str], Trees]:
    """The forest of each side and kind of doubt; those for pairs that a language model has ``read`` ask more."""
    with numpy.load(io.BytesIO(_content(read)), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    return {(side, kind): Trees.read(arrays, f"{side}.{kind}") for side in SIDES for kind in KINDS}
