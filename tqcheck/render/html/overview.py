"""The document at a glance: the heat strip's cells and the chart's bars, as numbers that a template can draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tqcheck.model import Finding, PairScores, Report
from tqcheck.mqm import Severity
from tqcheck.render import overview

CELLS = 48
"""Cells of the strip at most, so that each is wide enough to be hit (24 CSS pixels, WCAG 2.2, 2.5.8)."""

BARS_A_CELL = 6
BARS = 240
LOW = 0.5
"""Quality below which a bar is drawn as one to look at: an error is more likely than none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Some pairs in a row. ``bars``: the worst severity in each, or in each few; ``to``: where a click leads."""

    to: str
    label: str
    worst: Severity | None
    bars: tuple[Severity | None, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The mean quality of some pairs in a row, in percent of the chart's height; ``x`` and ``width`` in its units."""

    x: float
    width: float
    height: float
    low: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the first pair to the last; ``lowest`` numbers (from 1) the pair to look at first."""

    bars: tuple[Bar, ...]
    pairs_a_bar: int
    lowest: int
    quality: float
    label: str


def strip(report: Report) -> tuple[Cell, ...]:
    """The strip's cells in reading order, each with the pairs that it stands for."""
    by_pair: dict[int, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(report.findings, 1):
        if finding.pair is not None:
            by_pair.setdefault(finding.pair, []).append((number, finding))
    count = len(report.bitext.pairs)
    size = max(1, -(-count // CELLS))
    return tuple(_cell(range(start, min(start + size, count)), by_pair) for start in range(0, count, size))


def _cell(pairs: range, by_pair: dict[int, list[tuple[int, Finding]]]) -> Cell:
    found = [entry for pair in pairs for entry in by_pair.get(pair, ())]
    worst = [_worst([finding for _, finding in by_pair.get(pair, ())]) for pair in pairs]
    size = max(1, -(-len(worst) // BARS_A_CELL))
    name = f"Passage {pairs[0] + 1}" if len(pairs) == 1 else f"Passages {pairs[0] + 1} to {pairs[-1] + 1}"
    heaviest = _heaviest(worst)
    first = next((number for number, finding in found if finding.severity is heaviest), None)
    said = overview.by_severity([finding for _, finding in found]) or "nothing found"
    return Cell(
        to=f"pair-{pairs[0] + 1}" if first is None else f"finding-{first}",
        label=f"{name}: {said}",
        worst=heaviest,
        bars=tuple(_heaviest(worst[start : start + size]) for start in range(0, len(worst), size)),
    )


def _worst(findings: Sequence[Finding]) -> Severity | None:
    return _heaviest([finding.severity for finding in findings])


def _heaviest(severities: Sequence[Severity | None]) -> Severity | None:
    return max((s for s in severities if s is not None), key=lambda severity: severity.rank, default=None)


def chart(scores: Sequence[PairScores]) -> Chart | None:
    """The quality of the pairs; None where there are none."""
    if not scores:
        return None
    qualities = [min(1.0, max(0.0, score.quality)) for score in scores]
    size = -(-len(qualities) // BARS)
    groups = [qualities[start : start + size] for start in range(0, len(qualities), size)]
    width = 1000 / len(groups)
    gap = min(2.0, width / 5)
    lowest = min(range(len(qualities)), key=qualities.__getitem__)
    low = sum(quality < LOW for quality in qualities)
    mean = sum(qualities) / len(qualities)
    return Chart(
        bars=tuple(_bar(group, number * width, width - gap) for number, group in enumerate(groups)),
        pairs_a_bar=size,
        lowest=lowest + 1,
        quality=qualities[lowest],
        label=(
            f"Bar chart of the quality of {len(qualities)} passages in reading order. Mean {mean:.2f}; "
            f"{low} below {LOW}; the lowest is passage {lowest + 1} with {qualities[lowest]:.2f}."
        ),
    )


def mean(scores: Sequence[PairScores]) -> float | None:
    """The mean quality of the pairs, to three decimals; None where there are none."""
    return round(sum(score.quality for score in scores) / len(scores), 3) if scores else None


def _bar(group: Sequence[float], x: float, width: float) -> Bar:
    mean = sum(group) / len(group)
    return Bar(round(x, 2), round(width, 2), round(max(1.5, 100 * mean), 2), min(group) < LOW)


def counts(findings: Sequence[Finding]) -> Counter[str]:
    """How many findings of each severity and of each category, by their values."""
    return Counter([*(str(f.severity) for f in findings), *(str(f.category) for f in findings)])
