"""A table of rows is the dictionary that it was made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tqcheck.annotate.rows import Rows

KEYS = st.integers(0, 2**64 - 1)


@given(st.dictionaries(KEYS, st.integers(-1, 2**31 - 1)), KEYS)
def test_it_is_the_dictionary(rows: dict[int, int], other: int) -> None:
    made = Rows(rows)
    assert dict(made) == rows
    assert len(made) == len(rows)
    assert made.get(other, -1) == rows.get(other, -1)
    assert (other in made) == (other in rows)
