"""Stretches without a counterpart, and how a sentence is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages import gaps, surface
from tqcheck.model import Block, Pair, Span, WordDoubt


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


def test_a_gap_whose_words_are_hardly_doubted_is_not_sure() -> None:
    given = pair(
        "Le juge, qui enquête depuis trois ans sur les comptes du parti, a entendu le trésorier.",
        "The judge heard the treasurer.",
    )
    for doubt, confidence in ((0.9, gaps.SURE), (0.2, gaps.UNSURE)):
        doubts = tuple(WordDoubt(doubt, doubt) for _ in given.source.tokens)
        assert [gap.confidence for gap in gaps.left_out(replace(given, source_doubts=doubts))] == [confidence]


@pytest.mark.parametrize(
    ("block", "text", "small"),
    [
        (0, "Le Conseil fédéral fixe les valeurs de la nouvelle loi", True),
        (2, "Le Conseil fédéral fixe les valeurs de la nouvelle loi", False),
        (2, "Des chiffres contestés", True),
    ],
)
def test_a_later_heading_with_many_words_is_not_small(block: int, text: str, small: bool) -> None:
    given = pair(text, "")
    blocks = tuple(Block(Span(0, len(text)), "heading") for _ in range(3))
    document = replace(bitext_of(text, "").source, blocks=blocks)
    assert gaps.is_small(document, replace(given.source, block=block)) is small


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
