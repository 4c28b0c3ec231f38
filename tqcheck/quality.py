"""Evidence -> the quality of a pair, 0 to 1: the probability that an expert marks no major error in it.

Errors are taken to come at random, so many to be expected in a pair (`risk`): some for every word, more where the
evidence is bad (how alike the two sides are as sentences, how many of their words are doubted, how well they are
linked, what was written carelessly), and those that the detectors found, each as much as it is to be believed. The
quality is the probability of none, exp(-risk). The weights were fitted on development data (docs/quality.md says on
which, how, and how well it does); each has the sign that reason gives it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from tqcheck.languages import gaps, surface
from tqcheck.model import Bitext, Finding, Pair, PairScores, Score, Segment
from tqcheck.mqm import Severity

SIGNATURE = "poisson|features:21+10|v:4"
LENGTH = -0.07
"""Natural logarithm of the usual length of the English, in characters, by that of the French."""

ONE_SIDED = {True: 0.05, False: 0.5}
"""Quality of a pair of which one side is empty: with words that carry meaning, and without any."""

HELPFUL = frozenset({"similarity", "source-links", "target-links", "lexical", "back-lexical"})
"""Evidence that speaks for a pair; all other speaks against it."""

START, A_WORD = -0.858, 0.00484
"""The logarithm of the risk of a pair without any evidence, and the risk of every word more."""

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "similarity": -1.612,
        "source-links": -0.080,
        "target-links": -0.238,
        "source-gap": 0.090,
        "target-gap": 0.076,
        "lexical": -0.021,
        "back-lexical": -0.042,
        "length": 0.000,
        "start": 1.111,
        "end": 0.187,
        "blanks": 0.000,
        "marks": 0.031,
        "repeats": 0.157,
        "capitals": 0.000,
        "source-differs": 0.305,
        "target-differs": 0.537,
        "source-missing": 0.123,
        "target-missing": 0.000,
        "source-worst": 0.124,
        "target-worst": 0.072,
        "minor": 0.364,
    }
)


KEPT, READ_START = 0.477, -5.319
READ_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "source-least-gain": -0.281,
        "source-unhelped": 0.037,
        "source-surprise": 0.045,
        "source-given": -0.068,
        "target-least-gain": -0.081,
        "target-unhelped": 0.064,
        "target-surprise": 0.355,
        "target-given": -0.206,
    }
)
"""Where a language model has read the pair: how much of the other risk is kept, and what its own evidence weighs."""
A_DOUBTED, THE_WORST = 0.046, 0.091
"""There, the risk of every English word that is expected to be wrong, and of the one doubted most, beside: its doubts
are better founded."""
LONG, A_FEW = 0.091, 6.0
"""And that of a pair because it has words at all: "Yes." is never wrong. So much in a long one, two thirds at A_FEW."""

SURPRISE, UNHELPED = -3.0, -0.5
"""Natural logarithms: a word less probable is a surprise; one that gains less is not helped by the other text."""


def features(pair: Pair, findings: Iterable[Finding]) -> dict[str, float]:
    """What is known of a pair with two sides, by name; every value is near 0 to 1 or a small count."""
    source, target = _linked(pair.source, pair, "source"), _linked(pair.target, pair, "target")
    lengths = math.log((len(pair.target.text.strip()) + 1) / (len(pair.source.text.strip()) + 1))
    found = list(findings)
    return {
        "similarity": pair.similarity or 0.0,
        "source-links": _mean(source),
        "target-links": _mean(target),
        "source-gap": math.log1p(max((len(gap.content) for gap in gaps.source_gaps(pair)), default=0)),
        "target-gap": math.log1p(max((len(gap.content) for gap in gaps.target_gaps(pair)), default=0)),
        "lexical": pair.lexical[0] if pair.lexical else 0.0,
        "back-lexical": pair.lexical[1] if pair.lexical else 0.0,
        "length": abs(lengths - LENGTH),
        "start": float(surface.start_differs(pair)),
        "end": float(surface.end_differs(pair)),
        "blanks": math.log1p(surface.stray_blanks(pair)),
        "marks": math.log1p(surface.marks_differ(pair)),
        "repeats": math.log1p(surface.repeats(pair)),
        "capitals": math.log1p(surface.lost_capitals(pair)),
        **_doubted(pair),
        "minor": sum(f.confidence for f in found if f.severity in (Severity.NEUTRAL, Severity.MINOR)),
    }


def _doubted(pair: Pair) -> dict[str, float]:
    """How many words of each side are expected to have no counterpart, or no right one, and the worst of them."""
    found = {}
    for name, segment, doubts in (
        ("source", pair.source, pair.source_doubts),
        ("target", pair.target, pair.target_doubts),
    ):
        own = [doubt for token, doubt in zip(segment.tokens, doubts, strict=False) if token.is_word]
        found[f"{name}-differs"] = math.log1p(sum(doubt.differs for doubt in own))
        found[f"{name}-missing"] = math.log1p(sum(doubt.missing for doubt in own))
        found[f"{name}-worst"] = max((doubt.differs for doubt in own), default=0.0)
    return found


def scored(pair: Pair) -> dict[str, float] | None:
    """What a language model makes of the words of both sides; None where it has not read both.

    By side: the gain of the word that the other text helps least to foresee (at or below zero: not at all), how many it
    does not help with, how far words are less probable than ``SURPRISE``, and the mean log-probability of a piece.
    """
    found = {}
    for name, side in (("source", pair.source_scores), ("target", pair.target_scores)):
        own = [word for word in side.words if word is not None] if side is not None else []
        if not own:
            return None
        found[f"{name}-least-gain"] = max(min(word.gain for word in own), -10.0)
        found[f"{name}-unhelped"] = math.log1p(sum(word.gain < UNHELPED for word in own))
        found[f"{name}-surprise"] = math.log1p(sum(max(0.0, SURPRISE - word.given) for word in own))
        found[f"{name}-given"] = sum(word.given for word in own) / sum(word.pieces for word in own)
    return found


def assess(bitext: Bitext, findings: Iterable[Finding], scores: Sequence[Sequence[Score]]) -> tuple[PairScores, ...]:
    """The quality of every pair beside the scores that were measured of it; all three are parallel to the pairs."""
    by_pair: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.pair is not None:
            by_pair.setdefault(finding.pair, []).append(finding)
    return tuple(
        PairScores(round(quality(pair, by_pair.get(pair.index, ())), 6), tuple(own))
        for pair, own in zip(bitext.pairs, scores, strict=True)
    )


def quality(pair: Pair, findings: Iterable[Finding]) -> float:
    """0 to 1: the probability that an expert marks no major error in the pair."""
    if not pair.source.text.strip() or not pair.target.text.strip():
        return ONE_SIDED[any(map(gaps.is_content, (*pair.source.tokens, *pair.target.tokens)))]
    found = tuple(findings)
    values, count, read = features(pair, found), words(pair), scored(pair)
    expected = risk(values, count)
    if read is not None:
        expected = risk_where_read(expected, read, (doubted(pair), values["target-worst"]), count)
    return math.exp(-expected - sure_errors(found))


def risk_where_read(unread: float, read: Mapping[str, float], doubts: tuple[float, float], count: float) -> float:
    """The errors to be expected where a language model has read the pair.

    ``unread`` is the `risk` of its evidence without the model, ``read`` what `scored` says of it, ``doubts`` how many
    of its English words are expected to be wrong and the probability of the worst, ``count`` its words.
    """
    expected, worst = doubts
    beside = A_DOUBTED * expected + THE_WORST * worst + risk_of_length(count)
    return KEPT * unread + risk_of_reading(read) + beside


def sure_errors(findings: Iterable[Finding]) -> float:
    """How many of the major errors that were found are to be believed: the sum of their confidence."""
    return sum(finding.confidence for finding in findings if finding.severity.at_least(Severity.MAJOR))


def risk(values: Mapping[str, float], count: float) -> float:
    """How many more are to be expected: by the evidence of `features`, and by ``count``, the words to get wrong."""
    evidence = START + sum(WEIGHTS[name] * value for name, value in values.items())
    return math.exp(min(max(evidence, -12.0), 4.0)) + A_WORD * count


def risk_of_reading(values: Mapping[str, float]) -> float:
    """What the language model adds to the errors to be expected, by the evidence of `scored`."""
    evidence = READ_START + sum(READ_WEIGHTS[name] * value for name, value in values.items())
    return math.exp(min(max(evidence, -12.0), 4.0))


def risk_of_length(count: float) -> float:
    """What ``count`` words of French add, beside the share of each, where a language model has read them."""
    return LONG * (1 - math.exp(-count / A_FEW))


def doubted(pair: Pair) -> float:
    """How many words of the English are expected to be wrong, or to stand for nothing."""
    both = zip(pair.target.tokens, pair.target_doubts, strict=False)
    return sum(doubt.differs for token, doubt in both if token.is_word)


def words(pair: Pair) -> float:
    """The words of the French: what there is to translate, however much of it was."""
    return float(sum(token.is_word for token in pair.source.tokens))


OVERALL = f"{SIGNATURE}|mean:characters"
"""The signature of the quality of a text."""


def overall(bitext: Bitext, pair_scores: Sequence[PairScores]) -> Score:
    """The mean quality of the pairs, weighted by their length in characters of both sides."""
    value, total = weighed(bitext.pairs, pair_scores)
    return Score("quality", value / total if total else None, OVERALL)


def weighed(pairs: Sequence[Pair], pair_scores: Sequence[PairScores]) -> tuple[float, float]:
    """The sum of the pairs' qualities, each times its characters, and of these: such sums of parts can be added."""
    weights = [len(pair.source.text) + len(pair.target.text) for pair in pairs]
    return sum(s.quality * w for s, w in zip(pair_scores, weights, strict=True)), sum(weights)


def _linked(segment: Segment, pair: Pair, side: str) -> list[float]:
    """For every content word of a side, the probability of its best link, 0 without one."""
    best: dict[int, float] = {}
    for link in pair.links:
        index = link.source if side == "source" else link.target
        best[index] = max(best.get(index, 0.0), link.probability)
    return [best.get(token.index, 0.0) for token in segment.tokens if gaps.is_content(token)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
