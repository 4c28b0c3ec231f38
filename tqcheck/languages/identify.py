"""Which language a text is in: the langdetect library, confirmed by function words.

langdetect is a port of Nakatani Shuyo's "Language Detection Library for Java" (2010): naive Bayes over character
n-grams. It is always sure of itself, so that nothing is refused on its word alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from tqcheck.errors import Place, UserError
from tqcheck.languages.function_words import FUNCTION_WORDS, NAMES, clear_language, looks_like
from tqcheck.model import Document, Segment

FEWEST_LETTERS = 60
"""A text with fewer letters is let pass: names and numbers decide there, not the language."""

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000  # characters: langdetect converges long before, and it takes some 25 ms
_LARGE_SAMPLE = 20_000  # characters: function words are counted in 5 ms
_MIXED = {"fr": 0.12, "en": 0.12}  # a text with this share of lines in its own language is let pass ...
_MIXED_OTHERWISE = 0.03  # ... and this where the rest is of a third one: an English page may quote a lot of German
_SURE = 0.9  # langdetect's probability
_SHARE = 0.15  # of the words are function words of that language ...
_TIMES = 2.0  # ... and so many times as many as of the language that was expected


def identify(text: str) -> tuple[tuple[str, float], ...]:
    """The languages that ``text`` may be in with their probabilities, the most probable first; the same every time.

    Knows French, English, German, Spanish, Italian, Dutch and Portuguese, as ISO 639-1 codes. Of a long text, samples
    from its beginning, middle and end are looked at. Empty where there is nothing to go by (digits, another alphabet).
    """
    from langdetect.lang_detect_exception import LangDetectException

    if _other_alphabet(text) is not None:
        return ()
    detector = _factory().create()
    detector.append(_sample(text))
    try:
        return tuple((guess.lang, guess.prob) for guess in detector.get_probabilities())
    except LangDetectException:
        return ()


def verify(source: Document, target: Document) -> None:
    """Nothing, if each document is in its language or if that is not clear.

    Raises UserError where the two are swapped, both are in the same language, or one is clearly in another language or
    another alphabet. The documents of one pairs file (the same path twice) are spoken of as its columns.
    """
    first, second = _place(source, target), _place(target, source)
    found = _language_of(source.text, source.lang), _language_of(target.text, target.lang)
    if found == (target.lang, source.lang):
        raise UserError(
            f"swapped: {first} is in {_name(found[0])} and {second} in {_name(found[1])}",
            hint=f"give the {_name(source.lang)} first and the {_name(target.lang)} second",
        )
    if found[0] == found[1] and found[0] in NAMES:
        raise UserError(
            f"both texts are in {_name(found[0])}: {first} and {second}",
            hint=f"give the {_name(source.lang)} article first and its {_name(target.lang)} translation second",
        )
    for document, where, lang in ((source, first, found[0]), (target, second, found[1])):
        if lang not in (None, document.lang):
            raise UserError(
                f"{where} should be in {_name(document.lang)}, but this looks like {_name(lang)}",
                Place(document.path),
                hint=f"give the {_name(source.lang)} article first and its {_name(target.lang)} translation second",
            )


def wrong_language_segments(document: Document, segments: Iterable[Segment]) -> tuple[tuple[int, str], ...]:
    """The segments that are not in the language of ``document``: the number in ``segments``, and the language.

    Only a segment with FEWEST_LETTERS letters, of which langdetect is sure and whose function words agree. The language
    is an ISO 639-1 code or, where the letters are not Latin, the name of the alphabet ("Cyrillic").
    """
    found = []
    for number, segment in enumerate(segments):
        scores = looks_like(_WORD.findall(segment.text))
        if scores.pop(document.lang, 0.0) > max(scores.values()):
            continue  # langdetect takes milliseconds a sentence, and nearly every sentence is as it should be
        lang = _language_of(segment.text, document.lang)
        if lang not in (None, document.lang):
            found.append((number, lang))
    return tuple(found)


def _language_of(text: str, expected: str) -> str | None:
    """The language of a text, the name of its alphabet if that is not ours, or None where it is not clear."""
    text = _sample(text, _LARGE_SAMPLE)
    if sum(c.isalpha() for c in text) < FEWEST_LETTERS:
        return None
    ranked = identify(text)
    if not ranked:
        return _other_alphabet(text)
    best, probability = ranked[0]
    scores = looks_like(_WORD.findall(text))
    confirmed = scores[best] >= _SHARE and scores[best] >= _TIMES * scores.get(expected, 0.0)
    pure = _share_of_lines(text, expected) < _MIXED.get(best, _MIXED_OTHERWISE)
    return best if best == expected or (probability >= _SURE and confirmed and pure) else None


def _share_of_lines(text: str, lang: str) -> float:
    """The share (0 to 1) of ``text`` that stands in lines whose function words are clearly of ``lang``."""
    lines = [(len(line), words) for line in text.split("\n") if len(words := _WORD.findall(line)) >= 6]
    total = sum(length for length, _ in lines)
    return sum(length for length, words in lines if clear_language(words) == lang) / total if total else 0.0


def _other_alphabet(text: str) -> str | None:
    """Such as "Cyrillic" where more than half of the letters are of that alphabet, None where they are Latin."""
    names = Counter(unicodedata.name(c, "unknown").split()[0] for c in _sample(text) if c.isalpha())
    for name, count in names.most_common(1):
        if name != "LATIN" and 2 * count > names.total():
            return name if name == "CJK" else name.capitalize()
    return None


def _sample(text: str, size: int = _SAMPLE) -> str:
    """The whole text if it is short, or whole words from its beginning, middle and end."""
    if len(text) <= size:
        return text
    part = size // 3
    parts = [text[start : start + part] for start in (0, (len(text) - part) // 2, len(text) - part)]
    return " ".join(piece.partition(" ")[2].rpartition(" ")[0] or piece for piece in parts)


@cache
def _factory() -> Any:
    """A factory of detectors with our seven profiles: the library's own has 55 and takes over a second to load."""
    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    factory.set_seed(0)
    profiles = resources.files("langdetect") / "profiles"
    factory.load_json_profile([(profiles / lang).read_text(encoding="utf-8") for lang in FUNCTION_WORDS])
    return factory


def _name(lang: str | None) -> str:
    return NAMES.get(lang or "", f"text in {lang} letters")


def _place(document: Document, other: Document) -> str:
    if document.path == other.path:
        return f"the {_name(document.lang)} column of {document.path}"
    return "standard input" if document.path == "-" else document.path
