"""Which lines tell of an article and are not the article: place, date, time, author, agency, in French and English.

A line is one if nothing is left of it when the pieces below are taken away. A dateline at the head of a paragraph
("PARIS (AFP) — Le président …") leaves the sentence behind, so that it stays a part of that paragraph.
"""

from __future__ import annotations

import re

LONGEST = 150

_MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    r"|janv|févr|avr|juill?|sept|oct|nov|déc"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Dec)\.?"
)
_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?"
)
_DATE = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}))\b"
)
_TIME = (
    r"(?:\d{1,2}\s*h(?:\s*\d{2})?|\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)"
    r"(?:\s*\(?(?:GMT|UTC|CES?T|E[SD]?T|BST)\b\)?|\s*,?\s*heure de Paris|\s*,?\s*Paris time)?"
)
_STAMP = (
    r"(?:(?:Dernière\s+)?mise?s?\s+à\s+jour|(?:Publiée?|Modifiée?|Postée?|Parue?)(?=\s+(?:le|à|ce|hier|aujourd)|\s*:|\s*$)"
    r"|(?:First\s+|Last\s+)?(?:Published|Updated|Posted|Modified)(?=\s+(?:on|at)|\s*:|\s+\d|\s+[A-Z]|\s*$))"
    r"(?:\s*:)?(?:\s+(?:le|on|at|à|hier|aujourd['’]hui|today|yesterday))?"
)
_AGENCY = (
    r"(?:(?:(?:Le|La|The)\s+\w+\s+)?(?:[Aa]vec|[Ww]ith)\s+)?"
    r"(?<![\w'’])(?:AFP|AP|Reuters|Associated Press|Agence France-Presse|DPA|ANSA|EFE)\b"
)
_NAME = r"[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:(?:de|du|d['’]|von|van|le|la|el|ben|al)\s*)?[A-ZÀ-Ý][\w'’.-]*){1,3}"
_BYLINE = (
    rf"\b(?:[Pp]ar|[Bb]y|Propos\s+recueillis\s+par)\s+{_NAME}(?:(?:\s*,\s*|\s+(?:et|and|&)\s+){_NAME})*"
    r"(?:\s*,?\s+(?:envoyée?\s+spéciale?|correspondante?|special\s+correspondent|correspondent))?"
    r"(?:\s*,?\s+(?:à|in)\s+[A-ZÀ-Ý][\w'’-]+)?(?=\s*(?:$|[,|•·–—(-]|\.$))"
)
_PLACE = r"^\(?[A-ZÀ-Ý][\w'’.-]*(?:[ -][A-ZÀ-Ý][\w'’.-]*){0,3}(?:\s*[,(]\s*[A-ZÀ-Ý][\w'’ -]{1,30}\)?)?\)?"

_PIECES = (
    re.compile(_BYLINE),
    re.compile(rf"{_STAMP}(?=\W|$)", re.IGNORECASE),
    re.compile(rf"\b{_DATE}", re.IGNORECASE),
    re.compile(rf"(?<!\d){_TIME}", re.IGNORECASE),
    re.compile(_AGENCY),
)
_BEFORE_DATE = re.compile(rf"{_PLACE}(?=\s*[,–—-]?\s*\(?(?:(?i:le\s+)?(?i:{_DATE})|{_AGENCY}))")
_REST = re.compile(r"(?:[\s()\[\].,:;/|•·–—-]|\b(?:le|on|at|à|et|and|par|by)\b)*", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    r"\((?:[A-ZÀ-Ý][\w'’.-]*)(?:[ ,]+(?:[A-ZÀ-Ý(][\w'’.)-]*|de|du|la|le|of|the|et|and)){0,5}\)\.?"
)


def is_dateline(line: str) -> bool:
    """Whether ``line`` says only where, when, or by whom: "(Paris)", "Publié le 24 septembre 2021 à 16 h 23"."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return False
    if _IN_BRACKETS.fullmatch(line):
        return True
    rest = _BEFORE_DATE.sub("", line)
    for piece in _PIECES:
        rest = piece.sub(" ", rest)
    # a place or a time alone is no dateline
    strong = rest != line and not re.fullmatch(rf"\W*{_TIME}\W*", line, re.IGNORECASE)
    return strong and _REST.fullmatch(rest) is not None
