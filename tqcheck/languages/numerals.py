"""What numerals are, in any language: the pieces of a text that may be part of one, and what is made of them.

The grammars of number words are in `numbers_fr` and `numbers_en`; quantities with their units in `numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

BLANK = "[ \u00a0\u202f\u2009]"
_JOIN = re.compile(rf"\+?(?:{BLANK}+|[-‐‑])?")


@dataclass(frozen=True, slots=True)
class Atom:
    """A word in lower case or a number in digits (then ``values`` are its possible readings, the likeliest first).

    ``joined``: nothing but blanks or a hyphen stands between it and the atom before.
    """

    start: int
    end: int
    word: str
    values: tuple[Fraction, ...] = ()
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text, without its unit.

    ``kind``: cardinal, ordinal, fraction, or vague (« des milliers », of which ``values`` is the scale, 1000).
    ``form``: digits, words, or both (« 3 millions »). ``weak``: such as "one", "first" or "half", which a translation
    may add or drop. ``scale``: the last scale word's value (10**6 in « 3 millions »), else 1.
    """

    start: int
    end: int
    values: tuple[Fraction, ...]
    kind: str = "cardinal"
    form: str = "words"
    weak: bool = False
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """What a grammar read: up to which atom (excluded), and what."""

    stop: int
    values: tuple[Fraction, ...]
    kind: str = "cardinal"
    weak: bool = False
    scale: int = 1
    digits: bool = False


Grammar = Callable[[Sequence[Atom], int], Found | None]
Digits = Callable[[str], tuple[Fraction, ...]]


def atoms(text: str, number: re.Pattern[str], values: Digits) -> tuple[Atom, ...]:
    """The words and the numbers in digits of a text, in order. ``number`` matches digits in the language's manner."""
    pattern = re.compile(rf"(?P<digits>{number.pattern})|(?P<word>[^\W\d_]+)", re.X)
    found: list[Atom] = []
    for match in pattern.finditer(text):
        joined = bool(found) and _JOIN.fullmatch(text, found[-1].end, match.start()) is not None
        if match["digits"]:
            found.append(Atom(match.start(), match.end(), "", values(match[0]), joined))
        else:
            found.append(Atom(match.start(), match.end(), match[0].lower(), (), joined))
    return tuple(found)


def numerals(row: Sequence[Atom], grammar: Grammar) -> tuple[Numeral, ...]:
    """Every numeral that the grammar reads in a row of atoms, the longest from each place, none overlapping."""
    found: list[Numeral] = []
    place = 0
    while place < len(row):
        read = grammar(row, place)
        if read is None:
            place += 1
            continue
        words = any(atom.word for atom in row[place : read.stop])
        form = ("both" if words else "digits") if read.digits else "words"
        start, end = row[place].start, row[read.stop - 1].end
        found.append(Numeral(start, end, read.values, read.kind, form, read.weak, read.scale))
        place = read.stop
    return tuple(found)


def word(row: Sequence[Atom], place: int, first: int) -> str:
    """The word at ``place`` if it is joined to what stands before it (or is the first), else ""."""
    if place >= len(row) or (place > first and not row[place].joined):
        return ""
    return row[place].word


def times(values: Sequence[Fraction], factor: int | Fraction) -> tuple[Fraction, ...]:
    """Every reading, multiplied."""
    return tuple(value * factor for value in values)
