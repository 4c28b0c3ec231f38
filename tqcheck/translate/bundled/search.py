"""The search for the best translation: phrase by phrase, many sentences at once.

Source: Koehn (2004), "Pharaoh: a beam search decoder for phrase-based statistical machine translation models". A stack
holds the hypotheses that cover so many source words; here it is an array over all sentences of a batch, and a step
fills the stack of n words of every sentence from the ones below it.
"""

from __future__ import annotations

from typing import Any

import numpy

from tqcheck.translate.bundled.language_model import BEGIN, END, Trigrams
from tqcheck.translate.bundled.phrases import LONGEST
from tqcheck.translate.bundled.stacks import Best, Options, Stack, Weights, first_gap, top_of

LIMIT = 3
"""Words that may be jumped over, forward or back."""
BEAM = 40
"""Hypotheses of a stack."""
WIDE, WIDE_NATS = 300, 7.0
"""Candidates of a stack that the language model judges: the best by estimate, and none so far behind the first."""
MOST = 60
"""Words of a sentence: what is covered is a bit each."""


class Search:
    """A search over the ``lengths`` of sentences with their options; the language model is of the target."""

    def __init__(self, lengths: Any, options: Options, model: Trigrams, weights: Weights, beam: int = BEAM) -> None:
        self.lengths, self.options, self.model, self.weights, self.beam = lengths, options, model, weights, beam
        self.hopes = self._hopes()
        self.stacks: list[Stack] = []

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
        zero = numpy.zeros(count, numpy.int64)
        begin = numpy.full(count, BEGIN)
        self.stacks = [
            Stack(
                numpy.arange(count),
                numpy.zeros(count, numpy.uint64),
                zero,
                zero,
                numpy.zeros(count),
                zero * 0.0,
                begin,
                begin,
                self.model.backoff(begin, begin),
                zero - 1,
                zero - 1,
            )
        ]
        for size in range(1, int(self.lengths.max()) + 1):
            self.stacks.append(self._stack(size))
        return self._best()

    def _stack(self, size: int) -> Stack:
        parts = [self._extensions(size - length, length) for length in range(1, min(LONGEST, size) + 1)]
        stack, hypothesis, option, start, score = (numpy.concatenate(column) for column in zip(*parts, strict=True))
        return self._judged(size, stack, hypothesis, option, start, score)

    def _extensions(self, below: int, length: int) -> tuple[Any, ...]:
        """All ways to add a phrase of ``length`` words to the hypotheses of a stack, with an estimated score."""
        stack = self.stacks[below]
        start = stack.gap[:, None] + numpy.arange(LIMIT + 1)
        inside = start + length <= self.lengths[stack.sentence][:, None]
        start = numpy.where(inside, start, 0)
        mask = numpy.uint64((1 << length) - 1)
        inside &= ((stack.covered[:, None] >> start.astype(numpy.uint64)) & mask) == 0
        jump = numpy.abs(start - stack.end[:, None])
        inside &= (jump <= LIMIT) | (start == stack.gap[:, None])
        hypothesis, _ = numpy.nonzero(inside)
        start, jump = start[inside], jump[inside]
        sentence = stack.sentence[hypothesis]
        first, last = (part[sentence, length - 1, start] for part in (self.options.first, self.options.last))
        hope = self.hopes[sentence, start + length] - self.hopes[sentence, start]
        base = stack.score[hypothesis] - stack.hope[hypothesis] - self.weights.distortion * jump - hope
        many = last - first
        total = int(many.sum())
        row = numpy.repeat(numpy.arange(len(first)), many)
        option = numpy.arange(total) - numpy.repeat(many.cumsum() - many, many) + first[row]
        score = base[row] + self.options.guess[option]
        return numpy.full(total, below), hypothesis[row], option, start[row], score

    def _judged(self, size: int, below: Any, hypothesis: Any, option: Any, start: Any, estimate: Any) -> Stack:
        sentence = numpy.zeros(len(below), numpy.int64)
        for number in numpy.unique(below):
            of = below == number
            sentence[of] = self.stacks[number].sentence[hypothesis[of]]
        chosen = top_of(sentence, estimate, len(self.lengths), WIDE, WIDE_NATS)
        below, hypothesis, option, start, sentence, estimate = (
            part[chosen] for part in (below, hypothesis, option, start, sentence, estimate)
        )
        columns = [numpy.empty(len(below), getattr(self.stacks[0], name).dtype) for name in _READ]
        for number in numpy.unique(below):
            of = below == number
            for column, name in zip(columns, _READ, strict=True):
                column[of] = getattr(self.stacks[number], name)[hypothesis[of]]
        covered, gap, end, score, hope, one, two, backoff = columns
        length = size - below
        words, many = self.options.words[option], self.options.count[option]
        gain, one, two = self._language(words, many, one, two, backoff)
        hope = hope + self.hopes[sentence, start + length] - self.hopes[sentence, start]
        score = score + gain + self.options.score[option] - self.weights.distortion * numpy.abs(start - end)
        bits = ((numpy.uint64(1) << length.astype(numpy.uint64)) - numpy.uint64(1)) << start.astype(numpy.uint64)
        covered = covered | bits
        end = start + length
        gap = first_gap(covered, gap)
        finished = size == self.lengths[sentence]
        if finished.any():
            last = self.model.score(one, two, numpy.full(len(one), END), self.model.backoff(one, two))
            score = score + numpy.where(finished, self.weights.language_model * last, 0.0)
        kept = self._kept(sentence, covered, end, one, two, score - hope)
        backoff = numpy.zeros(len(below))
        backoff[kept] = self.model.backoff(one[kept], two[kept])
        whole = Stack(sentence, covered, gap, end, score, hope, one, two, backoff, option, below * _FAR + hypothesis)
        return Stack(*(part[kept] for part in whole))

    def _language(self, words: Any, many: Any, one: Any, two: Any, backoff: Any) -> tuple[Any, Any, Any]:
        """What the words in front make the first two words of each option score, and its last two words."""
        weight = self.weights.language_model
        first = words[:, 0]
        gain = weight * self.model.score(one, two, first, backoff)
        more = numpy.flatnonzero(many > 1)
        between = self.model.backoff(two[more], first[more])
        gain[more] += weight * self.model.score(two[more], first[more], words[more, 1], between)
        rows = numpy.arange(len(words))
        last = words[rows, many - 1]
        return gain, numpy.where(many > 1, words[rows, numpy.maximum(many - 2, 0)], two), last

    def _kept(self, sentence: Any, covered: Any, end: Any, one: Any, two: Any, promise: Any) -> Any:
        """Of hypotheses that the future cannot tell apart the best, and of all the best of each sentence."""
        state = (covered + sentence.astype(numpy.uint64)) * numpy.uint64(0x9E3779B97F4A7C15)
        for part in (end, one, two):
            state ^= state >> numpy.uint64(29)
            state = (state + part.astype(numpy.uint64)) * numpy.uint64(0xC2B2AE3D27D4EB4F)
        order = numpy.lexsort((-promise, state))
        first = numpy.concatenate([[True], state[order][1:] != state[order][:-1]])
        unlike = order[first]
        return unlike[top_of(sentence[unlike], promise[unlike], len(self.lengths), self.beam, numpy.inf)]

    def _best(self) -> Best:
        found: list[tuple[tuple[int, int, int], ...]] = []
        scores: list[float] = []
        for sentence, length in enumerate(self.lengths.tolist()):
            stack = self.stacks[length]
            rows = numpy.flatnonzero(stack.sentence == sentence)
            row = int(rows[numpy.argmax(stack.score[rows])])
            scores.append(float(stack.score[row]))
            found.append(self.way(length, row))
        return Best(found, scores)

    def way(self, size: int, row: int) -> tuple[tuple[int, int, int], ...]:
        """The phrases of a hypothesis, from the first to the last."""
        back: list[tuple[int, int, int]] = []
        while size:
            stack = self.stacks[size]
            below, before = divmod(int(stack.before[row]), _FAR)
            length = size - below
            back.append((int(stack.end[row]) - length, length, int(stack.option[row])))
            size, row = below, before
        return tuple(reversed(back))


_READ = ("covered", "gap", "end", "score", "hope", "one", "two", "backoff")
_FAR = 1 << 32
