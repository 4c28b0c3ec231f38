"""The stage of the line that reads both texts with a language model: each word gets its probability, twice.

Given the other text, and without it: a name is hard to foresee in any case, and says nothing; a word that the other
text does not make any easier is one that it does not call for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from tqcheck.model import Bitext, Pair, Segment, Span, TextScores, WordScore
from tqcheck.translate.cache import Cache
from tqcheck.translate.cached import CachedScorer
from tqcheck.translate.protocol import Passage, Progress, Reading, ScoredPiece, ScoredText, Scorer, within


def score_words(
    bitext: Bitext,
    scorer: Scorer | None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    before: int = 0,
    only: Collection[int] | None = None,
) -> Bitext:
    """Fill ``source_scores`` and ``target_scores`` of every pair that has two sides, or of those of numbers ``only``.

    Each text is read twice, both times after an example: first, with nothing of the pair before it, and after the other
    text. ``before`` pairs of the same article precede each (none: a pair is judged by itself). Without a scorer nothing
    changes. ``progress`` counts the readings. Raises UserError from the scorer.
    """
    if scorer is None:
        return bitext
    if cache is not None and scorer.worth_caching:
        scorer = CachedScorer(scorer, cache)
    asked = (pair for pair in bitext.pairs if only is None or pair.index in only)
    pairs = [pair for pair in asked if pair.source.text.strip() and pair.target.text.strip()]
    there = tuple(_passage(bitext, pair, before) for pair in pairs)
    here = tuple(Passage(p.target, p.source, tuple(texts[::-1] for texts in p.before)) for p in there)
    langs = bitext.source.lang, bitext.target.lang
    both = 2 * len(pairs)
    forward = scorer.read(there, *langs, progress and within(progress, 0, len(pairs), both))
    back = scorer.read(here, *langs[::-1], progress and within(progress, len(pairs), len(pairs), both))
    scored = {pair.index: _scored(pair, *read) for pair, *read in zip(pairs, forward, back, strict=True)}
    return replace(bitext, pairs=tuple(scored.get(pair.index, pair) for pair in bitext.pairs))


def _passage(bitext: Bitext, pair: Pair, before: int) -> Passage:
    some = bitext.before(pair, before) if before else ()
    return Passage(
        pair.source.text,
        pair.target.text,
        tuple((p.source.text, p.target.text) for p in some if p.source.text.strip() and p.target.text.strip()),
    )


def _scored(pair: Pair, forward: Reading, back: Reading) -> Pair:
    return replace(
        pair,
        source_scores=text_scores(pair.source, given=back.target, alone=forward.source),
        target_scores=text_scores(pair.target, given=forward.target, alone=back.source),
    )


def text_scores(segment: Segment, given: ScoredText, alone: ScoredText) -> TextScores:
    """Two scores of the text of a segment, word by word."""
    words = tuple(
        None
        if one is None or other is None
        else WordScore(
            one.log_probability,
            other.log_probability,
            one.pieces,
            one.expected,
            one.variance,
            one.skipped,
            other.skipped,
            one.inflected,
        )
        for one, other in zip(by_token(given, segment), by_token(alone, segment), strict=True)
    )
    end = None if given.end is None or alone.end is None else WordScore(given.end, alone.end, 1)
    return TextScores(words, end)


class Summed(NamedTuple):
    """What the pieces of a word have together, in nats, and their number; None where the engine does not say.

    ``skipped`` and ``inflected``: by how much more probable than the first piece are those of the next words, and of
    other forms of the word.
    """

    log_probability: float
    pieces: int
    expected: float | None = None
    variance: float | None = None
    skipped: float | None = None
    inflected: float | None = None


def by_token(scored: ScoredText, segment: Segment) -> tuple[Summed | None, ...]:
    """The log-probability of each token of a segment whose text was scored; None for one without a piece.

    That of a word is the sum of its pieces', in other words of the word as a whole given all before it.
    """
    start = segment.span.start
    spans = [Span(token.span.start - start, token.span.end - start) for token in segment.tokens]
    return by_span(scored, segment.text, spans)


def by_span(scored: ScoredText, text: str, spans: Iterable[Span]) -> tuple[Summed | None, ...]:
    """The log-probability of each of the spans, which are in order and apart; ``text`` is what was scored.

    A piece belongs to the first span in which a character of it stands, blanks before it apart: a quotation mark and
    the full stop after it can be one piece, which is then the mark's. A lone blank belongs to the word after it.
    """
    ordered: Sequence[Span] = tuple(spans)
    found: list[list[ScoredPiece]] = [[] for _ in ordered]
    number = 0
    for piece in scored.pieces:
        written = text[piece.start : piece.end]
        begin = piece.start + len(written) - len(written.lstrip())
        while number < len(ordered) and ordered[number].end <= begin:
            number += 1
        if number < len(ordered) and ordered[number].start < max(piece.end, begin + 1):
            found[number].append(piece)
    return tuple(_summed(pieces) if pieces else None for pieces in found)


def _summed(pieces: Sequence[ScoredPiece]) -> Summed:
    expected = [piece.expected for piece in pieces if piece.expected is not None]
    variance = [piece.variance for piece in pieces if piece.variance is not None]
    known = len(expected) == len(variance) == len(pieces)
    total = sum(piece.log_probability for piece in pieces)
    first = pieces[0]
    return Summed(
        total,
        len(pieces),
        sum(expected) if known else None,
        sum(variance) if known else None,
        *(None if rival is None else rival - first.log_probability for rival in (first.ahead, first.form)),
    )
