"""Marks and signs in an English text that no sentence has there: "in the: house", "near~ the door", ";;"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Stray(NamedTuple):
    """Where the mark stands in the text, and what is wrong with it, for the editor."""

    start: int
    end: int
    why: str


_INSIDE = """a an the my your his its our their this these of in at by for from into onto with to and or has have had is
    are was were been be very""".split()
"""Words that a sentence goes on behind: no mark of this kind follows them."""

# A pattern of the mark (group "mark") and what is wrong.
_PATTERNS = (
    (rf"\b(?:{'|'.join(_INSIDE)})(?P<mark>[;:?!])(?= [a-z])", "a sentence does not break off behind such a word"),
    (r"(?<=[a-z]{2})(?P<mark>[?!])(?= [a-z]{2,}\b)", "the sentence goes on behind it"),
    (r"(?<=[a-z]{2})(?P<mark>-)(?= (?!and\b|or\b|to\b|but\b|nor\b|then\b)[a-z]{2,} )", "a hyphen stands between words"),
    (r"(?<=[A-Za-z)\]])(?P<mark>,?[~_@^|])(?=[ ,.]|$)", "it is no mark of punctuation"),
    (r"(?<=[a-z])(?P<mark>;;|,,|::|,;|;,|,!|,\?|:;|;:)(?= )", "two marks where one is meant"),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), why) for pattern, why in _PATTERNS)


def strays(english: str, french: str) -> Iterator[Stray]:
    """The strays of an English segment; none where its French has the same sign, nor between quotation marks."""
    if not re.search(r"[;:?!~_@^|\"]|- |,,", english):
        return
    taken: set[int] = set()
    for pattern, why in _patterns():
        for match in pattern.finditer(english):
            start, end = match.span("mark")
            mark = match["mark"]
            if start in taken or _has(french, mark) or _is_set_off(english, start):
                continue
            taken.update(range(start, end))
            yield Stray(start, end, f'"{mark}" does not belong here: {why}.')
    yield from _lonely(english, french)


def _has(french: str, mark: str) -> bool:
    return re.search(r"\w- ", french) is not None if mark == "-" else mark in french


def _lonely(english: str, french: str) -> Iterator[Stray]:
    """A quotation mark without its fellow, inside a sentence whose French quotes nothing."""
    if english.count('"') == 1 and not re.search('[«»“”"„]', french) and not re.search("[“”]", english):
        place = english.index('"')
        if re.search(r"[A-Za-z],?$", english[:place]) and re.match(r" [A-Za-z]", english[place + 1 :]):
            yield Stray(place, place + 1, "A quotation mark stands alone here, and the French quotes nothing.")


def _is_set_off(text: str, place: int) -> bool:
    before = text[:place]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before.count("(") > before.count(")")
