"""Dates in French and English: weekdays, days of the month, months, years, decades, centuries, yesterday and tomorrow."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tqcheck.languages import clock, numbers_en, numbers_fr, units
from tqcheck.languages.numbers import roman
from tqcheck.languages.numerals import BLANK


@dataclass(frozen=True, slots=True)
class Moment:
    """One part of a date: ``kind`` is weekday, day, month, year, decade, century or relative.

    ``values`` are its readings: weekdays count from Monday 0, months from January 1, decades are their first year, and
    relative days the distance from today. ``start`` to ``end`` are the words in the text that was read.
    """

    kind: str
    values: tuple[int, ...]
    start: int
    end: int


MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
_SHORT = {
    "fr": {"janv": 1, "févr": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12, "dec": 12,
           "fevrier": 2, "aout": 8, "decembre": 12},
    "en": {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
           "dec": 12},
}
_NUMBER = {
    lang: {name.lower(): n for n, name in enumerate(MONTHS[lang], 1)} | _SHORT[lang] for lang in ("fr", "en")
}
_RELATIVE = {
    "fr": {"avant-hier": -2, "hier": -1, "demain": 1, "après-demain": 2},
    "en": {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2},
}
_DECADES_FR = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "soixante-dix": 70,
               "quatre-vingt": 80, "quatre-vingts": 80, "quatre-vingt-dix": 90}
_DECADES_EN = {w.removesuffix("y") + "ies": n for w, n in numbers_en.TENS.items()}
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1\d{3}|20\d{2})"


def _months(lang: str) -> str:
    names = sorted(_NUMBER[lang], key=len, reverse=True)
    short = "|".join(rf"{n}\.?" if n in _SHORT[lang] and len(n) < 5 else n for n in names)
    return rf"(?P<month>(?i:{short}))(?![^\W_])"


_BETWEEN = {
    "fr": rf"\s*(?:,|et|ou|au|à|-|–|jusqu['’]au|puis)\s*(?:(?:le|les|au|du)\s+)?(?:(?:{'|'.join(WEEKDAYS['fr'])})\s+)?",
    "en": rf"\s*(?:and|or|to|through|-|–)\s*(?:the\s+)?(?:(?:{'|'.join(WEEKDAYS['en'])}),?\s+)?",
}
_ONE = {"fr": rf"(?:{_DAY}(?:er|e)?|premier)", "en": rf"(?:{_DAY}(?:st|nd|rd|th)?|first)"}
_DATED = {
    "fr": re.compile(
        rf"(?<![\w.,/:])(?P<days>{_ONE['fr']}(?:{_BETWEEN['fr']}{_ONE['fr']})*){BLANK}+(?:du\s+mois\s+de\s+)?{_months('fr')}"
    ),
    "en": re.compile(
        rf"(?<![\w.,/:])(?P<days>{_ONE['en']}(?:{_BETWEEN['en']}{_ONE['en']})*)(?:{BLANK}+of)?(?:{BLANK}|-)+{_months('en')}"
    ),
}
_MONTH_FIRST = re.compile(
    rf"(?<![\w.-]){_months('en')}\s+(?:the\s+)?(?P<days>{_ONE['en']}(?:{_BETWEEN['en']}{_DAY}(?:st|nd|rd|th)?)*)(?![\w:])(?!\.\d|,\d{{3}})"
)
_BARE_DAY = re.compile(r"(?P<day>\d{1,2})")
_PREPOSITION = re.compile(
    r"\b(?:in|of|since|until|till|by|last|next|this|late|early|mid|from|to|between|through|during|and|for|every|before|after|end"
    r"|beginning)[\s-]+$",
    re.I,
)
_NUMERIC = re.compile(rf"(?<![\w./-])(?P<a>\d{{1,2}})(?P<mark>[/.-])(?P<b>\d{{1,2}})(?P=mark)(?P<year>{_YEAR}|\d\d)(?![\w/-])(?!\.\d)")
_ISO = re.compile(rf"(?<![\w/-])(?P<year>{_YEAR})-(?P<b>\d\d)-(?P<a>\d\d)(?![\w/-])")
_BARE_YEAR = re.compile(
    rf"(?<![\w.,/$€£+-])(?<!n°)(?P<year>{_YEAR})(?:(?P<to>[-–/])(?P<later>{_YEAR}|\d\d)(?!\d))?(?![\w%€]|[.,]\d|{BLANK}\d{{3}}(?!\d)|{BLANK}(?:mille|milli|billion|trillion|thousand))"
)
_DECADE = {
    "fr": re.compile(
        rf"\bannées[\s-]+(?P<all>(?:\d{{2,4}}|{'|'.join(sorted(_DECADES_FR, key=len, reverse=True))})(?:\s*(?:,|et|ou|-|–|à)\s*\d{{2,4}})*)\b(?!\s*(?:%|suivantes|précédentes))",
        re.I,
    ),
    "en": re.compile(rf"(?<!\w)(?P<all>(?:1\d|20)\d0|['’]?\d0)(?P<s>['’]?s)\b|\b(?P<word>{'|'.join(_DECADES_EN)})\b", re.I),
}
_CENTURY_FR = r"(?:vingt[ -]et[ -]unième|[IVX]+(?:er|e|ème)|\d{1,2}(?:er|e|ème)|[a-zé-]+ième|premier)"
_CENTURY_EN = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted(numbers_en.ORDINALS, key=len, reverse=True))}|twenty-first|[IVX]+(?:th)?)"
_CENTURY = {
    "fr": re.compile(
        rf"(?<![\w-])(?P<all>{_CENTURY_FR}(?:\s*(?:,|et|ou|-|–|au|à)\s*(?:le\s+|du\s+)?{_CENTURY_FR})*)\s+si[eè]cles?", re.I
    ),
    "en": re.compile(rf"(?<![\w-])(?P<all>{_CENTURY_EN}(?:\s*(?:,|and|or|to|-|–)\s*(?:the\s+)?{_CENTURY_EN})*)[\s-]+(?:century|centuries)\b", re.I),
}
_IN_HIS = re.compile(r"\b(?:his|her|their|my|your|our|in\sthe\s(?:high|low|mid|upper))\s+(?:early|late|mid)?[\s-]*$", re.I)


@functools.lru_cache(maxsize=4096)
def read(text: str, lang: str) -> tuple[Moment, ...]:
    """The parts of dates in a sentence of ``lang`` ("fr" or "en"), in order, none overlapping another of its kind."""
    found = [*_calendar(text, lang), *_numeric(text, lang), *_centuries(text, lang), *_decades(text, lang)]
    taken = [(m.start, m.end) for m in found]
    found += [m for m in _years(text, lang) if not any(m.start < end and start < m.end for start, end in taken)]
    found += _named(text, WEEKDAYS[lang], "weekday", 0, lang)
    found += _relative(text, lang)
    return tuple(sorted(dict.fromkeys(found), key=lambda m: (m.start, m.end)))


def places(text: str, lang: str, years: Collection[int] = ()) -> tuple[tuple[int, int], ...]:
    """Where dates and times of day stand: their numbers are no quantities. Years count as dates only if in ``years``."""
    found = [(m.start, m.end) for m in read(text, lang) if m.kind != "year" or not set(years).isdisjoint(m.values)]
    return (*found, *((t.start, t.end) for t in clock.read(text, lang)))


def years(text: str, lang: str) -> frozenset[int]:
    """The years that a sentence names."""
    return frozenset(value for m in read(text, lang) if m.kind == "year" for value in m.values)


def _calendar(text: str, lang: str) -> Iterator[Moment]:
    taken: list[tuple[int, int]] = []
    patterns = [_DATED[lang], *([_MONTH_FIRST] if lang == "en" else [])]
    for pattern in patterns:
        for match in pattern.finditer(text):
            if any(match.start("month") < end and start < match.end("month") for start, end in taken):
                continue
            if _is_month(text, match, lang, dated=True):
                taken.append(match.span())
                yield Moment("month", (_NUMBER[lang][match["month"].lower().rstrip(".")],), *match.span("month"))
                yield from _days(match, lang)
    for match in re.finditer(rf"(?<![\w.-]){_months(lang)}", text):
        if not any(match.start() < end and start < match.end() for start, end in taken) and _is_month(text, match, lang):
            yield Moment("month", (_NUMBER[lang][match["month"].lower().rstrip(".")],), *match.span("month"))
    if lang == "fr":
        for match in re.finditer(rf"\b(?:{'|'.join(WEEKDAYS['fr'])})\s+(?P<days>{_DAY}|1er)(?![\w:]|{BLANK}?(?:h|heures)\b|[.,]\d)", text, re.I):
            if not any(match.start("days") < end and start < match.end("days") for start, end in taken):
                yield from _days(match, lang)


def _days(match: re.Match[str], lang: str) -> Iterator[Moment]:
    for day in re.finditer(rf"(?<!\d){_ONE[lang]}(?!\d)", match["days"]):
        start = match.start("days") + day.start()
        digits = re.match(r"\d+", day[0])
        yield Moment("day", (int(digits[0]) if digits else 1,), start, start + len(day[0]))


def _is_month(text: str, match: re.Match[str], lang: str, dated: bool = False) -> bool:
    """Whether "May", "march", « Mars » or « sept » are months here; the other names are always."""
    name = match["month"].rstrip(".")
    if name.lower() in _SHORT[lang] and len(name) < 5:
        return dated and (lang == "fr" or name[0].isupper())
    if dated or name.lower() not in ("may", "march", "mars", "mai"):
        return lang == "fr" or name[0].isupper() or name.lower() not in ("august", "may", "march")
    if lang == "fr":
        return name == "mars" or name.lower() == "mai"
    beside = re.match(rf",?\s+{_YEAR}\b", text[match.end("month") :])
    before = _PREPOSITION.search(text, max(0, match.start() - 16), match.start())
    return name[0].isupper() and bool(beside or before)


def _numeric(text: str, lang: str) -> Iterator[Moment]:
    """24/09/2021: in English the month may come first."""
    for match in (*_NUMERIC.finditer(text), *_ISO.finditer(text)):
        day, month = int(match["a"]), int(match["b"])
        either = lang == "en" and match.re is _NUMERIC
        place, other = match.span("a"), match.span("b")
        if either and month > 12 >= day:
            day, month, place, other, either = month, day, other, place, False
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        either = either and day <= 12
        year = int(match["year"])
        yield Moment("day", (day, month) if either else (day,), *place)
        yield Moment("month", (month, day) if either else (month,), *other)
        yield Moment("year", (year,) if year > 99 else (2000 + year, 1900 + year), *match.span("year"))


def _years(text: str, lang: str) -> Iterator[Moment]:
    counted = units.pattern(lang)
    for match in _BARE_YEAR.finditer(text):
        unit = counted.match(text, match.end() + 1) if text[match.end() : match.end() + 1].strip() == "" else None
        if unit and units.dimension(units.name(unit)) != "duration" and len(unit[0]) > 1:
            continue
        year = int(match["year"])
        if year < 1100 and not re.search(r"\b(?:en|de|in|of|since|depuis|l['’]an|year)\s+$", text[: match.start()], re.I):
            continue
        yield Moment("year", (year,), *match.span("year"))
        if match["later"]:
            later = int(match["later"])
            yield Moment("year", (later if later > 99 else year // 100 * 100 + later,), *match.span("later"))


def _centuries(text: str, lang: str) -> Iterator[Moment]:
    one = re.compile(_CENTURY_FR if lang == "fr" else _CENTURY_EN, re.I)
    for match in _CENTURY[lang].finditer(text):
        for part in one.finditer(match["all"]):
            value = _century(part[0])
            if value:
                start = match.start("all") + part.start()
                yield Moment("century", (value,), start, start + len(part[0]))


def _century(text: str) -> int | None:
    if digits := re.match(r"\d+", text):
        return int(digits[0])
    figures = re.match(r"[IVX]+(?=er|e|è|th|$)", text)
    if figures and (value := roman(figures[0])):
        return value
    lower = text.lower()
    if lower in ("premier", "twenty-first"):
        return 1 if lower == "premier" else 21
    if lower.endswith("unième"):
        return 21
    french = numbers_fr.ORDINALS.get(lower)
    english = numbers_en.ORDINALS.get(lower)
    value = numbers_fr.UNITS.get(french or "") or numbers_fr.TENS.get(french or "") or numbers_en.UNITS.get(english or "")
    return value or numbers_en.TENS.get(english or "") or {"dix-septième": 17, "dix-huitième": 18, "dix-neuvième": 19}.get(lower)


def _decades(text: str, lang: str) -> Iterator[Moment]:
    for match in _DECADE[lang].finditer(text):
        if lang == "en":
            if _IN_HIS.search(text, max(0, match.start() - 20), match.start()):
                continue
            number = _DECADES_EN.get((match["word"] or "").lower()) or int(re.sub(r"\D", "", match[0]))
            yield Moment("decade", _decade(number), *match.span())
            continue
        for part in re.finditer(r"[\w-]+", match["all"]):
            number = _DECADES_FR.get(part[0].lower()) or (int(part[0]) if part[0].isdigit() else 0)
            if number and number % 10 == 0:
                start = match.start("all") + part.start()
                yield Moment("decade", _decade(number), start, start + len(part[0]))


def _decade(number: int) -> tuple[int, ...]:
    return (number,) if number > 99 else (1900 + number, 2000 + number, 1800 + number)


def _named(text: str, names: Iterable[str], kind: str, first: int, lang: str) -> Iterator[Moment]:
    for number, name in enumerate(names, first):
        for match in re.finditer(rf"(?<![\w-]){name}s?(?!\w)", text, re.I if lang == "fr" else 0):
            yield Moment(kind, (number,), *match.span())


def _relative(text: str, lang: str) -> Iterator[Moment]:
    taken: list[tuple[int, int]] = []
    for words in sorted(_RELATIVE[lang], key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){words}(?![\w-])", text, re.I):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield Moment("relative", (_RELATIVE[lang][words],), *match.span())
