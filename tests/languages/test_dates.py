"""Dates and times of day: tables of cases, and laws of what is written and read again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tqcheck.languages import clock, dates, dates_written
from tqcheck.languages.moments import MONTHS, WEEKDAYS, Moment

DATES = [
    ("fr", "le vendredi 24 septembre 2021", "weekday:4 day:24 month:9 year:2021"),
    ("fr", "les 3, 4 et 5 mai", "day:3 day:4 day:5 month:5"),
    ("fr", "du 5 février au 29 mai 2022", "day:5 month:2 day:29 month:5 year:2022"),
    ("fr", "1er janvier", "day:1 month:1"),
    ("fr", "mardi 3 à 15 heures", "weekday:1 day:3"),
    ("fr", "24/09/2021", "day:24 month:9 year:2021"),
    ("fr", "2021-09-24", "year:2021 month:9 day:24"),
    ("fr", "le 14 sept. 2020", "day:14 month:9 year:2020"),
    ("fr", "sept personnes", ""),
    ("fr", "Mars est une planète", ""),
    ("fr", "dans les années 1980 et 1990", "decade:1980 decade:1990"),
    ("fr", "les années quatre-vingt-dix", "decade:1990"),
    ("fr", "entre le Xe–XIe siècle et le XIVe siècle", "century:10 century:11 century:14"),
    ("fr", "au vingtième siècle", "century:20"),
    ("fr", "la saison 2021-2022", "year:2021 year:2022"),
    ("fr", "2 000 hommes et 1500 milliards", ""),
    ("fr", "avant-hier et demain", "relative:-2 relative:1"),
    ("en", "Friday, September 24, 2021", "weekday:4 month:9 day:24 year:2021"),
    ("en", "24 Sept. 2021", "day:24 month:9 year:2021"),
    ("en", "May 3-5", "month:5 day:3 day:5"),
    ("en", "the 5th of May", "day:5 month:5"),
    ("en", "09/24/2021", "month:9 day:24 year:2021"),
    ("en", "He may march on.", ""),
    ("en", "in May and in March 2020", "month:5 month:3 year:2020"),
    ("en", "the 1980s and '90s", "decade:1980 decade:1990"),
    ("en", "she is in her sixties", ""),
    ("en", "18th and 19th centuries", "century:18 century:19"),
    ("en", "twentieth-century art", "century:20"),
    ("en", "the 2021-22 season", "year:2021 year:2022"),
    ("en", "$2000 or 2000%", ""),
    ("en", "the day before yesterday", "relative:-2"),
]
TIMES = [
    ("fr", "à 16 h 23", [983]),
    ("fr", "à 16h23", [983]),
    ("fr", "vers 12 h 00 GMT", [720]),
    ("fr", "à 15 heures", [900]),
    ("fr", "à 4 heures du matin", [240]),
    ("fr", "à 8 heures du soir", [1200]),
    ("fr", "à 12 h 40 de Saint-Flour", [760]),
    ("fr", "entre 8 et 10 heures", [480, 600]),
    ("fr", "minuit et midi", [0, 720]),
    ("fr", "à quatre heures et demie", [270]),
    ("fr", "8 heures de route", []),
    ("fr", "en 2 h 30", []),
    ("fr", "vingt-quatre heures", []),
    ("fr", "il y a 2 heures", []),
    ("en", "at 4:23 pm", [983]),
    ("en", "at 4.23pm.", [983]),
    ("en", "8 to 10 p.m.", [480, 1320]),
    ("en", "12:30 am", [30]),
    ("en", "2100 GMT", [1260]),
    ("en", "16:23", [983]),
    ("en", "noon, or half past four", [720, 270]),
    ("en", "four o'clock", [240]),
    ("en", "16 h 23", [983]),
    ("en", "a score of 3:1", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), DATES)
def test_dates(lang: str, text: str, expected: str) -> None:
    assert " ".join(f"{m.kind}:{m.values[0]}" for m in dates.read(text, lang)) == expected


@pytest.mark.parametrize(("lang", "text", "expected"), TIMES)
def test_times(lang: str, text: str, expected: list[int]) -> None:
    assert [time.minutes[0] for time in clock.read(text, lang)] == expected


def test_without_am_or_pm_both_are_possible() -> None:
    (time,) = clock.read("at 4:23", "en")
    assert time.minutes == (263, 983)


def test_in_english_the_month_may_come_first() -> None:
    day, month, _ = dates.read("03/05/2022", "en")
    assert (day.values, month.values) == ((3, 5), (5, 3))


def test_zones() -> None:
    assert clock.zones("à 20 h 45, heure de Paris") == {"Paris"}
    assert clock.zones("at 6:45 pm GMT") == {"GMT"}
    assert clock.zones("at 6:45 pm") == frozenset()


@pytest.mark.parametrize(
    ("moment", "like", "written"),
    [
        (Moment("month", (5,), 0, 0), "March", "May"),
        (Moment("month", (12,), 0, 0), "Mar.", "Dec."),
        (Moment("month", (9,), 0, 0), "Sept.", "Sept."),
        (Moment("day", (2,), 0, 0), "5th", "2nd"),
        (Moment("weekday", (1,), 0, 0), "Thursdays", "Tuesdays"),
        (Moment("year", (2021,), 0, 0), "22", "21"),
        (Moment("decade", (1980,), 0, 0), "'60s", "'80s"),
        (Moment("decade", (1980,), 0, 0), "1960s", "1980s"),
        (Moment("century", (20,), 0, 0), "Nineteenth", "Twentieth"),
        (Moment("century", (20,), 0, 0), "19th", "20th"),
        (Moment("relative", (-1,), 0, 0), "Tomorrow", "Yesterday"),
    ],
)
def test_a_date_is_written_as_the_english_one_was(moment: Moment, like: str, written: str) -> None:
    assert dates_written.written(moment, like) == written


@settings(deadline=None)
@given(st.integers(0, 1439), st.sampled_from(["1 pm", "1:00 p.m.", "1.05pm", "12:00", "1 PM"]))
def test_law_a_time_written_is_read_again(minutes: int, like: str) -> None:
    (time,) = clock.read(f"at {clock.english(minutes, like)},", "en")
    assert minutes in time.minutes


@settings(deadline=None)
@given(st.dates(), st.booleans())
def test_law_a_date_is_the_same_in_both_languages(date: object, month_first: bool) -> None:
    year, month, day = (int(part) for part in str(date).split("-"))
    year = 1500 + year % 600
    weekday = day % 7
    french = f"{WEEKDAYS['fr'][weekday]} {day} {MONTHS['fr'][month - 1]} {year}"
    name = MONTHS["en"][month - 1]
    english = f"{WEEKDAYS['en'][weekday]}, " + (f"{name} {day}, {year}" if month_first else f"{day} {name} {year}")
    one, other = dates.read(french, "fr"), dates.read(english, "en")
    assert sorted((m.kind, m.values) for m in one) == sorted((m.kind, m.values) for m in other)
    assert len(one) == 4


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["fr", "en"]))
def test_law_whatever_is_read_lies_in_the_text(text: str, lang: str) -> None:
    for start, end in dates.places(text, lang):
        assert 0 <= start < end <= len(text)
