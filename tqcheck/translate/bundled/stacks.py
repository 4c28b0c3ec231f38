"""The nouns of the search: what it chooses among, what it has so far, what it finds."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy


class Options(NamedTuple):
    """What may stand for the runs of source words of a batch, sorted by sentence, length, and start.

    ``first``, ``last``: index of the options of (sentence, length - 1, start). ``score``: all that is known before the
    words in front of it are; ``guess``: with what its first two words may score; ``words`` (n, LONGEST) of the target
    and their ``count``.
    """

    first: Any
    last: Any
    score: Any
    guess: Any
    words: Any
    count: Any


class Weights(NamedTuple):
    """What a nat of the language model and a word of distortion weigh."""

    language_model: float
    distortion: float


class Stack(NamedTuple):
    """Hypotheses: of which ``sentence``, what they cover, where the last phrase ended, score, and the way back."""

    sentence: Any
    covered: Any
    gap: Any
    end: Any
    score: Any
    hope: Any
    one: Any
    two: Any
    backoff: Any
    option: Any
    before: Any


class Best(NamedTuple):
    """For each sentence the (start, length, option) of the phrases of its best translation, in target order."""

    phrases: list[tuple[tuple[int, int, int], ...]]
    score: list[float]


def top_of(sentence: Any, value: Any, count: int, most: int, behind: float) -> Any:
    """The places of the ``most`` highest values of each sentence that are not too far behind its highest."""
    best = numpy.full(count, -numpy.inf)
    numpy.maximum.at(best, sentence, value)
    near = numpy.flatnonzero(value >= best[sentence] - behind) if behind < numpy.inf else numpy.arange(len(value))
    near = near[numpy.lexsort((-value[near], sentence[near]))]
    some = sentence[near]
    rank = numpy.arange(len(some)) - numpy.searchsorted(some, some)
    return near[rank < most]


def first_gap(covered: Any, gap: Any) -> Any:
    """The first word that is not covered."""
    found = gap.copy()
    while True:
        on = ((covered >> found.astype(numpy.uint64)) & numpy.uint64(1)) == 1
        if not on.any():
            return found
        found += on
