"""Boosted trees, read from arrays: rows of evidence -> probabilities. No library but numpy.

The trees are fitted by `training/quality` (gradient boosting, Friedman 2001) and kept as arrays of shape (trees,
nodes). A node asks whether one column is at most a threshold; a value that is not known (NaN) goes where the node says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS = ("column", "threshold", "left", "right", "missing_left", "value")
ROWS_A_BATCH = 4096


@dataclass(frozen=True, eq=False)
class Trees:
    """``column`` is -1 at a leaf, whose ``value`` is added to the log odds; ``start`` is what they begin with."""

    start: float
    depth: int
    column: NDArray[numpy.int16]
    threshold: NDArray[numpy.float32]
    left: NDArray[numpy.int16]
    right: NDArray[numpy.int16]
    missing_left: NDArray[numpy.bool_]
    value: NDArray[numpy.float32]

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[numpy.generic]], name: str) -> Trees:
        """The trees called ``name`` of an archive; KeyError where it has none."""
        start, depth = arrays[f"{name}.start"].tolist()
        return cls(float(start), int(depth), *(arrays[f"{name}.{part}"] for part in PARTS))  # type: ignore[arg-type]

    def log_odds(self, rows: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """Shape (rows, columns) -> natural log odds, one a row."""
        found = numpy.empty(len(rows))
        for first in range(0, len(rows), ROWS_A_BATCH):
            found[first : first + ROWS_A_BATCH] = self._batch(rows[first : first + ROWS_A_BATCH])
        return found

    def probabilities(self, rows: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        """Shape (rows, columns) -> probabilities, one a row."""
        found: NDArray[numpy.float64] = 1 / (1 + numpy.exp(-self.log_odds(rows)))
        return found

    def _batch(self, rows: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        count, nodes = self.column.shape
        offsets = (numpy.arange(count) * nodes)[None, :]
        at = numpy.broadcast_to(offsets, (len(rows), count)).copy()
        column, threshold = self.column.ravel(), self.threshold.ravel()
        left, right, missing = self.left.ravel(), self.right.ravel(), self.missing_left.ravel()
        place = numpy.arange(len(rows))[:, None]
        for _ in range(self.depth):
            wanted = column[at]
            values = rows[place, numpy.maximum(wanted, 0)]
            goes_left = numpy.where(numpy.isnan(values), missing[at], values <= threshold[at])
            at = numpy.where(wanted < 0, at, offsets + numpy.where(goes_left, left[at], right[at]))
        found: NDArray[numpy.float64] = self.start + self.value.ravel()[at].sum(axis=1)
        return found
