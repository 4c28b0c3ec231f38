"""Boosted trees as arrays."""

from __future__ import annotations

import numpy
import pytest

from tqcheck.evidence import words
from tqcheck.evidence.doubts import forests
from tqcheck.evidence.trees import Trees
from tqcheck.translate.bundled import familiar

NAMES = words.NAMES + familiar.NAMES

ARRAYS = {
    "one.start": numpy.array([0.5, 1.0]),
    "one.column": numpy.array([[1, -1, -1]], dtype=numpy.int16),
    "one.threshold": numpy.array([[2.0, 0.0, 0.0]], dtype=numpy.float32),
    "one.left": numpy.array([[1, 0, 0]], dtype=numpy.int16),
    "one.right": numpy.array([[2, 0, 0]], dtype=numpy.int16),
    "one.missing_left": numpy.array([[True, False, False]]),
    "one.value": numpy.array([[0.0, -1.0, 3.0]], dtype=numpy.float32),
}


def test_a_row_goes_left_up_to_the_threshold_and_where_the_node_says_if_it_is_not_known() -> None:
    rows = numpy.array([[9.0, 2.0], [9.0, 2.1], [9.0, numpy.nan]])
    assert Trees.read(ARRAYS, "one").log_odds(rows).tolist() == [-0.5, 3.5, -0.5]


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        Trees.read(ARRAYS, "two")


def test_what_is_shipped_gives_probabilities_for_known_and_for_unknown_evidence() -> None:
    for trees in forests().values():
        assert trees.column.max() < len(NAMES)
        found = trees.probabilities(numpy.stack([numpy.zeros(len(NAMES)), numpy.full(len(NAMES), numpy.nan)]))
        assert ((found > 0) & (found < 1)).all()
