"""Every row of the table of calques is found where its words stand, and nothing without its French."""

from __future__ import annotations

import pytest

from tqcheck.languages import tables
from tqcheck.languages.calques import calques
from tqcheck.model import Pair, Segment, Span, Token

ROWS = tables.load("calques")


def segment(words: list[str]) -> Segment:
    tokens: list[Token] = []
    start = 0
    for number, word in enumerate(words):
        span = Span(start, start + len(word))
        tokens.append(Token(number, span, word, word, "NOUN", "", "dep", number, ""))
        start += len(word) + 1
    text = " ".join(words)
    return Segment(Span(0, len(text)), text, tuple(tokens), (0,), 0)


def pair(french: str, english: str) -> Pair:
    return Pair(0, segment(french.replace("'", "' ").split()), segment(english.replace("-", " - ").split()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["french"])
def test_every_literal_rendering_is_found_beside_its_french(row: dict[str, str]) -> None:
    for french in row["french"].split("|"):
        for literal in row["literal"].split("|"):
            beside = pair(french.replace("…", "trois").lower(), literal.replace("#", "three"))
            assert any(found.calque.right == row["right"] for found in calques(beside)), (french, literal)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["french"])
def test_what_is_right_is_no_calque_of_the_same_phrase(row: dict[str, str]) -> None:
    french = row["french"].split("|")[0].replace("…", "trois").lower()
    assert not [found for found in calques(pair(french, row["right"])) if found.calque.right == row["right"]]


def test_the_literal_words_alone_are_no_calque() -> None:
    assert not list(calques(pair("une vieille chèvre", "an emissary goat")))


def test_articles_do_not_matter_in_english_but_do_in_french() -> None:
    assert list(calques(pair("avoir raison", "he have the reason")))
    assert not list(calques(pair("avoir des raison", "have reason")))
