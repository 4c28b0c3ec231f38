"""How common a word is in a language, from the lists of the wordfreq library (Robyn Speer, 2022).

The lists are wide (300,000 words of English) and made of real text, so that a foreign word is in them too, only rarer:
it is the difference between two languages that tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

_KEPT = ("en", "fr")
"""Read once; a list holds 25 to 50 MB, so those of other languages, which are seldom asked for, are let go."""


def zipf(words: Iterable[str], lang: str) -> dict[str, float]:
    """The Zipf frequency of those of ``words`` (lower case) that the language's list has; the others are left out.

    The base-10 logarithm of the occurrences in a thousand million words: "the" 7.7, "shareholder" 3.6, about 1 for the
    rarest that are listed. One call costs as much as reading the list (0.1 s), so ask for all words at once.
    """
    wanted = frozenset(words)
    if not wanted:
        return {}
    lists = _kept(lang) if lang in _KEPT else _read(lang)
    return {word: (900 - place) / 100 for place, listed in enumerate(lists) for word in wanted.intersection(listed)}


@cache
def _kept(lang: str) -> tuple[tuple[str, ...], ...]:
    return _read(lang)


def _read(lang: str) -> tuple[tuple[str, ...], ...]:
    """The words of a language by their frequency: the place in the outer list is minus 100 times its logarithm."""
    import wordfreq

    return tuple(tuple(words) for words in wordfreq.read_cBpack(wordfreq.available_languages("large")[lang]))
