"""English number words, read and written: "ninety-seven", "two dozen", "half a million", "the twenty-first", "a third".

Source: The Cambridge Grammar of the English Language, chapter 5, on numerals; the short scale ("billion" 10**9) of
present-day British and American usage. Numbers are written as the Associated Press and Guardian style guides have it:
a comma every three digits, a full stop before decimals, no blank before "%".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tqcheck.languages.number_words import ENGLISH
from tqcheck.languages.numerals import BLANK, Atom, Found, times, word

DIGITS = re.compile(
    rf"""(?<![\d.,])(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d{{1,3}}(?:{BLANK}\d{{3}})+(?!\d)(?:[.,]\d+)?
    |\d+(?:[.,]\d+)?)(?!\d)""",
    re.X,
)
UNITS, TENS, SCALES, ORDINALS = ENGLISH
_ABBREVIATED = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
_VAGUE = {"tens": 10, "dozens": 10, "scores": 10, "hundreds": 100} | {w + "s": n for w, n in SCALES.items()}
_FEW = frozenset("several few many some couple".split())
_SINGLE = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
_TWO = frozenset("both twice couple pair double".split())


def values(digits: str) -> tuple[Fraction, ...]:
    """The readings of a number in digits, the English one first; « 5,4 » and « 1 234,5 » are left-over French."""
    plain = re.sub(BLANK, "", digits)
    whole, point, decimals = plain.partition(".")
    if not point and "," in whole and (plain != digits or len(whole.split(",")[-1]) != 3):
        return (Fraction(whole.replace(",", ".")),)
    number = Fraction(whole.replace(",", "") + point + decimals)
    return (number, number * 1000) if len(decimals) == 3 and "," not in whole and len(whole) < 4 else (number,)


def read(row: Sequence[Atom], first: int) -> Found | None:
    """The longest numeral that begins with the atom ``first``; None if none does."""
    return _vague(row, first) or _part(row, first) or _number(row, first) or _single(row, first)


def _base(text: str) -> tuple[str, bool]:
    cardinal = ORDINALS.get(text)
    return (cardinal, True) if cardinal else (text, False)


def _number(row: Sequence[Atom], first: int) -> Found | None:
    total: tuple[Fraction, ...] = (Fraction(0),)
    place, scale, limit, ordinal, digits = first, 1, 10**30, False, False
    while not ordinal:
        linked = limit >= 1000 and place > first and word(row, place, first) == "and"
        read = _group(row, place + 1 if linked else place, first, limit)
        if read is None or (place > first and read.digits and read.scale == 1):
            break
        if place > first and read.kind == "ordinal" and (digits or not linked):
            break  # two million first-time buyers
        total = tuple(a + b for a in total for b in read.values)
        place, scale, ordinal = read.stop, max(scale, read.scale), read.kind == "ordinal"
        digits = digits or read.digits
        limit = read.scale
        if limit == 1:
            break
    if place == first:
        return None
    return _refined(row, first, Found(place, total, "ordinal" if ordinal else "cardinal", False, scale, digits))


def _refined(row: Sequence[Atom], first: int, found: Found) -> Found:
    """A number with what may follow: "dozen", a denominator, "and a half", "point five"."""
    place, value = found.stop, found.values[0]
    following = word(row, place, first)
    article = row[first].word in ("a", "an")
    if found.kind == "ordinal":
        return Found(place, found.values, "ordinal", place == first + 1 and value <= 3, found.scale)
    if following in ("dozen", "dozens", "score") and found.scale == 1:
        size = 20 if following == "score" else 12
        return Found(place + 1, times(found.values, size), scale=1, digits=found.digits)
    if found.scale == 1 and not found.digits and not article and value < 100:
        below = _denominator(following, value)
        if below:
            return Found(place + 1, times(found.values, Fraction(1, below)), "fraction", value == 1)
    if following == "point" and found.scale == 1 and not found.digits:
        decimals: list[int] = []
        while (digit := UNITS.get(word(row, place + 1 + len(decimals), first), 10)) < 10:
            decimals.append(digit)
        if decimals:
            return Found(place + 1 + len(decimals), (value + Fraction(f"0.{''.join(map(str, decimals))}"),))
    if [word(row, place + i, first) for i in range(3)] == ["and", "a", "half"]:
        unit = word(row, place + 3, first)
        half = Fraction(found.scale, 2)
        if unit in SCALES and found.scale == 1:
            return Found(place + 4, times((value + half,), SCALES[unit]), scale=SCALES[unit], digits=found.digits)
        return Found(place + 3, tuple(v + half for v in found.values), scale=found.scale, digits=found.digits)
    alone = place == first + 1 and not found.digits
    return Found(place, found.values, found.kind, alone and value <= 1, found.scale, found.digits)


def _denominator(text: str, count: Fraction) -> int:
    """3 for "thirds" (or "third" behind one), 0 for a word that is no denominator."""
    singular = text.removesuffix("s") if text != "halves" else "half"
    if (singular != text) != (count > 1):
        return 0
    if singular in ("half", "quarter"):
        return 2 if singular == "half" else 4
    base = ORDINALS.get(singular, "")
    below = UNITS.get(base) or TENS.get(base) or SCALES.get(base) or (100 if base == "hundred" else 0)
    return below if below > 2 else 0


def _group(row: Sequence[Atom], place: int, first: int, limit: int) -> Found | None:
    """A number below 1000 (or any in digits) with the scale words behind it; their product must be below ``limit``."""
    if place >= len(row) or (place > first and not row[place].joined):
        return None
    article = place == first and row[place].word in ("a", "an")
    if row[place].values:
        read = Found(place + 1, row[place].values, digits=True)
    elif article and _base(word(row, place + 1, first))[0] in SCALES:
        read = Found(place + 1, (Fraction(1),))
    else:
        below = _below_1000(row, place, first)
        if below is None:
            return None
        read = below
    stop, scale, ordinal = read.stop, 1, read.kind == "ordinal"
    while not ordinal:
        following = word(row, stop, first)
        base, ordinal = _base(following)
        factor = SCALES.get(base)
        if factor is None and read.digits and stop == place + 1:
            factor = _ABBREVIATED.get(following)
        if factor is None:
            ordinal = False
            break
        scale, stop = scale * factor, stop + 1
    if scale >= limit:
        return None
    return Found(stop, times(read.values, scale), "ordinal" if ordinal else "cardinal", False, scale, read.digits)


def _below_1000(row: Sequence[Atom], place: int, first: int) -> Found | None:
    article = place == first and word(row, place, first) in ("a", "an")
    head = Found(place + 1, (Fraction(1),)) if article else _below_100(row, place, first)
    if head is None or head.kind == "ordinal":
        return head
    following, last = _base(word(row, head.stop, first))
    if following != "hundred":
        if article and following == "dozen":
            return head
        return None if article else head
    value, stop = head.values[0] * 100, head.stop + 1
    if last:
        return Found(stop, (value,), "ordinal")
    linked = word(row, stop, first) == "and"
    rest = _below_100(row, stop + 1 if linked else stop, first)
    if rest is None or not rest.values[0] or (rest.kind == "ordinal" and not linked):
        return Found(stop, (value,))
    return Found(rest.stop, (value + rest.values[0],), rest.kind)


def _below_100(row: Sequence[Atom], place: int, first: int) -> Found | None:
    base, ordinal = _base(word(row, place, first))
    kind = "ordinal" if ordinal else "cardinal"
    if base in TENS:
        unit, last = _base(word(row, place + 1, first))
        if not ordinal and 1 <= UNITS.get(unit, 0) <= 9:
            return Found(place + 2, (Fraction(TENS[base] + UNITS[unit]),), "ordinal" if last else "cardinal")
        return Found(place + 1, (Fraction(TENS[base]),), kind)
    return Found(place + 1, (Fraction(UNITS[base]),), kind) if base in UNITS else None


def _vague(row: Sequence[Atom], first: int) -> Found | None:
    """ "tens of thousands", "hundreds", "several million", "a few hundred"."""
    size, place, scale = _VAGUE.get(row[first].word), first + 1, 1
    if size is None and row[first].word in _FEW:
        size = {"hundred": 100, "dozen": 10, **SCALES}.get(word(row, first + 1, first))
        if row[first].word == "some" and size == 100:
            return None
        place = first + 2
    if size is None:
        return None
    if word(row, place, first) in ("and", "to") and word(row, place + 1, first) in _VAGUE:
        other = _VAGUE[word(row, place + 1, first)]  # hundreds and thousands: of either, or of both multiplied
        return Found(place + 2, (Fraction(size * other), Fraction(size), Fraction(other)), "vague", scale=other)
    while word(row, place, first) == "of" and word(row, place + 1, first) in _VAGUE:
        scale = _VAGUE[word(row, place + 1, first)]
        size, place = size * scale, place + 2
    if size in (100, 10) and word(row, place, first) in SCALES:
        scale = SCALES[word(row, place, first)]
        size, place = size * scale, place + 1  # several hundred thousand
    return Found(place, (Fraction(size),), "vague", scale=scale)


def _part(row: Sequence[Atom], first: int) -> Found | None:
    """Parts: "half a million", "a quarter of a million", "a third", "a fifth of" (the last two may be ordinals)."""
    article = row[first].word in ("a", "an", "one")
    place = first + 1 if article else first
    text = word(row, place, first)
    share = _SINGLE.get(text)
    if share:
        following = place + 1
        while word(row, following, first) in ("of", "a"):
            following += 1
        size = {"dozen": 12, "hundred": 100, **SCALES}.get(word(row, following, first))
        if size:
            return Found(following + 1, (share * size,), scale=size if size >= 1000 else 1)
        return Found(place + 1, (share,), "fraction", True)
    below = _denominator(text, Fraction(1)) if article else 0
    if below and row[first].word != "one":
        return Found(place + 1, (Fraction(1, below), Fraction(below)), "ordinal", below <= 3)
    return None


def _single(row: Sequence[Atom], first: int) -> Found | None:
    """ "both", "twice", "a dozen" without its article, "hundred" and "million" alone."""
    text = row[first].word
    if text in _TWO:
        return Found(first + 1, (Fraction(2),), weak=True)
    if text == "once":
        return Found(first + 1, (Fraction(1),), weak=True)
    size = {"dozen": 12, "hundred": 100, **SCALES}.get(text)
    return Found(first + 1, (Fraction(size),), weak=True, scale=size if size >= 1000 else 1) if size else None


def words(number: int) -> str:
    """A whole number from 0 to 999 in words: "ninety-seven", "three hundred and five"."""
    small, tens = list(UNITS), list(TENS)
    if number < 20:
        return small[number]
    if number < 100:
        ten, unit = divmod(number, 10)
        return tens[ten - 2] + (f"-{small[unit]}" if unit else "")
    hundreds, rest = divmod(number, 100)
    return f"{small[hundreds]} hundred" + (f" and {words(rest)}" if rest else "")


def ordinal_words(number: int) -> str:
    """A rank from 1 to 99 in words: "ninety-seventh"."""
    head, hyphen, last = words(number).rpartition("-")
    ordinals = {cardinal: ordinal for ordinal, cardinal in ORDINALS.items()}
    return head + hyphen + ordinals[last]


def ordinal_digits(number: int) -> str:
    """ "1st", "52nd", "13th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def digits(number: Fraction) -> str:
    """ "1,234.5": at most three decimals, none that say nothing; a year-like number below 10,000 has its comma too."""
    whole = f"{float(number):,.3f}" if number.denominator != 1 else f"{int(number):,}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole
