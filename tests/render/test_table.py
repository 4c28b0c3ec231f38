"""CSV: a row a finding, read back as it was, and no cell that a spreadsheet calculates."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tests.render.desks import desk, hostile, shown
from tests.render.reports import LAW
from tqcheck.model import Desk
from tqcheck.render.table import COLUMNS, safe


def rows(what: Desk) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shown("csv", what), newline="")))


def test_a_row_a_finding_with_what_does_not_count() -> None:
    found = rows(desk())
    assert len(found) == 8
    assert tuple(found[0]) == COLUMNS
    assert found[1]["french"] == "12"
    assert found[1]["suggestion"] == "12"
    assert [row["counts"] for row in found] == ["no", "yes", "yes", "no", "yes", "yes", "yes", "yes"]
    assert found[0]["why not"] == "old: it is in the baseline"


def test_no_cell_is_a_formula() -> None:
    for row in rows(hostile()):
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@")), cell


@LAW
@given(st.text(max_size=20))
def test_a_cell_never_begins_a_formula(text: str) -> None:
    shown_text = str(safe(text))
    assert not shown_text.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\n" not in shown_text
