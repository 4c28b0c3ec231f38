"""Rows on disk and views of them are what a tuple of the same values is."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck import stored
from tqcheck.errors import UserError
from tqcheck.stored import Lines, View

VALUES = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(st.lists(VALUES), st.lists(VALUES), st.slices(20), st.sampled_from([0, 10, 1_000_000]))
def test_values_come_back_in_memory_and_from_disk(
    first: list[object], more: list[object], some: slice, room: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stored, "IN_MEMORY", room)
        lines = Lines(first)
    assert list(lines) == first
    lines.extend(more)
    both = [*first, *more]
    assert list(lines) == both
    assert lines[some] == tuple(both[some])
    assert [lines[-k] for k in range(1, len(both) + 1)] == both[::-1]
    with pytest.raises(IndexError):
        lines[len(both)]


def test_nothing_is_seen_of_them_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(stored, "IN_MEMORY", 10)
    lines = Lines([list(range(1000))])
    assert lines[0][999] == 999
    if os.name == "posix":  # the file lost its name as soon as it was made: a killed run leaves nothing
        assert list(tmp_path.iterdir()) == []


def test_no_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    monkeypatch.setattr(stored, "IN_MEMORY", 10)
    with pytest.raises(UserError, match="no room for the parts of a long text") as told:
        Lines(["a long text"])
    assert "TMPDIR" in str(told.value)


def test_a_view_makes_what_is_asked_for_and_no_more() -> None:
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    view = View(range(1000), double)
    assert (view[5], view[-1], view[2:4]) == (10, 1998, (4, 6))
    assert made == [5, 999, 2, 3]
    assert len(view) == 1000
    assert view == tuple(range(0, 2000, 2))
    assert hash(view) == hash(tuple(range(0, 2000, 2)))
    assert view != tuple(range(0, 1998, 2))
    assert view != "something else"
