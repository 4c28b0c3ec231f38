"""Pairs of opposites in both languages, and what in a sentence may turn a word into its opposite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages import tables
from tqcheck.languages.polarity import is_negative, is_outright, may_deny
from tqcheck.model import Segment, Token

_REACH = 4
"""So many words on either side of a word may deny it."""

_CLASSES = ("NOUN", "VERB", "ADJ", "ADV", "ADP", "AUX", "SCONJ", "PROPN", "DET", "PRON")


class Pole(NamedTuple):
    """One end of a pair of opposites: the number of the pair, 0 or 1, and the English words of this end."""

    axis: int
    end: int
    english: frozenset[str]


class _Poles(NamedTuple):
    french: Mapping[str, tuple[Pole, ...]]
    english: Mapping[str, frozenset[tuple[int, int]]]


@cache
def _poles() -> _Poles:
    french: dict[str, list[Pole]] = {}
    english: dict[str, set[tuple[int, int]]] = {}
    for number, row in enumerate(tables.load("antonyms")):
        for end, (ours, theirs) in enumerate(
            ((row["french_one"], row["english_one"]), (row["french_other"], row["english_other"]))
        ):
            words = frozenset(theirs.split("|"))
            for word in ours.split("|"):
                french.setdefault(word, []).append(Pole(number, end, words))
            for word in words:
                english.setdefault(word, set()).add((number, end))
    return _Poles(
        MappingProxyType({word: tuple(poles) for word, poles in french.items()}),
        MappingProxyType({word: frozenset(ends) for word, ends in english.items()}),
    )


def poles(token: Token) -> tuple[Pole, ...]:
    """The ends at which a French word stands, by its form or its lemma."""
    if token.pos not in _CLASSES:
        return ()
    return _poles().french.get(token.text.lower()) or _poles().french.get(token.lemma.lower(), ())


def ends(segment: Segment, token: Token) -> frozenset[tuple[int, int]]:
    """The ends, as number of the pair and 0 or 1, at which an English word stands."""
    if token.pos not in _CLASSES:
        return frozenset()
    found = _poles().english
    if token.text.lower() == "old" and _is_age(segment, token):
        return frozenset()
    return found.get(token.text.lower()) or found.get(token.lemma.lower(), frozenset())


def _is_age(segment: Segment, token: Token) -> bool:
    """The "old" of "21 years old"."""
    before = (segment.token(token.index - step) for step in (1, 2))
    return any(other is not None and other.lemma.lower() in ("year", "month", "week", "day") for other in before)


def is_turned(segment: Segment, token: Token, lang: str) -> bool:
    """Whether a word near ``token`` may turn it into its opposite: "not", "less", "unable", « sans », « moins »."""
    place = token.index - segment.tokens[0].index
    near = segment.tokens[max(0, place - _REACH) : place + _REACH + 1]
    return any(_turns(other, lang) for other in near if other.index != token.index) or any(
        _turns(other, lang) for other in _above(segment, token)
    )


def _above(segment: Segment, token: Token) -> Iterator[Token]:
    head = segment.head(token)
    if head is not None:
        yield head
        yield from (child for child in segment.children(head) if child.index != token.index)


def _turns(token: Token, lang: str) -> bool:
    words = ("moins", "moindre") if lang == "fr" else ("less", "least", "fewer", "lower")
    if token.pos in ("NOUN", "PROPN") and is_negative(token, lang):
        return False  # "unemployment" and « inégalité » turn nothing
    return token.text.lower() in words or is_outright(token, lang) or may_deny(token, lang)
