"""Where two texts run beside each other, roughly: a path, and a band of cells around it.

Coarse to fine as in Vecalign (Thompson and Koehn 2019, "Vecalign: Improved Sentence Alignment in Linear Time and
Space"): the vectors of neighbours are added until few are left, these are aligned in full, and each finer level is
aligned only near the path of the coarser one. The mean vector of its text is taken from each sentence; on every level a
pair of vectors earns its cosine minus `LEAST`, and passing one by earns nothing: a longest common subsequence by
likeness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

from tqcheck.align.embeddings import Runs
from tqcheck.align.pooling import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Centred cosines of sentences that do not belong together lie around 0, with a deviation of about 0.08.
LEAST = 0.1
# The coarsest level has at most so many vectors a side.
COARSEST = 256
# Cells on each side of the coarser level's path.
WIDTH = 20
_ROWS_A_BATCH = 1024
_ROWS_TOGETHER = 32


@dataclass(frozen=True, eq=False)
class Band:
    """Which cells of a grid are looked at: of row i (so many source sentences done) the columns low[i] to high[i].

    A row holds both ends. The first row holds column 0 and the last one the number of target sentences.
    """

    low: NDArray[numpy.int64]
    high: NDArray[numpy.int64]

    @classmethod
    def whole(cls, rows: int, columns: int) -> Band:
        """Every cell of ``rows`` times ``columns`` sentences."""
        return cls(numpy.zeros(rows + 1, dtype=numpy.int64), numpy.full(rows + 1, columns, dtype=numpy.int64))

    @classmethod
    def around(cls, path: NDArray[numpy.int64], width: int) -> Band:
        """The cells at most ``width`` rows and columns from a path, given as an array of (row, column)."""
        rows, columns = int(path[-1, 0]), int(path[-1, 1])
        low = numpy.full(rows + 1, columns, dtype=numpy.int64)
        high = numpy.zeros(rows + 1, dtype=numpy.int64)
        numpy.minimum.at(low, path[:, 0], path[:, 1])
        numpy.maximum.at(high, path[:, 0], path[:, 1])
        # A path only rises: `width` rows up is the lowest column in reach, `width` rows down the highest.
        reach = numpy.arange(rows + 1)
        low = low[numpy.maximum(reach - width, 0)]
        high = high[numpy.minimum(reach + width, rows)]
        return cls(numpy.maximum(low - width, 0), numpy.minimum(high + width, columns))

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return int((self.high - self.low + 1).sum())


def anchor_path(source: Runs, target: Runs, rows: int, columns: int) -> NDArray[numpy.int64]:
    """The path through the texts of ``rows`` and ``columns`` sentences as an array of (row, column), from (0, 0)."""
    sources, targets = _levels(source, rows), _levels(target, columns)
    depth = max(len(sources), len(targets))
    path = None
    for level in reversed(range(depth)):
        left, right = sources[min(level, len(sources) - 1)], targets[min(level, len(targets) - 1)]
        if path is None:
            band = Band.whole(len(left), len(right))
        else:
            # A side that is not halved further keeps its places from level to level.
            steps = [2 if level < len(side) - 1 else 1 for side in (sources, targets)]
            band = Band.around(_refined(path, steps, len(left), len(right)), WIDTH)
        path = _best_path(left, right, band)
    assert path is not None
    return path


def _levels(runs: Runs, count: int) -> list[NDArray[numpy.float16]]:
    """Centred vectors of single sentences, of two neighbours, of four, … down to `COARSEST`, each of length 1."""
    dimensions = runs.vectors(1, 0, 1).shape[1]
    single = numpy.empty((count, dimensions), dtype=numpy.float16)
    total = numpy.zeros(dimensions, dtype=numpy.float32)
    for start in range(0, count, _ROWS_A_BATCH):
        vectors = runs.vectors(1, start, min(start + _ROWS_A_BATCH, count))
        single[start : start + len(vectors)] = vectors
        total += vectors.sum(axis=0)
    levels = [_unit(single, total / numpy.float32(count))]
    while len(levels[-1]) > COARSEST:
        finer = levels[-1]
        even = len(finer) // 2 * 2
        coarser = numpy.concatenate([finer[0:even:2] + finer[1:even:2], finer[even:]])
        levels.append(_unit(coarser, numpy.zeros(dimensions, dtype=numpy.float32)))
    return levels


def _unit(vectors: NDArray[numpy.float16], mean: NDArray[numpy.float32]) -> NDArray[numpy.float16]:
    """The vectors without ``mean``, of length 1, in the same place."""
    for start in range(0, len(vectors), _ROWS_A_BATCH):
        here = slice(start, start + _ROWS_A_BATCH)
        vectors[here] = unit(vectors[here].astype(numpy.float32) - mean)
    return vectors


def _refined(path: NDArray[numpy.int64], steps: list[int], rows: int, columns: int) -> NDArray[numpy.int64]:
    """A path of the coarser level in cells of the finer one, with the corners between."""
    scaled = numpy.minimum(path * steps, (rows, columns))
    between = (scaled[:-1] + scaled[1:]) // 2
    mixed = numpy.concatenate([scaled, between])
    return mixed[numpy.lexsort((mixed[:, 1], mixed[:, 0]))]


def _best_path(left: NDArray[numpy.float16], right: NDArray[numpy.float16], band: Band) -> NDArray[numpy.int64]:
    """The path of most likeness within the band."""
    # How a cell was reached: 0 from the left (a target alone), 1 from above (a source alone), 2 from both (a pair).
    moves: list[NDArray[numpy.int8]] = [numpy.zeros(int(band.high[0]) + 1, dtype=numpy.int8)]
    scores = numpy.zeros(int(band.high[0]) + 1)
    for row, likeness in enumerate(_cosines(left, right, band), start=1):
        low, high, before = int(band.low[row]), int(band.high[row]), int(band.low[row - 1])
        above = numpy.full(high - low + 2, -numpy.inf)  # columns low - 1 to high of the row before
        start, end = max(low - 1, before), min(high, int(band.high[row - 1]))
        above[start - low + 1 : end - low + 2] = scores[start - before : end - before + 1]
        paired = numpy.full(high - low + 1, -numpy.inf)
        first = 1 if low == 0 else 0
        paired[first:] = above[first:-1] + likeness - LEAST
        best = numpy.maximum(above[1:], paired)
        scores = numpy.maximum.accumulate(best)
        moves.append(numpy.where(paired == scores, 2, numpy.where(above[1:] == scores, 1, 0)).astype(numpy.int8))
    return _followed(moves, band)


def _cosines(
    left: NDArray[numpy.float16], right: NDArray[numpy.float16], band: Band
) -> Iterator[NDArray[numpy.float32]]:
    """For each row from 1 on the cosines of its source with the targets that end in its columns, from column 1 on."""
    for start in range(0, len(left), _ROWS_TOGETHER):
        rows = range(start + 1, min(start + _ROWS_TOGETHER, len(left)) + 1)
        lowest = max(int(band.low[rows[0]]), 1)
        columns = right[lowest - 1 : int(band.high[rows[-1]])].astype(numpy.float32)
        cosines = left[start : rows[-1]].astype(numpy.float32) @ columns.T
        for row in rows:
            yield cosines[row - rows[0], max(int(band.low[row]), 1) - lowest : int(band.high[row]) - lowest + 1]


def _followed(moves: list[NDArray[numpy.int8]], band: Band) -> NDArray[numpy.int64]:
    row, column = len(moves) - 1, int(band.high[-1])
    path = [(row, column)]
    while row or column:
        move = int(moves[row][column - int(band.low[row])]) if row else 0
        row, column = row - (move > 0), column - (move != 1)
        path.append((row, column))
    return numpy.array(path[::-1], dtype=numpy.int64)
