"""French habits of typography in an English text, with what English has in their place."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tqcheck.languages import clock, numbers_en, numbers_fr
from tqcheck.languages.moments import MONTHS, WEEKDAYS
from tqcheck.languages.numbers import roman
from tqcheck.languages.numerals import BLANK
from tqcheck.languages.quotations import turned


@dataclass(frozen=True, slots=True)
class Habit:
    """``start`` to ``end`` of the English text, what should stand there (None: no one thing), and the kind of habit."""

    start: int
    end: int
    replacement: str | None
    kind: str


_WIDE = rf"(?:{BLANK}|[\t\u2002-\u200a])+"
_MARK = re.compile(rf"(?<=[\w)\]”’\"'»%]){_WIDE}(?P<mark>[?!]+|[;:])(?=\s|$|[”\"’»)])")
_STOP = re.compile(rf"(?<=[\w)\]”’\"'»%]){_WIDE}(?P<mark>,(?!\d)|\.(?![.\w]))(?=\s|$|[”\"’»)])")
_GUILLEMETS = re.compile(r"«\s*(?P<inner>[^«»]*?)\s*»")
_LONE = re.compile(r"«\s*|\s*»")
_INSIDE = re.compile(r"“\s+(?=\S)|(?<=\S)[ \u00a0\u202f]+”(?!\w)")
_NUMBER = re.compile(
    rf"(?<![\w.,/$€£-])(?<!\d{BLANK})(?P<digits>\d{{1,3}}(?:{BLANK}\d{{3}})+(?!\d)(?:[,.]\d+)?|\d+(?:,\d+)?)"
    rf"(?P<sign>{BLANK}?[%€$])?(?!\w|[.,]\d|{BLANK}?°)"
)
_CLOCK = re.compile(rf"(?<![\w.,:])(?P<hour>[01]?\d|2[0-4]){BLANK}?[hH]{BLANK}?(?P<minute>[0-5]\d)(?![\w])")
_RANK = re.compile(
    r"(?<![\w.,])(?P<digits>\d{1,3})(?:er|ère|re|ème|eme|e|ᵉ)(?!\w)|(?<![\w-])(?P<roman>[IVX]{1,6})(?:e|ème)(?!\w)"
)
_NUMERO = re.compile(rf"\b[nN]°{BLANK}?(?=\d)")
_DAYS = re.compile(rf"(?<![\w-])(?:{'|'.join(d.lower() for d in WEEKDAYS['en'])})s?(?![\w-])")
_MONTHS = re.compile(
    rf"(?<![\w-])(?:{'|'.join(m.lower() for m in MONTHS['en'] if m not in ('March', 'May', 'August'))})(?![\w-])"
)
_DASH = re.compile(r"[–—]\s+(?=[“\"‘]?[A-Z])")


def habits(english: str, french: str, quotes: tuple[str, str]) -> tuple[Habit, ...]:
    """The habits in an English sentence, in order, none overlapping. ``quotes``: the marks that its document uses."""
    found: list[Habit] = []
    for habit in sorted(_all(english, french, quotes), key=lambda h: (h.start, -h.end)):
        if not found or habit.start >= found[-1].end:
            found.append(habit)
    return tuple(found)


@functools.lru_cache(maxsize=4)
def quotation_marks(text: str) -> tuple[str, str]:
    """The marks that an English document uses: curly ones where there are any."""
    return ("“", "”") if "“" in text or ("’" in text and '"' not in text) else ('"', '"')


def _all(english: str, french: str, quotes: tuple[str, str]) -> Iterator[Habit]:
    yield from _marks(english)
    yield from _guillemets(english, quotes)
    yield from _numbers(english, french)
    yield from _times_and_ranks(english, french)
    yield from _names(english)
    dash = _DASH.match(english)
    if dash and french.lstrip().startswith(("–", "—")):
        yield Habit(0, 1, None, "dash")


def _marks(english: str) -> Iterator[Habit]:
    for match in _MARK.finditer(english):
        if not re.match(r":\s?[)(DP/|]", english[match.start("mark") :]):  # a face
            yield Habit(*match.span(), match["mark"], "blank")
    for match in _STOP.finditer(english):
        yield Habit(*match.span(), match["mark"], "blank before a stop")
    for match in _INSIDE.finditer(english):
        yield Habit(*match.span(), match[0].strip(), "blank inside")
    for match in re.finditer("[“”]", english):
        if turned(match[0], english[: match.start()][-1:], english[match.end() :][:1]):
            yield Habit(*match.span(), "“" if match[0] == "”" else "”", "turned")


def _guillemets(english: str, quotes: tuple[str, str]) -> Iterator[Habit]:
    taken: list[tuple[int, int]] = []
    for match in _GUILLEMETS.finditer(english):
        taken.append(match.span())
        if len(match["inner"]) <= 60:
            yield Habit(*match.span(), quotes[0] + match["inner"] + quotes[1], "guillemets")
        else:
            yield Habit(match.start(), match.start("inner"), quotes[0], "guillemets")
            yield Habit(match.end("inner"), match.end(), quotes[1], "guillemets")
    for match in _LONE.finditer(english):
        begins = match.start() == 0 and "»" in match[0]  # an arrow in a list
        if not begins and not any(start <= match.start() and match.end() <= end for start, end in taken):
            yield Habit(*match.span(), quotes["»" in match[0]], "guillemets")


def _numbers(english: str, french: str) -> Iterator[Habit]:
    """Decimal commas, groups of figures set off by blanks, a blank before « % », a currency sign behind the amount."""
    there = {numbers_fr.values(match[0])[0] for match in numbers_fr.DIGITS.finditer(french)}
    for match in _NUMBER.finditer(english):
        digits, sign = match["digits"], (match["sign"] or "").strip()
        grouped, comma = re.search(BLANK, digits), "," in digits
        thousands = re.fullmatch(r"\d{1,3},\d{3}", digits) and not grouped
        value = numbers_en.values(digits)[0]
        if (grouped or comma) and not thousands and value not in there and sign != "%":
            continue  # two numbers beside each other, or a list
        plain = re.sub(BLANK, "", digits).replace(",", ".") if (grouped or comma) and not thousands else digits
        if (grouped or comma) and not thousands:
            whole, point, decimals = plain.partition(".")
            plain = f"{int(whole):,}" + point + decimals
        if sign in ("€", "$"):
            kind = "sign behind" if plain == digits else "number"
            yield Habit(*match.span(), sign + plain, kind)
        elif plain + sign != match[0]:
            yield Habit(*match.span(), plain + sign, "number")


def _times_and_ranks(english: str, french: str) -> Iterator[Habit]:
    for match in _CLOCK.finditer(english):
        minutes = (60 * int(match["hour"]) + int(match["minute"])) % 1440
        like = re.search(rf"\d{BLANK}?[ap](?:m\b|\.m\.)", english)
        yield Habit(*match.span(), clock.english(minutes, like[0] if like else "1 pm"), "clock")
    for match in _RANK.finditer(english):
        number = int(match["digits"]) if match["digits"] else roman(match["roman"])
        if number and re.search(rf"(?<!\w){re.escape(match[0])}(?!\w)", french):
            yield Habit(*match.span(), numbers_en.ordinal_digits(number), "rank")
    for match in _NUMERO.finditer(english):
        yield Habit(*match.span(), "No. ", "numero")


def _names(english: str) -> Iterator[Habit]:
    if not re.search(r"[A-Z][a-z]", english):
        return  # a text that has no capitals at all
    matches: Iterable[re.Match[str]] = (*_DAYS.finditer(english), *_MONTHS.finditer(english))
    for match in matches:
        yield Habit(*match.span(), match[0].capitalize(), "capital")
