"""What a word is compared with: words that come soon after it, and other forms of it."""

from __future__ import annotations

import pytest

from tqcheck.translate.gemma.model import Rivals
from tqcheck.translate.gemma.rivals import rivals

ENGLISH = "▁The ▁judge ▁was ▁not ▁sign ing ▁Germany ' s ▁law ."


def named(text: str, lang: str = "en", unknown: tuple[str, ...] = ()) -> list[tuple[str, set[str], set[str]]]:
    """Each piece with its rivals as they are written."""
    numbers: dict[str, int] = {}

    def find(piece: str) -> int | None:
        return None if piece in unknown else numbers.setdefault(piece, len(numbers))

    pieces = text.split(" ")
    found = list(rivals(pieces, lang, find))
    written = {number: piece for piece, number in numbers.items()}
    return [
        (piece, {written[number] for number in each.ahead}, {written[number] for number in each.forms})
        for piece, each in zip(pieces, found, strict=True)
    ]


def test_words_and_marks_that_come_soon_and_at_last_the_end() -> None:
    found = {piece: ahead for piece, ahead, _ in named(ENGLISH)}
    assert found["▁The"] == {"▁judge", "▁was", "▁not", "▁sign", "▁Germany"}
    assert found["▁law"] == {".", "\n"}
    assert found["▁Germany"] == {"'", "s", "▁law", ".", "\n"}
    assert found["ing"] == found["."] == found["'"] == set(), "no word begins there"
    assert found["s"] == {"▁law", ".", "\n"}


def test_french_words_after_an_apostrophe_begin_there() -> None:
    found = {piece: ahead for piece, ahead, _ in named("▁l ' ancien ▁directeur", "fr")}
    assert found["ancien"] == {"▁directeur", "\n"}


def test_forms_of_words_that_are_one_piece() -> None:
    found = {piece: forms for piece, _, forms in named(ENGLISH)}
    assert {"▁judges", "▁judged", "▁judging"} <= found["▁judge"]
    assert found["▁law"] == {"▁laws"}
    assert found["▁sign"] == set(), "it is a part of a word"
    assert found["▁The"] == set()


def test_an_auxiliary_may_be_another_one_or_its_verb() -> None:
    found = {piece: forms for piece, _, forms in named("▁They ▁Were ▁not ▁signing ▁it .")}
    assert {"▁Are", "▁Will", "▁Signed"} <= found["▁Were"]
    assert "▁Were" not in found["▁Were"]


def test_french_has_no_forms() -> None:
    assert not any(forms for _, _, forms in named("▁Les ▁juges ▁signent .", "fr"))


@pytest.mark.parametrize("unknown", ["▁judges", "▁was"])
def test_what_is_no_piece_is_not_asked_about(unknown: str) -> None:
    for _, ahead, forms in named(ENGLISH, unknown=(unknown,)):
        assert unknown not in ahead | forms


def test_a_word_is_not_compared_with_itself() -> None:
    assert all(piece not in ahead | forms for piece, ahead, forms in named("▁the ▁end ▁of ▁the ▁end ."))


@pytest.mark.parametrize("text", ["", "▁", "▁ ▁ ▁", "' ' '", "é ▁é 5 ▁5"])
def test_a_row_for_every_piece_of_any_text(text: str) -> None:
    pieces = text.split(" ")
    found = list(rivals(pieces, "en", lambda piece: 1))
    assert len(found) == len(pieces)
    assert all(isinstance(each, Rivals) for each in found)
