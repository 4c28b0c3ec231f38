"""Dates in French and English: weekdays, days of the month, months, years, decades, centuries, and yesterday."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence

from tqcheck.languages import clock, eras
from tqcheck.languages.moments import ABBREVIATED, MONTH_NUMBERS, WEEKDAYS, Moment
from tqcheck.languages.numerals import BLANK

_RELATIVE = {
    "fr": {"avant-hier": -2, "hier": -1, "demain": 1, "après-demain": 2},
    "en": {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2},
}
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ONE = {"fr": rf"(?:{_DAY}(?:er|e)?|premier)", "en": rf"(?:{_DAY}(?:st|nd|rd|th)?|first)"}


def _months(lang: str) -> str:
    names = sorted(MONTH_NUMBERS[lang], key=len, reverse=True)
    alternatives = "|".join(rf"{name}\.?" if name in ABBREVIATED[lang] else name for name in names)
    return rf"(?P<month>(?i:{alternatives}))(?![^\W_])"


_BETWEEN = {
    "fr": rf"\s*(?:,|et|ou|au|à|-|–|jusqu['’]au|puis)\s*(?:(?:le|les|au|du)\s+)?(?:(?:{'|'.join(WEEKDAYS['fr'])})\s+)?",
    "en": rf"\s*(?:and|or|to|through|-|–)\s*(?:the\s+)?(?:(?:{'|'.join(WEEKDAYS['en'])}),?\s+)?",
}
_DAYS = {lang: rf"(?P<days>{_ONE[lang]}(?:{_BETWEEN[lang]}{_ONE[lang]})*)" for lang in _ONE}
_DATED = {
    "fr": re.compile(rf"(?<![\w.,/:]){_DAYS['fr']}{BLANK}+(?:du\s+mois\s+de\s+)?{_months('fr')}"),
    "en": re.compile(rf"(?<![\w.,/:]){_DAYS['en']}(?:{BLANK}+of)?(?:{BLANK}|-)+{_months('en')}"),
}
_MONTH_FIRST = re.compile(rf"(?<![\w.-]){_months('en')}\s+(?:the\s+)?{_DAYS['en']}(?![\w:])(?!\.\d|,\d{{3}})")
_ALONE = {lang: re.compile(rf"(?:(?<![\w.-])|(?<=\bmi-)|(?<=\bmid-)){_months(lang)}") for lang in _ONE}
_WEEKDAY_AND_DAY = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS['fr'])})\s+(?P<days>{_DAY}|1er)(?![\w:]|{BLANK}?(?:h|heures)\b|[.,]\d)", re.I
)
_PREPOSITION = re.compile(
    r"""\b(?:in|of|since|until|till|by|last|next|this|late|early|mid|from|to|between|through|during|and|for|every|before
    |after|end|beginning)[\s-]+$""",
    re.I | re.X,
)
_NUMERIC = re.compile(
    rf"(?<![\w./-])(?P<a>\d{{1,2}})(?P<mark>[/.-])(?P<b>\d{{1,2}})(?P=mark)(?P<year>{eras.YEAR}|\d\d)(?![\w/-])(?!\.\d)"
)
_ISO = re.compile(rf"(?<![\w/-])(?P<year>{eras.YEAR})-(?P<b>\d\d)-(?P<a>\d\d)(?![\w/-])")
_WEEKDAY = {
    lang: re.compile(rf"(?<![\w-])(?P<name>{'|'.join(names)})s?(?!\w)", re.I if lang == "fr" else 0)
    for lang, names in WEEKDAYS.items()
}
_WEEKDAY_NUMBERS = {name.lower(): number for names in WEEKDAYS.values() for number, name in enumerate(names)}


@functools.lru_cache(maxsize=4096)
def read(text: str, lang: str) -> tuple[Moment, ...]:
    """The parts of dates in a sentence of ``lang`` ("fr" or "en"), in order, none overlapping another of its kind."""
    found = [*_calendar(text, lang), *_numeric(text, lang), *eras.centuries(text, lang), *eras.decades(text, lang)]
    taken = [(m.start, m.end) for m in found]
    found += [m for m in eras.years(text, lang) if not any(m.start < end and start < m.end for start, end in taken)]
    found += _weekdays(text, lang)
    found += _relative(text, lang)
    return tuple(sorted(dict.fromkeys(found), key=lambda m: (m.start, m.end)))


def places(text: str, lang: str, years: Collection[int] = ()) -> tuple[tuple[int, int], ...]:
    """Where dates and times of day stand: their numbers are no quantities. Of years only ``years`` are dates."""
    found = [(m.start, m.end) for m in read(text, lang) if m.kind != "year" or not set(years).isdisjoint(m.values)]
    return (*found, *((t.start, t.end) for t in clock.read(text, lang)))


def years(text: str, lang: str) -> frozenset[int]:
    """The years that a sentence names."""
    return frozenset(value for m in read(text, lang) if m.kind == "year" for value in m.values)


def _calendar(text: str, lang: str) -> Iterator[Moment]:
    """Months, with their days where there are any, and the days of « lundi 24 »."""
    taken: list[tuple[int, int]] = []
    for pattern in (_DATED[lang], *([_MONTH_FIRST] if lang == "en" else [])):
        for match in pattern.finditer(text):
            if _is_free(match.span("month"), taken) and _is_month(text, match, lang, dated=True):
                taken.append(match.span())
                yield _month(match, lang)
                yield from _days(match, lang)
    for match in _ALONE[lang].finditer(text):
        if _is_free(match.span(), taken) and _is_month(text, match, lang):
            yield _month(match, lang)
    for match in _WEEKDAY_AND_DAY.finditer(text) if lang == "fr" else ():
        if _is_free(match.span("days"), taken):
            yield from _days(match, lang)


def _is_free(place: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return not any(place[0] < end and start < place[1] for start, end in taken)


def _month(match: re.Match[str], lang: str) -> Moment:
    return Moment("month", (MONTH_NUMBERS[lang][match["month"].lower().rstrip(".")],), *match.span("month"))


def _days(match: re.Match[str], lang: str) -> Iterator[Moment]:
    for day in re.finditer(rf"(?<!\d){_ONE[lang]}(?!\d)", match["days"]):
        start = match.start("days") + day.start()
        digits = re.match(r"\d+", day[0])
        yield Moment("day", (int(digits[0]) if digits else 1,), start, start + len(day[0]))


def _is_month(text: str, match: re.Match[str], lang: str, dated: bool = False) -> bool:
    """Whether "May", "march", « Mars » or « sept » are months here; the other names are always."""
    name = match["month"].rstrip(".")
    if name.lower() in ABBREVIATED[lang]:
        return dated and (lang == "fr" or name[0].isupper())
    if dated or name.lower() not in ("may", "march", "mars", "mai"):
        return lang == "fr" or name[0].isupper() or name.lower() not in ("august", "may", "march")
    if lang == "fr":
        return name == "mars" or name.lower() == "mai"
    beside = re.match(rf",?\s+{eras.YEAR}\b", text[match.end("month") :])
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


def _weekdays(text: str, lang: str) -> Iterator[Moment]:
    for match in _WEEKDAY[lang].finditer(text):
        yield Moment("weekday", (_WEEKDAY_NUMBERS[match["name"].lower()],), *match.span())


def _relative(text: str, lang: str) -> Iterator[Moment]:
    taken: list[tuple[int, int]] = []
    for words in sorted(_RELATIVE[lang], key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){words}(?![\w-])", text, re.I):
            if _is_free(match.span(), taken):
                taken.append(match.span())
                yield Moment("relative", (_RELATIVE[lang][words],), *match.span())
