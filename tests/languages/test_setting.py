from __future__ import annotations

import pytest

from tests.bitexts import bitext_of, marked
from tqcheck.languages import setting
from tqcheck.model import Segment, Token


def _marked(english: str) -> tuple[Segment, Token]:
    """The segment, and the token that is marked in it."""
    plain = marked(english)
    segment = bitext_of("Oui.", plain.text).pairs[0].target
    return segment, next(token for token in segment.tokens if token.span.start == plain.spans[0].start)


@pytest.mark.parametrize(
    "english",
    [
        'He read "Der ⟦Zauberberg⟧" again.',
        "He spoke of the “⟦cohabitation⟧” of the two.",
        "He ate *⟦pintade⟧* for dinner.",
        "The court (⟦tribunal⟧) met.",
        "The ⟦prud'hommes⟧ (labour court) met.",
        "The dish is called ⟦pintade⟧ there.",
        "He ate ⟦pintade⟧, or guinea fowl.",
    ],
)
def test_a_word_that_is_cited_or_explained_is_set_off(english: str) -> None:
    segment, token = _marked(english)
    assert setting.is_set_off(segment, token, token)


def test_a_word_in_a_whole_quoted_sentence_is_not() -> None:
    segment, token = _marked('"The plant that we all worked in had an ⟦actionnaire⟧ from abroad," he said.')
    assert not setting.is_set_off(segment, token, token)


@pytest.mark.parametrize(
    ("english", "named"),
    [
        ("He lives in Bad ⟦Füssing⟧ now.", True),
        ("He lives in the ⟦Hochofen⟧ now.", False),
        ("The ⟦Hochofen⟧ closed.", False),
        ("He lives in ⟦rue⟧ Vavin.", True),
    ],
)
def test_a_capital_beside_makes_a_name(english: str, named: bool) -> None:
    segment, token = _marked(english)
    assert setting.is_in_name(segment, token, token) == named


def test_hyphens_make_one_word() -> None:
    segment, token = _marked("He lives in Meurthe-⟦et⟧-Moselle now.")
    assert "".join(part.text for part in setting.compound(segment, token)) == "Meurthe-et-Moselle"


def test_neighbours_run_together() -> None:
    segment, token = _marked("A ⟦one⟧ two three.")
    runs = list(setting.runs(segment, frozenset({token.index, token.index + 1, token.index + 3})))
    assert [[t.text for t in run] for run in runs] == [["one", "two"], ["."]]
