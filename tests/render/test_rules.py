"""A rule explained, the list of detectors, and what is installed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tqcheck.detector import Detector, Example
from tqcheck.mqm import Category, Severity
from tqcheck.render.look import Look
from tqcheck.render.rules import Installed, detector_list, doctor, explain

STYLE = re.compile(r"\x1b\[[0-9;]*m")
DOC = """A word of the French is missing.

It looks at every word, and where it finds none that renders it, it says so in
one sentence.

Why it matters
--------------
Readers miss it:

- in a heading, which is the only part of an article that most of its readers
  ever see
- in a name

What it does not see
--------------------
Words such as:

    le chat
    la souris

When to ignore it
-----------------
In a summary.

Source
------
A book.
"""
RULE = Detector(
    rule="missing-word",
    doc=DOC,
    category=Category.OMISSION,
    severity=Severity.MAJOR,
    find=lambda detector, bitext: (),
    examples=(
        Example("Un ⟦petit⟧ chat.", "A cat."),
        Example("Un chat.\nIl dort.", "A cat.\nIt ⟦snores⟧.", forward="A cat.\nIt sleeps."),
        Example("Un chat.\nUn chien.", "A cat.\n"),
    ),
    uses_mt=True,
)


def test_a_rule_is_explained() -> None:
    text = explain(RULE, Look(60))
    assert text.startswith(
        "missing-word: A word of the French is missing.\n"
        "major, accuracy/omission, on, needs machine translation\n"
        "\n"
        "It looks at every word, and where it finds none that renders\n"
        "it, it says so in one sentence.\n"
        "\n"
        "Why it matters\n"
        "  Readers miss it:\n"
        "\n"
        "  - in a heading, which is the only part of an article that\n"
        "    most of its readers ever see\n"
        "  - in a name\n"
        "\n"
        "What it does not see\n"
        "  Words such as:\n"
        "\n"
    )
    assert "le chat\n" in text
    assert text.endswith(
        "It finds\n"
        "  fr    Un ⟦petit⟧ chat.\n"
        "  en    A cat.\n"
        "\n"
        "  fr    Un chat.\n"
        "  en    A cat.\n"
        "  mt    A cat.\n"
        "  fr    Il dort.\n"
        "  en    It ⟦snores⟧.\n"
        "  mt    It sleeps.\n"
        "\n"
        "It leaves alone\n"
        "  fr    Un chat.\n"
        "  en    A cat.\n"
        "  fr    Un chien.\n"
        "  en    (nothing)\n"
    )


def test_in_colour_the_marks_of_examples_are_styles() -> None:
    text = explain(RULE, Look(80, color=True))
    assert "⟦" not in text
    assert re.search(r"Un \x1b\[[0-9;]+mpetit\x1b\[0m chat\.", text)


def test_the_list_says_what_is_off() -> None:
    off = replace(RULE, rule="quiet", on=False, uses_mt=False, severity=Severity.NEUTRAL)
    lines = detector_list([RULE, off], Look(110)).splitlines()
    assert lines[0].split() == [
        "missing-word", "major", *"A word of the French is missing. (needs machine translation)".split(),
    ]  # fmt: skip
    assert lines[1].endswith("(off)")
    assert lines[-1] == "2 detectors, 1 of them on."
    narrow = detector_list([RULE, off], Look(50)).splitlines()
    assert narrow[:2] == ["missing-word  major", "  A word of the French is missing. (needs machine"]


ROWS = (
    Installed("French model", "ok", "md 3.8.0"),
    Installed("Machine translation", "missing", "no engine", 'pip install "tqcheck[hub]"'),
)


def test_the_doctor_says_what_to_do() -> None:
    assert doctor(ROWS, Look(80)).splitlines() == [
        "ok       French model         md 3.8.0",
        "missing  Machine translation  no engine",
        '         → pip install "tqcheck[hub]"',
        "",
        "1 missing",
    ]
    assert doctor(ROWS[:1], Look(80)).splitlines()[-1] == "Everything is there."
    assert doctor([("cache", "broken", "not writable", None)], Look(40)).splitlines() == [
        "broken   cache", "         not writable", "", "1 broken",
    ]  # fmt: skip


def test_a_state_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="fine"):
        doctor([("cache", "fine", "", None)])


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, color: bool) -> None:
    look = Look(width, color)
    for text in (explain(RULE, look), detector_list([RULE], look), doctor(ROWS, look)):
        assert all(cell_len(line) <= width for line in STYLE.sub("", text).splitlines())
