"""Times of day in French and English: « 16 h 23 », « quatre heures du matin », "4:23 pm", "16:23", "noon"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tqcheck.languages import numbers_en, numbers_fr
from tqcheck.languages.numerals import BLANK

_B = rf"{BLANK}?"


@dataclass(frozen=True, slots=True)
class Time:
    """``minutes`` after midnight, every reading; ``start`` to ``end`` in the text. ``named``: noon or midnight."""

    start: int
    end: int
    minutes: tuple[int, ...]
    named: bool = False


_HOURS_FR = {w: n for w, n in numbers_fr.UNITS.items() if n} | {
    "dix-sept": 17,
    "dix-huit": 18,
    "dix-neuf": 19,
    "vingt": 20,
}
_WORD_FR = "|".join(sorted(_HOURS_FR, key=len, reverse=True))
_FRENCH = re.compile(
    rf"""(?<![\w,.])
    (?:(?P<range>\d{{1,2}}){_B}(?:à|et|-|–){_B}(?=\d{{1,2}}{_B}(?:h|heures?)(?!\w))
    |(?P<hour>\d{{1,2}}){_B}(?:[hH]|heures?){_B}(?P<minute>[0-5]\d)?(?!\w)(?!{_B}min)
    |(?P<colon>\d{{1,2}}):(?P<past>[0-5]\d)(?![\w:])
    |(?<!-)(?P<word>{_WORD_FR})\ heures?
        (?:\ (?P<part>et\ quart|et\ demie?|trente|quinze|quarante-cinq|moins\ le\ quart))?
    |(?P<noon>midi|minuit)(?:\ (?P<half>et\ demie?|trente|quinze))?)
    (?P<half_day>{_B}(?:du\ matin|du\ soir|de\ l['’]après-midi))?""",
    re.X,
)
_BEFORE_FR = re.compile(
    r"""(?:\b(?:à|vers|dès|avant|après|jusqu['’]à|depuis|entre|de|et|d['’]ici(?:\sà)?|partir\sde|midi|environ)|[(,–-])
    \s*(?:les\s)?$""",
    re.I | re.X,
)
_AT = re.compile(r"(?:\b(?:à|vers|dès|jusqu['’]à)|[(,])\s*$", re.I)
_LASTING = re.compile(
    r"""\b(?:en|durée\sde|pendant|durant|plus\sde|moins\sde|près\sde|dur\w+|toutes\sles|dans\sles|il\sy\sa|ces|les)
    \s*$""",
    re.I | re.X,
)
_OF = re.compile(r"\s*(?:de\s(?!l['’]après)|d['’](?!Europe)|sur\b|plus\btard|avant|après|\d)", re.I)
_PART = {
    "et quart": 15,
    "quinze": 15,
    "et demie": 30,
    "et demi": 30,
    "trente": 30,
    "quarante-cinq": 45,
    "moins le quart": -15,
}

_SMALL_EN = {w: n for w, n in numbers_en.UNITS.items() if 1 <= n <= 12}
_HALF_DAY = r"(?P<half_day>[ap](?:m\b|\.m\b\.?)|[AP](?:M\b|\.M\b\.?))"
_ENGLISH = re.compile(
    rf"""(?<![\w.,:])
    (?:(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?{_B}{_HALF_DAY}
    |(?P<range>\d{{1,2}})(?:[:.](?P<later>[0-5]\d))?{_B}(?:-|–|to|and){_B}(?=\d{{1,2}}(?:[:.]\d\d)?{_B}[ap]\.?m)
    |(?P<colon>\d{{1,2}}):(?P<past>[0-5]\d)(?![\w:])
    |(?P<military>[01]\d|2[0-3])(?P<rest>[0-5]\d)\ ?(?:hours|hrs|GMT|UTC)
    |(?P<french>\d{{1,2}}){_B}h{_B}(?P<left>[0-5]\d)?(?!\w)
    |(?P<clock>\d{{1,2}}|{"|".join(_SMALL_EN)})\ o['’]clock
    |(?P<relative>half|quarter)\ (?P<side>past|to)\ (?P<named_hour>{"|".join(_SMALL_EN)}|\d{{1,2}})
    |(?P<noon>noon|midday|midnight))""",
    re.X,
)
_ZONE = re.compile(
    r"""\b(?:GMT|UTC|TU|EST|EDT|PST|PDT|CET|CEST|BST|ET|heures?\ locales?|heures?\ de\ [A-Z]\w+|local\ time
    |[A-Z]\w+\ time)\b""",
    re.X,
)


@functools.lru_cache(maxsize=4096)
def read(text: str, lang: str) -> tuple[Time, ...]:
    """The times of day in a sentence of ``lang``, in order; durations (« 8 heures de route ») are none."""
    return tuple(_french(text) if lang == "fr" else _english(text))


def zones(text: str) -> frozenset[str]:
    """The time zones that are named: a translator may have changed the clock with them."""
    found = (match[0] for match in _ZONE.finditer(text))
    return frozenset(
        "local" if "local" in zone else zone.rpartition(" ")[2] if "heure" in zone else zone.split()[0]
        for zone in found
    )


def _french(text: str) -> Iterator[Time]:
    for match in _FRENCH.finditer(text):
        minutes = _french_minutes(match)
        if minutes is not None and _tells_time(text, match):
            yield Time(match.start(), _end(match), minutes, match["noon"] is not None)


def _end(match: re.Match[str]) -> int:
    """Where the time stops: of « de 8 à 10 heures » and "8 to 10 pm" the first number alone."""
    if not match["range"]:
        return match.end()
    return max(match.end(name) for name in ("range", "later") if name in match.re.groupindex)


def _french_minutes(match: re.Match[str]) -> tuple[int, ...] | None:
    if match["noon"]:
        return ((720 if match["noon"] == "midi" else 0) + _PART.get(match["half"] or "", 0),)
    digits = match["range"] or match["hour"] or match["colon"]
    hour = int(digits) if digits else _HOURS_FR[match["word"]]
    minute = int(match["minute"] or match["past"] or 0) + _PART.get(match["part"] or "", 0)
    if hour > 24:
        return None
    evening = match["half_day"] is not None and "matin" not in match["half_day"]
    if evening and hour < 12:
        hour += 12
    total = (60 * hour + minute) % 1440
    spelled = match["word"] or ("heure" in match[0] and not match["minute"])
    open_ended = spelled and not match["half_day"] and hour < 12  # « à 8 heures » may be in the evening
    return (total, total + 720) if open_ended else (total,)


def _tells_time(text: str, match: re.Match[str]) -> bool:
    """Whether « 16 heures » is a time of day and not a duration, by the words around it."""
    if match["noon"] or match["colon"] or match["half_day"]:
        return True
    if match["range"]:
        return _BEFORE_FR.search(text, max(0, match.start() - 14), match.start()) is not None
    if _LASTING.search(text, max(0, match.start() - 14), match.start()):
        return False
    if match["minute"] is None and _OF.match(text, match.end()):
        return False
    if match["word"]:
        return _AT.search(text, max(0, match.start() - 10), match.start()) is not None
    return match["minute"] is not None or _BEFORE_FR.search(text, max(0, match.start() - 14), match.start()) is not None


def _english(text: str) -> Iterator[Time]:
    for match in _ENGLISH.finditer(text):
        minutes = _english_minutes(match)
        if minutes:
            yield Time(match.start(), _end(match), minutes, match["noon"] is not None)


def _english_minutes(match: re.Match[str]) -> tuple[int, ...]:
    if match["noon"]:
        return (0,) if match["noon"] == "midnight" else (720,)
    if match["military"]:
        return (60 * int(match["military"]) + int(match["rest"]),)
    named = match["named_hour"] or match["clock"]
    digits = match["hour"] or match["range"] or match["colon"] or match["french"]
    hour = int(digits) if digits else _SMALL_EN.get(str(named)) or int(str(named))
    minute = int(match["minute"] or match["later"] or match["past"] or match["left"] or 0)
    if match["relative"]:
        part = 30 if match["relative"] == "half" else 15
        minute = part if match["side"] == "past" else -part
    if hour > 24 or (match["half_day"] and not 1 <= hour <= 12):
        return ()
    if match["half_day"]:
        hour = hour % 12 + (12 if match["half_day"][0] in "pP" else 0)
        return (60 * hour + minute,)
    total = (60 * hour + minute) % 1440
    return (total,) if match["french"] or hour > 12 or hour == 0 else (total, (total + 720) % 1440)


def english(minutes: int, like: str) -> str:
    """A time of day in English, written as ``like`` is: "4:23 pm", "4.23pm", "4:23 p.m.", "16:23"."""
    half_day = re.search(rf"({BLANK}?)([ap](?:m\b|\.m\b\.?))", like, re.I)
    hour, minute = divmod(minutes, 60)
    if not half_day and re.search(r"\d:\d", like):
        return f"{hour:02}:{minute:02}" if re.match(r"\d\d:", like) else f"{hour}:{minute:02}"
    mark = "." if re.search(r"\d\.\d", like) else ":"
    clock = f"{hour % 12 or 12}" + (f"{mark}{minute:02}" if minute else "")
    if half_day:
        letter = "a" if hour < 12 else "p"
        return clock + half_day[1] + (letter.upper() if half_day[2][0].isupper() else letter) + half_day[2][1:]
    return f"{clock} {'am' if hour < 12 else 'pm'}"
