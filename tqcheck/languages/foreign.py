"""Words of an English text that belong to another language: which one, and how that shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tqcheck.languages import orthography, spelling
from tqcheck.languages.frequency import zipf
from tqcheck.languages.function_words import NAMES, clear_language, looks_like
from tqcheck.model import Segment

OTHERS = ("de", "es", "it", "nl", "pt")
"""The languages besides French and English that are looked for."""

MARGIN = 1.8
"""How much commoner (base-10 logarithm) a word must be elsewhere than in English, where the list has it at all."""

WIDE_MARGIN = 3.0
CITED = 2.6
"""The everyday words of a language are cited often: up to this frequency, but then by the wider margin."""

LEAST = 1.9
"""The Zipf frequency from which a word counts as one of a language; below, the lists are full of names and slips."""

SURE = 3.3
"""From this Zipf frequency in another language on, a word is no slip of the pen for an English one."""

COMMON = 3.0
"""The Zipf frequency from which an English word may be what a misspelt one was meant to be."""

FEWEST_FUNCTION_WORDS = 1.8
"""Of these a passage needs so many to be taken for one of another language: "fu" alone is Italian, too."""

RARE = 1.6
"""Up to this Zipf frequency a word of the English list may have come there from a foreign text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The language (ISO 639-1) that a word looks like. ``how``: "listed", "compound" or "spelling"; ``parts``: of a
    compound."""

    lang: str
    how: str
    parts: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        return NAMES[self.lang]


def readings(words: Collection[str], english: Mapping[str, float], french: Mapping[str, float]) -> dict[str, Reading]:
    """Those of ``words`` (lower case) that neither English nor French knows but another language does.

    ``english`` and ``french``: the Zipf frequencies of the words in these two.
    """
    unknown = frozenset(word for word in words if english.get(word, 0.0) <= CITED)
    parts = {part for word in unknown for pair in orthography.splits(word) for part in pair}
    wanted = {lang: unknown | (parts if lang in orthography.COMPOUNDING else set()) for lang in OTHERS}
    frequencies = {lang: zipf(words, lang, LEAST) for lang, words in wanted.items()}
    found: dict[str, Reading] = {}
    for word in unknown:
        common = {lang: known.get(word, 0.0) for lang, known in frequencies.items()}
        best = max(OTHERS, key=lambda lang: common[lang])
        own = max(english.get(word, 0.0), french.get(word, 0.0))
        least = own + (MARGIN if english.get(word, 0.0) <= RARE else WIDE_MARGIN)
        if common[best] >= max(LEAST, least):
            found[word] = Reading(best, "listed")
    rest = [word for word in unknown if word not in found and word not in english and word not in french]
    listed = {word for word, reading in found.items() if frequencies[reading.lang][word] < SURE}
    unsure = {word: set(spelling.slips(word)) for word in listed.union(rest)}
    known = zipf(parts.union(*unsure.values()), "en")
    found |= _unlisted(rest, frequencies, known)
    slips = {word for word, meant in unsure.items() if any(known.get(other, 0.0) >= COMMON for other in meant)}
    return {word: reading for word, reading in found.items() if word not in slips}


def _unlisted(
    words: Iterable[str], frequencies: Mapping[str, Mapping[str, float]], english: Mapping[str, float]
) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    words = tuple(words)
    for lang in reversed(orthography.COMPOUNDING):
        for word, parts in orthography.compounds(words, frequencies[lang], english).items():
            found[word] = Reading(lang, "compound", parts)
    for word in words:
        lang_of = orthography.looks_like(word)
        if word not in found and lang_of is not None and len(word) >= 7:
            found[word] = Reading(lang_of, "spelling")
    return found


def whole_segment(segment: Segment, least_words: int = 5) -> str | None:
    """The language of a segment of an English text in which hardly a word is English, None where it is as it should be.

    Names and headings of few words are let pass.
    """
    words = [token.text for token in segment.tokens if token.text.isalpha()]
    plain = [word for word in words if word[0].islower()]
    if len(words) < least_words or 2 * len(plain) < len(words):
        return None
    lang, scores = clear_language(words), looks_like(words)
    if lang in (None, "en") or scores["en"] > 0.1 or scores[lang] * len(words) < FEWEST_FUNCTION_WORDS:
        return None
    return lang
