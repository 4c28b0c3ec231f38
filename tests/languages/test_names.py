from __future__ import annotations

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages import names


def _names(french: str, common: frozenset[str] = frozenset()) -> list[str]:
    segment = bitext_of(french, "Yes.").pairs[0].source
    return [name.span.of(french) for name in names.names(segment, common)]


def test_a_name_has_all_its_words() -> None:
    assert _names("Le ministre, Jean-Yves Le Drian, a quitté Paris.") == ["Jean-Yves Le Drian", "Paris"]


def test_acronyms_days_and_common_words_are_no_names() -> None:
    assert _names("Il a vu la SNCF lundi.") == []
    assert _names("Il a vu Paris.", frozenset({"paris"})) == []


@pytest.mark.parametrize(
    ("french", "english"),
    [("Élysée", "Elysee"), ("Poutine", "Putin"), ("François", "Francis"), ("Tombouctou", "Timbuktu")],
)
def test_right_spellings_are_the_same(french: str, english: str) -> None:
    assert names.is_same(french, english)


@pytest.mark.parametrize(
    ("french", "english"),
    [("Drian", "Drain"), ("Lopes", "Lopez"), ("Carrère", "Carrier"), ("Solberg", "Solborg"), ("Rocard", "Ricard")],
)
def test_a_slip_is_near(french: str, english: str) -> None:
    assert names.is_near(french, english)
    assert not names.is_same(french, english)


@pytest.mark.parametrize(
    ("french", "english"), [("Mali", "Malian"), ("Macron", "Macron"), ("Lyon", "Paris"), ("Europe", "European")]
)
def test_other_forms_and_other_names_are_not_near(french: str, english: str) -> None:
    assert not names.is_near(french, english)


def test_forms_of_a_name_are_related() -> None:
    assert names.is_related("Manchester", "Mancunian")
    assert not names.is_related("Oslo", "Helsinki")


def test_a_place_stands_there_by_its_english_name_or_its_adjective() -> None:
    pair = bitext_of("Il a quitté Londres et l'Espagne.", "He left London and the Spanish coast.").pairs[0]
    found = [name.words[0] for name in names.names(pair.source, ())]
    assert [word.text for word in found] == ["Londres", "Espagne"]
    assert all(names.stands_in_english(word, [pair], names.is_same) for word in found)
