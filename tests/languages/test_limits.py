"""Bounds, small words and things of one kind: the tables, and what the examples of the rules leave out."""

from __future__ import annotations

import pytest

from tqcheck.languages import tables
from tqcheck.languages.limits import lost_words, turned_bounds
from tqcheck.model import Pair, Segment, Span


def pair(french: str, english: str) -> Pair:
    """A pair without words: bounds are sought in the text."""
    source, target = (Segment(Span(0, len(text)), text, (), (0,), 0) for text in (french, english))
    return Pair(0, source, target)


@pytest.mark.parametrize("table", ["limits", "needed", "siblings"])
def test_no_cell_has_an_empty_alternative(table: str) -> None:
    for row in tables.load(table):
        assert all(word.removeprefix("~").strip() for cell in row.values() for word in cell.split("|")), row


def test_no_word_names_two_things_of_one_kind() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for row in tables.load("siblings"):
        for side in ("french", "english"):
            for word in row[side].split("|"):
                if not word.startswith("~"):
                    key = (row["kind"], side, word)
                    assert key not in seen, (key, seen[key])
                    seen[key] = row[side]


def test_the_suggestion_keeps_the_number() -> None:
    (bound,) = turned_bounds(pair("L'aide couvre jusqu'à 80 % des pertes.", "The aid covers at least 80% of losses."))
    assert bound.usual == "up to 80"


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert list(turned_bounds(pair("Il paie jusqu’à 80 euros.", "He pays at least 80 euros.")))


def test_both_ends_on_one_side_are_left_alone() -> None:
    assert not list(turned_bounds(pair("Au moins 5, jusqu'à 80.", "At least 80, or 5.")))


def test_a_small_word_that_something_renders_is_not_lost() -> None:
    assert not list(lost_words(pair("Il a presque fini.", "He is all but done.")))
    assert [word.meaning for word in lost_words(pair("Il a presque fini.", "He is done."))] == ["almost"]
