"""What a part of a date is, and the names of days and months in French and English."""

from __future__ import annotations

from dataclasses import dataclass


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
ABBREVIATED = {
    "fr": dict(
        zip("janv févr fevr avr juil sept oct nov déc dec".split(), (1, 2, 2, 4, 7, 9, 10, 11, 12, 12), strict=True)
    ),
    "en": dict(
        zip(
            "jan feb mar apr jun jul aug sep sept oct nov dec".split(),
            (1, 2, 3, 4, 6, 7, 8, 9, 9, 10, 11, 12),
            strict=True,
        )
    ),
}
UNACCENTED = {"fevrier": 2, "aout": 8, "decembre": 12}
MONTH_NUMBERS = {
    lang: {name.lower(): number for number, name in enumerate(MONTHS[lang], 1)} | ABBREVIATED[lang] for lang in MONTHS
}
MONTH_NUMBERS["fr"] |= UNACCENTED
"""By name in lower case, abbreviations (without their stop) and names without accents too."""
