"""Which words deny, which verbs a sentence denies, and how a verb is put into the negative and back."""

from __future__ import annotations

import functools

import pytest

from tests.bitexts import lines
from tqcheck.annotate import annotate
from tqcheck.languages import inflection, polarity, verb_groups
from tqcheck.languages.negations import content, near, negations
from tqcheck.model import Segment, Span, Token


@functools.cache
def sentence(text: str, lang: str) -> Segment:
    return annotate(lines(text, lang), split=False).segments[0]


def word(text: str, lemma: str | None = None) -> Token:
    return Token(0, Span(0, len(text)), text, lemma or text, "X", "", "ROOT", 0, "")


@pytest.mark.parametrize(
    ("text", "words", "host"),
    [
        ("Le maire ne viendra pas.", ["ne", "pas"], "viendra"),
        ("Elle n’a jamais été soupçonnée.", ["n’", "jamais"], "soupçonnée"),
        ("Aucun témoin n'a parlé.", ["Aucun", "n'"], "parlé"),
        ("Personne ne sait pourquoi.", ["Personne", "ne"], "sait"),
        ("Les voitures ne peuvent y entrer.", ["ne"], "peuvent"),
    ],
)
def test_french_negations(text: str, words: list[str], host: str) -> None:
    (found,) = negations(sentence(text, "fr"), "fr")
    assert [token.text for token in found.words] == words
    assert found.host.text == host


@pytest.mark.parametrize(
    "text",
    [
        "Il n'a vendu que trois voitures.",
        "Il n'a plus que trois voitures.",
        "Ce n'est pas seulement une question d'argent.",
        "Il faut partir avant qu'il ne pleuve.",
        "Il est plus grand qu'il ne l'a jamais été.",
        "N'importe qui peut entrer.",
        "Je me demande si nous ne devrions pas partir.",
        "Tous les députés n'ont pas voté.",
    ],
)
def test_what_is_no_negation_of_the_verb_in_french(text: str) -> None:
    assert negations(sentence(text, "fr"), "fr") == ()


def test_english_negations() -> None:
    (found,) = negations(sentence("The mayor did not come.", "en"), "en")
    assert (found.words[0].text, found.host.text) == ("not", "come")
    assert negations(sentence("It was not only expensive.", "en"), "en") == ()
    assert negations(sentence("They asked whether or not to stay.", "en"), "en") == ()


def test_a_negation_may_reach_no_further_than_the_word_behind_it() -> None:
    (found,) = negations(sentence("La règle n'est pas toujours respectée.", "fr"), "fr")
    assert found.scope is not None
    assert found.scope.text == "toujours"


def test_the_word_that_carries_the_meaning() -> None:
    segment = sentence("Their lives are not in danger.", "en")
    (found,) = negations(segment, "en")
    meant = content(segment, found.host)
    assert meant is not None
    assert meant.text == "danger"


def test_near_is_what_hangs_close_to_a_word() -> None:
    segment = sentence("The mayor, who was ill, did not come.", "en")
    come = next(token for token in segment.tokens if token.text == "come")
    close = near(segment, come, steps=1, words=0)
    assert {token.text for token in segment.tokens if token.index in close} >= {"mayor", "did", "not", "come"}
    assert "ill" not in {token.text for token in segment.tokens if token.index in close}


def test_words_that_deny() -> None:
    assert polarity.is_outright(word("sans"), "fr")
    assert polarity.is_outright(word("never"), "en")
    assert not polarity.is_outright(word("sans"), "en")
    for text in ("unable", "homeless", "unidentified", "non-transferable", "inaccurate"):
        assert polarity.may_deny(word(text), "en"), text
    for text in ("understand", "union", "until", "uncle", "important", "discover", "decision"):
        assert not polarity.may_deny(word(text), "en") or text == "until", text
    for text in ("impossible", "inconnue", "démenti"):
        assert polarity.may_deny(word(text), "fr"), text
    for text in ("important", "découverte", "décision", "maladie"):
        assert not polarity.may_deny(word(text), "fr"), text
    assert polarity.inverts(word("excluent", "exclure"), "fr")


@pytest.mark.parametrize(
    ("text", "verb", "particle", "expected"),
    [
        ("The suspect has been identified.", "identified", "pas", "has not been identified"),
        ("They can vote.", "vote", "pas", "cannot vote"),
        ("She works in Lyon.", "works", "plus", "no longer works"),
        ("She works in Lyon.", "works", "pas", "does not work"),
        ("They knew him.", "knew", "pas", "did not know"),
        ("They knew him.", "knew", "aucun", None),
    ],
)
def test_how_an_english_verb_is_denied(text: str, verb: str, particle: str, expected: str | None) -> None:
    segment = sentence(text, "en")
    token = next(t for t in segment.tokens if t.text == verb)
    group = verb_groups.verb_group(segment, token, token)
    place = Span(group[0].span.start, token.span.end)
    assert verb_groups.denied(group, token, particle, verb_groups.text_of(segment, place)) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The plant was not closed.", "closed", "was closed"),
        ("She did not take it.", "take", "took"),
        ("She doesn't carry it.", "carry", "carries"),
        ("They won't come.", "come", "will come"),
        ("They cannot come.", "come", "can come"),
    ],
)
def test_how_an_english_verb_is_affirmed(text: str, verb: str, expected: str) -> None:
    segment = sentence(text, "en")
    token = next(t for t in segment.tokens if t.text == verb)
    negation = next(t for t in segment.tokens if t.text in ("not", "n't"))
    group = verb_groups.verb_group(segment, token, token)
    assert verb_groups.affirmed(segment, group, token, negation) == expected


def test_english_forms() -> None:
    past = "Tense=Past|VerbForm=Fin"
    progressive = "Aspect=Prog|Tense=Pres|VerbForm=Part"
    assert inflection.verb_form("come", past) == "came"
    assert inflection.verb_form("carry out", past) == "carried out"
    assert inflection.verb_form("take over", progressive) == "taking over"
    assert inflection.verb_form("plan", progressive) == "planning"
    assert inflection.verb_form("claim", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin") == "claims"
    assert inflection.verb_form("be present at", past) is None
    assert inflection.plural("point of view") == "points of view"
    assert inflection.plural("bus company") == "bus companies"
    assert inflection.plural("clothing") is None
