"""Scores with what they mean."""

from __future__ import annotations

import pytest

from tests.render.reports import bitext, bridge, report
from tqcheck.model import Score
from tqcheck.render.scores import line, lines


@pytest.mark.parametrize(
    ("score", "name", "value", "part"),
    [
        (Score("chrf2", 61.249, "s"), "chrF2", "61.2", "a machine's English"),
        (Score("back-chrF2", 61.2, "s"), "chrF2 back", "61.2", "the French, translated back"),
        (Score("bleu", 30.0, "s"), "BLEU", "30.0", "100 is the same text"),
        (Score("ter.back", 30.0, "s"), "TER back", "30.0", "0 is the same text"),
        (Score("adequacy", 0.8765, "s"), "Adequacy", "0.88", "meaning"),
        (Score("length-ratio", None, "s"), "Length ratio", "not known", "length"),
        (Score("letters", 3.0, "s"), "letters", "3.00", ""),
    ],
)
def test_a_score_says_what_it_is(score: Score, name: str, value: str, part: str) -> None:
    said = line(score)
    assert (said.name, said.value) == (name, value)
    assert part in said.meaning
    assert bool(said.meaning) is bool(part)


def test_quality_comes_first_and_names_the_pair_to_look_at() -> None:
    first, *others = lines(bridge())
    assert (first.name, first.value) == ("Quality", "0.54")
    assert first.meaning.endswith("lowest in pair 3, 0.05")
    assert [one.name for one in others] == ["Adequacy", "Length ratio"]


def test_the_reports_own_quality_is_taken() -> None:
    made = report(bitext([("Un.", "One.")]), scores=(Score("bleu", 1.0, "s"), Score("quality", 0.4, "s")))
    assert [(one.name, one.value) for one in lines(made)] == [("Quality", "0.40"), ("BLEU", "1.0")]


def test_a_report_without_pairs_has_no_quality() -> None:
    assert lines(report(bitext([]))) == ()
