"""How probable a word is after the two before it: a trigram model in buckets of hashes, looked up many at a time.

An n-gram is not stored, only 24 bits of its hash and its probability in 8: one in a million that is absent is found
all the same, which costs nothing in a search. Source of the idea: Talbot and Osborne (2007), "Randomised language
modelling for statistical machine translation".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy

SLOTS = 8
"""N-grams a bucket."""
STEP = 0.0625
"""Nats a unit of a stored probability or backoff weight."""
UNKNOWN, BEGIN, END = range(3)
"""The words that every vocabulary begins with."""

_ONE = numpy.uint64(0x9E3779B97F4A7C15)
_TWO = numpy.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = numpy.uint64(29)
_HALF = numpy.uint64(32)
_MASK = numpy.uint64(0xFFFFFF)


def pair_hash(first: Any, second: Any) -> Any:
    """A hash of 64 bits over two words' numbers (arrays)."""
    found = (first.astype(numpy.uint64) + _ONE) * _TWO
    found ^= found >> _SHIFT
    found = (found + second.astype(numpy.uint64)) * _ONE
    return found ^ (found >> _SHIFT)


def longer_hash(pair: Any, third: Any) -> Any:
    """The hash of three words out of that of the first two."""
    found = (pair ^ third.astype(numpy.uint64)) * _TWO
    found ^= found >> _SHIFT
    found *= _ONE
    return found ^ (found >> _SHIFT)


def place(hashes: Any, buckets: int) -> tuple[Any, Any]:
    """The bucket of each hash, and its fingerprint of 24 bits, which is never 0."""
    bucket = ((hashes >> _HALF) * numpy.uint64(buckets)) >> _HALF
    return bucket.astype(numpy.int64), (hashes & _MASK | numpy.uint64(1)).astype(numpy.uint32)


class Trigrams(NamedTuple):
    """The model: arrays of words (``unigram``, ``unigram_backoff``, nats) and of buckets (see `place`).

    A slot of ``pairs`` or ``triples`` is a fingerprint, then 8 bits of cost; ``pair_backoffs`` has the slots of
    ``pairs``.
    """

    unigram: Any
    unigram_backoff: Any
    pairs: Any
    pair_backoffs: Any
    triples: Any

    @classmethod
    def of(cls, arrays: Mapping[str, Any], lang: str) -> Trigrams:
        """The model of a language out of all arrays of the file."""
        words = (arrays[f"{lang}.unigram"], arrays[f"{lang}.unigram_backoff"])
        return cls(
            *(-STEP * part.astype(numpy.float32) for part in words),
            *(arrays[f"{lang}.{name}"] for name in ("pairs", "pair_backoffs", "triples")),
        )

    def backoff(self, first: Any, second: Any) -> Any:
        """What the probability of a word costs more where the pair before it says nothing of it (nats, at most 0)."""
        bucket, mark = place(pair_hash(first, second), len(self.pairs))
        match = (self.pairs[bucket] >> 8) == mark[:, None]
        found = match.any(axis=1)
        codes = self.pair_backoffs[bucket, match.argmax(axis=1)]
        return numpy.where(found, -STEP * codes.astype(numpy.float32), numpy.float32(0.0))

    def score(self, first: Any, second: Any, word: Any, backoff: Any) -> Any:
        """The log-probability of each ``word`` after two others; ``backoff`` is that of the two (see `backoff`)."""
        pair, pair_known = self._cost(self.pairs, pair_hash(second, word))
        known = numpy.where(pair_known, pair, self.unigram[word] + self.unigram_backoff[second])
        triple, triple_known = self._cost(self.triples, longer_hash(pair_hash(first, second), word))
        return numpy.where(triple_known, triple, known + backoff)

    def _cost(self, slots: Any, hashes: Any) -> tuple[Any, Any]:
        bucket, mark = place(hashes, len(slots))
        rows = slots[bucket]
        match = (rows >> 8) == mark[:, None]
        chosen = numpy.take_along_axis(rows, match.argmax(axis=1)[:, None], axis=1)[:, 0]
        return -STEP * (chosen & 0xFF).astype(numpy.float32), match.any(axis=1)
