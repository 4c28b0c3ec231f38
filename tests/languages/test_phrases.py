"""Phrases of a glossary in sentences: forms, capitals, hyphens, the longest first."""

from __future__ import annotations

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages.phrases import Phrases, stands
from tqcheck.model import Segment


def french(text: str) -> Segment:
    return bitext_of(text, "x").pairs[0].source


def english(text: str) -> Segment:
    return bitext_of("x", text).pairs[0].target


def found(phrase: str, segment: Segment, *, exact: bool = False, capitals: bool = True) -> list[str]:
    start = segment.span.start
    places = [stood.span for stood in stands(phrase, segment, exact=exact, capitals=capitals)]
    return [segment.text[span.start - start : span.end - start] for span in places]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("garde à vue", "Les gardes à vue ont duré.", ["gardes à vue"]),
        ("garde à vue", "Sa garde-à-vue a duré.", ["garde-à-vue"]),
        ("garde à vue", "Il garde, à vue, la porte.", []),
        ("coup d'État", "Deux coups d’Etat en un an.", ["coups d’Etat"]),
        ("cheval", "Trois chevaux blancs.", ["chevaux"]),
        ("mettre en examen", "Il a été mis en examen.", ["mis en examen"]),
        ("ancien combattant", "Les anciens combattants défilent.", ["anciens combattants"]),
        ("Marine", "La marine recrute.", []),
        ("Marine", "La Marine recrute.", ["Marine"]),
        ("porte", "Le porte-avions part.", []),
        ("préfet", "PRÉFET EN VISITE", ["PRÉFET"]),
        ("œuvre", "Des oeuvres volées.", ["oeuvres"]),
    ],
)
def test_french(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, french(text)) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("prefect", "Prefects met the prefect's aide.", ["Prefects", "prefect"]),
        ("place under investigation", "They were placed under investigation.", ["placed under investigation"]),
        ("Justice Minister", "the justice minister left.", []),
        ("ceasefire", "The cease-fire holds.", []),
        ("cease-fire", "The cease fire holds.", ["cease fire"]),
        ("US", "The U.S. is out.", ["U.S."]),
        ("U.S.", "The US is out.", ["US"]),
        ("country", "Two countries agreed.", ["countries"]),
    ],
)
def test_english(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, english(text)) == expected


def test_to_the_letter_and_without_capitals() -> None:
    assert found("gilets jaunes", french("Un gilet jaune et des gilets jaunes."), exact=True) == ["gilets jaunes"]
    assert found("Justice Minister", english("The justice minister left."), capitals=False) == ["justice minister"]


def test_of_those_that_begin_together_the_longest_and_none_inside_it() -> None:
    phrases = Phrases([("garde", 1), ("garde des Sceaux", 2), ("Sceaux", 3), ("garde des Sceaux", 4)])
    assert [stood.entry for stood in phrases.find(french("La garde des Sceaux garde la garde."))] == [2, 4, 1, 1]
