"""Terms of two words in French, such as « plan social » or « force Barkhane », and how the English renders them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tqcheck.languages import names, tables
from tqcheck.languages.spelling import fold
from tqcheck.model import Pair, Segment, Span, Token

SURE = 0.5
"""The probability of a word link from which it is taken for right."""

TAKEN = 0.8
"""The probability of a link to another word from which a noun beside a name is not the head of the term."""

_NO_TERMS = frozenset("million milliard millier centaine dizaine douzaine fois an année mois jour heure minute".split())
_NO_MODIFIERS = frozenset(
    """grand gros petit nouveau ancien autre même seul premier dernier second prochain précédent suivant majeur mineur
    important principal possible différent divers certain tel entier total complet actuel futur récent vrai faux bon
    mauvais meilleur pire beau jeune vieux long court haut bas large simple clair grave difficile facile nécessaire
    supplémentaire considérable significatif particulier spécifique essentiel fort faible plein vif net propre
    """.split()
)
"""Adjectives that judge or count, where style may vary; what they qualify is no term by them."""

_OF = frozenset({"of", "in", "the"})


@dataclass(frozen=True, slots=True)
class Term:
    """A French noun with the word that makes it a term. ``kind``: name, adjective or noun (joined by « de »)."""

    kind: str
    head: Token
    modifier: Token

    @property
    def key(self) -> tuple[str, str, str]:
        """What two occurrences of one term have in common."""
        return self.kind, self.head.lemma.lower(), self.modifier.lemma.lower()

    @property
    def span(self) -> Span:
        return Span(self.head.span.start, self.modifier.span.end)


@dataclass(frozen=True, slots=True)
class Rendering:
    """The English words for a term, in text order, and their dictionary forms: of the modifier, then of the head."""

    first: Token
    last: Token
    modifier: str
    head: str

    @property
    def span(self) -> Span:
        return Span(self.first.span.start, self.last.span.end)


def may_be_head(noun: Token) -> bool:
    """Whether a French noun may be the head of a term: a number or a stretch of time is none."""
    return noun.lemma.lower() not in _NO_TERMS


def may_modify(adjective: Token) -> bool:
    """Whether a French adjective may make a term of a noun; one that judges or counts does not."""
    return adjective.lemma.lower() not in _NO_MODIFIERS


def terms(segment: Segment) -> Iterator[Term]:
    """The terms of a French segment; titles and other nouns for people are none (« le président Martin »)."""
    for token in segment.tokens:
        if token.pos != "NOUN" or not token.text.islower() or not may_be_head(token) or _is_person(token):
            continue
        after = segment.token(token.index + 1)
        if after is None:
            continue
        if after.pos == "ADJ" and after.text.islower() and may_modify(after):
            yield Term("adjective", token, after)
        elif _is_name(after):
            yield Term("name", token, after)
        elif after.text.lower() in ("de", "d'", "d’"):
            second = segment.token(after.index + 1)
            if second is not None and second.pos == "NOUN" and second.text.islower():
                yield Term("noun", token, second)


def rendering(pair: Pair, term: Term) -> Rendering | None:
    """The two English words that stand for a term side by side, None where that is not clear."""
    return _by_name(pair, term) if term.kind == "name" else _by_links(pair, term)


def are_variants(kind: str, one: Rendering, other: Rendering) -> bool:
    """Whether two renderings of a term differ in the word that tells it from others of its kind, and in more than its
    ending ("obstetric", "obstetrical"); beside a name that word is the noun.
    """
    if (one.modifier == other.modifier) == (one.head == other.head):
        return False
    here, there = (one.head, other.head) if one.modifier == other.modifier else (one.modifier, other.modifier)
    if one.modifier == other.modifier and kind != "name":
        return False  # "aid" and "assistance" are two words for one thing; which aid is meant stays clear
    shorter = min(len(here), len(there))
    return here[: min(5, shorter)] != there[: min(5, shorter)]


def _by_name(pair: Pair, term: Term) -> Rendering | None:
    """The noun beside the name, before or behind it: "Barkhane force", "Operation Serval", "museum of Pontaix"."""
    last = names.parts(term.modifier.text)[-1:]
    for token in pair.target.tokens:
        if names.parts(token.text)[-1:] != last or not token.text[0].isupper():
            continue
        first = token
        while (before := pair.target.token(first.index - 1)) is not None and _belongs(before, term.modifier):
            first = before
        after = pair.target.token(token.index + 1)
        if after is not None and _may_be_head(pair, term, after):
            return Rendering(first, after, fold(term.modifier.text), _lemma(after))
        while before is not None and before.text.lower() in _OF:
            before = pair.target.token(before.index - 1)
        if before is not None and _may_be_head(pair, term, before):
            return Rendering(before, token, fold(term.modifier.text), _lemma(before))
    return None


def _belongs(token: Token, name: Token) -> bool:
    """Whether an English token is an earlier part of a hyphenated name: "Saint" and "-" of "Saint-Hilaire"."""
    return token.text in ("-", "‑") or (token.text[:1].isupper() and fold(token.text) in names.parts(name.text))


def _may_be_head(pair: Pair, term: Term, token: Token) -> bool:
    if token.pos not in ("NOUN", "PROPN") or tables.given_name_gender(token.text) or not token.text.isalpha():
        return False
    others = [link for link in pair.links if link.target == token.index and link.source != term.head.index]
    return not any(link.probability > TAKEN for link in others)


def _by_links(pair: Pair, term: Term) -> Rendering | None:
    """The noun that surely renders the head, and the word right before it, if that renders the modifier."""
    linked = [link.target for link in pair.links if link.source == term.head.index and link.probability >= SURE]
    head = pair.target.token(linked[0]) if len(linked) == 1 else None
    before = pair.target.token(head.index - 1) if head is not None else None
    if head is None or before is None or head.pos not in ("NOUN", "PROPN"):
        return None
    if before.pos not in ("ADJ", "NOUN", "PROPN", "VERB") or not before.text.isalpha():
        return None
    if (touching := pair.target.token(before.index - 1)) is not None and touching.text in ("-", "‑"):
        return None
    behind = pair.behind(before)
    if term.modifier not in behind and (behind or _is_rendered(pair, term.modifier)):
        return None
    return Rendering(before, head, _lemma(before), _lemma(head))


def _is_rendered(pair: Pair, token: Token) -> bool:
    return any(link.source == token.index and link.probability >= SURE for link in pair.links)


def _lemma(token: Token) -> str:
    lemma = token.lemma.lower()
    return lemma.removesuffix("s") if token.pos == "PROPN" and len(lemma) > 4 and not lemma.endswith("ss") else lemma


def _is_person(token: Token) -> bool:
    being = tables.people().get(token.lemma.lower())
    return being is not None and being.kind == tables.BeingKind.PERSON


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and not token.text.isupper() and token.pos in ("PROPN", "NOUN", "X")
