"""Two texts: the segments that translate each other, and what is known of their words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.model.texts import Document, Segment, Token


@dataclass(frozen=True, slots=True)
class Link:
    """The token ``source`` of the French document stands behind the token ``target`` of the English one."""

    source: int
    target: int
    probability: float


FIRST_READING = "+first-reading"
"""The end of the name of an engine that is no translator: right words, wrong grammar, or things left out or made up."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a machine makes of a segment. ``log_probabilities``: natural logarithms, one a piece, if the engine says."""

    text: str
    engine: str
    pieces: tuple[str, ...] | None = None
    log_probabilities: tuple[float, ...] | None = None

    @property
    def is_first_reading(self) -> bool:
        """Whether it is not to be taken for a translation."""
        return self.engine.endswith(FIRST_READING)


_SURE = 0.5
"""Added to a variance: where a model is sure of a word, small differences are none."""


class WordScore(NamedTuple):
    """How probable a language model finds a word (the sum over its ``pieces``), as natural logarithms.

    ``given`` the other text of the pair and the words before it; ``alone``: given the words before it only.
    ``expected`` and ``variance``: the mean and the variance, summed over the pieces, of the log-probability of what the
    model would draw in their places, given the other text: a name is hard to foresee, and known to be so.
    ``skipped``: by how much more probable it is that one of the next words, or a mark behind them, begins in the
    place of the word, given the other text; ``skipped_alone``: without it; ``inflected``: the same of another form of
    the word, given the other text. None where the model does not say.
    """

    given: float
    alone: float
    pieces: int
    expected: float | None = None
    variance: float | None = None
    skipped: float | None = None
    skipped_alone: float | None = None
    inflected: float | None = None

    @property
    def gain(self) -> float:
        """How much easier the other text makes the word to foresee; at or below 0 where it does not call for it."""
        return self.given - self.alone

    @property
    def typicality(self) -> float | None:
        """How far the word is from what the model expected, in standard deviations: below 0 where it is less probable.

        Source: Bao et al. 2024, "Fast-DetectGPT" (conditional probability curvature). None where it is not known.
        """
        if self.expected is None or self.variance is None:
            return None
        return (self.given - self.expected) / math.sqrt(max(self.variance, 0.0) + _SURE)


class TextScores(NamedTuple):
    """The scores of one side of a pair.

    ``words`` is parallel to the segment's tokens, None where a token has no piece of its own; ``end`` is that of the
    text's ending there (low, given the other text: more was to come).
    """

    words: tuple[WordScore | None, ...]
    end: WordScore | None


class WordDoubt(NamedTuple):
    """How probable it is that a word has no counterpart in the other text, and that it has none or a wrong one."""

    missing: float
    differs: float


class WordTrial(NamedTuple):
    """A doubted word, the ``token`` of that number, tried out: what a language model would write there.

    ``expected`` is that, "" where the text would end. The others are natural logarithms: by how much the text from
    there on becomes more probable when the word is replaced by the expected one, when that is put in before it, and
    when the word is dropped. The first two are None where the model expects the word itself, or the end.
    """

    token: int
    expected: str
    replaced: float | None
    inserted: float | None
    dropped: float


class Contrast(NamedTuple):
    """Words of the ``side`` "source" or "target", from the token ``first`` to ``last``, taken out of it.

    ``change``: by how much the other text becomes more probable without them, as a natural logarithm; below 0 where
    they were needed. ``hardest``: the change of the word of the other text that loses most, ``eased`` of that which
    gains most.
    """

    side: str
    first: int
    last: int
    change: float
    hardest: float
    eased: float


@dataclass(frozen=True)
class Pair:
    """Segments that translate each other (a bead), one of which may be empty.

    ``document`` numbers the article where a run checks several; ``alignment`` is the confidence (0 to 1) that the two
    belong together; ``moved`` is true where the pair stands in another order than its neighbours. ``forward`` is the
    machine's English of ``source``, ``back`` the machine's French of ``target``. ``similarity`` is the cosine of
    the two sides as sentences; ``lexical`` the mean log-probability of the English words given the French ones, and the
    reverse. ``source_scores`` and ``target_scores``: what a language model makes of each word, None without one.
    ``source_doubts`` and ``target_doubts`` are parallel to the tokens of each side; empty where nobody has looked.
    ``trials``: some doubted English words, tried out. ``contrasts``: doubted words of either side, taken out.
    """

    index: int
    source: Segment
    target: Segment
    document: int = 0
    alignment: float | None = None
    moved: bool = False
    links: tuple[Link, ...] = ()
    forward: Translation | None = None
    back: Translation | None = None
    similarity: float | None = None
    lexical: tuple[float, float] | None = None
    source_scores: TextScores | None = None
    target_scores: TextScores | None = None
    source_doubts: tuple[WordDoubt, ...] = ()
    target_doubts: tuple[WordDoubt, ...] = ()
    trials: tuple[WordTrial, ...] = ()
    contrasts: tuple[Contrast, ...] = ()

    @cached_property
    def _by_target(self) -> Mapping[int, tuple[Token, ...]]:
        return _follow((link.target, self.source.token(link.source)) for link in self.links)

    @cached_property
    def _by_source(self) -> Mapping[int, tuple[Token, ...]]:
        return _follow((link.source, self.target.token(link.target)) for link in self.links)

    def behind(self, target: Token) -> tuple[Token, ...]:
        """The French words that stand behind an English one."""
        return self._by_target.get(target.index, ())

    def rendered(self, source: Token) -> tuple[Token, ...]:
        """The English words that render a French one."""
        return self._by_source.get(source.index, ())

    def source_score(self, token: Token) -> WordScore | None:
        """The score of a French word, None where there is none."""
        return _at(self.source_scores, token.index - self.source.tokens[0].index) if self.source.tokens else None

    def target_score(self, token: Token) -> WordScore | None:
        """The score of an English word, None where there is none."""
        return _at(self.target_scores, token.index - self.target.tokens[0].index) if self.target.tokens else None


def _at(scores: TextScores | None, place: int) -> WordScore | None:
    return scores.words[place] if scores is not None and 0 <= place < len(scores.words) else None


def _follow(steps: Iterable[tuple[int, Token | None]]) -> Mapping[int, tuple[Token, ...]]:
    found: dict[int, list[Token]] = {}
    for start, token in steps:
        if token is not None:
            found.setdefault(start, []).append(token)
    return MappingProxyType({key: tuple(sorted(tokens, key=lambda t: t.index)) for key, tokens in found.items()})


@dataclass(frozen=True)
class Bitext:
    """Two documents and the pairs that cover both: a tuple, or of a long text a view of what is on disk."""

    source: Document
    target: Document
    pairs: Sequence[Pair]

    def before(self, pair: Pair, count: int) -> tuple[Pair, ...]:
        """Up to ``count`` pairs that precede ``pair`` in its own article, in reading order."""
        start = max(0, pair.index - count)
        return tuple(p for p in self.pairs[start : pair.index] if p.document == pair.document)
