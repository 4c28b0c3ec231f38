"""The nouns of the search: what it chooses among, what it has so far, what it finds."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy


class Options(NamedTuple):
    """What may stand for the runs of source words of a batch, sorted by sentence, length, and start, the best first.

    ``first``, ``last``: index of the options of (sentence, length - 1, start). ``score``: all that is known before the
    words in front of it are; ``guess``: with what its first two words may score; ``words`` (n, LONGEST) of the target
    and their ``count``; ``second``: the log-probability of the second word after the first alone.
    """

    first: Any
    last: Any
    score: Any
    guess: Any
    words: Any
    count: Any
    second: Any


class Weights(NamedTuple):
    """What a nat of the language model and a word of distortion weigh."""

    language_model: float
    distortion: float


class Stack(NamedTuple):
    """Hypotheses, sorted by sentence.

    Of which ``sentence``, how many source words they cover (``size``) and which, the first that they do not (``gap``),
    where the last phrase ended, the score, and the ``promise``: the score without what was hoped for these words. The
    last words are ``one`` and ``two``, ``pair`` is their hash, ``backoff`` what they cost a word they do not know. The
    last phrase is ``option``; ``before`` it was the hypothesis of that number among all.
    """

    sentence: Any
    size: Any
    covered: Any
    gap: Any
    end: Any
    score: Any
    promise: Any
    one: Any
    two: Any
    pair: Any
    backoff: Any
    option: Any
    before: Any


class Candidates(NamedTuple):
    """Hypotheses with a phrase more, sorted by sentence: rows of the window, start and option of the phrase."""

    row: Any
    start: Any
    option: Any


class Best(NamedTuple):
    """For each sentence the (start, length, option) of the phrases of its best translation, in target order."""

    phrases: list[tuple[tuple[int, int, int], ...]]
    score: list[float]


def joined(stacks: list[Stack]) -> Stack:
    """All hypotheses of some stacks, one stack after the other."""
    return Stack(*(numpy.concatenate(column) for column in zip(*stacks, strict=True)))


def highest(sentence: Any, value: Any, count: int) -> Any:
    """The highest value of each of ``count`` sentences, by which the values are sorted; minus infinity for none."""
    found = numpy.full(count, -numpy.inf)
    if len(sentence):
        starts = _starts(sentence)
        found[sentence[starts]] = numpy.maximum.reduceat(value, starts)
    return found


def top_of(sentence: Any, value: Any, count: int, most: int) -> Any:
    """The places of the ``most`` highest values of each sentence, by which they are sorted, and of what equals them."""
    many = numpy.bincount(sentence, minlength=count)
    widest = int(many.max(initial=0))
    if widest <= most:
        return numpy.arange(len(value))
    table = numpy.full((count, widest), numpy.inf)
    table[sentence, numpy.arange(len(value)) - (many.cumsum() - many)[sentence]] = -value
    table.partition(most - 1, axis=1)
    return numpy.flatnonzero(-value <= table[sentence, most - 1])


def best_alike(state: Any, value: Any) -> Any:
    """Of each run of equal states the place of the highest value, the first of them; in order of the places."""
    order = numpy.argsort(state, kind="stable")
    ordered, values = state[order], value[order]
    starts = _starts(ordered)
    sizes = numpy.diff(starts, append=len(state))
    tops = numpy.flatnonzero(values == numpy.repeat(numpy.maximum.reduceat(values, starts), sizes))
    group = numpy.repeat(numpy.arange(len(starts)), sizes)[tops]
    return numpy.sort(order[tops[_starts(group)]])


def _starts(values: Any) -> Any:
    """Where values, of which there are some, differ from the one before."""
    return numpy.flatnonzero(numpy.concatenate([[True], values[1:] != values[:-1]]))


def first_gap(covered: Any, gap: Any) -> Any:
    """The first word that is not covered."""
    found = gap.copy()
    while True:
        on = ((covered >> found.astype(numpy.uint64)) & numpy.uint64(1)) == 1
        if not on.any():
            return found
        found += on
