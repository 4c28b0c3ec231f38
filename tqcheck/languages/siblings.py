"""Things of one kind in both languages, and words that name another thing of the kind: « été » as "winter"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages import tables
from tqcheck.languages.sides import apart
from tqcheck.model import Pair, Token

_FARTHEST = 0.2
"""How far apart, as a share of the sentence, two words without links may stand."""
_MEASURES = ("time", "part of the day", "share", "age")
_NOUNS = ("NOUN", "ADJ")
_NUMERALS = ("NUM",)


class Mistaken(NamedTuple):
    """A French word, the English word for another thing of its kind, and the usual English for the French one."""

    french: Token
    english: Token
    usual: str


class _Words(NamedTuple):
    """The members of all kinds by their words: what names them, and what may stand for them."""

    names: Mapping[str, frozenset[tuple[str, int]]]
    renders: Mapping[str, frozenset[tuple[str, int]]]


def mistaken(pair: Pair) -> tuple[Mistaken, ...]:
    """The words of a pair that face another thing of their kind, where each side has one that the other lacks."""
    french, english = _words("french"), _words("english")
    here = [
        (token, member)
        for token in pair.source.tokens
        for member in _named(french, token)
        if not _is_another(pair, token, member)
    ]
    if not here:
        return ()
    there = [(token, member) for token in pair.target.tokens for member in _named(english, token)]
    rendered = {member for token in pair.target.tokens for member in _members(english.renders, token)}
    backed = {member for token in pair.source.tokens for member in _members(french.renders, token)}
    lost = [(token, member) for token, member in here if member not in rendered]
    strange = [(token, member) for token, member in there if member not in backed]
    found = []
    for kind in dict.fromkeys(member[0] for _, member in lost):
        ours = [(token, member) for token, member in lost if member[0] == kind]
        theirs = [token for token, member in strange if member[0] == kind]
        if len(ours) == len(theirs) == 1 and _face_each_other(pair, *ours[0], theirs[0]):
            found.append(Mistaken(ours[0][0], theirs[0], _usual()[ours[0][1]]))
    return tuple(found)


@cache
def _words(side: str) -> _Words:
    names: dict[str, set[tuple[str, int]]] = {}
    renders: dict[str, set[tuple[str, int]]] = {}
    for number, row in enumerate(tables.load("siblings")):
        for word in row[side].split("|"):
            member = (row["kind"], number)
            renders.setdefault(word.removeprefix("~"), set()).add(member)
            if not word.startswith("~"):
                names.setdefault(word, set()).add(member)
    return _Words(_frozen(names), _frozen(renders))


def _frozen(words: Mapping[str, set[tuple[str, int]]]) -> Mapping[str, frozenset[tuple[str, int]]]:
    return MappingProxyType({word: frozenset(members) for word, members in words.items()})


@cache
def _usual() -> Mapping[tuple[str, int], str]:
    rows = enumerate(tables.load("siblings"))
    return MappingProxyType(
        {(row["kind"], number): row["english"].split("|", 1)[0].removeprefix("~") for number, row in rows}
    )


def _named(words: _Words, token: Token) -> frozenset[tuple[str, int]]:
    """What a noun or adjective names; a part of a name (« la Mer Rouge ») names nothing."""
    if token.pos == "VERB":
        return frozenset(member for member in _members(words.names, token) if member[0] == "multiple")
    if token.pos not in (*_NOUNS, "PROPN") or (token.text[:1].isupper() and token.entity):
        return _ranks(words, token)
    return _members(words.names, token) if token.pos != "PROPN" else _ranks(words, token)


def _ranks(words: _Words, token: Token) -> frozenset[tuple[str, int]]:
    """The rank that stands before a name: "Captain Cook"."""
    return frozenset(member for member in words.names.get(token.text.lower(), ()) if member[0] == "rank")


def _members(words: Mapping[str, frozenset[tuple[str, int]]], token: Token) -> frozenset[tuple[str, int]]:
    """What a word may stand for, by its form, its lemma, or a part of its compound ("three-year")."""
    text = token.text.lower()
    found = words.get(text) or words.get(token.lemma.lower()) or frozenset()
    if not found and "-" in text:
        found = frozenset(member for part in text.split("-") for member in words.get(part, ()))
    return found


def _is_another(pair: Pair, token: Token, member: tuple[str, int]) -> bool:
    """Whether a word beside makes it another thing: « grand père », « avocat général », who is a prosecutor."""
    after = pair.source.token(token.index + 1)
    general = member[0] == "calling" and after is not None and after.lemma.lower() in ("général", "générale")
    return general or (member[0] == "family" and _is_great(pair.source.token(token.index - 1)))


def _is_great(before: Token | None) -> bool:
    """« grand père » without its hyphen."""
    return before is not None and before.text.lower() in ("grand", "grands", "beau", "belle", "petit", "petite", "demi")


def _face_each_other(pair: Pair, french: Token, member: tuple[str, int], english: Token) -> bool:
    """Whether the two are linked, or their heads are, or they have no links and stand at the same place.

    Measures with a number are another rule's.
    """
    sides = (french, True), (english, False)
    if member[0] in _MEASURES and any(_is_counted(pair, token, source=source) for token, source in sides):
        return False
    behind, rendered = pair.behind(english), pair.rendered(french)
    if english in rendered:
        return True
    if behind or rendered:
        return False
    heads = pair.source.head(french), pair.target.head(english)
    if heads[0] is not None and heads[1] is not None and heads[1] in pair.rendered(heads[0]):
        return True
    return apart(pair, french, english) <= _FARTHEST


def _is_counted(pair: Pair, token: Token, *, source: bool) -> bool:
    """Whether a number belongs to a word: « deux ans » as "24 months" is another rule's."""
    segment = pair.source if source else pair.target
    near = (segment.token(token.index + step) for step in (-2, -1))
    return any(child.pos in _NUMERALS for child in segment.children(token)) or any(
        other is not None and other.pos in _NUMERALS for other in near
    )
