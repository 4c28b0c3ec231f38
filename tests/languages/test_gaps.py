"""Stretches without a counterpart, and how a sentence is written."""

from __future__ import annotations

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages import gaps, surface
from tqcheck.model import Pair


def pair(source: str, target: str) -> Pair:
    return bitext_of(source, target).pairs[0]


def test_a_clause_without_counterpart_is_one_gap() -> None:
    given = pair(
        "Le juge, qui enquête depuis trois ans sur les comptes du parti, a entendu le trésorier.",
        "The judge heard the treasurer.",
    )
    found = list(gaps.left_out(given))
    assert [gap.span.of(given.source.text) for gap in found] == [
        "qui enquête depuis trois ans sur les comptes du parti"
    ]
    assert found[0].confidence == gaps.SURE
    assert not list(gaps.put_in(given))


def test_a_free_translation_is_no_gap() -> None:
    given = pair("Il a pris la poudre d'escampette.", "He ran away as fast as his legs would carry him.")
    assert not list(gaps.left_out(given))
    assert not list(gaps.put_in(given))


def test_small_words_and_figures_are_no_addition() -> None:
    given = pair(
        "La superficie est de 783 562 kilomètres carrés.", "The area is 783,562 square kilometres (302,534 sq mi)."
    )
    assert not list(gaps.put_in(given))


@pytest.mark.parametrize(
    ("source", "target", "seen"),
    [
        ("Il pleut.", "It is raining.", {}),
        ("Il pleut.", "it is raining.", {"start_differs": True}),
        ("Il pleut.", "It is raining", {"end_differs": True}),
        ("Il pleut ?", "It is raining.", {"end_differs": True}),
        ("Il pleut ?", "Is it raining?", {}),
        ("Il pleut, dit-on.", "It is raining , they say .", {"stray_blanks": 2}),
        ("Il pleut.", "It is is raining.", {"repeats": 1}),
        ("Il pleut à Brest.", "It is raining in Brest in Brest.", {"repeats": 2}),
        ("Il vit à Brest.", "He lives in brest.", {"lost_capitals": 1}),
        ("L'Élysée se tait.", "The elysee is silent.", {"lost_capitals": 1}),
        ("Il pleut.", "It, is, raining.", {"marks_differ": 1}),
    ],
)
def test_how_a_sentence_is_written(source: str, target: str, seen: dict[str, int]) -> None:
    names = ("start_differs", "end_differs", "stray_blanks", "marks_differ", "repeats", "lost_capitals")
    given = pair(source, target)
    found = {name: value for name in names if (value := getattr(surface, name)(given))}
    assert found == seen
