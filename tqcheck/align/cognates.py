"""Words that show by their letters that they belong together: cognates, names, numbers.

French and English share thousands of words up to a regular ending (« politique » / political, « liberté » / liberty),
so a French word is compared in every English shape its ending allows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# French ending -> English ending, both without accents; each was chosen because it is regular, not for any one word.
ENDINGS: tuple[tuple[str, str], ...] = (
    ("ique", "ic"),
    ("ique", "ical"),
    ("ique", "ics"),
    ("te", "ty"),
    ("ment", "ly"),
    ("ement", "ly"),
    ("quement", "cally"),
    ("ellement", "ally"),
    ("eur", "or"),
    ("eur", "er"),
    ("rice", "or"),
    ("euse", "er"),
    ("eux", "ous"),
    ("euse", "ous"),
    ("aire", "ary"),
    ("aire", "ar"),
    ("aire", "arian"),
    ("oire", "ory"),
    ("ien", "ian"),
    ("ienne", "ian"),
    ("ain", "an"),
    ("aine", "an"),
    ("ais", "ese"),
    ("ois", "ese"),
    ("iste", "ist"),
    ("isme", "ism"),
    ("ance", "ancy"),
    ("ence", "ency"),
    ("if", "ive"),
    ("ive", "ive"),
    ("el", "al"),
    ("elle", "al"),
    ("ie", "y"),
    ("ie", "ia"),
    ("e", "y"),
    ("e", "ated"),
    ("er", "ate"),
    ("er", "e"),
    ("er", ""),
    ("ier", "y"),
    ("ifier", "ify"),
    ("iser", "ize"),
    ("ir", "ish"),
    ("re", "er"),
    ("re", ""),
    ("que", "c"),
    ("que", "k"),
    ("gue", "g"),
    ("e", ""),
)

_LEAST_LETTERS = 4

_UNITS = """zéro,zero un,une,one deux,two trois,three quatre,four cinq,five six sept,seven huit,eight neuf,nine
    dix,ten onze,eleven douze,twelve treize,thirteen quatorze,fourteen quinze,fifteen seize,sixteen
    dix-sept,seventeen dix-huit,eighteen dix-neuf,nineteen vingt,vingts,twenty"""
_LARGER = {
    30: "trente thirty", 40: "quarante forty", 50: "cinquante fifty", 60: "soixante sixty",
    70: "soixante-dix septante seventy", 80: "quatre-vingts quatre-vingt eighty", 90: "quatre-vingt-dix nonante ninety",
    100: "cent cents hundred", 1000: "mille thousand", 10**6: "million millions",
    10**9: "milliard milliards billion billions",
}  # fmt: skip
NUMBER_WORDS: Mapping[str, int] = MappingProxyType(
    {word: value for value, words in enumerate(_UNITS.split()) for word in words.split(",")}
    | {word: value for value, words in _LARGER.items() for word in words.split()}
)
_DIGITS = re.compile(r"(\d[\d.,\u00a0\u202f]*)[^\W\d_]{0,3}")
_ROMAN_ORDINAL = re.compile(r"([IVXLC]{2,}|[IVX](?=er|è|eme))(?:er|ère|ème|eme|e)")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@lru_cache(maxsize=65_536)
def without_accents(word: str) -> str:
    """Lower case, letters without their accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=16_384)
def number_value(word: str) -> str | None:
    """A canonical form of the number that a word is (« 1er », « 0,3 », « douze », « XXe », 12th), None for a word.

    Decimal and thousands separators are left out: those of the two languages are each other's opposite.

    >>> number_value("0,3"), number_value("2.8bn"), number_value("XXe"), number_value("douze"), number_value("vie")
    ('03', '28', '20', '12', None)
    """
    if word.lower() in NUMBER_WORDS:
        return str(NUMBER_WORDS[word.lower()])
    if century := _ROMAN_ORDINAL.fullmatch(word):
        return str(_roman(century[1]))
    if digits := _DIGITS.fullmatch(word.lower()):
        return "".join(c for c in digits[1] if c.isdigit())
    return None


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


@lru_cache(maxsize=32_768)
def english_shapes(french: str) -> tuple[str, ...]:
    """The shapes a French word may have as an English cognate, without accents, itself first."""
    plain = without_accents(french)
    shapes = [plain]
    decomposed = unicodedata.normalize("NFD", french.lower())
    if "\u0302" in decomposed:  # « forêt », « hôpital »: the circumflex stands for a lost s
        shapes.append("".join(c for c in decomposed.replace("\u0302", "s") if not unicodedata.combining(c)))
    if decomposed[:2] == "e\u0301" and len(plain) > 3 and plain[1] not in "aeiouy":  # « étrange », « école »
        shapes += ["s" + plain[1:], "es" + plain[1:]]
    for shape in tuple(shapes):
        stem = shape[:-1] if shape.endswith("s") and len(shape) > _LEAST_LETTERS else shape
        for old, new in ENDINGS:
            if stem.endswith(old) and len(stem) - len(old) >= 3:
                shapes.append(stem[: len(stem) - len(old)] + new)
    return tuple(dict.fromkeys(shapes))


@lru_cache(maxsize=65_536)
def likeness(french: str, english: str) -> float:
    """How much two words look like cognates, 0 to 1: one minus the edit distance over the longer word's length.

    The first letters must agree and both have four letters or more, otherwise 0, unless they are equal.
    """
    target = without_accents(english)
    shapes = english_shapes(french)
    if target in shapes:
        return 1.0
    if len(target) < _LEAST_LETTERS:
        return 0.0
    best = 0.0
    for shape in shapes:
        longest = max(len(shape), len(target))
        more = abs(len(shape) - len(target))
        if len(shape) < _LEAST_LETTERS or shape[0] != target[0] or more > longest // 2 or 1 - more / longest <= best:
            continue
        best = max(best, 1 - _distance(shape, target) / longest)
    return best


def _distance(one: str, other: str) -> int:
    """Levenshtein's edit distance, neither word empty.

    A column of its table is two integers with a bit for each letter of ``one``: where it goes up by one, and where down
    (Myers 1999; Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances").
    """
    same: dict[str, int] = {}
    for place, letter in enumerate(one):
        same[letter] = same.get(letter, 0) | 1 << place
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    distance, up, down = len(one), every, 0
    for letter in other:
        here = same.get(letter, 0)
        diagonal = (((here & up) + up) ^ up) | here | down
        more = down | (every & ~(diagonal | up))
        less = diagonal & up
        distance += bool(more & last) - bool(less & last)
        more = more << 1 | 1
        up, down = (less << 1 | ~(diagonal | more)) & every, more & diagonal & every
    return distance
