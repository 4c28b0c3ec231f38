"""Where the words of the false friends' table stand, and in which sense."""

from __future__ import annotations

import functools

import pytest

from tests.bitexts import lines
from tqcheck.annotate import annotate
from tqcheck.languages import traps
from tqcheck.languages.tables import FalseFriend, Precision, false_friends
from tqcheck.mqm import Severity


@functools.cache
def sentence(text: str) -> traps.Sentence:
    return traps.read(annotate(lines(text, "fr"), split=False).segments[0])


def row(french: str, pos: str | None, *, allow: str = "", require: str = "") -> FalseFriend:
    return FalseFriend(
        french=(french,),
        pos=pos,
        wrong=("trap",),
        right=("right",),
        sense_ok=None,
        allow=(allow,) if allow else (),
        require=(require,) if require else (),
        precision=Precision.HIGH,
        severity=Severity.MAJOR,
        note="A note for the editor.",
    )


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("manifestation", "Les manifestations ont repris.", ["manifestations"]),
        ("assister à", "Il a assisté au défilé.", ["assisté", "au"]),
        ("forces de l'ordre", "Les forces de l’ordre sont venues.", ["forces", "de", "l’", "ordre"]),
        ("coup de feu", "Un coup a été porté de loin.", []),
    ],
)
def test_words_and_phrases_are_found_by_lemma_or_form(phrase: str, text: str, found: list[str]) -> None:
    places = traps.find(phrase, sentence(text))
    assert [token.text for tokens in places for token in tokens] == found


def test_the_part_of_speech_of_one_word_counts() -> None:
    text = sentence("Le maire est sensible aux critiques.")
    assert [tokens[0].text for tokens in traps.occurrences(row("sensible", "ADJ"), text)] == ["sensible"]
    assert traps.occurrences(row("sensible", "NOUN"), text) == ()
    assert len(traps.occurrences(row("sensible", None), text)) == 1


def test_a_clitic_stands_before_a_verb() -> None:
    assert traps.occurrences(row("indigne", "ADJ"), sentence("Le maire s'indigne.")) == ()


def test_what_allows_the_trap_and_what_it_requires() -> None:
    text = sentence("L'ancien temple grec attire les touristes.")
    (place,) = traps.occurrences(row("ancien", "ADJ"), text)
    assert traps.is_meant(row("ancien", "ADJ"), place, text)
    assert not traps.is_meant(row("ancien", "ADJ", allow="temple"), place, text)
    assert traps.is_meant(row("ancien", "ADJ", require="touriste"), place, text)
    assert not traps.is_meant(row("ancien", "ADJ", require="ministre"), place, text)


def test_a_required_word_must_be_near() -> None:
    far = "Un marin est venu" + ", un homme est parti" * 4 + ", et le bâtiment a brûlé."
    (place,) = traps.occurrences(row("bâtiment", "NOUN"), sentence(far))
    assert not traps.is_meant(row("bâtiment", "NOUN", require="marin"), place, sentence(far))


def test_rows_that_are_not_precise_stay_silent() -> None:
    low = {row for row in false_friends() if row.precision is Precision.LOW}
    assert low
    assert not low & {row for rows in traps.traps().values() for row in rows}
    assert len({row for rows in traps.traps().values() for row in rows}) >= 250
