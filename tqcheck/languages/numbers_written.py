"""A French quantity written in English, in the place and the manner of the English one that it should replace."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tqcheck.languages import numbers_en, quantities
from tqcheck.languages.numbers import Quantity

_NAMES = {10**6: "million", 10**9: "billion", 10**12: "trillion"}
_LETTERS = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "b": 10**9}
_SCALE_WORDS = (("milliard", "a billion"), ("billion", "a trillion"), ("million", "a million"), ("mille", "a thousand"))


def scale_word(text: str) -> str | None:
    """« milliard » and "a billion" for an amount that has such a word, as a sentence; None for one that has none."""
    for french, english in _SCALE_WORDS:
        if re.search(rf"\b{french}s?\b", text):
            return f"« {french} » is {english}"
    return None


def rounded(value: Fraction) -> Fraction:
    """To two figures, or to the whole number from 10 to 1,000."""
    if value < 10:
        return Fraction(round(float(value), 1)).limit_denominator(10)
    if value < 1000:
        return Fraction(round(value))
    step = 10 ** (len(str(int(value))) - 2)
    return Fraction(round(value / step) * step)


def in_unit(value: Fraction, english: Quantity, target: str) -> str:
    """The English quantity with its number replaced by ``value``, rounded; ``target`` is its sentence."""
    start, end = english.numeral
    return target[english.start : start] + numbers_en.digits(rounded(value)) + target[end : english.end]


def written(french: Quantity, english: Quantity, target: str) -> str | None:
    """The French quantity in the place of the English one, in the way that was written (``target``: the sentence).

    None where the two have different units or there is no plain way to write it.
    """
    article = re.match(r"(?:an?)\s", target[english.numeral[0] : english.numeral[1]], re.I)
    if article:
        start = english.numeral[0] + article.end()
        english = replace(english, start=start, numeral=(start, english.numeral[1]))
    if french.kind in ("vague", "fraction") or (
        french.units and english.units and not set(french.units) & set(english.units)
    ):
        return None
    start, end = english.numeral
    number = _written(quantities.reading(french, english), english, target[start:end], english.kind == "ordinal")
    if number is None:
        return None
    if english.kind == "ordinal" and english.form == "digits":
        end = english.end  # the ending "st", "nd" belongs to the number
    return target[english.start : start] + number + target[end : english.end]


def _written(value: Fraction, like: Quantity, text: str, ordinal: bool) -> str | None:
    whole = int(value) if value.denominator == 1 else None
    if ordinal:
        if whole is None or whole < 1:
            return None
        if like.form == "words" and whole < 100:
            return _cased(numbers_en.ordinal_words(whole), text)
        return numbers_en.ordinal_digits(whole)
    if like.form == "words" and whole is not None and whole < 100 and like.kind == "cardinal":
        return _cased(numbers_en.words(whole), text)
    letters = re.search(r"(?<=\d)(\s?)([a-zA-Z]+)$", text)
    if letters and letters[2].lower() in _LETTERS:
        size = _LETTERS[letters[2].lower()]
        return numbers_en.digits(value / size) + letters[0] if value >= size else numbers_en.digits(value)
    scales = [size for size in _NAMES if value >= size]
    if scales and (value / scales[-1] * 1000).denominator == 1:
        return f"{numbers_en.digits(value / scales[-1])} {_NAMES[scales[-1]]}"
    plain = numbers_en.digits(value)
    return plain.replace(",", "") if re.fullmatch(r"\d{4,}", text) and value < 10000 else plain


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word
