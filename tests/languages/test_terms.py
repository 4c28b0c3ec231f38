from __future__ import annotations

from tests.bitexts import bitext_of
from tqcheck.languages import terms
from tqcheck.languages.terms import Rendering


def _first(french: str, english: str) -> Rendering | None:
    pair = bitext_of(french, english).pairs[0]
    return terms.rendering(pair, next(terms.terms(pair.source)))


def test_terms_are_nouns_with_a_name_an_adjective_or_a_noun() -> None:
    french = "La force Barkhane, le gaz naturel et la carte de crédit."
    segment = bitext_of(french, "Yes.").pairs[0].source
    found = [(term.kind, term.span.of(french)) for term in terms.terms(segment)]
    assert found == [("name", "force Barkhane"), ("adjective", "gaz naturel"), ("noun", "carte de crédit")]


def test_people_and_judgements_make_no_terms() -> None:
    segment = bitext_of("Le président Morel a une grande cause majeure.", "Yes.").pairs[0].source
    assert list(terms.terms(segment)) == []


def test_the_noun_beside_the_name_is_its_head() -> None:
    before = _first("La mission Licorne continue.", "Operation Licorne goes on.")
    behind = _first("Le musée Saint-Vallier rouvre.", "The Saint-Vallier Gallery reopens.")
    assert before is not None
    assert before.head == "operation"
    assert behind is not None
    assert (behind.modifier, behind.head) == ("saint-vallier", "gallery")


def test_a_name_alone_is_no_rendering() -> None:
    assert _first("La mission Licorne continue.", "Licorne goes on.") is None
