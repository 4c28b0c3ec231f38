"""Maximum likelihood for the weights of a log-linear model over alignments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from tqcheck.align.dynamic import SHAPES, Lattice

Vector = NDArray[numpy.float64]

# A normal prior on the weights, of deviation 3: it only holds what hardly ever occurs.
PRIOR = 0.1
ROUNDS, KEPT, TOLERANCE = 80, 8, 1e-3


@dataclass(frozen=True, eq=False)
class Example:
    """``values``: the evidence, of shape (kinds, shapes, cells); ``shapes`` and ``cells``: the right path."""

    lattice: Lattice
    values: NDArray[numpy.float32]
    shapes: NDArray[numpy.int64]
    cells: NDArray[numpy.int64]
    weight: float

    def scores(self, weights: Vector) -> Vector:
        """Of all beads, as the lattice wants it."""
        sums = numpy.tensordot(weights.astype(numpy.float32), self.values, 1).astype(numpy.float64)
        return numpy.where(self.lattice.before < self.lattice.cells, sums, -numpy.inf)

    def likelihood(self, weights: Vector) -> tuple[float, Vector]:
        """The logarithm of the right path's probability, and its derivative."""
        scores = self.scores(weights)
        probabilities, everything = self.lattice.probabilities(scores)
        right = scores[self.shapes, self.cells].sum() - everything
        expected = numpy.tensordot(self.values, probabilities.astype(numpy.float32), ((1, 2), (0, 1)))
        slope = self.values[:, self.shapes, self.cells].sum(axis=1, dtype=numpy.float64) - expected
        return self.weight * float(right), self.weight * slope

    def decoded(self, weights: Vector) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
        """The best alignment: source sentences, target sentences, confidence."""
        scores = self.scores(weights)
        probabilities, _ = self.lattice.probabilities(scores)
        return [
            (
                tuple(range(row - SHAPES[shape][0], row)),
                tuple(range(column - SHAPES[shape][1], column)),
                float(probabilities[shape, cell]),
            )
            for row, column, shape, cell in self.lattice.best(scores)
        ]


def fitted(examples: Sequence[Example]) -> Vector:
    """The most likely weights under `PRIOR`. The function is concave, so there is one best place."""

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, slope = PRIOR / 2 * float(weights @ weights), PRIOR * weights
        for example in examples:
            likelihood, gradient = example.likelihood(weights)
            value, slope = value - likelihood, slope - gradient
        return value, slope

    return _minimum(loss, numpy.zeros(len(examples[0].values)))


def _minimum(function: Callable[[Vector], tuple[float, Vector]], place: Vector) -> Vector:
    """Limited-memory BFGS (Liu and Nocedal 1989) with halved steps."""
    value, slope = function(place)
    moves: list[tuple[Vector, Vector]] = []
    for _ in range(ROUNDS):
        step = _direction(slope, moves)
        length = 1.0
        while True:
            new_value, new_slope = function(place - length * step)
            if new_value <= value - 1e-4 * length * (slope @ step) or length < 1e-4:
                break
            length /= 2
        move = -length * step, new_slope - slope
        if move[0] @ move[1] > 1e-10:
            moves = [*moves, move][-KEPT:]
        gained = value - new_value
        place, value, slope = place - length * step, new_value, new_slope
        if gained < TOLERANCE:
            break
    return place


def _direction(slope: Vector, moves: Sequence[tuple[Vector, Vector]]) -> Vector:
    step = slope.copy()
    shares = []
    for moved, changed in reversed(moves):
        share = (moved @ step) / (changed @ moved)
        shares.append(share)
        step = step - share * changed
    if moves:
        step = step * ((moves[-1][0] @ moves[-1][1]) / (moves[-1][1] @ moves[-1][1]))
    else:
        step = step / max(float(numpy.linalg.norm(slope)), 1.0)
    for (moved, changed), share in zip(moves, reversed(shares), strict=True):
        step = step + moved * (share - (changed @ step) / (changed @ moved))
    return step
