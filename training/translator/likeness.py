"""How much a sentence is like news rather than like the rest of its source.

Source: Moore and Lewis (2010), "Intelligent selection of language model training data": the difference of two
cross-entropies, here of word and word-pair frequencies hashed into a table, which two million sentences can afford.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy

_BITS = 22
_TOKENS = re.compile(r"\w+|[^\w\s]")
_SMOOTHING = 0.5
_LEAST = 5
"""Words from which on a sentence says what it is about: a shorter one is judged as if it had that many."""


class Likeness:
    """``news``: sentences as wanted; ``all_texts``: those to be ranked, which are their own background."""

    def __init__(self, news: Sequence[str], all_texts: Sequence[str]) -> None:
        self._numbers: dict[str, int] = {}
        wanted, _ = self._features(news)
        self._features_of_all, self._owner = self._features(all_texts)
        self._count = len(all_texts)
        size = 1 << _BITS
        near = numpy.bincount(wanted, minlength=size) + _SMOOTHING
        far = numpy.bincount(self._features_of_all, minlength=size) + _SMOOTHING
        self._gain = numpy.log(near / near.sum()) - numpy.log(far / far.sum())

    def _features(self, texts: Iterable[str]) -> tuple[Any, Any]:
        """The slots of all words and pairs of neighbours, and the number of the text that each is in."""
        numbers, flat, owner = self._numbers, [], []
        for place, text in enumerate(texts):
            found = [numbers.setdefault(word, len(numbers) + 1) for word in _TOKENS.findall(text.lower())]
            flat += found
            owner += [place] * len(found)
        one = numpy.array(flat, numpy.uint64)
        text_of = numpy.array(owner, numpy.int64)
        same = text_of[1:] == text_of[:-1]
        two = (one[1:] * numpy.uint64(0x9E3779B97F4A7C15) ^ one[:-1] * numpy.uint64(0xC2B2AE3D27D4EB4F))[same]
        hashed = numpy.concatenate([one * numpy.uint64(0xFF51AFD7ED558CCD), two]) >> numpy.uint64(64 - _BITS)
        return hashed.astype(numpy.int64), numpy.concatenate([text_of, text_of[1:][same]])

    def of_all(self) -> Any:
        """For each text its mean gain in nats: above 0 it is more like news than its source is."""
        total = numpy.bincount(self._owner, self._gain[self._features_of_all], minlength=self._count)
        length = numpy.bincount(self._owner, minlength=self._count)
        return total / numpy.maximum(length, _LEAST)
