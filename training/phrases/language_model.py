"""A trigram model of each language, estimated from the same sentences and pruned to a size.

Source: Chen and Goodman (1999), "An empirical study of smoothing techniques for language modeling" (interpolated
Kneser-Ney with three discounts). After pruning, the backoff weights are computed anew from what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy

from tqcheck.translate.bundled.language_model import (
    BEGIN,
    END,
    SLOTS,
    STEP,
    longer_hash,
    pair_hash,
    place,
)


class Counts(NamedTuple):
    """N-grams as sorted numbers in a number system of as many digits as there are words, and how often each is."""

    key: Any
    count: Any


class Estimated(NamedTuple):
    """Natural logarithms: of words, of pairs and triples (``Counts.key`` order), and the backoff weights."""

    unigram: Any
    unigram_backoff: Any
    pair_keys: Any
    pair: Any
    pair_backoff: Any
    triple_keys: Any
    triple: Any
    weight: Any
    """How much is lost where a triple is left out: its count, for the buckets that overflow."""
    pair_weight: Any


def padded(ids: Any, lengths: Any) -> Any:
    """All sentences in a row, each with two beginnings before it and an end behind it."""
    ends = lengths.astype(numpy.int64).cumsum()
    starts = ends - lengths
    found = numpy.insert(ids.astype(numpy.int64), numpy.repeat(starts, 2), BEGIN)
    return numpy.insert(found, ends + 2 * numpy.arange(1, len(lengths) + 1), END)


def counted(keys: Any) -> Counts:
    """Equal n-grams added up."""
    return Counts(*numpy.unique(keys, return_counts=True))


def discounts(counts: Any) -> Any:
    """What is taken off a count of 0, 1, 2, and 3 or more."""
    n = [float((counts == number).sum()) or 1.0 for number in range(1, 5)]
    y = n[0] / (n[0] + 2 * n[1])
    found = [0.0] + [max(0.1, min(k, k - (k + 1) * y * n[k] / n[k - 1])) for k in (1, 2, 3)]
    return numpy.array(found)


class _Order(NamedTuple):
    probability: Any
    gamma: Any
    contexts: Any


def _interpolated(prefix: Any, counts: Any, lower: Any) -> _Order:
    """Probabilities of n-grams sorted by ``prefix``, given those of their ends, and the weight of each prefix."""
    first = numpy.flatnonzero(numpy.concatenate([[True], prefix[1:] != prefix[:-1]]))
    group = numpy.cumsum(numpy.concatenate([[0], (prefix[1:] != prefix[:-1]).astype(numpy.int64)]))
    off = discounts(counts)[numpy.minimum(counts, 3)]
    total = numpy.add.reduceat(counts.astype(numpy.float64), first)
    gamma = numpy.add.reduceat(off, first) / total
    return _Order((counts - off) / total[group] + gamma[group] * lower, gamma, prefix[first])


def estimate(ids: Any, lengths: Any, size: int, least: Sequence[int]) -> Estimated:
    """The model of sentences over a vocabulary of ``size``; ``least`` counts that a pair and a triple must have."""
    flat = padded(ids, lengths)
    after = flat[1:] != BEGIN
    pairs = counted((flat[:-1] * size + flat[1:])[after])
    triples = counted(((flat[:-2] * size + flat[1:-1]) * size + flat[2:])[after[1:]])
    # A pair counts as often as there are different words before it; one that begins a sentence as often as it is seen.
    tails, kinds = numpy.unique(triples.key % (size * size), return_counts=True)
    seen = pairs.count.copy()
    inner = pairs.key // size != BEGIN
    seen[numpy.searchsorted(pairs.key, tails)] = kinds
    seen[~inner] = pairs.count[~inner]
    words = numpy.bincount(pairs.key % size, minlength=size).astype(numpy.float64)
    unigram = (words + 0.1) / (words + 0.1).sum()
    two = _interpolated(pairs.key // size, seen, unigram[pairs.key % size])
    tail_at = numpy.searchsorted(pairs.key, triples.key % (size * size))
    three = _interpolated(triples.key // size, triples.count, two.probability[tail_at])

    keep3 = triples.count >= least[1]
    keep2 = pairs.count >= least[0]
    keep2[tail_at[keep3]] = True
    keep2[numpy.searchsorted(pairs.key, triples.key[keep3] // size)] = True
    pair_keys, pair = pairs.key[keep2], two.probability[keep2]
    triple_keys, triple = triples.key[keep3], three.probability[keep3]
    unigram_backoff = _backoff(pair_keys // size, pair, unigram[pair_keys % size], numpy.arange(size))
    low = pair[numpy.searchsorted(pair_keys, triple_keys % (size * size))]
    pair_backoff = _backoff(triple_keys // size, triple, low, pair_keys)
    return Estimated(
        *(numpy.log(part) for part in (unigram, unigram_backoff)),
        pair_keys,
        numpy.log(pair),
        numpy.log(pair_backoff),
        triple_keys,
        numpy.log(triple),
        triples.count[keep3],
        pairs.count[keep2],
    )


def _backoff(prefix: Any, kept: Any, lower: Any, contexts: Any) -> Any:
    """The weight of each of the sorted contexts: what is left of its mass, over what its followers leave below."""
    weights = numpy.ones(len(contexts))
    if not len(prefix):
        return weights
    first = numpy.flatnonzero(numpy.concatenate([[True], prefix[1:] != prefix[:-1]]))
    left = 1 - numpy.add.reduceat(kept, first)
    below = 1 - numpy.add.reduceat(lower, first)
    weights[numpy.searchsorted(contexts, prefix[first])] = numpy.clip(left, 1e-4, 1) / numpy.clip(below, 1e-4, 1)
    return numpy.minimum(weights, 1.0)


def code(values: Any) -> Any:
    """Logarithms as costs of 8 bits, at least 1."""
    return numpy.clip(numpy.rint(-values / STEP), 1, 255).astype(numpy.uint32)


def buckets(hashes: Any, costs: Any, weight: Any, load: float, backoff: Any = None) -> tuple[Any, Any, int]:
    """The slots for n-grams, the backoff weights in the same places, and how many did not fit.

    A bucket that overflows loses what was seen least often.
    """
    count = max(1, int(len(hashes) / (SLOTS * load)))
    bucket, mark = place(hashes, count)
    order = numpy.lexsort((-weight, bucket))
    bucket = bucket[order]
    rank = numpy.arange(len(bucket)) - numpy.searchsorted(bucket, bucket)
    fits = rank < SLOTS
    at, slot, chosen = bucket[fits], rank[fits], order[fits]
    slots = numpy.zeros((count, SLOTS), numpy.uint32)
    slots[at, slot] = (mark[chosen] << numpy.uint32(8)) | costs[chosen]
    backoffs = numpy.zeros((count, SLOTS), numpy.uint8)
    if backoff is not None:
        backoffs[at, slot] = backoff[chosen]
    return slots, backoffs, int((~fits).sum())


def packed(found: Estimated, size: int, lang: str, load: float = 0.75) -> dict[str, Any]:
    """The arrays that the package reads (see `tqcheck.translate.bundled.language_model.Trigrams`)."""
    first, second = found.pair_keys // size, found.pair_keys % size
    backoff = numpy.clip(numpy.rint(-found.pair_backoff / STEP), 0, 255).astype(numpy.uint8)
    pairs, backoffs, lost = buckets(pair_hash(first, second), code(found.pair), found.pair_weight, load, backoff)
    front = found.triple_keys // size
    hashes = longer_hash(pair_hash(front // size, front % size), found.triple_keys % size)
    triples, _, lost3 = buckets(hashes, code(found.triple), found.weight, load)
    print(f"{lang}: {len(found.pair):,} pairs ({lost:,} lost), {len(found.triple):,} triples ({lost3:,} lost)")
    return {
        f"{lang}.unigram": code(found.unigram).astype(numpy.uint8),
        f"{lang}.unigram_backoff": numpy.clip(numpy.rint(-found.unigram_backoff / STEP), 0, 255).astype(numpy.uint8),
        f"{lang}.pairs": pairs,
        f"{lang}.pair_backoffs": backoffs,
        f"{lang}.triples": triples,
    }
