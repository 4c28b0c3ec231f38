"""Linked pairs -> pairs whose words say how likely they are without a counterpart, or have a wrong one.

Four forests (`trees`), two a side, read the evidence of each word (`words`). They were learned from errors that were
made on purpose (`training/errors`) and from development data; `data/README.md` is their card.
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

from tqcheck.evidence import words
from tqcheck.evidence.trees import Trees
from tqcheck.model import Bitext, Pair, Token, WordDoubt

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE_NAME = "words.npz"
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


class Encoder(Protocol):
    """Whatever turns texts into vectors of length 1."""

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        """An array of shape (texts, dimensions)."""


def doubt(
    bitext: Bitext, lexicon: Lexicon, associate: Associate, encoder: Encoder, progress: Progress | None = None
) -> Bitext:
    """Fill in ``source_doubts`` and ``target_doubts`` of every pair that has two sides."""
    both = [pair for pair in bitext.pairs if pair.source.tokens and pair.target.tokens]
    wanted = sorted(set().union(*(words.wanted(pair) for pair in both)))
    vectors = dict(zip(wanted, encoder.encode(wanted), strict=True)) if wanted else {}
    found: dict[int, Pair] = {}
    counts = words.Counts(_Counted(lexicon.source_count), _Counted(lexicon.target_count))
    for number, pair in enumerate(both):
        rows = words.evidence(pair, associate(pair.source.tokens, pair.target.tokens), vectors, counts)
        source, target = (_doubts(side, table) for side, table in zip(SIDES, rows, strict=True))
        found[pair.index] = replace(pair, source_doubts=source, target_doubts=target)
        if progress is not None:
            progress(number + 1, len(both))
    return replace(bitext, pairs=tuple(found.get(pair.index, pair) for pair in bitext.pairs))


class _Counted(dict[str, float]):
    """Counts of words, looked up once."""

    def __init__(self, count: Callable[[str], float]) -> None:
        super().__init__()
        self._count = count

    def __missing__(self, word: str) -> float:
        self[word] = self._count(word)
        return self[word]


def _doubts(side: str, rows: NDArray[numpy.float64]) -> tuple[WordDoubt, ...]:
    missing, differs = (forests()[side, kind].probabilities(rows).tolist() for kind in KINDS)
    return tuple(WordDoubt(round(one, 4), round(other, 4)) for one, other in zip(missing, differs, strict=True))


def fingerprint() -> str:
    """The first digits of the SHA-256 of the forests' file, for signatures and provenance."""
    return hashlib.sha256(_content()).hexdigest()[:12]


@cache
def _content() -> bytes:
    return files("tqcheck.evidence").joinpath("data", FILE_NAME).read_bytes()


@cache
def forests() -> dict[tuple[str, str], Trees]:
    """The forest of each side and kind of doubt."""
    with numpy.load(io.BytesIO(_content()), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    return {(side, kind): Trees.read(arrays, f"{side}.{kind}") for side in SIDES for kind in KINDS}
