"""Years, decades and centuries in French and English: 2021, « les années 80 », "the 1990s", « XIXe siècle »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages import numbers_en, numbers_fr, units
from tqcheck.languages.moments import Moment
from tqcheck.languages.numbers import roman
from tqcheck.languages.numerals import BLANK

YEAR = r"(?:1\d{3}|20\d{2})"
_BARE_YEAR = re.compile(
    rf"""(?<![\w.,/$€£+-])(?<!n°)(?P<year>{YEAR})(?:(?P<to>[-–/])(?P<later>{YEAR}|\d\d)(?!\d))?
    (?![\w%€]|[.,]\d|{BLANK.replace(" ", chr(92) + " ")}(?:\d{{3}}(?!\d)|mille|milli|billion|trillion|thousand))""",
    re.X,
)
_DECADES_FR = {word: n for word, n in numbers_fr.TENS.items() if n not in (70, 80, 90)} | {
    "soixante-dix": 70,
    "quatre-vingt": 80,
    "quatre-vingts": 80,
    "quatre-vingt-dix": 90,
}
_DECADES_EN = {w.removesuffix("y") + "ies": n for w, n in numbers_en.TENS.items()}
_DECADE_FR = re.compile(
    rf"""\bannées[\s-]+(?P<all>(?:\d{{2,4}}|{"|".join(sorted(_DECADES_FR, key=len, reverse=True))})
    (?:\s*(?:,|et|ou|-|–|à)\s*\d{{2,4}})*)\b(?!\s*(?:%|suivantes|précédentes))""",
    re.I | re.X,
)
_DECADE_EN = re.compile(
    rf"(?<!\w)(?:(?:1\d|20)\d0|['’]?\d0)['’]?s\b|\b(?P<word>{'|'.join(_DECADES_EN)})\b",
    re.I,
)
_RANK_FR = r"(?:vingt[\ -]et[\ -]unième|[IVX]+(?:er|e|ème)|\d{1,2}(?:er|e|ème)|[a-zé-]+ième|premier)"
_RANK_EN = rf"""(?:\d{{1,2}}(?:st|nd|rd|th)|twenty-first
    |{"|".join(sorted(numbers_en.ORDINALS, key=len, reverse=True))}|[IVX]+(?:th)?)"""
_RANK = {"fr": re.compile(_RANK_FR, re.I | re.X), "en": re.compile(_RANK_EN, re.I | re.X)}
_CENTURY = {
    "fr": re.compile(
        rf"(?<![\w-])(?P<all>{_RANK_FR}(?:\s*(?:,|et|ou|-|–|au|à)\s*(?:le\s+|du\s+)?{_RANK_FR})*)\s+si[eè]cles?",
        re.I | re.X,
    ),
    "en": re.compile(
        rf"""(?<![\w-])(?P<all>{_RANK_EN}(?:\s*(?:,|and|or|to|-|–)\s*(?:the\s+)?{_RANK_EN})*)
        [\s-]+(?:century|centuries)\b""",
        re.I | re.X,
    ),
}
_IN_HIS = re.compile(
    r"\b(?:his|her|their|my|your|our|in\sthe\s(?:high|low|mid|upper))\s+(?:early|late|mid)?[\s-]*$", re.I
)


def years(text: str, lang: str) -> Iterator[Moment]:
    """The years in a sentence; four figures that count something are none."""
    counted = units.pattern(lang)
    for match in _BARE_YEAR.finditer(text):
        unit = counted.match(text, match.end() + 1) if text[match.end() : match.end() + 1].strip() == "" else None
        if unit and units.dimension(units.name(unit)) != "duration" and len(unit[0]) > 1:
            continue
        year = int(match["year"])
        if year < 1100 and not re.search(
            r"\b(?:en|de|in|of|since|depuis|l['’]an|year)\s+$", text[: match.start()], re.I
        ):
            continue
        yield Moment("year", (year,), *match.span("year"))
        if match["later"]:
            later = int(match["later"])
            yield Moment("year", (later if later > 99 else year // 100 * 100 + later,), *match.span("later"))


def centuries(text: str, lang: str) -> Iterator[Moment]:
    """The centuries in a sentence: of « du XVIe au XVIIIe siècle » both."""
    one = _RANK[lang]
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
    value = (
        numbers_fr.UNITS.get(french or "") or numbers_fr.TENS.get(french or "") or numbers_en.UNITS.get(english or "")
    )
    return (
        value
        or numbers_en.TENS.get(english or "")
        or {"dix-septième": 17, "dix-huitième": 18, "dix-neuvième": 19}.get(lower)
    )


def decades(text: str, lang: str) -> Iterator[Moment]:
    """The decades in a sentence, in words too; ages ("in his sixties") are none."""
    for match in (_DECADE_FR if lang == "fr" else _DECADE_EN).finditer(text):
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
