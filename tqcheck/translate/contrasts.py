"""The stage of the line that takes doubted words out of one text and reads the other again: is it likelier without?

Contrastive conditioning (Vamvas and Sennrich 2022, "As Little as Possible, as Much as Necessary"): what was left out of
a translation can be left out of its original, and the translation becomes more probable; likewise what was added.
Only the part of a side that seems most to have no counterpart is tried, where there is one: of few good translations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tqcheck.languages.suspects import constituent
from tqcheck.model import Bitext, Contrast, Pair, Segment, TextScores, Token
from tqcheck.translate.cache import Cache
from tqcheck.translate.cached import CachedScorer
from tqcheck.translate.protocol import Passage, Progress, Reading, Scorer, within
from tqcheck.translate.word_scores import by_token


class _Part(NamedTuple):
    pair: Pair
    side: str
    own: Segment
    other: Segment
    scores: TextScores
    tokens: tuple[Token, ...]


def contrast(
    bitext: Bitext, scorer: Scorer | None, cache: Cache | None = None, progress: Progress | None = None
) -> Bitext:
    """Fill ``contrasts`` of pairs of which something seems to have no counterpart; without a scorer nothing changes.

    ``progress`` counts the readings. Raises UserError from the scorer.
    """
    if scorer is None:
        return bitext
    if cache is not None and scorer.worth_caching:
        scorer = CachedScorer(scorer, cache)
    there = [part for pair in bitext.pairs for part in _parts(pair, "source")]
    here = [part for pair in bitext.pairs for part in _parts(pair, "target")]
    total = len(there) + len(here)
    langs = bitext.source.lang, bitext.target.lang
    found: dict[int, tuple[Contrast, ...]] = {}
    for parts, (own, other), done in ((there, langs, 0), (here, langs[::-1], len(there))):
        passages = [Passage(without(part.own, part.tokens), part.other.text) for part in parts]
        tell = progress and within(progress, done, len(parts), total)
        readings = scorer.read(passages, own, other, tell) if parts else ()
        for part, reading in zip(parts, readings, strict=True):
            made = _contrast(part, reading)
            found[part.pair.index] = (*found.get(part.pair.index, ()), *made)
    return replace(
        bitext, pairs=tuple(replace(p, contrasts=found[p.index]) if p.index in found else p for p in bitext.pairs)
    )


def _parts(pair: Pair, side: str) -> tuple[_Part, ...]:
    """What is taken out of a side of a pair that was read, if anything."""
    own, other, doubts, scores = pair.source, pair.target, pair.source_doubts, pair.target_scores
    if side == "target":
        own, other, doubts, scores = pair.target, pair.source, pair.target_doubts, pair.source_scores
    if scores is None or not own.tokens:
        return ()
    tokens = constituent(own, doubts)
    return (_Part(pair, side, own, other, scores, tokens),) if tokens else ()


def without(segment: Segment, tokens: Sequence[Token]) -> str:
    """The text of a segment without some of its words, which stand together; its blanks are single ones."""
    start, end = tokens[0].span.start - segment.span.start, tokens[-1].span.end - segment.span.start
    rest = " ".join(f"{segment.text[:start]} {segment.text[end:]}".split())
    return rest.replace(" ,", ",").replace(" .", ".")


def _contrast(part: _Part, again: Reading) -> tuple[Contrast, ...]:
    """By how much the words of the other text are more probable than they were; nothing where it has none."""
    both = zip(part.scores.words, by_token(again.target, part.other), strict=True)
    changes = [round(new.log_probability - old.given, 4) for old, new in both if old is not None and new is not None]
    if not changes:
        return ()
    first, last = part.tokens[0].index, part.tokens[-1].index
    return (Contrast(part.side, first, last, round(sum(changes), 4), min(changes), max(changes)),)
