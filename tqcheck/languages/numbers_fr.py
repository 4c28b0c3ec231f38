"""French number words: « quatre-vingt-dix-sept », « deux millions », « une dizaine », « cinquième », « deux tiers ».

Source: Grevisse and Goosse, Le Bon Usage, on numerals, with the Belgian and Swiss tens and the spellings of 1990
(hyphens everywhere). The long scale: « milliard » 10**9, « billion » 10**12.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tqcheck.languages.number_words import FRENCH
from tqcheck.languages.numerals import BLANK, Atom, Found, times, word

DIGITS = re.compile(
    rf"""(?<![\d.,])(?:\d{{1,3}}(?:{BLANK}\d{{3}})+(?!\d)(?:,\d+)?
    |\d{{1,3}}(?:[.'’]\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:,\d+|\.\d+)?)(?!\d)""",
    re.X,
)
UNITS, TENS, SCALES, ORDINALS = FRENCH
COLLECTIVES = {
    "huitaine": 8,
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}
_FIRST = {"premier": 1, "première": 1, "second": 2, "seconde": 2}
_WHICH = frozenset({"premiers", "derniers", "autres"})
_DENOMINATORS = {"tiers": 3, "quart": 4, "quarts": 4}
_ABBREVIATED = {"m": 10**6, "md": 10**9, "mds": 10**9, "mrd": 10**9, "mia": 10**9}
_AFTER_NEW = frozenset("dans sans mais plus puis vers sous depuis des les ses ces aux après".split())


def values(digits: str) -> tuple[Fraction, ...]:
    """The readings of a number in digits, the French one first: « 1.234 » is 1234, or 1.234 in a careless text."""
    plain = re.sub(rf"{BLANK}|['’]", "", digits)
    head, comma, decimals = plain.partition(",")
    if comma:
        french = Fraction(f"{head.replace('.', '')}.{decimals}")
        return (french, Fraction(head + decimals)) if len(decimals) == 3 and "." not in head else (french,)
    groups = head.split(".")
    if len(groups) == 1 or len(groups) > 2:
        return (Fraction("".join(groups)),)
    english = Fraction(head)
    return (Fraction("".join(groups)), english) if len(groups[1]) == 3 else (english,)


def read(row: Sequence[Atom], first: int) -> Found | None:
    """The longest numeral that begins with the atom ``first``; None if none does."""
    return _vague(row, first) or _half(row, first) or _number(row, first) or _single(row, first)


def _singular(text: str) -> str:
    return text[:-1] if text.endswith("s") and text != "tiers" else text


def _base(text: str) -> tuple[str, bool]:
    """The cardinal behind « cinquième », and whether it was an ordinal."""
    ordinal = ORDINALS.get(_singular(text))
    return (ordinal, True) if ordinal else (text, False)


def _number(row: Sequence[Atom], first: int) -> Found | None:
    total: tuple[Fraction, ...] = (Fraction(0),)
    place, scale, limit, ordinal, digits = first, 1, 10**30, False, False
    while not ordinal:
        read = _group(row, place, first, limit)
        if read is None or (place > first and read.digits and read.scale == 1):
            break
        total = tuple(a + b for a in total for b in read.values)
        place, scale, ordinal = read.stop, max(scale, read.scale), read.kind == "ordinal"
        digits = digits or read.digits
        limit = read.scale
        if limit == 1:
            break
    if place == first:
        return None
    if (
        not ordinal
        and limit >= 1000
        and word(row, place, first) == "et"
        and word(row, place + 1, first) in ("un", "une")
    ):
        total, place = tuple(v + 1 for v in total), place + 2  # mille et un
    found = Found(place, total, "ordinal" if ordinal else "cardinal", False, scale, digits)
    return _refined(row, first, found)


def _refined(row: Sequence[Atom], first: int, found: Found) -> Found | None:
    """A cardinal with what may follow: a collective (« deux douzaines »), a denominator, a decimal part, a half."""
    place, value = found.stop, found.values[0]
    if word(row, place, first) in _WHICH and word(row, place + 1, first) in ("tiers", "quarts"):
        place += 1  # les deux premiers tiers
    following = word(row, place, first)
    if found.kind == "ordinal":
        # « Les seizièmes de finale » are the name of a round, in English of its clubs: "the round of 32".
        is_round = following == "de" and word(row, place + 1, first) == "finale"
        return None if is_round else found
    if _singular(following) in COLLECTIVES and value >= 1:
        return _collective(row, first, place, found.values, found.digits)
    if following in _DENOMINATORS and value < 100:
        return Found(place + 1, times(found.values, Fraction(1, _DENOMINATORS[following])), "fraction", value == 1)
    base, ordinal = _base(following)
    if ordinal and found.scale == 1 and 1 <= value < 100 and (value == 1 or following.endswith("s")):
        below = Fraction(UNITS.get(base) or TENS.get(base) or SCALES.get(base) or 100)
        if value == 1:
            return Found(place + 1, (below, 1 / below), "ordinal", below < 3)
        return Found(place + 1, times(found.values, 1 / below), "fraction")
    if following == "virgule" and found.scale == 1:
        decimals = _group(row, place + 1, first, 1000)
        if decimals and decimals.scale == 1 and not decimals.digits:
            number = decimals.values[0]
            return Found(decimals.stop, (value + number / 10 ** len(str(number)),))
    if found.scale >= 10**6 and following == "et" and word(row, place + 1, first) in ("demi", "demie"):
        return Found(
            place + 2, tuple(v + Fraction(found.scale, 2) for v in found.values), scale=found.scale, digits=found.digits
        )
    alone = place == first + 1 and not found.digits
    if alone and row[first].word == "neuf" and not _nine(row, first):
        return None
    return Found(found.stop, found.values, found.kind, alone and value <= 1, found.scale, found.digits)


def _nine(row: Sequence[Atom], first: int) -> bool:
    """« neuf » is a number before a plural, and not the adjective (new)."""
    before = row[first - 1].word if first and row[first].joined else ""
    following = word(row, first + 1, first)
    if before in ("tout", "flambant", "quoi"):
        return False
    return (following[-1:] in ("s", "x") and following not in _AFTER_NEW) or following == "sur"


def _group(row: Sequence[Atom], place: int, first: int, limit: int) -> Found | None:
    """A number below 1000 (or any in digits) with the scale words behind it; their product must be below ``limit``."""
    if place >= len(row) or (place > first and not row[place].joined):
        return None
    if row[place].values:
        read = Found(place + 1, row[place].values, digits=True)
    elif _base(row[place].word)[0] in ("mille", "mil"):
        read = Found(place, (Fraction(1),))
    else:
        below = _below_1000(row, place, first)
        if below is None:
            return None
        read = below
    stop, scale, ordinal = read.stop, 1, read.kind == "ordinal"
    while not ordinal:
        following = word(row, stop, first)
        base, ordinal = _base(following)
        factor = SCALES.get(base if base == "milles" else _singular(base))  # « milles » are miles
        if factor is None and read.digits and stop == place + 1:
            factor = _ABBREVIATED.get(following) if following != "m" else None
        if factor is None or (scale > 1 and factor <= scale):
            ordinal = False
            break
        scale, stop = scale * factor, stop + 1
    if scale >= limit or stop == place:
        return None
    readings = times(read.values, scale)
    if scale == SCALES["trillion"]:
        readings += times(read.values, 10**12)  # the French word has long been used for the English one too
    return Found(stop, readings, "ordinal" if ordinal else "cardinal", False, scale, read.digits)


def _below_1000(row: Sequence[Atom], place: int, first: int) -> Found | None:
    base, ordinal = _base(word(row, place, first))
    hundreds, stop = (1, place) if base == "cent" else (UNITS.get(base, 0), place + 1)
    following, last = _base(word(row, stop, first))
    if following not in ("cent", "cents") or not (stop == place or (2 <= hundreds <= 9 and not ordinal)):
        return _below_100(row, place, first)
    value = Fraction(hundreds * 100)
    rest = None if last or following == "cents" else _below_100(row, stop + 1, first)
    if rest is None or not rest.values[0]:
        return Found(stop + 1, (value,), "ordinal" if last else "cardinal")
    return Found(rest.stop, (value + rest.values[0],), rest.kind)


def _below_100(row: Sequence[Atom], place: int, first: int) -> Found | None:
    base, ordinal = _base(word(row, place, first))
    kind = "ordinal" if ordinal else "cardinal"
    if base == "quatre" and not ordinal and _singular(_base(word(row, place + 1, first))[0]) == "vingt":
        if _base(word(row, place + 1, first))[1]:
            return Found(place + 2, (Fraction(80),), "ordinal")
        return _with_unit(row, place + 2, first, 80)
    if base in TENS:
        return (
            Found(place + 1, (Fraction(TENS[base]),), kind)
            if ordinal
            else _with_unit(row, place + 1, first, TENS[base])
        )
    if base == "dix" and not ordinal:
        unit, last = _base(word(row, place + 1, first))
        if unit in ("sept", "huit", "neuf"):
            return Found(place + 2, (Fraction(10 + UNITS[unit]),), "ordinal" if last else "cardinal")
    if base in UNITS:
        return Found(place + 1, (Fraction(UNITS[base]),), kind)
    return None


def _with_unit(row: Sequence[Atom], place: int, first: int, tens: int) -> Found:
    """What follows the tens: « et un », a unit, or up to nineteen behind « soixante » and « quatre-vingt »."""
    top = 19 if tens in (60, 80) else 9
    linked = word(row, place, first) == "et"
    start = place + 1 if linked else place
    unit = _below_100(row, start, first) if word(row, start, first) not in ("zéro", "quatre-vingt") else None
    if unit is not None and 1 <= unit.values[0] <= top:
        if linked and unit.values[0] not in (1, 11):
            return Found(place, (Fraction(tens),))
        return Found(unit.stop, (tens + unit.values[0],), unit.kind)
    return Found(place, (Fraction(tens),))


def _collective(row: Sequence[Atom], first: int, place: int, count: tuple[Fraction, ...], digits: bool) -> Found:
    """« une centaine », « deux dizaines de milliers »: the collective stands at ``place``."""
    size = COLLECTIVES[_singular(row[place].word)]
    scale, stop = _of_scale(row, place + 1, first)
    # « Une quarantaine » alone is a quarantine; of persons it is a number.
    counted = word(row, stop, first) in ("de", "d") and stop + 1 < len(row) and not row[stop + 1].values
    weak = _singular(row[place].word) in ("quarantaine", "huitaine") and not counted
    return Found(stop, times(count, size * scale), weak=weak, scale=scale, digits=digits)


def _of_scale(row: Sequence[Atom], place: int, first: int) -> tuple[int, int]:
    """The scale of « de milliers », « de millions » from ``place`` on, and where it stops."""
    scale = 1
    while word(row, place, first) == "de":
        factor = {"milliers": 1000, "millions": 10**6, "milliards": 10**9}.get(word(row, place + 1, first))
        if factor is None:
            break
        scale, place = scale * factor, place + 2
    return scale, place


def _vague(row: Sequence[Atom], first: int) -> Found | None:
    """« des dizaines », « plusieurs millions », « quelques milliers »: a scale in the plural without a number."""
    text = row[first].word
    size = COLLECTIVES.get(_singular(text)) or SCALES.get(_singular(text))
    if not size or not text.endswith("s") or text in ("milles", "mils") or text == "quarantaines":
        return None
    scale, stop = _of_scale(row, first + 1, first)
    return Found(stop, (Fraction(10 if size == 12 else size) * scale,), "vague", scale=scale)


def _half(row: Sequence[Atom], first: int) -> Found | None:
    """« un demi-million », « une demi-douzaine », « un quart de million »."""
    part = {"demi": Fraction(1, 2), "quart": Fraction(1, 4)}
    text = row[first].word
    place = first + 1 if text in ("un", "une") else first
    share = part.get(word(row, place, first))
    if share is None:
        return None
    following = place + (2 if word(row, place + 1, first) == "de" else 1)
    size = SCALES.get(word(row, following, first)) or COLLECTIVES.get(word(row, following, first))
    if size:
        return Found(following + 1, (share * size,), scale=size if size >= 10**6 else 1)
    return Found(place + 1, (share,), "fraction", True)


def _single(row: Sequence[Atom], first: int) -> Found | None:
    """« premier », « second », « moitié », « tiers », « demie », « le million »."""
    text = row[first].word
    if text in ("million", "milliard"):
        half = [word(row, first + i, first) for i in (1, 2)] == ["et", "demi"]
        value = SCALES[text] * Fraction(3 if half else 2, 2)
        return Found(first + (3 if half else 1), (value,), weak=not half, scale=SCALES[text])
    if rank := _FIRST.get(_singular(text)):
        return Found(first + 1, (Fraction(rank),), "ordinal", True)
    share = {"moitié": 2, "demi": 2, "demie": 2, "tiers": 3, "quart": 4}.get(text)
    return Found(first + 1, (Fraction(1, share),), "fraction", True) if share else None
