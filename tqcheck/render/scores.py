"""What the scores of a report mean, in a few plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tqcheck.model import Report, Score


@dataclass(frozen=True, slots=True)
class Line:
    """One score as a person reads it."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class _Measure:
    """``meaning`` may name ``{other}``, the text that the score compares with."""

    name: str
    digits: int
    meaning: str


_QUALITY = _Measure("Quality", 2, "chance that an expert marks no major error in a pair; 1 is best")

# By the words of the score's name; the first that fits is taken.
_MEASURES = (
    (("chrf", "chrf2"), _Measure("chrF2", 1, "pieces of words shared with {other}; 100 is the same text")),
    (("bleu",), _Measure("BLEU", 1, "runs of words shared with {other}; 100 is the same text")),
    (("ter",), _Measure("TER", 1, "edits a hundred words to reach {other}; 0 is the same text")),
    (("adequacy", "similarity"), _Measure("Adequacy", 2, "how near both texts are in meaning; 1 is nearest")),
    (("ratio",), _Measure("Length ratio", 2, "length of the English by that of the French")),
    (("coverage",), _Measure("Coverage", 2, "share of the words that have a counterpart; 1 is all")),
    (("quality",), _QUALITY),
)


def lines(report: Report) -> tuple[Line, ...]:
    """The scores of the document, its quality first (the mean of its pairs where the report has none)."""
    found = [line(score) for score in report.scores]
    quality = [one for one in found if one.name == _QUALITY.name] or _mean_quality(report)
    others = [one for one in found if one.name != _QUALITY.name]
    return (*(_with_lowest(one, report) for one in quality), *others)


def line(score: Score) -> Line:
    """One score with its meaning, "" where none is known."""
    words = re.findall(r"[a-z0-9+]+", score.name.casefold())
    for names, measure in _MEASURES:
        if any(word.rstrip("+") in names for word in words):
            back = "back" in words
            other = "the French, translated back" if back else "a machine's English"
            name = f"{measure.name} back" if back else measure.name
            return Line(name, _value(score.value, measure.digits), measure.meaning.format(other=other))
    return Line(score.name, _value(score.value, 2), "")


def _value(value: float | None, digits: int) -> str:
    return "not known" if value is None or value != value else f"{value:.{digits}f}"


def _mean_quality(report: Report) -> list[Line]:
    qualities = [scores.quality for scores in report.pair_scores]
    if not qualities:
        return []
    return [line(Score(_QUALITY.name, sum(qualities) / len(qualities), "mean of the pairs"))]


def _with_lowest(quality: Line, report: Report) -> Line:
    """The document's quality with the pair to look at first."""
    qualities = [scores.quality for scores in report.pair_scores]
    if len(set(qualities)) < 2:
        return quality
    lowest = min(range(len(qualities)), key=qualities.__getitem__)
    return replace(quality, meaning=f"{quality.meaning}; lowest in pair {lowest + 1}, {qualities[lowest]:.2f}")
