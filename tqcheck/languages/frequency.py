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
from pathlib import Path

_WHOLE = ("en", "fr")
"""Read to the end, since they are asked again, for rarer words."""

_PLACE = 1023
"""The bits of a place."""

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
    places = _hashed(lang, 0.0 if lang in _WHOLE else least).places(wanted)
    return {word: (_FIRST - place) / 100 for word, place in places.items() if _FIRST - place >= 100 * least}


class _Hashed:
    """The places of a language's words by the hashes of these: 8 bytes a word, a tenth of what the words would take.

    54 bits of the hash, then 10 of the place, in order. A word is only taken for another where all 54 are the same by
    chance.
    """

    def __init__(self, lang: str, least: float) -> None:
        import numpy

        lists = list(_read(lang, least))
        hashes = numpy.concatenate([numpy.fromiter(map(hash, words), numpy.int64, len(words)) for _, words in lists])
        places = numpy.repeat([place for place, _ in lists], [len(words) for _, words in lists])
        self._sorted = numpy.sort(hashes & ~_PLACE | places)

    def places(self, words: Iterable[str]) -> dict[str, int]:
        """The place of each word that the list has."""
        import numpy

        asked = list(words)
        hashes = numpy.fromiter(map(hash, asked), numpy.int64, len(asked)) & ~_PLACE
        at = numpy.minimum(numpy.searchsorted(self._sorted, hashes), len(self._sorted) - 1)
        found = self._sorted[at] - hashes
        known = numpy.flatnonzero((found >= 0) & (found <= _PLACE))
        return {asked[k]: place for k, place in zip(known.tolist(), found[known].tolist(), strict=True)}


_hashed = cache(_Hashed)


def _read(lang: str, least: float) -> Iterator[tuple[int, list[str]]]:
    """The words of a language by their place, down to a Zipf frequency of ``least``."""
    import msgpack

    last = int(_FIRST - 100 * least)
    with gzip.open(_file(lang)) as file:
        if last > _LAST:
            yield from enumerate(msgpack.unpack(file)[1:])  # the first entry says what format it is
            return
        lists = msgpack.Unpacker(file, read_size=1 << 16)
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
