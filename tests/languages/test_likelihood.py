"""What the language model said is told in plain words, and nothing where it said nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages.likelihood import remark
from tqcheck.model import TextScores, WordScore

PAIR = bitext_of("Il dort.", "He sleeps.").pairs[0]


def told(given: float, alone: float) -> tuple[str, ...]:
    words = tuple(WordScore(given if t.text == "sleeps" else -0.1, alone, 1) for t in PAIR.target.tokens)
    return remark(replace(PAIR, target_scores=TextScores(words, None)), PAIR.target.tokens, "target")


@pytest.mark.parametrize(
    ("given", "alone", "said"),
    [
        (-7.0, -3.0, 'expects "sleeps" here 1 time in 1,000; without it 1 time in 20.'),
        (-0.2, -6.0, 'expects "sleeps" here more often than not; without it 1 time in 400.'),
        (-20.0, -9.0, 'expects "sleeps" here hardly ever; without it 1 time in 8,000.'),
        (-7.0, -7.2, 'expects "sleeps" here 1 time in 1,000; without it as often.'),
    ],
)
def test_the_least_expected_word_is_told_in_round_numbers(given: float, alone: float, said: str) -> None:
    assert told(given, alone) == (f"A language model that knows the French {said}",)


def test_nothing_is_said_where_no_model_has_read() -> None:
    assert remark(PAIR, PAIR.target.tokens, "target") == ()
    assert remark(PAIR, (), "source") == ()
