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
"""Kept as they are; a list takes 25 to 50 MB, so of other languages only hashes are (`_Hashed`), 1 to 2 MB each."""

_FIRST = 900
"""A hundred times the Zipf frequency of the list's first place; each further place is a hundredth less."""

_LAST = 800
"""The place of the rarest words; to read a list to its end is quickest in one piece."""


def zipf(words: Iterable[str], lang: str, least: float = 0.0) -> dict[str, float]:
    """The Zipf frequency of those of ``words`` (lower case) that the language's list has; the others are left out.

    The base-10 logarithm of the occurrences in a thousand million words: "the" 7.7, "shareholder" 3.6, about 1 for the
    rarest that are listed. ``least``: rarer words are left out too. The first call for a language reads its list
    (0.1 s, a third of that for words of 2 and more).
    """
    wanted = frozenset(words)
    if not wanted:
        return {}
    if lang in _KEPT:
        kept = _kept(lang)
        places = {word: kept[word] for word in wanted if word in kept}
    else:
        places = _hashed(lang, least).places(wanted)
    return {word: (_FIRST - place) / 100 for word, place in places.items() if _FIRST - place >= 100 * least}


@cache
def _kept(lang: str) -> dict[str, int]:
    """The place of every word of a language."""
    places: dict[str, int] = {}
    for place, listed in _read(lang, 0.0):
        places.update(zip(listed, repeat(place), strict=False))
    return places


class _Hashed:
    """The places of a language's words by the hashes of these, sorted: a tenth of the memory of the words themselves.

    A word is only taken for another where all 64 bits are the same by chance.
    """

    def __init__(self, lang: str, least: float) -> None:
        import numpy

        lists = list(_read(lang, least))
        hashes = numpy.concatenate([numpy.fromiter(map(hash, words), numpy.int64, len(words)) for _, words in lists])
        places = numpy.repeat([place for place, _ in lists], [len(words) for _, words in lists]).astype(numpy.int16)
        order = numpy.argsort(hashes)
        self._hashes, self._places = hashes[order], places[order]

    def places(self, words: Iterable[str]) -> dict[str, int]:
        """The place of each word that the list has."""
        import numpy

        asked = list(words)
        hashes = numpy.fromiter(map(hash, asked), numpy.int64, len(asked))
        at = numpy.minimum(numpy.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        known = numpy.flatnonzero(self._hashes[at] == hashes)
        return {asked[k]: place for k, place in zip(known.tolist(), self._places[at[known]].tolist(), strict=True)}


_hashed = cache(_Hashed)


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
