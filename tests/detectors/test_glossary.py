"""What the examples of the rule glossary do not show: suggestions, severities, neighbours, other rules' findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bitexts import bitext_of
from tqcheck import detector
from tqcheck.detectors import false_friend, glossary
from tqcheck.model import Bitext, Finding, GlossaryTerm
from tqcheck.mqm import Severity

PREFECT = GlossaryTerm("préfet", ("prefect",), ("governor",), "the State in a département", place="terms.tsv:3")
FORCE = GlossaryTerm("force Licorne", ("Licorne Force",))
AGREEMENT = GlossaryTerm("accord", ("agreement",))


def found(french: str, english: str, *terms: GlossaryTerm) -> tuple[Finding, ...]:
    return detector.run([replace(glossary.DETECTOR, glossary=terms)], bitext_of(french, english))


def text(finding: Finding, bitext: Bitext) -> str:
    assert finding.target is not None
    return finding.target.of(bitext.target.text)


def test_what_is_said() -> None:
    (finding,) = found("Le préfet a signé.", "The governor signed.", PREFECT)
    assert finding.message == (
        'The glossary forbids "governor" for « préfet »: "prefect". Note: the State in a département.'
    )
    assert finding.evidence == ("The entry stands at terms.tsv:3.",)
    assert (finding.severity, finding.suggestion) == (Severity.MAJOR, "prefect")


@pytest.mark.parametrize(
    ("french", "english", "term", "words", "suggestion"),
    [
        ("Les préfets ont signé.", "The governors signed.", PREFECT, "governors", "prefects"),
        ("Préfets et maires ont signé.", "Governors and mayors signed.", PREFECT, "Governors", "Prefects"),
        ("Un accord a été signé.", "A deal was signed.", AGREEMENT, "A deal", "An agreement"),
    ],
)
def test_the_suggestion_is_in_the_form_of_the_words(
    french: str, english: str, term: GlossaryTerm, words: str, suggestion: str
) -> None:
    (finding,) = found(french, english, term)
    assert (text(finding, bitext_of(french, english)), finding.suggestion) == (words, suggestion)


def test_a_term_that_only_forbids() -> None:
    only = GlossaryTerm("préfet", forbidden=("governor",))
    (finding,) = found("Le préfet a signé.", "The governor signed.", only)
    assert finding.suggestion is None
    assert found("Le préfet a signé.", "The administrator signed.", only) == ()


def test_two_entries_for_one_term_are_two_ways_to_say_it() -> None:
    both = (GlossaryTerm("préfet", ("prefect",)), GlossaryTerm("préfet", ("governor",)))
    assert found("Le préfet a signé.", "The governor signed.", *both) == ()


def test_a_short_form_is_let_pass_where_the_term_stood_in_full_shortly_before() -> None:
    before = ("La force Licorne part.\nLa force Licorne est forte.", "The Licorne Force leaves.\nThe force is strong.")
    assert found(*before, FORCE) == ()
    assert len(found("La force Licorne est forte.", "The Licorne troop is strong.", FORCE)) == 1


def test_a_term_in_the_neighbouring_pair_is_enough() -> None:
    assert found("Le préfet a signé.\nIl est parti.", "He signed.\nThe prefect left.", PREFECT) == ()


def test_what_the_glossary_has_no_other_rule_blames() -> None:
    bitext = bitext_of("Il a éventuellement accepté.", "He eventually accepted.")
    alone = detector.run([false_friend.DETECTOR], bitext)
    assert [finding.rule for finding in alone] == ["false-friend"]
    term = GlossaryTerm("éventuellement", ("eventually",))
    assert detector.run([false_friend.DETECTOR, replace(glossary.DETECTOR, glossary=(term,))], bitext) == ()


def test_without_a_glossary_nothing_is_found() -> None:
    assert detector.run([glossary.DETECTOR], bitext_of("Le préfet a signé.", "The governor signed.")) == ()
