from __future__ import annotations

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages import acronyms


@pytest.mark.parametrize(
    ("acronym", "words", "fit"),
    [
        ("ISGS", "Islamic State in the Greater Sahara", True),
        ("EIGS", "Islamic State in the Greater Sahara", False),
        ("VAT", "a rise in value-added tax", True),
        ("TVA", "a rise in value-added tax", False),
        ("GSIM", "the Group to Support Islam and Muslims", True),
        ("ILO", "the International Labour Organization", True),
    ],
)
def test_letters_fit_their_words_or_not(acronym: str, words: str, fit: bool) -> None:
    assert acronyms.fits(acronym, words.split()) is fit


def test_acronyms_are_capitals_but_no_roman_numbers() -> None:
    segment = bitext_of("La TVA de Louis XIV et l'O.N.U.", "Yes.").pairs[0].source
    assert [acronyms.letters(token.text) for token in acronyms.acronyms(segment)] == ["TVA", "ONU"]


def test_a_heading_in_capitals_has_none() -> None:
    assert list(acronyms.acronyms(bitext_of("LA TVA BAISSE", "Yes.").pairs[0].source)) == []


def test_the_table_has_what_differs_alone() -> None:
    table = acronyms.by_french()
    assert table["TVA"].english_acronyms[0] == "VAT"
    assert "CGT" not in table


@pytest.mark.parametrize(
    ("english", "explained"),
    [
        ("The Human Rights League (LDH) protests.", False),
        ("The Labour Defence House (LDH) protests.", True),
        ("The league, known by its French acronym LDH, protests.", True),
        ("The LDH (Labour Defence House) protests.", True),
    ],
)
def test_an_acronym_is_explained_by_words_that_fit(english: str, explained: bool) -> None:
    segment = bitext_of("Oui.", english).pairs[0].target
    (token,) = acronyms.acronyms(segment)
    assert acronyms.explained(segment, token) is explained


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        ("UCI", "UIC", True),
        ("ADN", "DNA", False),
        ("CEDEAO", "CEDAEO", True),
        ("FIFA", "FIBA", True),
        ("UE", "EU", False),
    ],
)
def test_a_slip_swaps_neighbours_or_changes_a_letter(right: str, wrong: str, slip: bool) -> None:
    assert acronyms.is_slip(right, wrong) is slip


def test_names_of_one_body_share_letters() -> None:
    assert acronyms.overlap("GSIM", "JNIM")
    assert not acronyms.overlap("QEMU", "MB")


def test_the_table_knows_two_acronyms_of_one_body() -> None:
    assert acronyms.are_one("GSIM", "JNIM")
    assert not acronyms.are_one("ONU", "JNIM")
