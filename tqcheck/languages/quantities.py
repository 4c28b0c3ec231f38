"""French and English quantities beside each other: whether one renders the other, or contradicts it."""

from __future__ import annotations

import math
from fractions import Fraction

from tqcheck.languages import numbers_en, units
from tqcheck.languages.numbers import Quantity

CONVERTED = 0.1
"""How far a converted measure may be from the exact one, as a share: a metre is three feet, two kilos four pounds."""
LASTING = 0.08
"""The same for durations: « quinze jours » are two weeks, « huit jours » a week (12.5 % off, see `_IDIOMS`)."""

_IDIOMS = {(8, "day", 1, "week"), (15, "day", 1, "fortnight")}
_FRANCS = {"FRF", "CHF", "XOF"}
"""« francs » alone are those of the country that the text is about."""


def same(french: Quantity, english: Quantity) -> bool:
    """The same number, with units that do not contradict each other."""
    return bool(set(french.values) & set(english.values)) and not conflict(french, english)


def conflict(french: Quantity, english: Quantity) -> bool:
    """Both have a unit, and they are different units of the same kind of thing: dollars and euros, miles and km."""
    if not french.units or not english.units or set(french.units) & set(english.units):
        return False
    both = {*french.units, *english.units}
    if "FRF" in both and both <= _FRANCS:
        return False
    return bool({units.dimension(u) for u in french.units} & {units.dimension(u) for u in english.units})


def equivalent(french: Quantity, english: Quantity) -> bool:
    """The same said in another way: another unit, a fraction for a percentage, a rounded number, a dozen for ten."""
    return (
        _converted(french, english)
        or share(french) == share(english) is not None
        or _shares_are_near(french, english)
        or (not conflict(french, english) and (_rounded(french, english) or _vaguely(french, english)))
    )


def strong_equivalent(french: Quantity, english: Quantity) -> bool:
    """`equivalent`, where the French is no word that comes and goes (« une »)."""
    return not french.weak and equivalent(french, english)


def _converted(french: Quantity, english: Quantity) -> bool:
    for one in french.units:
        for other in english.units:
            if (int(french.value), one, int(english.value), other) in _IDIOMS:
                return True
            if (
                french.kind == english.kind == "vague"
                and french.value == english.value
                and units.dimension(one) != "money"
            ):
                return True  # thousands of kilometres are thousands of miles
            for value in french.values:
                exact = units.convert(value, one, other)
                if exact is not None and one != other and any(_near(exact, w, one) for w in english.values):
                    return True
    return False


def _near(exact: Fraction, value: Fraction, unit: str) -> bool:
    if units.dimension(unit) in ("temperature", "degree"):
        return abs(exact - value) <= 2
    tolerance = LASTING if units.dimension(unit) == "duration" else CONVERTED
    return abs(float(exact - value)) <= tolerance * max(abs(float(value)), abs(float(exact)))


def share(quantity: Quantity) -> Fraction | None:
    """The part of a whole: 1/5 for 20 % and for a fifth."""
    if quantity.units == ("percent",):
        return quantity.value / 100
    parts = [value for value in quantity.values if value < 1]
    return parts[0] if quantity.kind in ("fraction", "ordinal") and parts and not quantity.units else None


def _shares_are_near(french: Quantity, english: Quantity) -> bool:
    one, other = share(french), share(english)
    if one is None or other is None or (french.units and english.units):
        return False
    return abs(one - other) <= Fraction(1, 50)


def _digits(value: Fraction) -> int:
    """How many figures of a number say something: 2 for 41,000, 1 for 40."""
    return len(numbers_en.digits(value).replace(",", "").replace(".", "").strip("0"))


def _rounded(french: Quantity, english: Quantity) -> bool:
    """The English has fewer figures than the French and says "about" or "million"; it may not have more."""
    for fine in french.values:
        for coarse in english.values:
            fewer = _digits(fine) - _digits(coarse)
            if fewer < 1 or not coarse or not (english.hedged or (english.scale >= 1000 and fewer >= 2)):
                continue
            step = Fraction(10) ** (len(str(int(coarse))) - _digits(coarse))
            if abs(coarse - fine) < min(step, coarse / 10):
                return True
    return False


def _vaguely(french: Quantity, english: Quantity) -> bool:
    """« des milliers » for a number of that size, a dozen for « une dizaine »."""
    vague = [q for q in (french, english) if q.kind == "vague"]
    if len(vague) == 2:
        return french.value == english.value
    if vague:
        other = english if vague[0] is french else french
        return 1 <= other.value / vague[0].value <= 100
    return (french.form == english.form == "words" and 5 * french.value == 6 * english.value) or (
        5 * english.value == 6 * french.value and english.value % 12 == 0 and english.form == "words"
    )


def reading(french: Quantity, english: Quantity) -> Fraction:
    """Of the readings of the French number the one nearest in size to the English: 1000, not 1, for « 1,000 »."""
    size = max(float(english.value), 1e-9)
    return min(french.values, key=lambda value: abs(math.log(max(float(value), 1e-9) / size)))


def magnitude(french: Quantity, english: Quantity) -> int | None:
    """The power of ten between two numbers with the same figures: 3 where a billion became a trillion; else None."""
    one, other = reading(french, english), english.value
    if not one or not other or one == other:
        return None
    ratio = other / one
    power = len(str(int(ratio))) - 1 if ratio > 1 else -(len(str(int(1 / ratio))) - 1)
    return power if Fraction(10) ** power == ratio else None


def same_unit(one: Quantity, other: Quantity) -> bool:
    """The same number of the same unit, and no word that comes and goes."""
    return same_strong(one, other) and bool(set(one.units) & set(other.units))


def same_strong(one: Quantity, other: Quantity) -> bool:
    """The same number, and neither is a word that comes and goes."""
    return not one.weak and not other.weak and same(one, other)


def same_number(one: Quantity, other: Quantity) -> bool:
    """The same number of whatever."""
    return bool(set(one.values) & set(other.values))


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether the two can be renderings of each other: both ranks or both not, in units of the same kind."""
    if one.weak or other.weak or (one.kind == "vague") != (other.kind == "vague"):
        return False
    if (one.kind == "ordinal") != (other.kind == "ordinal") or one.kind == other.kind == "year":
        return False
    if "year" in (one.kind, other.kind) and not (1000 <= one.value < 2200 and 1000 <= other.value < 2200):
        return False
    scaled = one.scale >= 1000 and other.scale >= 1000
    if (one.form == "words") != (other.form == "words") and not scaled and not 0.1 < _ratio(one, other) < 10:
        return False
    dimensions = [{units.dimension(u) for u in q.units} for q in (one, other)]
    if dimensions[0] and dimensions[1]:
        return bool(dimensions[0] & dimensions[1]) and not _exchanged(one, other)
    alone = (dimensions[0] or dimensions[1]) - {"money"}
    return not alone or (alone == {"duration"} and "year" in one.units + other.units)


def _ratio(one: Quantity, other: Quantity) -> float:
    return float(reading(one, other)) / (float(other.value) or 1.0)


def _exchanged(one: Quantity, other: Quantity) -> bool:
    """12 million euros for 13 million dollars: an amount that the desk converted."""
    return (
        conflict(one, other)
        and "money" in map(units.dimension, one.units)
        and (0.5 < float(other.value / one.value if one.value else 0) < 2)
    )


def magnified(one: Quantity, other: Quantity) -> bool:
    """Comparable, with the same figures at another power of ten."""
    return comparable(one, other) and magnitude(one, other) is not None


def alike(one: Quantity, other: Quantity) -> bool:
    """Comparable, of one kind and in one unit."""
    return comparable(one, other) and bool(set(one.units) & set(other.units)) and one.kind == other.kind
