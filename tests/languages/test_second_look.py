"""What is looked at again, and what that says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages import second_look
from tqcheck.languages.likelihood import times
from tqcheck.languages.suspects import constituent, suspects
from tqcheck.model import Contrast, Pair, TextScores, WordDoubt, WordTrial

FRENCH = "Hier le maire a fermé les quais du port."
ENGLISH = "The mayor close the quays yesterday."


@pytest.fixture
def pair() -> Pair:
    found = bitext_of(FRENCH, ENGLISH).pairs[0]
    return replace(found, target_scores=TextScores((None,) * len(found.target.tokens), None))


def doubted(pair: Pair, side: str, **doubts: float) -> Pair:
    """The pair with doubts of some words of a side, by their text, and hardly any of the others."""
    segment = pair.source if side == "source" else pair.target
    made = tuple(WordDoubt(doubts.get(t.text, 0.02), doubts.get(t.text, 0.02)) for t in segment.tokens)
    return replace(pair, source_doubts=made) if side == "source" else replace(pair, target_doubts=made)


def test_the_most_doubted_words_are_tried_and_no_more_than_two(pair: Pair) -> None:
    def chosen(**doubts: float) -> list[str]:
        return [token.text for token in suspects(doubted(pair, "target", **doubts))]

    assert chosen(quays=0.5, close=0.7, mayor=0.3) == ["close", "quays"]
    assert chosen(quays=0.22, close=0.7) == ["close"]
    assert chosen(quays=0.21) == ["quays"]
    assert chosen(quays=0.19) == []
    assert suspects(replace(doubted(pair, "target", close=0.9), target_scores=None)) == ()


def test_a_constituent_is_a_word_of_meaning_or_all_that_hangs_from_one(pair: Pair) -> None:
    def chosen(**doubts: float) -> str:
        return " ".join(
            token.text for token in constituent(pair.source, doubted(pair, "source", **doubts).source_doubts)
        )

    assert chosen(du=0.4, port=0.6) == "du port"
    assert chosen(port=0.6) == "port"
    assert chosen(Hier=0.2, port=0.15) == "Hier"
    assert chosen(port=0.09) == ""
    assert constituent(pair.source, ()) == ()


def trial(pair: Pair, expected: str, replaced: float | None, inserted: float | None) -> float:
    close = next(token for token in pair.target.tokens if token.text == "close")
    return second_look.wrong(pair, close, WordTrial(close.index, expected, replaced, inserted, 0.0))


def test_another_form_says_more_than_another_word_and_a_missing_one_more_than_none(pair: Pair) -> None:
    some = doubted(pair, "target", close=0.3)
    nothing = trial(some, "close", None, None)
    assert nothing == pytest.approx(trial(some, "shut", -3.0, -9.0))
    assert nothing < trial(some, "shut", 7.0, -9.0) < trial(some, "closed", 7.0, -9.0)
    assert nothing < trial(some, "did", -3.0, 8.0)
    assert trial(some, "closed", 9.0, -9.0) == trial(some, "closed", 70.0, -9.0)
    assert trial(doubted(pair, "target", close=0.05), "closed", 7.0, -9.0) < trial(some, "closed", 7.0, -9.0)


def test_a_form_begins_as_the_word_does(pair: Pair) -> None:
    close = next(token for token in pair.target.tokens if token.text == "close")

    def form(expected: str) -> bool:
        return second_look.is_form(close, WordTrial(close.index, expected, 1.0, None, 0.0))

    assert form("closed")
    assert form("Closing")
    assert not form("close")
    assert not form("clear")
    assert not form("")


def contrasted(pair: Pair, change: float, hardest: float) -> second_look.Unmatched:
    first = next(token.index for token in pair.source.tokens if token.text == "du")
    found = second_look.unmatched(
        replace(pair, contrasts=(Contrast("source", first, first + 1, change, hardest, 0.5),)), "source"
    )
    assert found is not None
    return found


def test_what_the_english_is_likelier_without_has_no_counterpart(pair: Pair) -> None:
    some = doubted(pair, "source", du=0.14, port=0.97)
    without, needed = contrasted(some, 4.0, 0.0), contrasted(some, -9.0, -8.0)
    assert without.probability > 0.3 > 0.2 > needed.probability
    assert without.stretch.span.of(FRENCH) == "port"
    assert without.stretch.doubt == 0.97
    assert second_look.remark(some, without) == (
        "Without « du port » a language model finds the English 50 times as probable as with it."
    )
    assert second_look.remark(some, needed).endswith("less probable, as if something rendered it.")
    assert second_look.remark(some, contrasted(some, 0.1, 0.0)).endswith("English as probable as with it.")
    assert second_look.unmatched(some, "target") is None


def test_changes_in_words() -> None:
    assert [times(change) for change in (0.0, 0.8, 2.31, 9.0, 20.0)] == [
        "2 times", "2 times", "10 times", "8,000 times", "more than a million times",
    ]  # fmt: skip
