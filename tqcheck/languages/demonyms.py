"""What belongs to a country or people: « espagnol », "Portuguese", and words of the one that render the other's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from tqcheck.languages import tables
from tqcheck.languages.sides import apart
from tqcheck.languages.spelling import fold
from tqcheck.model import Pair, Token

_BRITISH = frozenset({"British", "English", "Scottish", "Welsh", "Briton", "Britons"})
"""Taken for one another too often to be told apart."""
_SHORT = MappingProxyType({"American": ("US", "USA"), "Americans": ("US", "USA"), "British": ("UK", "GB")})
"""What renders the adjective as well: "US forces"."""
_FARTHEST = 0.3
"""How far apart, as a share of the sentence, two words without links may stand."""
_STEM = 3
"""Letters in which the words of one country agree: « Espagne », « espagnol »; "Spain", "Spaniard"."""


@cache
def _peoples() -> Mapping[str, frozenset[str]]:
    """English words for what belongs to a people, and the French ones that they render."""
    found: dict[str, set[str]] = {}
    for french, alternatives in tables.exonyms().items():
        for english in alternatives:
            found.setdefault(english, set()).add(french)
    return MappingProxyType({english: frozenset(french) for english, french in found.items()})


def mistaken(pair: Pair, near: Iterable[Pair]) -> tuple[Token, Token] | None:
    """The French adjective of a people and the English one of another people that stands for it.

    None where more than one is in doubt, or where either has a counterpart in the pairs ``near``.
    """
    around = tuple(near)
    lost = [token for token in pair.source.tokens if _english(token) and not _is_rendered(token, around)]
    strange = [token for token in pair.target.tokens if _is_strange(token, around)]
    if len(lost) != 1 or len(strange) != 1 or not _face_each_other(pair, lost[0], strange[0]):
        return None
    return lost[0], strange[0]


def rendering(french: Token) -> str:
    """The usual English of the French adjective of a people."""
    return _english(french)[0]


def _english(token: Token) -> tuple[str, ...]:
    """The English words for a French adjective in lower case, a noun (« un Belge ») or a country; else none."""
    known = tables.exonyms()
    if token.pos == "ADJ" and token.text.islower():
        return known.get(token.text.capitalize()) or known.get(token.lemma.capitalize(), ())
    named = token.pos == "NOUN" or (token.pos == "PROPN" and token.entity == "LOC")
    return known.get(token.text, ()) if named and token.text[:1].isupper() else ()


def _stem(word: str) -> str:
    return fold(word)[:_STEM]


def _is_rendered(french: Token, near: Iterable[Pair]) -> bool:
    words = _english(french)
    stems = {_stem(english) for english in (*words, french.text)}
    short = {written for english in words for written in _SHORT.get(english, ())}
    tokens = [token for pair in near for token in pair.target.tokens]
    return any(_stem(token.text) in stems or token.text.replace(".", "") in short for token in tokens)


def _is_strange(english: Token, near: Iterable[Pair]) -> bool:
    """Whether nothing in the French is of the people of an English adjective."""
    known = english.text not in _BRITISH and not english.text.replace(".", "").isupper()
    french = _peoples().get(english.text, frozenset()) if known else frozenset()
    if not french or english.pos not in ("ADJ", "PROPN", "NOUN") or english.entity in ("PER", "ORG"):
        return False
    stems = {_stem(word) for word in french} | {_stem(english.text)}
    return not any(_stem(token.text) in stems for pair in near for token in pair.source.tokens)


def _face_each_other(pair: Pair, french: Token, english: Token) -> bool:
    """Whether they are linked, or belong to words that are, or stand at the same place without a link."""
    alone = not pair.rendered(french) and not pair.behind(english)
    if alone and apart(pair, french, english) <= _FARTHEST:
        return True
    head, there = pair.source.head(french), pair.target.head(english)
    ends = {(french.index, english.index)}
    if head is not None and there is not None:
        ends.add((head.index, there.index))
    return any((link.source, link.target) in ends for link in pair.links)
