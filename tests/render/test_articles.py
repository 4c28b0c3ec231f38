"""A desk at a terminal: findings a line each, a line for each article, the verdict last."""

from __future__ import annotations

from dataclasses import replace

from tests.render.desks import desk, hostile, shown
from tests.render.reports import bridge
from tqcheck.model import Desk
from tqcheck.render.articles import page, summary
from tqcheck.render.look import Look


def test_a_finding_is_one_line_however_long() -> None:
    made = bridge()
    long = replace(made.findings[1], message="Long words. " * 40)
    failed = replace(made, findings=(long,), suppressions={})
    lines = page(Desk((failed,)), Look(60)).splitlines()
    assert lines[0].startswith("article.en.txt:2:75: critical: Long words.")
    assert lines[0].endswith("Suggestion: “12”. [number-mismatch]")


def test_the_verdict_is_the_last_line() -> None:
    lines = page(desk(), Look(200)).splitlines()
    assert lines[-1].startswith("FAILED  1 of 3 articles failed, 1 could not be checked: 6 findings (1 critical,")
    assert "  error: the file holds no text" in lines
    assert any(line.startswith("passed") and "rain.en.txt" in line for line in lines)
    assert any("2 not counted" in line for line in lines)


def test_of_many_articles_those_that_failed_are_listed() -> None:
    failed, passed = desk().reports
    many = Desk((failed, *[passed] * 40), notes=("one",))
    text = page(many, Look(200))
    assert "and 40 that passed; --details lists them too" in text
    assert "rain.en.txt" not in text
    assert page(many, Look(200, details=True)).count("rain.en.txt") == 40
    assert "40 articles passed" in page(Desk((passed,) * 40), Look(200))


def test_notes_are_told_once() -> None:
    lines = page(Desk(tuple(replace(report, notes=("so",)) for report in desk().reports)), Look(200)).splitlines()
    assert lines.count("Note: so") == 1


def test_nothing_to_check_passes() -> None:
    assert page(Desk(()), Look(80)).splitlines() == ["PASSED  nothing to check"]
    assert summary(Desk((), notes=("x",))) == "nothing to check"


def test_no_text_reaches_the_terminal_as_a_command() -> None:
    text = shown("terminal", hostile())
    assert "\x1b" not in text
    assert "\u202e" not in text
