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

    def pair(self, hashes: Any) -> Found:
        """What there is of pairs of words, by their hashes."""
        at, known = _slots(self.pairs, hashes)
        cost = _NATS[self.pairs.ravel()[at] & 0xFF]
        backoff = numpy.where(known, _NATS[self.pair_backoffs.ravel()[at]], numpy.float32(0.0))
        return Found(known, cost, backoff)

    def shorter(self, pair: Found, first: Any, word: Any) -> Any:
        """The log-probability of each ``word`` after one other, whose ``pair`` was looked up."""
        return numpy.where(pair.known, pair.score, self.unigram[word] + self.unigram_backoff[first])

    def longer(self, hashes: Any, shorter: Any) -> Any:
        """The log-probability of words after two others; where the model has no such three words, ``shorter``."""
        at, known = _slots(self.triples, hashes)
        return numpy.where(known, _NATS[self.triples.ravel()[at] & 0xFF], shorter)

    def score(self, first: Any, second: Any, word: Any) -> Any:
        """The log-probability of each ``word`` after two others."""
        before = pair_hash(first, second)
        shorter = self.shorter(self.pair(pair_hash(second, word)), second, word)
        return self.longer(longer_hash(before, word), shorter + self.pair(before).backoff)

    def knows_pair(self, first: Any, second: Any) -> Any:
        """Whether each two words are kept."""
        return _slots(self.pairs, pair_hash(first, second))[1]

    def knows(self, first: Any, second: Any, third: Any) -> Any:
        """Whether each three words are kept."""
        return _slots(self.triples, longer_hash(pair_hash(first, second), third))[1]


class Found(NamedTuple):
    """Of each pair: whether the model has it, its log-probability, and what it costs a word that it does not know."""

    known: Any
    score: Any
    backoff: Any


_NATS = -STEP * numpy.arange(256, dtype=numpy.float32)
_FIRST_BIT = numpy.array([0, *(8 - value.bit_length() for value in range(1, 256))], numpy.int64)
"""The place of the first bit that is set, as ``packbits`` orders them."""


def _slots(slots: Any, hashes: Any) -> tuple[Any, Any]:
    """The place of each hash among all slots, in a row, and whether it is there."""
    bucket, mark = place(hashes, len(slots))
    match = (slots.take(bucket, axis=0) >> 8) == mark[:, None]
    which = numpy.packbits(match.ravel())  # SLOTS are eight: a byte for each hash
    return bucket * SLOTS + _FIRST_BIT[which], which != 0
