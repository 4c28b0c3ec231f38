"""What a machine makes of a finding's words stands among its evidence, and its word is suggested where that is safe."""

from __future__ import annotations

import pytest

from tests.bitexts import bitext_of, marked
from tqcheck.model import Finding
from tqcheck.mqm import Category, Severity
from tqcheck.pipeline import consult


def consulted(
    source: str,
    target: str,
    forward: str | None = None,
    back: str | None = None,
    category: Category = Category.MISTRANSLATION,
    suggestion: str | None = None,
) -> Finding:
    """A finding on the words that ``⟦…⟧`` marks, after the machine was asked."""
    french, english = marked(source), marked(target)
    here, there = (text.spans[0] if text.spans else None for text in (french, english))
    finding = Finding("rule", category, Severity.MAJOR, 0.5, "Said.", 0, here, there, suggestion, ("First.",))
    (read,) = consult([finding], bitext_of(french.text, english.text, forward, back))
    return read


FRENCH = "Les soldats doivent vendre la maison du suspect."
ENGLISH = "The soldiers must ⟦identify⟧ the suspect's house."
FORWARD = "The soldiers must sell the house of the suspect."
BACK = "Les soldats doivent identifier la maison du suspect."


def test_both_readings_are_shown_and_the_machines_word_is_suggested() -> None:
    read = consulted(FRENCH, ENGLISH, FORWARD, BACK)
    assert read.evidence == (
        "First.",
        'The machine reads « vendre » as "sell"; "identify" reads back as « identifier ».',
    )
    assert read.suggestion == "sell"


def test_one_way_is_shown_where_there_is_one() -> None:
    assert consulted(FRENCH, ENGLISH, FORWARD).evidence[1:] == ('The machine reads « vendre » as "sell".',)
    assert consulted(FRENCH, ENGLISH, None, BACK).evidence[1:] == ('"identify" reads back as « identifier ».',)


def test_without_a_machine_nothing_changes() -> None:
    read = consulted(FRENCH, ENGLISH)
    assert (read.evidence, read.suggestion) == (("First.",), None)


def test_a_rules_own_suggestion_stays() -> None:
    assert consulted(FRENCH, ENGLISH, FORWARD, suggestion="let").suggestion == "let"


def test_a_machine_that_agrees_with_the_english_says_so() -> None:
    read = consulted(FRENCH, ENGLISH, "The soldiers must identify the house of the suspect.")
    assert read.suggestion is None
    assert all('as "identify", too.' in line for line in read.evidence[1:])


@pytest.mark.parametrize(
    ("source", "target", "forward"),
    [
        ("Il a payé ⟦41 euros⟧ la tonne.", "He paid ⟦€14⟧ a tonne.", "He paid 41 euros a tonne."),
        ("Sabrina ⟦Lopes⟧ est arrivée.", "Sabrina ⟦Lopez⟧ has arrived.", "Sabrina Lopes has arrived."),
        ("⟦Elle⟧ produit des rails.", "⟦She⟧ produces rails.", "It produces rails."),
        (
            "⟦Le ministre a annoncé lundi la fermeture de trois usines dans le nord du pays.⟧",
            "⟦The minister opened two schools.⟧",
            "The minister announced on Monday the closure of three factories in the north of the country.",
        ),
    ],
)
def test_figures_copies_small_words_and_whole_sentences_are_passed_over(source: str, target: str, forward: str) -> None:
    read = consulted(source, target, forward)
    assert (read.evidence, read.suggestion) == (("First.",), None)


def test_what_was_left_out_is_read_as_a_whole() -> None:
    read = consulted(
        "Le maire, ⟦dont le frère est juge⟧, a démissionné.",
        "The mayor has resigned.",
        "The mayor, whose brother is a judge, has resigned.",
        category=Category.OMISSION,
    )
    assert read.evidence[1:] == ('The machine reads « dont le frère est juge » as "whose brother is a judge".',)
    assert read.suggestion is None


def test_french_left_in_the_english_is_translated_and_not_read_back() -> None:
    read = consulted(
        "Le principal ⟦actionnaire⟧ a protesté.",
        "The main ⟦actionnaire⟧ protested.",
        "The main shareholder protested.",
        "Le principal actionnaire a protesté.",
        Category.UNTRANSLATED,
    )
    assert read.evidence[1:] == ('The machine reads « actionnaire » as "shareholder".',)
    assert read.suggestion == "shareholder"


def test_at_the_head_of_a_sentence_the_suggestion_has_a_capital() -> None:
    read = consulted("Demain, le prix baisse.", "⟦Yesterday⟧, the price falls.", "The price falls tomorrow.")
    assert read.suggestion == "Tomorrow"
    read = consulted("La ville a perdu la guerre.", "The city lost the ⟦race⟧.", "War was lost by the city.")
    assert read.suggestion == "war"


def test_a_word_that_the_lexicon_has_hardly_seen_is_not_suggested() -> None:
    source, target = "Les soldats du ⟦régiment⟧ arrivent.", "The soldiers of the ⟦Jägerregiment⟧ arrive."
    read = consulted(source, target, "The regimental soldiers arrive.")
    assert read.suggestion is None


def test_style_and_typography_are_no_matter_for_a_machine() -> None:
    read = consulted(FRENCH, ENGLISH, FORWARD, BACK, Category.PUNCTUATION)
    assert (read.evidence, read.suggestion) == (("First.",), None)


def test_findings_of_no_pair_and_empty_readings_are_left_alone() -> None:
    whole = Finding("rule", Category.MISTRANSLATION, Severity.MAJOR, 0.5, "Said.", None, None, None)
    bitext = bitext_of(FRENCH, "The soldiers must identify the house.", "", "")
    assert consult([whole], bitext) == (whole,)
    assert consulted(FRENCH, ENGLISH, "", "").evidence == ("First.",)
    assert consulted(FRENCH, ENGLISH, "sell " * 5000, "! " * 20_000).evidence == ("First.",)
