"""How a sentence is written: what can be seen of it without understanding a word."""

from __future__ import annotations

import re
import unicodedata

from tqcheck.model import Pair, Token

_FINAL = re.compile(r"([.!?…:;])[\s»”’\"')\]]*$")
_STRAY_BLANK = re.compile(r"\s[,.;:!?)\]]|[(\[]\s")
_MARK = re.compile(r"[,;:!?()«»“”\"—–]|\.(?!\d)")


def start_differs(pair: Pair) -> bool:
    """Whether the English begins with a small letter where the French begins with a capital."""
    return _first(pair.source.text).isupper() and _first(pair.target.text).islower()


def end_differs(pair: Pair) -> bool:
    """Whether one side ends like a sentence and the other does not, or one asks and the other tells."""
    source, target = _FINAL.search(pair.source.text), _FINAL.search(pair.target.text)
    if source is None or target is None:
        return (source is None) != (target is None)
    return (source[1] == "?") != (target[1] == "?")


def stray_blanks(pair: Pair) -> int:
    """Blanks before marks that have none in English ("word ,"), which stand so in no French either."""
    return len(_STRAY_BLANK.findall(pair.target.text))


def marks_differ(pair: Pair) -> int:
    """By how many the marks of punctuation differ beyond the one or two that the languages themselves make."""
    counts = (len(_MARK.findall(side.text)) for side in (pair.source, pair.target))
    return max(0, abs(next(counts) - next(counts)) - 1)


def repeats(pair: Pair) -> int:
    """How many words the English says again at once, alone or in a run of two to five."""
    words = [token.text.lower() for token in pair.target.tokens if token.is_word]
    return sum(
        size
        for size in range(1, 6)
        for start in range(len(words) - 2 * size + 1)
        if words[start : start + size] == words[start + size : start + 2 * size]
    )


def lost_capitals(pair: Pair) -> int:
    """How many names, written alike in both languages, lost their capital in the English."""
    capital = {_plain(token) for token in pair.source.tokens if token.text[:1].isupper()}
    small = {_plain(token) for token in pair.source.tokens if token.text[:1].islower()}
    return sum(token.text[:1].islower() and _plain(token) in capital - small for token in pair.target.tokens)


def _first(text: str) -> str:
    return next((character for character in text if character.isalpha()), "")


def _plain(token: Token) -> str:
    """A word without case and accents."""
    apart = unicodedata.normalize("NFD", token.text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
