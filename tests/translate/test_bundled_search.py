"""What the search does with arrays is what plain loops do."""

from __future__ import annotations

from itertools import groupby

import numpy
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.translate.bundled.language_model import _FIRST_BIT
from tqcheck.translate.bundled.stacks import best_alike, first_gap, highest, top_of

COUNT = 4
ROWS = st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(-3, 3)), max_size=30).map(sorted)


@given(ROWS, st.integers(1, 5))
def test_the_best_of_each_sentence_are_kept_with_what_equals_them(rows: list[tuple[int, int]], most: int) -> None:
    sentence = numpy.array([row[0] for row in rows], numpy.int64)
    value = numpy.array([row[1] for row in rows], float)
    wanted = []
    for _, group in groupby(range(len(rows)), key=lambda place: rows[place][0]):
        places = list(group)
        least = sorted((value[place] for place in places), reverse=True)[:most][-1]
        wanted += [place for place in places if value[place] >= least]
    assert top_of(sentence, value, COUNT, most).tolist() == wanted
    best = [max((v for s, v in rows if s == number), default=-numpy.inf) for number in range(COUNT)]
    assert highest(sentence, value, COUNT).tolist() == best


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 3)), min_size=1, max_size=30))
def test_of_states_that_the_future_cannot_tell_apart_the_best_is_kept(rows: list[tuple[int, int]]) -> None:
    state = numpy.array([row[0] for row in rows], numpy.uint64)
    value = numpy.array([row[1] for row in rows], float)
    wanted = {max((v, -place) for place, (s, v) in enumerate(rows) if s == one)[1] for one, _ in rows}
    assert best_alike(state, value).tolist() == sorted(-place for place in wanted)


def test_the_first_gap_is_found_behind_what_is_covered() -> None:
    covered = numpy.array([0b0, 0b1, 0b1011, 0b110], numpy.uint64)
    assert first_gap(covered, numpy.zeros(4, numpy.int64)).tolist() == [0, 1, 2, 0]


def test_the_slot_of_a_bucket_is_its_first_match() -> None:
    for byte in range(1, 256):
        assert f"{byte:08b}".index("1") == _FIRST_BIT[byte]
