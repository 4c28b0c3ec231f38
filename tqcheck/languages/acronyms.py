"""Acronyms: what they stand for, whether their letters fit it, and what the other language calls the same body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from tqcheck.languages import tables
from tqcheck.languages.spelling import fold
from tqcheck.languages.tables import Organisation
from tqcheck.model import Segment, Token

_SHAPE = re.compile(r"(?:[A-ZÀ-Þ]\.?-?){1,9}[A-ZÀ-Þ]\.?")
_ROMAN = re.compile(r"[IVXLCDM]+")
_SMALL = frozenset("of the for and in to on at by de du des la le les l d et à en sur pour a an al".split())
_LONGEST_GLOSS = 12
_NAMED_AS_FRENCH = re.compile(
    r"\b(?:French|Arabic|Spanish|Portuguese|Italian|German|Dutch|its|their)\s+(?:\w+\s+)?"
    r"(?:acronym|initials|abbreviation)",
    re.I,
)


def acronyms(segment: Segment) -> Iterator[Token]:
    """The tokens of a segment that are acronyms: two to ten capitals, no Roman number. Capitals throughout: none."""
    if segment.text.isupper():
        return
    for token in segment.tokens:
        if _SHAPE.fullmatch(token.text) and len(letters(token.text)) >= 2 and not _ROMAN.fullmatch(token.text):
            yield token


def letters(acronym: str) -> str:
    """The letters of an acronym without stops and accents: « O.N.U. » -> ONU."""
    return "".join(c for c in fold(acronym).upper() if c.isalpha())


@cache
def by_french() -> Mapping[str, Organisation]:
    """The bodies and terms whose acronym differs in English, by the letters of the French one; no ambiguous ones."""
    found: dict[str, Organisation | None] = {}
    for body in tables.organisations():
        if body.french_acronym and body.english_acronyms:
            key = letters(body.french_acronym)
            found[key] = None if key in found else body
    differing = {k: b for k, b in found.items() if b is not None and k not in map(letters, b.english_acronyms)}
    return MappingProxyType(differing)


def fits(acronym: str, words: Sequence[str]) -> bool:
    """Whether the last of ``words`` have the acronym's letters as initials; small words count or not.

    >>> fits("ISGS", ["leader", "of", "Islamic", "State", "in", "the", "Greater", "Sahara"])
    True
    """
    parts = [part for word in words for part in re.split(r"[-‑'’]", fold(word)) if part]
    initials = [(part[0].upper(), part in _SMALL) for part in parts]
    return _fits(letters(acronym), initials)


def _fits(wanted: str, initials: Sequence[tuple[str, bool]]) -> bool:
    if not wanted:
        return True
    if not initials:
        return False
    initial, small = initials[-1]
    if initial == wanted[-1] and _fits(wanted[:-1], initials[:-1]):
        return True
    return small and _fits(wanted, initials[:-1])


def explained(segment: Segment, token: Token) -> bool:
    """Whether the text gives words that fit the acronym, before its bracket or in a bracket behind it, or says that it
    is one of another language."""
    start, end = token.span.start - segment.span.start, token.span.end - segment.span.start
    before, after = segment.text[:start].rstrip(), segment.text[end:].lstrip()
    if _NAMED_AS_FRENCH.search(before[-60:]) or _NAMED_AS_FRENCH.search(after[:60]):
        return True
    if before.endswith(("(", "[", "–", "—", ",")):
        return fits(token.text, _words(before)[-_LONGEST_GLOSS:])
    if after.startswith(("(", "[")):
        return fits(token.text, _words(re.split(r"[)\],;:]", after[1:], maxsplit=1)[0]))
    return False


def expansion(segment: Segment, token: Token) -> str | None:
    """The capitalised words right before a bracketed acronym, with small words between; None where there are none."""
    start = token.span.start - segment.span.start
    before = segment.text[:start].rstrip()
    if not before.endswith("("):
        return None
    words = re.findall(r"[\w’'-]+", before[:-1])
    first = len(words)
    for place in range(len(words) - 1, max(-1, len(words) - _LONGEST_GLOSS), -1):
        if words[place][0].isupper():
            first = place
        elif fold(words[place]) not in _SMALL:
            break
    return " ".join(words[first:]) or None


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


@cache
def english_ones() -> frozenset[str]:
    """The letters of the English acronyms that the table has."""
    return frozenset(letters(acronym) for body in tables.organisations() for acronym in body.english_acronyms)


def are_one(french: str, english: str) -> bool:
    """Whether the table has the two (letters only) for one body."""
    return any(
        letters(body.french_acronym or "") == french and english in map(letters, body.english_acronyms)
        for body in tables.organisations()
    )


def overlap(one: str, other: str) -> bool:
    """Whether two acronyms of three letters or more share half of their letters, as names of one body tend to."""
    shared = sum((Counter(one) & Counter(other)).values())
    return min(len(one), len(other)) >= 3 and 2 * shared >= max(len(one), len(other))


def is_slip(right: str, wrong: str) -> bool:
    """Whether an acronym is another with two neighbours swapped, or, of four letters or more, with one other letter.

    Letters in quite another order are a translation: ADN and DNA.
    """
    places = [i for i, (one, other) in enumerate(zip(right, wrong, strict=False)) if one != other]
    if len(right) != len(wrong) or len(right) < 3:
        return False
    if len(places) == 1:
        return len(right) >= 4
    return len(places) == 2 and places[1] == places[0] + 1 and sorted(right) == sorted(wrong)
