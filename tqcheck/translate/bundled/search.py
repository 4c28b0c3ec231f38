"""The search for the best translation: phrase by phrase, many sentences at once.

Source: Koehn (2004), "Pharaoh: a beam search decoder for phrase-based statistical machine translation models". A stack
holds the hypotheses that cover so many source words; here it is an array over all sentences of a batch, and a step
fills the stack of n words of every sentence from the ones below it.
"""

from __future__ import annotations

from typing import Any

import numpy

from tqcheck.translate.bundled.language_model import BEGIN, END, Trigrams, longer_hash, pair_hash
from tqcheck.translate.bundled.phrases import LONGEST
from tqcheck.translate.bundled.stacks import (
    Best,
    Candidates,
    Options,
    Stack,
    Weights,
    best_alike,
    first_gap,
    highest,
    joined,
    top_of,
)

LIMIT = 3
"""Words that may be jumped over, forward or back."""
BEAM = 40
"""Hypotheses of a stack."""
WIDE, WIDE_NATS = 300, 5.0
"""Candidates of a stack that the language model judges: the best by estimate, and none so far behind the first."""
MOST = 60
"""Words of a sentence: what is covered is a bit each."""


class Search:
    """A search over the ``lengths`` of sentences with their options; the language model is of the target."""

    def __init__(self, lengths: Any, options: Options, model: Trigrams, weights: Weights, beam: int = BEAM) -> None:
        self.lengths, self.options, self.model, self.weights, self.beam = lengths, options, model, weights, beam
        self.hopes = self._hopes()
        self._runs = options.first.ravel(), options.last.ravel()
        self._first: list[int] = []
        self.all: Stack

    def _hopes(self) -> Any:
        """Per sentence and place: the sum of the best scores up to there, of the best way to cut the sentence.

        What a hypothesis does not cover yet is hoped to score its words' shares of that.
        """
        sentences, longest = len(self.lengths), int(self.lengths.max())
        best = numpy.full((sentences, longest + 1), -numpy.inf)
        best[:, 0] = 0
        back = numpy.zeros((sentences, longest + 1), numpy.int64)
        top = self._top()
        for end in range(1, longest + 1):
            for length in range(1, min(LONGEST, end) + 1):
                value = best[:, end - length] + top[:, length - 1, end - length]
                better = value > best[:, end]
                best[:, end] = numpy.where(better, value, best[:, end])
                back[:, end] = numpy.where(better, length, back[:, end])
        shares = numpy.zeros((sentences, longest + 1))
        for sentence in range(sentences):
            end = int(self.lengths[sentence])
            while end:
                length = int(back[sentence, end])
                shares[sentence, end - length + 1 : end + 1] = top[sentence, length - 1, end - length] / length
                end -= length
        return shares.cumsum(axis=1)

    def _top(self) -> Any:
        """The best guess for each (sentence, length - 1, start), minus infinity where there is no option."""
        first, last = self.options.first.ravel(), self.options.last.ravel()
        found = numpy.full(len(first), -numpy.inf)
        some = last > first
        # Options come in a row without holes, so the ones that begin a run part them.
        found[some] = numpy.maximum.reduceat(self.options.guess, first[some])
        return found.reshape(self.options.first.shape)

    def run(self) -> Best:
        """Search, and read the best ways back."""
        count = len(self.lengths)
        zero, begin = numpy.zeros(count, numpy.int64), numpy.full(count, BEGIN)
        bits, nothing = numpy.zeros(count, numpy.uint64), numpy.zeros(count)
        pair = pair_hash(begin, begin)
        backoff = self.model.pair(pair).backoff
        places = numpy.arange(count)
        start = (places, zero, bits, zero, zero, nothing, nothing, begin, begin, pair, backoff, zero - 1, zero - 1)
        stacks = [Stack(*start)]
        self._first = [0, count]
        for size in range(1, int(self.lengths.max()) + 1):
            stacks.append(self._stack(size, joined(stacks[-LONGEST:])))
            self._first.append(self._first[-1] + len(stacks[-1].sentence))
        self.all = joined(stacks)
        ends = [self.ends(sentence) for sentence in range(count)]
        best = [int(rows[numpy.argmax(self.all.score[rows])]) for rows in ends]
        return Best([self.way(row) for row in best], self.all.score[best].tolist())

    def _stack(self, size: int, window: Stack) -> Stack:
        """The stack of ``size`` words out of the ones below it (``window``)."""
        order = numpy.argsort(window.sentence.astype(numpy.int16), kind="stable")
        window = Stack(*(column[order] for column in window))
        candidates = self._candidates(size, window)
        found = self._judged(size, window, candidates)
        earlier = self._first[max(0, size - LONGEST)]
        return found._replace(before=earlier + order[found.before])

    def _candidates(self, size: int, window: Stack) -> Candidates:
        """The best ways, by an estimate, to add a phrase to the hypotheses below."""
        row, start = self._places(size, window)
        sentence, length = window.sentence[row], size - window.size[row]
        run = (sentence * LONGEST + length - 1) * self.options.first.shape[2] + start
        first, last = self._runs[0][run], self._runs[1][run]
        hope = self.hopes[sentence, start + length] - self.hopes[sentence, start]
        jump = numpy.abs(start - window.end[row])
        base = window.promise[row] - self.weights.distortion * jump - hope
        some = numpy.flatnonzero(last > first)
        top = base[some] + self.options.guess[first[some]]
        least = highest(sentence[some], top, len(self.lengths)) - WIDE_NATS
        some = some[top >= least[sentence[some]]]
        many = last[some] - first[some]
        place = numpy.repeat(some, many)
        option = numpy.arange(len(place)) + numpy.repeat(first[some] - (many.cumsum() - many), many)
        value = base[place] + self.options.guess[option]
        near = numpy.flatnonzero(value >= least[sentence[place]])
        near = near[top_of(sentence[place[near]], value[near], len(self.lengths), WIDE)]
        return Candidates(row[place[near]], start[place[near]], option[near])

    def _places(self, size: int, window: Stack) -> tuple[Any, Any]:
        """Where phrases may be put: rows of the window, and the word with which each begins."""
        start = window.gap[:, None] + numpy.arange(LIMIT + 1)
        length = size - window.size
        free = start <= (self.lengths[window.sentence] - length)[:, None]
        mask = (numpy.uint64(1) << length.astype(numpy.uint64)) - numpy.uint64(1)
        free &= ((window.covered[:, None] >> start.astype(numpy.uint64)) & mask[:, None]) == 0
        near = numpy.abs(start - window.end[:, None]) <= LIMIT
        near[:, 0] = True
        row, column = numpy.nonzero(free & near)
        return row, window.gap[row] + column

    def _judged(self, size: int, window: Stack, candidates: Candidates) -> Stack:
        """The best of the candidates, with their scores."""
        row, start, option = candidates
        sentence, length = window.sentence[row], size - window.size[row]
        end = start + length
        gain, one, two = self._language(window, row, option)
        jump = numpy.abs(start - window.end[row])
        hope = self.hopes[sentence, end] - self.hopes[sentence, start]
        added = gain + self.options.score[option] - self.weights.distortion * jump
        finished = numpy.flatnonzero(size == self.lengths[sentence])
        if len(finished):
            last = numpy.full(len(finished), END)
            added[finished] += self.weights.language_model * self.model.score(one[finished], two[finished], last)
        promise = window.promise[row] + added - hope
        bits = (numpy.uint64(1) << length.astype(numpy.uint64)) - numpy.uint64(1)
        covered = window.covered[row] | (bits << start.astype(numpy.uint64))
        kept = best_alike(_state(sentence, covered, end, one, two), promise)
        kept = kept[top_of(sentence[kept], promise[kept], len(self.lengths), self.beam)]
        before, one, two, covered = row[kept], one[kept], two[kept], covered[kept]
        pair = pair_hash(one, two)
        return Stack(
            sentence[kept],
            numpy.full(len(kept), size),
            covered,
            first_gap(covered, window.gap[before]),
            end[kept],
            window.score[before] + added[kept],
            promise[kept],
            one,
            two,
            pair,
            self.model.pair(pair).backoff,
            option[kept],
            before,
        )

    def _language(self, window: Stack, row: Any, option: Any) -> tuple[Any, Any, Any]:
        """What the words in front make the first two words of each option score, and its last two words."""
        words, many, two = self.options.words, self.options.count[option], window.two[row]
        first = words[option, 0]
        hashes = pair_hash(two, first)
        pair = self.model.pair(hashes)
        shorter = self.model.shorter(pair, two, first) + window.backoff[row]
        gain = self.model.longer(longer_hash(window.pair[row], first), shorter)
        more = numpy.flatnonzero(many > 1)
        behind = option[more]
        shorter = self.options.second[behind] + pair.backoff[more]
        gain[more] += self.model.longer(longer_hash(hashes[more], words[behind, 1]), shorter)
        last = words[option, many - 1]
        return self.weights.language_model * gain, numpy.where(many > 1, words[option, many - 2], two), last

    def ends(self, sentence: int) -> Any:
        """The numbers of the hypotheses that cover the whole of a sentence."""
        first, last = self._first[int(self.lengths[sentence])], self._first[int(self.lengths[sentence]) + 1]
        return first + numpy.flatnonzero(self.all.sentence[first:last] == sentence)

    def way(self, row: int) -> tuple[tuple[int, int, int], ...]:
        """The phrases of a hypothesis, from the first to the last."""
        back: list[tuple[int, int, int]] = []
        while (before := int(self.all.before[row])) >= 0:
            length = int(self.all.size[row] - self.all.size[before])
            back.append((int(self.all.end[row]) - length, length, int(self.all.option[row])))
            row = before
        return tuple(reversed(back))


def _state(sentence: Any, covered: Any, end: Any, one: Any, two: Any) -> Any:
    """A hash of all that the future of a hypothesis depends on."""
    state = (covered + sentence.astype(numpy.uint64)) * numpy.uint64(0x9E3779B97F4A7C15)
    for part in (end, one, two):
        state ^= state >> numpy.uint64(29)
        state = (state + part.astype(numpy.uint64)) * numpy.uint64(0xC2B2AE3D27D4EB4F)
    return state
