"""How good each phrase pair is: relative frequencies and word by word, both ways; and which pairs are worth their room.

Sources: Koehn, Och and Marcu (2003) for the four scores; Johnson, Martin, Foster and Kuhn (2007), "Improving
translation quality by discarding most of the phrasetable", for keeping what is associated and not what is frequent.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy
from extraction import LONGEST, Side

DISCOUNT = 0.5
"""Taken off every count, so that what was seen once is not certain."""
MOST = 20
"""Pairs that a phrase may have, by either side."""
LEAST = 0.002
"""A pair whose probabilities are below it both ways is not kept."""
UNSEEN = 1e-5
"""Probability of a word for another that it was never linked to."""


class Pairs(NamedTuple):
    """Phrase pairs: words of both sides, shape (n, LONGEST), -1 on the right; counts of the pair and of each side."""

    french: Any
    english: Any
    count: Any
    french_count: Any
    english_count: Any

    def only(self, kept: Any) -> Pairs:
        """Some of them."""
        return Pairs(*(column[kept] for column in self))


class Lexicon(NamedTuple):
    """Sorted keys of linked words (French number times ``size`` plus English number) and both probabilities."""

    keys: Any
    english_given: Any
    french_given: Any
    size: int

    def look(self, french: Any, english: Any) -> tuple[Any, Any]:
        """p(English | French) and p(French | English) of each two words."""
        wanted = french.astype(numpy.int64) * self.size + english
        at = numpy.minimum(numpy.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = self.keys[at] == wanted
        return tuple(numpy.where(known, part[at], UNSEEN) for part in (self.english_given, self.french_given))


def lexicon(french: Side, english: Side, own: Any, other: Any, sizes: tuple[int, int]) -> Lexicon:
    """Word probabilities out of the links."""
    keys, counts = numpy.unique(french.ids[own].astype(numpy.int64) * sizes[1] + english.ids[other], return_counts=True)
    left, right = keys // sizes[1], keys % sizes[1]
    kept = counts - 0.3
    totals = numpy.bincount(left, counts, sizes[0]), numpy.bincount(right, counts, sizes[1])
    return Lexicon(keys, kept / totals[0][left], kept / totals[1][right], sizes[1])


def spelt(side: Side, at: Any, length: Any) -> Any:
    """The words of phrases that begin ``at`` and have ``length`` words."""
    places = numpy.arange(LONGEST)
    inside = places < length[:, None]
    return numpy.where(inside, side.ids[numpy.minimum(at[:, None] + places, len(side.ids) - 1)], -1)


def digits_agree(pairs: Pairs, digits: tuple[Any, Any]) -> Any:
    """Whether as many digits are hidden on both sides: else a number could not be put back."""
    sums = [
        numpy.where(words >= 0, of[words], 0).sum(axis=1)
        for words, of in zip((pairs.french, pairs.english), digits, strict=True)
    ]
    return sums[0] == sums[1]


def worth(pairs: Pairs) -> Any:
    """How much a pair is seen more often than chance would have it, in nats, weighed by its count."""
    total = float(pairs.count.sum())
    return pairs.count * numpy.log(
        pairs.count * total / (pairs.french_count.astype(numpy.float64) * pairs.english_count)
    )


def chosen(pairs: Pairs, french_number: Any, english_number: Any, most: int) -> Any:
    """Which pairs to keep: likely ones, the best of each phrase, and of all those the ``most`` worth their room.

    Pairs of single words are kept before all others: without them a word cannot be translated.
    """
    count = pairs.count - DISCOUNT
    forward, backward = count / pairs.french_count, count / pairs.english_count
    kept = (numpy.maximum(forward, backward) >= LEAST) & (numpy.minimum(forward, backward) >= LEAST / 20)
    value = numpy.sqrt(forward * backward)
    for number in (french_number, english_number):
        kept &= _rank(number, numpy.where(kept, value, 0)) < MOST
    alone = (pairs.french[:, 1] < 0) | (pairs.english[:, 1] < 0)
    single = kept & alone & (value > 0.01)
    order = numpy.argsort(-numpy.where(kept, worth(pairs) + 1e9 * single, -numpy.inf))[: min(most, int(kept.sum()))]
    found = numpy.zeros(len(kept), bool)
    found[order] = True
    return found


def _rank(group: Any, value: Any) -> Any:
    """The rank of each value in its group, from 0."""
    order = numpy.lexsort((-value, group))
    first = numpy.searchsorted(group[order], group[order])
    found = numpy.empty(len(group), numpy.int64)
    found[order] = numpy.arange(len(group)) - first
    return found


def features(pairs: Pairs, words: Lexicon) -> Any:
    """Natural logarithms, shape (n, 4): p(en|fr), p(fr|en), then both word by word."""
    count = pairs.count - DISCOUNT
    by_word = numpy.zeros((2, len(count)))
    english_best = numpy.full(pairs.english.shape, UNSEEN)
    french_best = numpy.full(pairs.french.shape, UNSEEN)
    for i in range(LONGEST):
        for j in range(LONGEST):
            both = numpy.flatnonzero((pairs.french[:, i] >= 0) & (pairs.english[:, j] >= 0))
            forward, backward = words.look(pairs.french[both, i], pairs.english[both, j])
            english_best[both, j] = numpy.maximum(english_best[both, j], forward)
            french_best[both, i] = numpy.maximum(french_best[both, i], backward)
    by_word[0] = numpy.where(pairs.english >= 0, numpy.log(english_best), 0).sum(axis=1)
    by_word[1] = numpy.where(pairs.french >= 0, numpy.log(french_best), 0).sum(axis=1)
    columns = (numpy.log(count / pairs.french_count), numpy.log(count / pairs.english_count), by_word[0], by_word[1])
    return numpy.stack(columns, axis=1).astype(numpy.float32)
