"""English that no sentence has: words side by side that the grammar keeps apart, written as patterns of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NO_PARTICIPLES = (
    "went came took saw began wrote gave fell ate knew grew flew drew drove broke chose rose spoke stole threw wore "
    "shook froze became did was were"
).split()
"""Simple pasts that differ from the base form and from the participle."""

_PASTS = [
    *_NO_PARTICIPLES,
    *(
        "had said made got told thought brought bought caught taught sought fought kept slept wept lost meant sent "
        "spent built lent held sold stood understood found paid led left met shot sat won"
    ).split(),
]
"""Simple pasts that differ from the base form."""

_FINITE = "is|are|was|were|has|had|does|did|am|been|being"
_START = r"(?:^|[,;:] |\b(?:because|when|while|but|although) )"
_MODALS = "will|would|could|should|must|may|might|can"


class Fault(NamedTuple):
    """Where something is wrong in a text, what (a phrase for the editor), and what belongs there, if it is plain."""

    start: int
    end: int
    why: str
    right: str | None


# What is wrong is the group "fault" where there is one, else all of it.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), why)
    for pattern, why in (
        (
            r"(?<![\w'’-])(?:[Tt]he|[Aa]n?|[Ee]very|[Mm]y|[Oo]ur|[Tt]heir|[Ii]ts) (?:of|which|who|is|are|was|were|has"
            r"|have|had|would|could|should|he|she|they|we|them|him|us|the|an?|his|their|our|my|its|been|than|because|if"
            r"|from)(?= )(?! ?[-–])",
            "an article or possessive needs a noun behind it",
        ),
        (
            rf"\b(?:[Hh]e|[Ss]he|[Ii]t|[Ww]e|[Tt]hey|[Yy]ou) (?P<fault>(?:{_MODALS}) (?:{_FINITE}))\b(?!-)",
            "behind a modal verb stands the base form of a verb",
        ),
        (
            rf"\b(?:would|could|should) (?:{_FINITE}|{'|'.join(_NO_PARTICIPLES)})\b(?!-)",
            "behind a modal verb stands the base form of a verb",
        ),
        (
            rf"\b(?:did|does|do)(?: not|n['’]t) (?:{_FINITE}|{'|'.join(_PASTS)})\b(?!-)",
            'behind "did not" stands the base form of a verb',
        ),
        (
            rf"\b(?:has|have)(?: not| also| already| since| just| never)? (?:{'|'.join(_NO_PARTICIPLES)})\b(?!-)",
            'behind "has" and "have" stands a participle',
        ),
        (r"\b(?:was|were|is|are|am) been\b(?!-)", 'behind a form of "be" stands no "been"'),
        (r"\b(?:has|have|had) be\b(?!-)", 'behind "has", "have" and "had" stands "been"'),
        (r"\bbeen being\b", "a verb is doubled"),
        (
            r"\b(?:with|by|from|against|between|among|towards) (?:he|she|they|we)\b(?! who| that|['’-])",
            'behind a preposition stand "him", "her", "them" and "us"',
        ),
        (
            rf"{_START}(?P<fault>[Tt]hem|[Hh]im|[Uu]s) "
            r"(?:is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|do|does|did)\b",
            'before a verb stand "they", "he", "she" and "we"',
        ),
        (
            rf"{_START}(?P<fault>[Hh]e (?:have|are|do)|[Ss]he (?:have|are|do)|[Tt]hey (?:is|was|has|does)"
            r"|[Ww]e (?:is|was|has|does))\b",
            "the verb does not agree with its subject",
        ),
    )
)
_ARTICLE = re.compile(r"(?<![\w'’.&/-])(?P<article>[Aa]n?) (?P<word>[a-z]{3,})(?![\w@/]|\.\w)")
_VOWEL_SOUND = re.compile(
    r"(?:[aeio]|u(?!n[iy]|s[aeiu]|t[eio]|k|r[aeiou]|b[aeiou]|r?an|fo|tv))|hour|honest|honou?r|heir"
)
_CONSONANT_SOUND = re.compile(
    r"eu|ew|one(?![a-z])|once|oui|u(?:n[iy](?!n|m)|s[aeiu]|t[eio]|k|r[aeiou]|b[aeiou]|ran|fo)|one-"
)
_SILENT_H = re.compile(
    r"hour|honest|honou?r|heir|herb|hotel|histor|heroic|habit|hallucin|hilar|homage|hypoth|horrific|hyst"
)


def faults(text: str) -> Iterator[Fault]:
    """The faults of an English text, in no order; questions are looked at without what inversion allows."""
    for pattern, why in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("fault" if "fault" in pattern.groupindex else 0)
            if len(set(text[start:end].lower().split())) > 1 or "fault" in pattern.groupindex:
                yield Fault(start, end, why, None)  # "the the" is another rule's matter
    for match in _ARTICLE.finditer(text):
        article, word = match["article"], match["word"]
        inside = re.search(r"\w[,;:]? $", text[: match.start()]) is not None
        if not re.search("[aeiouy]", word) or (inside and article[0] == "A"):
            continue  # letters spelt one by one; "section A only"
        if len(article) == 1 and _VOWEL_SOUND.match(word) and not _CONSONANT_SOUND.match(word):
            yield Fault(*match.span("article"), f'before "{word}" stands "an"', article + "n")
        elif len(article) == 2 and _needs_a(word):
            yield Fault(*match.span("article"), f'before "{word}" stands "a"', article[0])


def _needs_a(word: str) -> bool:
    """Whether a word behind "an" begins with a consonant to the ear."""
    if re.match("[aeiou]", word):
        return _CONSONANT_SOUND.match(word) is not None and re.match("uni[nm]", word) is None
    return _SILENT_H.match(word) is None
