"""The dynamic programme over beads: all alignments within a band, weighed, summed, and the best one.

An alignment is a path through a grid whose cell (i, j) stands for "i source and j target sentences are done"; a bead is
a step. The score of an alignment is the sum of its beads' scores, its probability proportional to the exponential of
that (a conditional random field over segmentations: Sarawagi and Cohen 2004), so the probability of a bead is a sum
over all alignments that have it, by the forward and backward algorithm.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy

from tqcheck.align.anchors import Band

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_A_SIDE = 4
MOST_TOGETHER = 6
SOURCE_ALONE, TARGET_ALONE = 0, 1
# (source sentences, target sentences) of every kind of bead: the two nulls first, then 1-1, 1-2, …
SHAPES: tuple[tuple[int, int], ...] = (
    (1, 0),
    (0, 1),
    *(
        (source, target)
        for source in range(1, MOST_A_SIDE + 1)
        for target in range(1, MOST_A_SIDE + 1)
        if source + target <= MOST_TOGETHER
    ),
)


class Step(NamedTuple):
    """A bead that ends in ``cell``: sentences up to ``row`` and ``column`` (exclusive) are done after it."""

    row: int
    column: int
    shape: int
    cell: int


class Lattice:
    """The cells of a band in one row, and which cell each kind of bead comes from.

    Arrays of scores have the shape (`SHAPES`, cells): the score of the bead of that shape that ends in that cell.
    """

    def __init__(self, band: Band) -> None:
        self.low, self.high = band.low, band.high
        widths = band.high - band.low + 1
        self.starts = numpy.concatenate([[0], numpy.cumsum(widths)])
        self.cells = int(self.starts[-1])
        self.rows = numpy.repeat(numpy.arange(len(widths)), widths)
        self.columns = numpy.arange(self.cells) - self.starts[self.rows] + band.low[self.rows]

    def cell(self, rows: NDArray[numpy.int64], columns: NDArray[numpy.int64]) -> NDArray[numpy.int64]:
        """The numbers of cells; `cells`, one past the last, for what is not in the band."""
        bounded = numpy.clip(rows, 0, len(self.low) - 1)
        inside = (rows == bounded) & (columns >= self.low[bounded]) & (columns <= self.high[bounded])
        return numpy.where(inside, self.starts[bounded] + columns - self.low[bounded], self.cells)

    def turned(self) -> tuple[Lattice, NDArray[numpy.int64]]:
        """The lattice with rows and columns exchanged, and for each cell its number there."""
        low = numpy.full(int(self.high[-1]) + 1, len(self.low), dtype=numpy.int64)
        high = numpy.zeros_like(low)
        numpy.minimum.at(low, self.columns, self.rows)
        numpy.maximum.at(high, self.columns, self.rows)
        other = Lattice(Band(low, high))
        return other, other.cell(self.columns, self.rows)

    @cached_property
    def before(self) -> NDArray[numpy.int64]:
        """The cell in which a bead of each shape that ends here begins, `cells` where there is none."""
        return numpy.stack([self.cell(self.rows - a, self.columns - b) for a, b in SHAPES])

    @cached_property
    def after(self) -> NDArray[numpy.int64]:
        """The cell in which a bead of each shape that begins here ends, `cells` where there is none."""
        return numpy.stack([self.cell(self.rows + a, self.columns + b) for a, b in SHAPES])

    def forward(self, scores: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """For each cell the logarithm of the summed weight of all ways to it."""
        reached = numpy.full(self.cells + 1, -numpy.inf)
        alone = scores[TARGET_ALONE]
        for row in range(len(self.low)):
            here = slice(self.starts[row], self.starts[row + 1])
            ways = reached[self.before[:, here]] + scores[:, here]
            ways[TARGET_ALONE] = -numpy.inf  # within the row: below
            total = numpy.logaddexp.reduce(ways, axis=0)
            if row == 0:
                total[0] = 0.0
            shift = numpy.concatenate([[0.0], numpy.cumsum(alone[here][1:])])
            reached[here] = numpy.logaddexp.accumulate(total - shift) + shift
        return reached

    def backward(self, scores: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """For each cell the logarithm of the summed weight of all ways from it to the end."""
        left = numpy.full(self.cells + 1, -numpy.inf)
        padded = numpy.concatenate([scores, numpy.full((len(SHAPES), 1), -numpy.inf)], axis=1)
        shapes = numpy.arange(len(SHAPES))[:, None]
        for row in reversed(range(len(self.low))):
            here = slice(self.starts[row], self.starts[row + 1])
            ends = self.after[:, here]
            ways = left[ends] + padded[shapes, ends]
            ways[TARGET_ALONE] = -numpy.inf
            total = numpy.logaddexp.reduce(ways, axis=0)
            if row == len(self.low) - 1:
                total[-1] = 0.0
            shift = numpy.concatenate([[0.0], numpy.cumsum(scores[TARGET_ALONE][here][1:])])
            left[here] = numpy.logaddexp.accumulate((total + shift)[::-1])[::-1] - shift
        return left

    def probabilities(self, scores: NDArray[numpy.float64]) -> tuple[NDArray[numpy.float64], float]:
        """The probability of every bead, in the shape of ``scores``, and the logarithm of the summed weight of all."""
        reached, left = self.forward(scores), self.backward(scores)
        everything = float(reached[self.cells - 1])
        return numpy.exp(reached[self.before] + scores + left[:-1] - everything), everything

    def best(self, gains: NDArray[numpy.float64]) -> list[Step]:
        """The alignment with the largest sum of ``gains``, first bead first."""
        reached = numpy.full(self.cells + 1, -numpy.inf)
        for row in range(len(self.low)):
            here = slice(self.starts[row], self.starts[row + 1])
            ways = reached[self.before[:, here]] + gains[:, here]
            ways[TARGET_ALONE] = -numpy.inf
            total = ways.max(axis=0)
            if row == 0:
                total[0] = 0.0
            shift = numpy.concatenate([[0.0], numpy.cumsum(gains[TARGET_ALONE][here][1:])])
            reached[here] = numpy.maximum.accumulate(total - shift) + shift
        return self._followed(reached, gains)

    def _followed(self, reached: NDArray[numpy.float64], gains: NDArray[numpy.float64]) -> list[Step]:
        steps = []
        cell = self.cells - 1
        while cell > 0:
            shape = int(numpy.argmax(reached[self.before[:, cell]] + gains[:, cell]))
            steps.append(Step(int(self.rows[cell]), int(self.columns[cell]), shape, cell))
            cell = int(self.before[shape, cell])
        return steps[::-1]
