"""Slips for known words, and words that are no slips."""

from __future__ import annotations

import pytest

from tqcheck.languages.misspellings import slips_among, usual


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("goverment", "government"),
        ("yesterdat", "yesterday"),
        ("whlch", "which"),
        ("seperate", "separate"),
        ("cultur", "culture"),
        ("folowing", "following"),
        ("yuo", "you"),
    ],
)
def test_a_slip_is_led_back_to_what_is_meant(word: str, right: str) -> None:
    assert slips_among({word}, ())[word].right == right


def test_a_french_word_that_begins_alike_decides_between_two() -> None:
    assert slips_among({"acused"}, {"accuse"})["acused"].right == "accused"


@pytest.mark.parametrize(
    "word",
    [
        "decentralise",
        "smoulder",
        "colour",
        "unrenovated",
        "smolt",
        "wold",
        "government",
        "counterterror",
        "podcasts",
        "gifs",
    ],
)
def test_rare_and_british_words_are_no_slips(word: str) -> None:
    assert slips_among({word}, ()) == {}


def test_no_usual_mistake_is_another_usual_mistakes_right_word() -> None:
    assert not set(usual()) & set(usual().values())
