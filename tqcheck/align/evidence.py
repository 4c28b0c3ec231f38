"""What speaks for a bead: likeness of the vectors, words, lengths, marks, paragraphs; and what each is worth.

A bead's score is the sum of its evidence, each piece times its weight: a log-linear model whose weights were fitted by
maximum likelihood (``training/sentences``), so that `dynamic` can turn scores into probabilities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy

from tqcheck.align.dynamic import MOST_A_SIDE, SHAPES, SOURCE_ALONE, TARGET_ALONE, Lattice
from tqcheck.align.embeddings import Runs
from tqcheck.align.vocabulary import Renderings, explained

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Fitted by training/sentences/fit.py; docs/alignment.md tells from what, and what it gives on texts that were left out.
WEIGHTS: dict[str, float] = {
    "alone": -0.65,
    "pair": 1.98,
    "1-2": 0.09,
    "2-2": 0.20,
    "1-3": -0.32,
    "1-4": -0.58,
    "larger": 0.44,
    "margin": 7.32,
    "margin times size": 1.63,
    "words": 1.58,
    "length": 0.84,
    "opening": -0.95,
    "paragraph inside": -1.66,
    "paragraph on one side": 1.07,
    "paragraph on both sides": 2.07,
}
# Mean cosine of a sentence with one of the other text that it does not translate (three novels .06 to .11, news .2),
# and how many sentences it weighs as: in a text of three sentences the mean cosine is mostly that of translations.
STRANGERS = 0.15
STRANGERS_COUNT = 5
# The evidence of words is a sum over words, in units of ten.
_WORDS_UNIT = 0.1
# Lengths (Gale and Church 1993) in characters; a difference of two deviations is the scale of the heavy-tailed prior.
_LENGTH_SCALE = 4.0
_LENGTH_SLACK = 10.0
_ROWS_A_BATCH = 32
_PLACES_TOGETHER = 64

_OPENING = re.compile(r"\s*[—–\-«\"“‘']")


class Strangers(NamedTuple):
    """For runs of 1, 2, … sentences of a text the mean vector, shortened, and how much of `STRANGERS` goes with it."""

    vectors: tuple[NDArray[numpy.float32], ...]
    constants: tuple[float, ...]

    def likeness(self, others: NDArray[numpy.float32], size: int = 1) -> NDArray[numpy.float32]:
        """How alike each of the vectors is to runs of ``size`` sentences that it does not belong to, on average."""
        found: NDArray[numpy.float32] = others @ self.vectors[size - 1] + numpy.float32(self.constants[size - 1])
        return found


@dataclass(frozen=True, eq=False)
class Side:
    """One text as `evidence` sees it: arrays with one entry a sentence.

    ``lengths`` in characters; ``words``: numbers in a `Vocabulary`; ``opens``: whether a sentence begins with a dash or
    quotation mark; ``begins``: whether it begins a paragraph, None where that is not known.
    """

    runs: Runs
    offset: int
    lengths: NDArray[numpy.float64]
    words: list[NDArray[numpy.int64]]
    opens: NDArray[numpy.bool_]
    begins: NDArray[numpy.bool_] | None
    strangers: Strangers

    @property
    def count(self) -> int:
        """The number of sentences."""
        return len(self.lengths)

    def part(self, start: int, end: int) -> Side:
        """Sentences ``start`` to ``end`` - 1; `strangers` stay those of the whole text."""
        begins = None if self.begins is None else self.begins[start:end]
        lengths, words, opens = self.lengths[start:end], self.words[start:end], self.opens[start:end]
        return Side(self.runs, self.offset + start, lengths, words, opens, begins, self.strangers)

    def vectors(self, size: int) -> NDArray[numpy.float32]:
        """The vectors of all runs of ``size`` sentences within this part."""
        return self.runs.vectors(size, self.offset, self.offset + max(self.count - size + 1, 0))


def side(
    sentences: Sequence[str], paragraphs: Sequence[int] | None, runs: Runs, words: list[NDArray[numpy.int64]]
) -> Side:
    """All that is known of one text before the other is looked at."""
    begins = None
    if paragraphs is not None and len(set(paragraphs)) > 1:
        begins = numpy.array([k == 0 or paragraphs[k] != paragraphs[k - 1] for k in range(len(sentences))])
    return Side(
        runs=runs,
        offset=0,
        lengths=numpy.array([len(sentence) for sentence in sentences], dtype=numpy.float64),
        words=words,
        opens=numpy.array([_OPENING.match(sentence) is not None for sentence in sentences], dtype=numpy.bool_),
        begins=begins,
        strangers=_strangers(runs, len(sentences)),
    )


def _strangers(runs: Runs, count: int) -> Strangers:
    """Taken at some 1,000 places of a longer text."""
    means = []
    for size in range(1, MOST_A_SIDE + 1):
        total, number = numpy.zeros_like(runs.vectors(1, 0, 1)[0]), 0
        for start in range(0, count - size + 1, max(1, count // 1024) * _PLACES_TOGETHER):
            vectors = runs.vectors(size, start, min(start + _PLACES_TOGETHER, count - size + 1))
            total, number = total + vectors.sum(axis=0), number + len(vectors)
        means.append((total / (number + STRANGERS_COUNT), STRANGERS * STRANGERS_COUNT / (number + STRANGERS_COUNT)))
    return Strangers(*zip(*means, strict=True))


@dataclass(frozen=True, eq=False)
class Texts:
    """Two texts; ``rendered``: English words for French ones and French for English; ``ratio``: of their lengths."""

    source: Side
    target: Side
    rendered: tuple[Renderings, Renderings]
    ratio: float

    def part(self, start: tuple[int, int], end: tuple[int, int]) -> Texts:
        """Source and target sentences from ``start`` to ``end``, exclusive."""
        source, target = self.source.part(start[0], end[0]), self.target.part(start[1], end[1])
        return Texts(source, target, self.rendered, self.ratio)


def scores(texts: Texts, lattice: Lattice, likeness: Likeness) -> NDArray[numpy.float64]:
    """The score of every bead, as `Lattice` wants it: shape (`SHAPES`, cells), minus infinity where there is none."""
    found = numpy.where(lattice.before < lattice.cells, 0.0, -numpy.inf)
    for name, shape, cells, values in evidence(texts, lattice, likeness):
        found[shape, cells] += WEIGHTS[name] * values
    return found


Piece = tuple[str, int, "NDArray[numpy.int64]", "NDArray[numpy.float64] | float"]


def evidence(texts: Texts, lattice: Lattice, likeness: Likeness) -> Iterator[Piece]:
    """Pieces of evidence: its name, the number of the bead's shape, the cells the bead ends in, its values there."""
    source, target = texts.source, texts.target
    cells = [numpy.flatnonzero(before < lattice.cells) for before in lattice.before]
    yield "alone", SOURCE_ALONE, cells[SOURCE_ALONE], 1.0
    yield "alone", TARGET_ALONE, cells[TARGET_ALONE], 1.0
    ahead = explained(source.words, target.words, texts.rendered[0], lattice)
    turned, places = lattice.turned()
    back = explained(target.words, source.words, texts.rendered[1], turned)
    for shape, (a, b) in enumerate(SHAPES):
        ends = cells[shape]
        if not a * b or not len(ends):
            continue
        begins = lattice.before[shape, ends]
        rows, columns = lattice.rows[begins], lattice.columns[begins]
        yield "pair", shape, ends, 1.0
        kind = _kind(a, b)
        if kind is not None:
            yield kind, shape, ends, 1.0
        margin = likeness.margins(a, b, rows, columns)
        yield "margin", shape, ends, margin
        yield "margin times size", shape, ends, margin * (a + b) / 2
        yield "words", shape, ends, _WORDS_UNIT * (ahead[a, b][begins] + back[b, a][places[begins]])
        yield "length", shape, ends, _length_prior(texts, (a, b), rows, columns)
        yield "opening", shape, ends, (source.opens[rows] != target.opens[columns]) * 1.0
        if source.begins is not None and target.begins is not None:
            inside = _within(source.begins, rows, a) + _within(target.begins, columns, b)
            yield "paragraph inside", shape, ends, inside
            one, other = source.begins[rows], target.begins[columns]
            yield "paragraph on one side", shape, ends, (one != other) * 1.0
            yield "paragraph on both sides", shape, ends, (one & other) * 1.0


def _kind(a: int, b: int) -> str | None:
    """The name of a shape's own weight; 1-1 has none, and shapes are the same both ways round."""
    small, large = min(a, b), max(a, b)
    if small == large == 1:
        return None
    return f"{small}-{large}" if small == 1 or large == 2 else "larger"


def _within(begins: NDArray[numpy.bool_], places: NDArray[numpy.int64], size: int) -> NDArray[numpy.float64]:
    """How many paragraphs begin inside runs of ``size`` sentences, after their first."""
    sums = numpy.concatenate([[0.0], numpy.cumsum(begins)])
    found: NDArray[numpy.float64] = sums[places + size] - sums[places + 1]
    return found


def _length_prior(
    texts: Texts, shape: tuple[int, int], rows: NDArray[numpy.int64], columns: NDArray[numpy.int64]
) -> NDArray[numpy.float64]:
    ahead = numpy.concatenate([[0.0], numpy.cumsum(texts.source.lengths)]) * texts.ratio
    back = numpy.concatenate([[0.0], numpy.cumsum(texts.target.lengths)])
    expected, length = ahead[rows + shape[0]] - ahead[rows], back[columns + shape[1]] - back[columns]
    deviation = (length - expected) ** 2 / ((length + expected) / 2 + _LENGTH_SLACK)
    found: NDArray[numpy.float64] = -numpy.log1p(deviation / _LENGTH_SCALE)
    return found


class Likeness:
    """Margins: the cosine of two runs minus the mean cosine of each with the runs of the other text.

    A sentence that is near to everything is no sign of a translation (Artetxe and Schwenk 2019, "Margin-based Parallel
    Corpus Mining"); the mean cosine is the cosine with the mean vector, so it costs nothing.
    """

    def __init__(self, source: Side, target: Side) -> None:
        self._source, self._target = source, target
        sizes = range(1, MOST_A_SIDE + 1)
        self._left = {size: source.vectors(size) for size in sizes}
        self._right = {size: target.vectors(size) for size in sizes}

    def margins(
        self, a: int, b: int, rows: NDArray[numpy.int64], columns: NDArray[numpy.int64]
    ) -> NDArray[numpy.float64]:
        """For runs of ``a`` sentences from ``rows`` (in rising order) and of ``b`` from ``columns``."""
        left, right = self._left[a], self._right[b]
        found = numpy.empty(len(rows))
        for start in range(0, len(left), _ROWS_A_BATCH):
            first, last = numpy.searchsorted(rows, (start, start + _ROWS_A_BATCH))
            if first == last:
                continue
            here, there = rows[first:last], columns[first:last]
            lowest = int(there.min())
            cosines = left[start : start + _ROWS_A_BATCH] @ right[lowest : int(there.max()) + 1].T
            found[first:last] = cosines[here - start, there - lowest]
        strange = self._target.strangers.likeness(left, b)[rows] + self._source.strangers.likeness(right, a)[columns]
        return found - strange / 2

    def cosine(self, row: int, column: int, a: int, b: int) -> float:
        """Of the ``a`` source sentences from ``row`` with the ``b`` target sentences from ``column``."""
        return float(numpy.clip(self._left[a][row] @ self._right[b][column], -1.0, 1.0))
