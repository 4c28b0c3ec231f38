"""Counts, the table of rules, and the strip that shows where the trouble is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.reports import LAW, bitext, bridge, finding, report
from tqcheck.model import Report
from tqcheck.mqm import Severity
from tqcheck.render.look import Look, printed
from tqcheck.render.overview import by_severity, counted, ranges, strip, summary


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""),
        ([3], "3"),
        ([4, 3], "3, 4"),
        ([1, 2, 3, 7, 9, 10], "1 to 3, 7, 9, 10"),
        ([5, 5, 6, 7, 8], "5 to 8"),
    ],
)
def test_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text


def test_many_ranges_are_counted_instead() -> None:
    assert ranges(range(0, 100, 2), limit=3) == "0, 2, 4, and 47 more"


@LAW
@given(st.sets(st.integers(0, 60)))
def test_law_ranges_name_every_number(numbers: set[int]) -> None:
    named: set[int] = set()
    for part in filter(None, ranges(numbers, limit=100).split(", ")):
        first, _, last = part.partition(" to ")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == numbers


def test_counts() -> None:
    found = bridge().findings
    assert counted(found) == "8 findings"
    assert counted(found[:1]) == "1 finding"
    assert by_severity(found) == "1 critical, 4 major, 2 minor, 1 neutral"


def lines(made: Report, look: Look) -> list[str]:
    return printed(look, strip(made, look)).splitlines()


def long_report(count: int, places: dict[int, Severity]) -> Report:
    text = bitext([("Un.", "One.")] * count)
    return report(text, [finding(text, index, "rule", severity) for index, severity in places.items()])


def test_a_cell_a_pair_in_tens_with_letters_and_words() -> None:
    made = long_report(23, {0: Severity.MINOR, 11: Severity.CRITICAL, 22: Severity.NEUTRAL})
    assert lines(made, Look(80)) == [
        "  m......... .C........ ..n",
        "  one cell a pair: . nothing, n neutral, m minor, C critical",
        "  critical: pair 12",
        "  minor: pair 1",
        "  neutral: pair 23",
    ]


def test_a_cell_shows_the_worst_and_a_long_text_has_several_pairs_a_cell() -> None:
    made = long_report(200, {0: Severity.MINOR, 1: Severity.MAJOR, 199: Severity.MINOR})
    row, legend = lines(made, Look(60))[:2]
    assert row == "  M" + "." * 48 + "m"
    assert legend.startswith("  one cell for 4 pairs, the worst of them:")


@LAW
@given(st.integers(1, 400), st.integers(40, 120))
def test_law_the_strip_fits_and_no_pair_is_left_out(count: int, width: int) -> None:
    made = long_report(count, {count - 1: Severity.MAJOR})
    row = lines(made, Look(width))[0]
    assert len(row) <= width
    assert row.endswith("M")
    assert row.count("M") == 1


def test_in_colour_severity_is_height_too() -> None:
    made = long_report(5, dict(enumerate(Severity)))
    row = re.sub(r"\x1b\[[0-9;]*m", "", lines(made, Look(80, color=True))[0])
    assert row == "  ▂▄▆█·"


def test_the_table_counts_every_rule_and_severity() -> None:
    rows = [line.split() for line in printed(Look(80), [summary(bridge().findings, Look(80))]).splitlines()]
    assert rows[0] == ["rule", "critical", "major", "minor", "neutral"]
    assert rows[1] == ["number-mismatch", "1", "0", "0", "0"]
    assert rows[2] == ["false-friend", "0", "2", "0", "0"]
    assert rows[-1] == ["all", "rules", "1", "4", "2", "1"]
    assert len(rows) == 9


def test_the_table_of_one_rule_has_no_sum_and_no_empty_column() -> None:
    found = [finding(bridge().bitext, 1, "rule", Severity.MINOR)] * 2
    assert printed(Look(80), [summary(found, Look(80))]).splitlines() == ["rule  minor", "rule      2"]
