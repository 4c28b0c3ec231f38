"""One pair of lines of parallel text: tidied, or refused with a reason.

The rules are cheap (a few microseconds a pair) because two million pairs pass them, and strict because a model learns
adequacy from what is left: a number that only one side has, or a side in the wrong language, teaches it to invent.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LONGEST = 100
"""Words a side."""

_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(r"[<>{}\\|=_#@~^]|\w\(\)|%[a-z]|\[\]|--\w|&\w+;|\$\w")
_SPACES = re.compile(r"\s+")
_BULLET = re.compile(r"^(?:[-–—•*·]|\(?\w\)|\d{1,2}[.)])\s+")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_FRENCH = frozenset(
    "le la les un une des du de et est sont dans pour que qui ne pas sur avec au aux ce cette ces il elle nous vous je"
    " par plus se sa son ses été être ont mais ou où si leur tout comme fait".split()
)
_ENGLISH = frozenset(
    "the of and to in is are that this these those it he she we you for on with as by at from be been was were not have"
    " has had but or which who will would can their there what all they do does".split()
)


def tidy(text: str) -> str:
    """NFC, no soft hyphens, single plain blanks (the French unbreakable ones too), no bullet at the beginning."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\ufeff", "")
    return _BULLET.sub("", _SPACES.sub(" ", text).strip())


def refusal(french: str, english: str) -> str | None:
    """Why a tidied pair is not learned from, or None where it is."""
    left, right = _WORD.findall(french.casefold()), _WORD.findall(english.casefold())
    if not (1 <= len(left) <= LONGEST and 1 <= len(right) <= LONGEST):
        return "length"
    short, long = sorted((len(french), len(english)))
    if long > 1.9 * short + 18:
        return "proportion"
    if left == right:
        return "same"
    for text in (french, english):
        if len(_MARKUP.findall(text)) > 1 or len(_LETTER.findall(text)) < 0.6 * len(text):
            return "markup"
    if not (_is_in(left, _FRENCH, _ENGLISH) and _is_in(right, _ENGLISH, _FRENCH)):
        return "language"
    if _numbers_differ(french, english):
        return "numbers"
    return None


def _is_in(words: list[str], own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the function words are those of the right language; short lines may have none of either."""
    ours, theirs = sum(word in own for word in words), sum(word in other for word in words)
    return ours > theirs or (ours == theirs and len(words) <= 8)


def _numbers_differ(french: str, english: str) -> bool:
    """Whether more than one number of two digits or more is on one side only (one may be spelt out)."""
    left, right = (Counter(n for n in _NUMBER.findall(text) if len(n) > 1) for text in (french, english))
    return (left - right).total() + (right - left).total() > 2
