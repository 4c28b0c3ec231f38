"""The quantities of a text: numbers in digits and words with their units, as values that two languages can compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tqcheck.languages import numbers_en, numbers_fr, units
from tqcheck.languages.numerals import BLANK, Numeral, atoms, numerals


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what is counted or measured. Offsets are places in the text that was read.

    ``start`` to ``end`` takes in the unit, ``numeral`` the number alone. ``values``: its readings, the likeliest first
    (the 3 of « 3 à 5 millions » is also 3,000,000). ``kind``: cardinal, ordinal, fraction, vague (« des milliers »), or
    year for four bare figures that look like one. ``units``: none, one, or several where the word is ambiguous
    ("pounds"). ``form``: digits, words or both. ``hedged``: said to be about, over or under. ``weak``: a translation
    may well add or drop it ("one", "first", "half", "both").
    """

    start: int
    end: int
    numeral: tuple[int, int]
    values: tuple[Fraction, ...]
    kind: str
    units: tuple[str, ...]
    form: str
    hedged: bool
    weak: bool
    scale: int

    @property
    def value(self) -> Fraction:
        return self.values[0]


_LETTERED = re.compile(r"(?<![\w-])(?P<head>[^\W\d_]+(?:[-‐‑][^\W\d_]+)*)(?P<hyphen>[-‐‑]?)\d[\w‐‑-]*")
_PREFIXES = frozenset("mid pre post under over since circa non sub anti mi pré ex plus".split())
_CURRENCIES = frozenset("EUR USD GBP CHF CAD AUD JPY Sfr Rs".split())
_CODES = re.compile(
    r"""(?:https?://|www\.)\S+ | (?<!\S)\S+@\S+ | \#\w+
    | (?!\d{1,3}(?:\.\d{3})+(?![\d.]))\d+(?:\.\d+){2,}\b
    | (?<!\d)\d{2}(?:[ .\u00a0]\d{2}){3,}(?!\d)
    | (?<![\d.,'’])(?<!\d[ \u00a0\u202f\u2009])0\d+(?![\d.,]) | (?<![\d.,])\d{8,}(?![\d.,])
    | 24\s?h(?:eures)?\s?(?:/|sur)\s?24 | (?:7|sept)\s?j(?:ours)?\s?(?:/|sur)\s?(?:7|sept)
    | \d+/\d+(?:/\d+)* | \d+:\d+(?::\d+)* | (?<![\w.,])\d+(?:D|G|K)\b | (?<![\w.,])\d+[x×]\d+""",
    re.X,
)
_SUFFIX = {
    "fr": re.compile(r"(?:ers?|[èe]res?|res?|i?[èe]mes?|es?|nde?s?|ᵉʳ?|ᵉ)(?!\w)"),
    "en": re.compile(r"(?:st|nd|rd|th)(?!\w)", re.I),
}
_ROMAN = re.compile(r"(?<![\w-])(?P<roman>[IVX][IVXLC]*)(?:er|ère|e|es|ème)(?![\w])")
_DOLLARS = ("USD", "CAD", "AUD")
_BEFORE = {
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY",),
    "₹": ("INR",),
    "$": _DOLLARS,
    "US$": ("USD",),
    "C$": ("CAD",),
    "CA$": ("CAD",),
    "CAN$": ("CAD",),
    "A$": ("AUD",),
    "AU$": ("AUD",),
}
_SYMBOL = re.compile(rf"(?P<sign>US\$|C\$|CAN?\$|AU?\$|[$€£¥₹]|EUR|USD|GBP|CHF|CAD|AUD){BLANK}?$")
_HEDGE = {
    "fr": re.compile(
        r"""\b(?:environ|près\ d[e'’]|presque|quelque|plus\ d[e'’]|moins\ d[e'’]|autour\ d[e'’]|à\ peu\ près
        |quasi(?:ment)?|au\ moins|jusqu['’]à|approximativement|au\ bas\ mot|dépass\w+|de\ l['’]ordre\ d[e'’])
        \s*(?:les\ |la\ |l['’])?$""",
        re.X | re.I,
    ),
    "en": re.compile(
        r"""\b(?:about|around|nearly|almost|some|approximately|roughly|over|under|more\ than|less\ than|fewer\ than
        |up\ to|at\ least|close\ to|above|below|exceed\w*)\s+(?:an?\ |the\ )?[$€£]?$""",
        re.X | re.I,
    ),
}
_YEAR = re.compile(r"1[1-9]\d\d|20\d\d")
_HALF = {"fr": re.compile(r"\s+et\s+demie?\b"), "en": re.compile(r"\s+and\s+a\s+half\b")}
_RANGE = {
    "fr": re.compile(r"\s*(?:-|–|à|ou|et|des|sur|sur\s+les)\s*(?:de\s+)?"),
    "en": re.compile(r"\s*(?:-|–|to|or|and|of\s+the|out\s+of)\s*[$€£]?\s*"),
}
_WHICH = {
    "fr": rf"(?:(?:premi[eè]re?s?|derni[eè]re?s?|prochaine?s?|autres|petites?|longue?s){BLANK})?",
    "en": rf"(?:(?:more|other|additional|extra|further|full|long|short|consecutive){BLANK})?",
}
_RATIO = {
    "fr": re.compile(rf"(?:{BLANK}+[^\W\d_][\w'’-]*){{0,6}}{BLANK}+sur{BLANK}+"),
    "en": re.compile(
        rf"(?:{BLANK}+[^\W\d_][\w'’-]*){{0,6}}{BLANK}+(?:in|out{BLANK}of|(?:in|of|out{BLANK}of){BLANK}every){BLANK}+"
    ),
}
_SHORT_MILLION = re.compile(rf"{BLANK}?(?P<scale>k|M|m|G)(?P<sign>€|\$|£)?(?!\w)")


def read(text: str, lang: str, taken: Iterable[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """The quantities of a sentence of ``lang`` ("fr" or "en"), in order.

    Numbers inside the places ``taken`` (dates, say), web addresses, names such as A320 and Covid-19, versions, and
    telephone numbers, codes such as 0600 and 20230306, and « 24 heures sur 24 » are left out.
    """
    plain = _without(text, lang, taken)
    grammar = numbers_fr if lang == "fr" else numbers_en
    row = atoms(plain, grammar.DIGITS, grammar.values)
    found = [_quantity(text, plain, numeral, lang) for numeral in numerals(row, grammar.read)]
    found += _romans(plain) if lang == "fr" else _articles(plain)
    return _ranges(plain, _durations(plain, _apart(found)), lang)


def _without(text: str, lang: str, taken: Iterable[tuple[int, int]]) -> str:
    """The text at its full length, with U+0000 over what holds no quantity."""
    places = [*taken, *(match.span() for match in _CODES.finditer(text))]
    places += [m.span() for m in _LETTERED.finditer(text) if not _stands_before_a_number(m)]
    letters = list(text)
    for start, end in places:
        letters[start:end] = "\0" * (end - start)
    return "".join(letters)


def _stands_before_a_number(match: re.Match[str]) -> bool:
    """Whether the letters before the digits are a prefix or a currency ("mid-2", "EUR10"), not a name's (A320)."""
    return match["head"].lower() in _PREFIXES if match["hyphen"] else match["head"] in _CURRENCIES


def _quantity(text: str, plain: str, numeral: Numeral, lang: str) -> Quantity:
    """Look around the number for an ordinal ending, a currency sign, a unit, « et demi », and a hedge."""
    start, end, values, kind, scale = numeral.start, numeral.end, numeral.values, numeral.kind, numeral.scale
    found: tuple[str, ...] = ()
    suffix = _SUFFIX[lang].match(plain, end) if numeral.form == "digits" else None
    if suffix:
        end, kind = suffix.end(), "ordinal"
    if sign := _SYMBOL.search(plain, max(0, start - 5), start):
        start, found = sign.start(), _BEFORE.get(sign["sign"], (sign["sign"],))
    short = _SHORT_MILLION.match(plain, end) if numeral.form == "digits" and not suffix else None
    if short and (found or short["sign"] or short["scale"] in "kM" or lang == "en"):
        factor = {"k": 10**3, "G": 10**9}.get(short["scale"], 10**6)
        larger = tuple(value * factor for value in values)
        certain = bool(found or short["sign"])
        values, end = (larger if certain else values + larger), short.end("scale")
        scale = factor if certain else scale
        if not certain:
            end = numeral.end
    ending = end
    if not found and (kind != "ordinal" or len(values) > 1):
        found, ending = _unit(plain, end, lang)
    half = _HALF[lang].match(plain, ending) if found or numeral.form == "words" else None
    if half and kind == "cardinal":
        values, ending = tuple(value + Fraction(1, 2) for value in values), half.end()
    if numeral.form == "digits" and not found and kind == "cardinal" and _YEAR.fullmatch(plain, numeral.start, end):
        kind = "year"
    hedged = _HEDGE[lang].search(plain, max(0, start - 24), start) is not None or kind == "vague"
    weak = numeral.weak and not (
        found and kind != "fraction" and units.dimension(found[0]) not in ("duration", "degree")
    )
    return Quantity(start, ending, (numeral.start, end), values, kind, found, numeral.form, hedged, weak, scale)


_AMBIGUOUS = {"pound": ("GBP", "lb"), "degree": ("°C", "°F"), "USD": _DOLLARS}


def _unit(plain: str, end: int, lang: str) -> tuple[tuple[str, ...], int]:
    """The units that the words from ``end`` on may name, and where they stop."""
    between = re.compile(
        rf"(?:{BLANK}|-)*(?:d['’]|de{BLANK}|of{BLANK})?(?:{BLANK}*)(?:an?{BLANK})?{_WHICH[lang]}"
    ).match(plain, end)
    place = between.end() if between else end
    match = units.pattern(lang).match(plain, place)
    if not match:
        return (), end
    unit = units.name(match)
    plural = match[0] == "s" and place == end and "." not in plain[max(0, end - 4) : end]  # the under-18s
    if plural or (len(match[0]) == 1 and match[0].isalpha() and place > end + 1):
        return (), end
    return _AMBIGUOUS.get(unit, (unit,)), match.end()


def _romans(plain: str) -> list[Quantity]:
    """« XXe », « Ier »: ranks in Roman figures."""
    found = []
    for match in _ROMAN.finditer(plain):
        value = roman(match["roman"])
        if value:
            place = match.span()
            found.append(Quantity(*place, place, (Fraction(value),), "ordinal", (), "digits", False, True, 1))
    return found


def roman(figures: str) -> int | None:
    """The value of Roman figures below 400; None where they are not well formed."""
    if not re.fullmatch(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", figures) or not figures:
        return None
    sizes = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[figure] for figure in figures]
    return sum(-size if any(size < later for later in sizes[i + 1 :]) else size for i, size in enumerate(sizes))


def _articles(plain: str) -> Iterator[Quantity]:
    """ "a fortnight", "an hour": one of a unit."""
    for match in re.finditer(rf"(?<![\w-])(?:an?|per){BLANK}", plain, re.I):
        unit = units.pattern("en").match(plain, match.end())
        if unit and len(unit[0]) > 3 and units.dimension(units.name(unit)) not in ("money", "pound", "share"):
            place = (match.start(), match.end() - 1)
            yield Quantity(
                place[0], unit.end(), place, (Fraction(1),), "cardinal", (units.name(unit),), "words", False, True, 1
            )


def _apart(found: Iterable[Quantity]) -> list[Quantity]:
    """In order, without what lies inside another: the « cent » of « cent pour cent »."""
    done: list[Quantity] = []
    for quantity in sorted(found, key=lambda q: q.start):
        if not done or quantity.start >= done[-1].end:
            done.append(quantity)
    return done


_AND = re.compile(rf"{BLANK}*(?:,|et|and|-)?{BLANK}*")
_PARTS = frozenset(
    {("hour", "minute"), ("minute", "second"), ("year", "month"), ("day", "hour"), ("week", "day"), ("foot", "inch")}
)


def _durations(plain: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Add up « 1 min 47 s » and "two years and six months", in the smaller unit."""
    done: list[Quantity] = []
    for quantity in found:
        last = done[-1] if done else None
        if last and last.units == ("foot",) and not quantity.units and plain[last.end : quantity.start] == "-":
            quantity = replace(quantity, units=("inch",))  # a 6-foot-6 forward
        if last and (*last.units, *quantity.units) in _PARTS and _AND.fullmatch(plain, last.end, quantity.start):
            before = units.convert(last.value, last.units[0], quantity.units[0]) or Fraction(0)
            total = before + quantity.value
            done[-1] = replace(quantity, start=last.start, numeral=(last.start, quantity.numeral[1]), values=(total,))
        else:
            done.append(quantity)
    return done


def _ranges(plain: str, found: Sequence[Quantity], lang: str) -> tuple[Quantity, ...]:
    """Let the first number of « 3 à 5 millions d'euros » also stand for millions, and for euros."""
    done = list(found)
    for place in range(len(done) - 2, -1, -1):
        one, other = done[place], done[place + 1]
        if not _RANGE[lang].fullmatch(plain, one.end, other.start) or other.kind not in ("cardinal", "vague"):
            continue
        values = one.values
        if other.scale > one.scale == 1:
            values += tuple(value * other.scale for value in one.values)
        shared = one.units or other.units
        done[place] = replace(one, values=values, units=shared, hedged=one.hedged or other.hedged)
    return tuple(done)


def with_ratios(text: str, lang: str, found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities, those of « trois Français sur quatre » and "one patient in five" as the fraction they may be.

    « Trois livres sur quatre auteurs » is none: it is for the caller to see that the other text has a share as well.
    """
    done: list[Quantity] = []
    for quantity in found:
        last = done[-1] if done else None
        if last is None or not _is_ratio(last, quantity) or not _RATIO[lang].fullmatch(text, last.end, quantity.start):
            done.append(quantity)
            continue
        place = last.numeral[0], quantity.numeral[1]
        share = last.value / quantity.value
        form = last.form if last.form == quantity.form else "both"
        done[-1] = Quantity(*place, place, (share,), "fraction", (), form, last.hedged, False, 1)
    return tuple(done)


def _is_ratio(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind == "cardinal" and not other.units and 1 <= one.value < other.value <= 1000
