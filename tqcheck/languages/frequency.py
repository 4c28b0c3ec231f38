"""How common a word is in a language, from the lists of the wordfreq library (Robyn Speer, 2022).

The lists are wide (300,000 words of English) and made of real text, so that a foreign word is in them too, only rarer:
it is the difference between two languages that tells.

The library's files are read, its code is not run: importing it takes a quarter of a second, and it has no way to read
the common words of a list alone, which are a third of it.
"""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import repeat
from pathlib import Path

_KEPT = ("en", "fr")
"""Read once; a list holds 25 to 50 MB, so those of other languages, which are seldom asked for, are let go."""

_FIRST = 900
"""A hundred times the Zipf frequency of the list's first place; each further place is a hundredth less."""

_LAST = 800
"""The place of the rarest words; to read a list to its end is quickest in one piece."""


def zipf(words: Iterable[str], lang: str, least: float = 0.0) -> dict[str, float]:
    """The Zipf frequency of those of ``words`` (lower case) that the language's list has; the others are left out.

    The base-10 logarithm of the occurrences in a thousand million words: "the" 7.7, "shareholder" 3.6, about 1 for the
    rarest that are listed. ``least``: rarer words are left out too. But for English and French a call reads the list
    (0.1 s, a third of that for words of 2 and more), so ask for all words at once.
    """
    wanted = frozenset(words)
    if not wanted:
        return {}
    if lang in _KEPT:
        kept = _kept(lang)
        places = {word: kept[word] for word in wanted if word in kept}
    else:
        places = {word: place for place, listed in _read(lang, least) for word in wanted.intersection(listed)}
    return {word: (_FIRST - place) / 100 for word, place in places.items() if _FIRST - place >= 100 * least}


@cache
def _kept(lang: str) -> dict[str, int]:
    """The place of every word of a language."""
    places: dict[str, int] = {}
    for place, listed in _read(lang, 0.0):
        places.update(zip(listed, repeat(place), strict=False))
    return places


def _read(lang: str, least: float) -> Iterator[tuple[int, list[str]]]:
    """The words of a language by their place, down to a Zipf frequency of ``least``."""
    import msgpack

    last = int(_FIRST - 100 * least)
    with gzip.open(_file(lang)) as file:
        if last > _LAST:
            yield from enumerate(msgpack.unpack(file)[1:])  # the first entry says what format it is
            return
        lists = msgpack.Unpacker(file)
        count = lists.read_array_header() - 1
        lists.skip()
        for place in range(min(count, last + 1)):
            yield place, lists.unpack()


def _file(lang: str) -> Path:
    """The library's widest list of a language."""
    found = importlib.util.find_spec("wordfreq")
    assert found is not None
    assert found.origin is not None
    data = Path(found.origin).parent / "data"
    large = data / f"large_{lang}.msgpack.gz"
    return large if large.exists() else data / f"small_{lang}.msgpack.gz"
