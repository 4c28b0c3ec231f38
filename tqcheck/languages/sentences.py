"""Where the sentences of a paragraph begin and end, by rule, for French and English.

A rule is used and not a parser because a checker must be able to say why: the same text is always cut at the same
places, whatever stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.languages import en, fr

# Possessive, and never from the middle of a row of marks: a text of marks would take the square of its length.
_FINAL = re.compile(
    r"(?P<mark>(?<![.!?…])[.!?…]++)(?P<closing>(?:[\s\u00a0\u202f]*+»|[”’\"')\]*_])*+)(?P<blank>\s++|$)"
)
_OPENING = re.compile(r"(?:[«“\"'‘(\[–—*_-]|[\s\u00a0\u202f])*(?P<first>\w)?")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+$")
_REPORTING = re.compile(
    r"\s*(?:[–—-]\s*)?(?:a|ont|avait|dit|lance|assure|explique|affirme|said|says|asked|asks|he|she|they|added|replied)\b"
)
LONGEST = 2000
"""Code points beyond which a run without a full stop is no sentence: it is cut at marks or blanks."""

_ABBREVIATIONS = {"fr": fr.ABBREVIATIONS, "en": en.ABBREVIATIONS}
_MAY_END = {"fr": fr.SENTENCE_FINAL_ABBREVIATIONS, "en": en.SENTENCE_FINAL_ABBREVIATIONS}


def split(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """The half-open places of the sentences of one paragraph, in code points, without the blanks around them.

    Closing quotation marks and brackets stay with the sentence they close, an opening one goes with what follows. Every
    character that is not white space lies in exactly one sentence. None is longer than `LONGEST`: what compares words
    with words takes the square of that.
    """
    return tuple(place for start, end in _sentences(text, lang) for place in _cut(text, start, end))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= LONGEST:
        yield start, end
        return
    for first, last in pieces(text[start:end], LONGEST):
        piece = text[start + first : start + last]
        if piece.strip():
            yield start + last - len(piece.lstrip()), start + first + len(piece.rstrip())


def _sentences(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    places: list[tuple[int, int]] = []
    start = _skip_blanks(text, 0)
    for match in _FINAL.finditer(text):
        end = match.end("closing")
        if end > start and match["blank"] and _ends(text, match, lang):
            places.append((start, end))
            start = _skip_blanks(text, match.end())
    if start < len(text.rstrip()):
        places.append((start, len(text.rstrip())))
    return tuple(places)


def _skip_blanks(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _ends(text: str, match: re.Match[str], lang: str) -> bool:
    """Whether a sentence ends at this mark, given what stands before it and after it."""
    opening = _OPENING.match(text, match.end("closing"))
    first = opening["first"] if opening else None
    if first is None:
        return False  # only marks follow: they belong to this sentence
    if first.islower():
        return False  # « … », a-t-il dit; "etc. and so on"; "... but"
    if match["mark"] == ".":
        return _full_stop_ends(text, match, lang, first)
    if match["closing"].strip() and _REPORTING.match(text, match.end("closing")):
        return False
    return not (match["mark"] in ("...", "…", "..") and first.isdigit())


def _full_stop_ends(text: str, match: re.Match[str], lang: str, first: str) -> bool:
    before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
    if before is None:
        return True
    word = before[0].lower()
    follows_number = first.isdigit()
    if len(word) == 1 and before[0].isupper():  # an initial; "I." and « Plan B. » end where a new sentence is plain
        return lang == "en" and before[0] == "I" and match.start() > 3 and text[match.start() - 2] == " "
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):  # U.S., E.N.A., a.m.: ends only before a usual sentence starter
        return not follows_number and _usual_start(text, match.end(), lang)
    if follows_number and word in ("no", "nos", "n", *_PLAIN_WORDS[lang]):
        return False
    if word in _ABBREVIATIONS[lang] and not (before[0].islower() and word in _PLAIN_WORDS[lang]):
        return word in _MAY_END[lang] and not follows_number
    return True


_PLAIN_WORDS = {
    "fr": frozenset({"par", "mer", "mar", "s", "cap", "maj", "adj", "me", "art", "col"}),
    "en": frozenset({"mar", "sun", "sat", "ed", "fig", "gen", "rep", "col", "al", "st", "rev", "mon", "est", "co"}),
}
"""Abbreviations that are words too: in lower case and before no number they count as words."""

_STARTERS = {
    "en": frozenset(
        """the a an in on at he she it they we i this that these those but and as for after before however while when
        if""".split()
    ),
    "fr": frozenset(
        """le la les l un une des il elle ils elles on nous je ce cette ces mais et en au à dans pour après
        avant""".split()
    ),
}


def _usual_start(text: str, start: int, lang: str) -> bool:
    following = re.match(r"\W*([^\W\d_]+)", text[start : start + 40])
    return following is not None and following[1].lower() in _STARTERS[lang]


def pieces(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Cut a run without a full stop into places of at most ``limit`` code points, at marks or blanks if any."""
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        cut = max(window.rfind(mark) + 1 for mark in (";", ":", ",", " ", "\n"))
        end = start + (cut if cut > limit // 4 else limit)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)
