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

SIGNATURE = "poisson|features:21|v:2"
LENGTH = -0.07
"""Natural logarithm of the usual length of the English, in characters, by that of the French."""

ONE_SIDED = {True: 0.05, False: 0.5}
"""Quality of a pair of which one side is empty: with words that carry meaning, and without any."""

HELPFUL = frozenset({"similarity", "source-links", "target-links", "lexical", "back-lexical"})
"""Evidence that speaks for a pair; all other speaks against it."""

START, A_WORD = -0.875, 0.00261
"""The logarithm of the risk of a pair without any evidence, and the risk of every word more."""

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "similarity": -1.546,
        "source-links": -0.114,
        "target-links": -0.210,
        "source-gap": 0.096,
        "target-gap": 0.077,
        "lexical": -0.002,
        "back-lexical": -0.062,
        "length": 0.000,
        "start": 1.090,
        "end": 0.178,
        "blanks": 0.000,
        "marks": 0.026,
        "repeats": 0.135,
        "capitals": 0.000,
        "source-differs": 0.347,
        "target-differs": 0.459,
        "source-missing": 0.094,
        "target-missing": 0.040,
        "source-worst": 0.109,
        "target-worst": 0.096,
        "minor": 0.369,
    }
)


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
    return math.exp(-risk(features(pair, found), words(pair)) - sure_errors(found))


def sure_errors(findings: Iterable[Finding]) -> float:
    """How many of the major errors that were found are to be believed: the sum of their confidence."""
    return sum(finding.confidence for finding in findings if finding.severity.at_least(Severity.MAJOR))


def risk(values: Mapping[str, float], count: float) -> float:
    """How many more are to be expected: by the evidence of `features`, and by ``count``, the words to get wrong."""
    evidence = START + sum(WEIGHTS[name] * value for name, value in values.items())
    return math.exp(min(max(evidence, -12.0), 4.0)) + A_WORD * count


def words(pair: Pair) -> float:
    """The words of both sides."""
    return float(sum(token.is_word for token in (*pair.source.tokens, *pair.target.tokens)))


def overall(bitext: Bitext, pair_scores: Sequence[PairScores]) -> Score:
    """The mean quality of the pairs, weighted by their length in characters of both sides."""
    weights = [len(pair.source.text) + len(pair.target.text) for pair in bitext.pairs]
    total = sum(weights)
    value = sum(s.quality * w for s, w in zip(pair_scores, weights, strict=True)) / total if total else None
    return Score("quality", value, f"{SIGNATURE}|mean:characters")


def _linked(segment: Segment, pair: Pair, side: str) -> list[float]:
    """For every content word of a side, the probability of its best link, 0 without one."""
    best: dict[int, float] = {}
    for link in pair.links:
        index = link.source if side == "source" else link.target
        best[index] = max(best.get(index, 0.0), link.probability)
    return [best.get(token.index, 0.0) for token in segment.tokens if gaps.is_content(token)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
