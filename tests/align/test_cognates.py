"""Words and numbers that belong together by their letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.align.association import number_values
from tqcheck.align.cognates import _distance, likeness, number_value
from tqcheck.model import Span, Token


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("politique", "political"),
        ("liberté", "liberty"),
        ("rapidement", "rapidly"),
        ("hôpital", "hospital"),
        ("forêt", "forest"),
        ("étrange", "strange"),
        ("nécessaire", "necessary"),
        ("dangereux", "dangerous"),
        ("réalisme", "realism"),
        ("coloniser", "colonize"),
        ("Égypte", "Egypt"),
    ],
)
def test_regular_endings_make_cognates_equal(french: str, english: str) -> None:
    assert likeness(french, english) == 1.0


def test_names_in_another_spelling_are_alike_and_other_words_are_not() -> None:
    assert likeness("Poutine", "Putin") > 0.5
    assert likeness("Zelensky", "Zelenskyy") > 0.8
    assert likeness("maison", "house") == 0.0
    assert likeness("parole", "prison") < 0.6
    assert likeness("du", "do") == 0.0


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("1er", "1st"),
        ("0,3", "0.3"),
        ("1234", "1,234"),
        ("douze", "12"),
        ("XXe", "20th"),
        ("Ier", "1st"),
        ("IIe", "2nd"),
    ],
)
def test_a_number_is_the_same_in_either_dress(french: str, english: str) -> None:
    assert number_value(french) == number_value(english) is not None


@pytest.mark.parametrize("word", ["vie", "Vie", "cie", "Le", "mixe", "soldat", "A380-800", "", "«"])
def test_a_word_is_no_number(word: str) -> None:
    assert number_value(word) is None


def test_groups_of_digits_are_one_number() -> None:
    tokens, start = [], 0
    for index, text in enumerate(("783", "562", "habitants", "en", "2021", "12", "km")):
        tokens.append(Token(index, Span(start, start + len(text)), text, text, "NUM", "", "", index, ""))
        start += len(text) + 1
    assert number_values(tokens) == ["783562", "783562", None, None, "2021", "12", None]


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, one) == 1.0
    assert number_value(one) is None or number_value(one).isdigit()  # type: ignore[union-attr]


WORDS = st.text("abcé", min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_the_distance_is_that_of_the_whole_table(one: str, other: str) -> None:
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, left in enumerate(one, 1):
        for j, right in enumerate(other, 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (left != right))
    assert _distance(one, other) == table[len(one), len(other)]
