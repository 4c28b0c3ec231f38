"""A part of a French date written in English, in the manner of the English one that it should replace."""

from __future__ import annotations

import re

from tqcheck.languages import numbers_en
from tqcheck.languages.moments import MONTHS, WEEKDAYS, Moment

_RELATIVE = {-2: "the day before yesterday", -1: "yesterday", 1: "tomorrow", 2: "the day after tomorrow"}


def written(french: Moment, like: str) -> str | None:
    """What the French says as ``like``, the English words, would say it: "May" for "Mar.", "2nd" for "5th".

    None where there is no plain way.
    """
    value = french.values[0]
    if french.kind == "weekday":
        return WEEKDAYS["en"][value] + ("s" if like.endswith("s") else "")
    if french.kind == "month":
        return f"{value:02}" if like.isdigit() else _month(value, like)
    if french.kind == "day":
        return (
            numbers_en.ordinal_digits(value)
            if re.search(r"\d(?:st|nd|rd|th)$", like)
            else f"{value:0{2 if like[0] == '0' else 1}}"
        )
    if french.kind == "year":
        return str(value) if len(like) == 4 else str(value)[-2:]
    if french.kind == "decade":
        ending = re.search(r"['’]?s$", like)
        short = re.match(r"['’]?(?=\d\ds|\d\d['’])", like)
        if not like[-4:].strip("s'’").isdigit() or ending is None:
            return f"{value}s"
        return (short[0] + str(value)[2:] if short else str(value)) + ending[0]
    if french.kind == "century":
        spelled = like.isalpha() or "-" in like
        rank = numbers_en.ordinal_words(value) if spelled else numbers_en.ordinal_digits(value)
        return rank.capitalize() if like[:1].isupper() and spelled else rank
    return _RELATIVE[value].capitalize() if like[:1].isupper() else _RELATIVE[value]


def named(french: Moment) -> str:
    """The part of the date in plain English, for a message: "Tuesday", "May", "the 5th", "the 20th century"."""
    value = french.values[0]
    return {
        "weekday": lambda: WEEKDAYS["en"][value],
        "month": lambda: MONTHS["en"][value - 1],
        "day": lambda: f"the {numbers_en.ordinal_digits(value)}",
        "decade": lambda: f"the {value}s",
        "century": lambda: f"the {numbers_en.ordinal_digits(value)} century",
        "relative": lambda: _RELATIVE[value],
    }.get(french.kind, lambda: str(value))()


def _month(value: int, like: str) -> str:
    """The month's name, cut short where ``like`` is ("Sept."), except for the names that no style shortens."""
    name = MONTHS["en"][value - 1]
    whole = like.rstrip(".").lower() in (month.lower() for month in MONTHS["en"])
    if whole or len(name) < 6:
        return name
    short = "Sept" if value == 9 and len(like) > 4 else name[:3]
    return short + ("." if like.endswith(".") else "")
