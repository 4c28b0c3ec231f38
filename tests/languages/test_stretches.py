"""Runs of doubted words: the best choice, and what belongs to it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.bitexts import bitext_of
from tqcheck.languages.stretches import Stretch, _best, is_kind_of_name, stretches

TOKENS = bitext_of("Oui.", "The prefect banned the gathering, it seems.").pairs[0].target.tokens


def found(doubts: list[float], price: float = 1.0) -> list[str]:
    text = "The prefect banned the gathering, it seems."
    return [stretch.span.of(text) for stretch in stretches(TOKENS, doubts, 0.5, price)]


def test_without_doubts_there_are_no_runs() -> None:
    assert stretches(TOKENS, (), 0.5, 1.0) == ()
    assert found([0.1] * len(TOKENS)) == []


def test_a_small_word_inside_of_a_run_belongs_to_it() -> None:
    assert found([0.1, 0.1, 0.9, 0.45, 0.9, 0.1, 0.1, 0.1, 0.1]) == ["banned the gathering"]


def test_a_run_is_worth_its_price_or_is_none() -> None:
    doubts = [0.1, 0.7, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]
    assert found(doubts, price=0.5) == ["prefect"]
    assert found(doubts, price=2.0) == []


def test_a_run_begins_and_ends_with_a_word() -> None:
    assert found([0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.1, 0.1]) == ["gathering"]


@given(st.lists(st.floats(-5, 5), max_size=9), st.floats(0, 4))
def test_no_other_choice_is_worth_more(values: list[float], price: float) -> None:
    def worth(chosen: tuple[bool, ...]) -> float:
        begins = sum(now and not before for before, now in zip((False, *chosen), chosen, strict=False))
        return sum(value for value, kept in zip(values, chosen, strict=True) if kept) - price * begins

    best = max(worth(chosen) for chosen in itertools.product((False, True), repeat=len(values)))
    assert abs(worth(tuple(_best(values, price))) - best) < 1e-9


def test_english_says_what_a_name_is() -> None:
    (pair,) = bitext_of(
        "L'Élysée et l'Etna se taisent.", "The Élysée Palace and Mount Etna say nothing of Palace Hill."
    ).pairs
    kinds = [token for token in pair.target.tokens if is_kind_of_name(pair, Stretch((token,), 0.9))]
    assert [(token.text, token.index) for token in kinds] == [("Palace", 2), ("Mount", 4)]
    assert not is_kind_of_name(pair, Stretch(pair.target.tokens[1:3], 0.9))
