"""Bounds, exceptions and places in time in both languages, the opposite of each, and small words that cannot be spared.

A phrase is compared with the text as it stands, without regard to capitals and the form of the apostrophe. In a table
``#`` stands for a number in figures, and ``###`` for three of them. What begins with ``~`` shows that a phrase may be
meant, and never that it is: "even" may render « y compris », and does not say "including".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tqcheck.languages import tables
from tqcheck.model import Pair, Segment, Span
from tqcheck.mqm import Severity

_NUMBER = r"(?:[€$£]\s?)?\d[\d.,\u202f\u00a0 ]*"
_NUMBERS = re.compile(_NUMBER)
_FIGURES = re.compile(r"\d?#+")
_LONGEST = 400
"""Characters of a side beyond which a phrase and its opposite are too often about two things."""


class _End(NamedTuple):
    """A bound in one language: what says it, and what may say it."""

    says: re.Pattern[str]
    may_say: re.Pattern[str]


class _Bound(NamedTuple):
    french: _End
    english: _End
    usual: str


class Turned(NamedTuple):
    """A bound of the French and the opposite one of the English; ``usual``: what to write in place of that."""

    french: Span
    english: Span
    usual: str


class Lost(NamedTuple):
    """A small French word that nothing in the English renders, and what it means."""

    french: Span
    meaning: str
    severity: Severity


def turned_bounds(pair: Pair) -> Iterator[Turned]:
    """The bounds of a pair whose opposite stands in the English, where neither side has both."""
    french, english = _plain(pair.source.text), _plain(pair.target.text)
    if max(len(french), len(english)) > _LONGEST:
        return
    for own, opposite in _bounds():
        here, there = own.french.says.search(french), opposite.english.says.search(english)
        if here is None or there is None:
            continue
        if not opposite.french.may_say.search(french) and not own.english.may_say.search(english):
            number = _NUMBERS.search(there[0])
            usual = own.usual if number is None else _FIGURES.sub(number[0].strip(" .,"), own.usual)
            yield Turned(_span(pair.source, here), _span(pair.target, there), usual.replace("#", "").strip())


def lost_words(pair: Pair) -> Iterator[Lost]:
    """Small French words without any English one that could render them."""
    french, english = _plain(pair.source.text), _plain(pair.target.text)
    if not english or max(len(french), len(english)) > _LONGEST:
        return
    for needed, rendered, severity, meaning in _needed():
        here = needed.search(french)
        if here is not None and not rendered.search(english):
            yield Lost(_span(pair.source, here), meaning, severity)


def _plain(text: str) -> str:
    """The text in lower case with straight apostrophes, character for character."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).replace("’", "'")


def _span(segment: Segment, found: re.Match[str]) -> Span:
    end = found.end() - (len(found[0]) - len(found[0].rstrip(" \u00a0\u202f.,")))
    return Span(segment.span.start + found.start(), segment.span.start + end)


@cache
def _bounds() -> tuple[tuple[_Bound, _Bound], ...]:
    """Every bound with its opposite."""
    found: list[tuple[_Bound, _Bound]] = []
    for row in tables.load("limits"):
        one = _bound(row["french_one"], row["english_one"])
        other = _bound(row["french_other"], row["english_other"])
        found += [(one, other), (other, one)]
    return tuple(found)


def _bound(french: str, english: str) -> _Bound:
    return _Bound(_end(french), _end(english), english.split("|", 1)[0])


def _end(cell: str) -> _End:
    phrases = cell.split("|")
    says = [phrase for phrase in phrases if not phrase.startswith("~")]
    return _End(_pattern(says), _pattern([phrase.removeprefix("~") for phrase in phrases], open_end=True))


def _pattern(phrases: list[str], *, open_end: bool = False) -> re.Pattern[str]:
    """Any of the phrases as whole words; with ``open_end`` as beginnings of words too (« exclu » for « exclues »)."""
    alternatives = (_phrase(phrase, open_end=open_end) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile("|".join(alternatives))


def _phrase(phrase: str, *, open_end: bool) -> str:
    written = re.escape(phrase).replace(r"\ …\ ", r"\b.{1,40}?\b").replace(r"\ ", r"\s+")
    digits = written.replace(r"\#\#\#", r"\d{3}").replace(r"\#", _NUMBER)
    closed = phrase.endswith(("#", "'")) or (open_end and len(phrase) > 5)
    return rf"(?<![\w-]){digits}" + ("" if closed else r"(?!\w)")


@cache
def _needed() -> tuple[tuple[re.Pattern[str], re.Pattern[str], Severity, str], ...]:
    return tuple(
        (
            _pattern(row["french"].split("|")),
            _pattern(row["english"].split("|"), open_end=True),
            Severity(row["severity"]),
            row["meaning"],
        )
        for row in tables.load("needed")
    )
