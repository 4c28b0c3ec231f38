"""Fit the weights of what the language model says to the quality of a pair (`tqcheck.quality.READ_WEIGHTS`).

    python -m training.quality.scored --bench DIR --predictions read.pickle --models DIR --cache DIR [--cases FILE]

To be run after `training.quality.fit`, whose weights are taken as they stand in `tqcheck/quality.py`: fitted are a
second risk, which is added to theirs, and how much of theirs is kept. Read are the pairs that
`training.quality.readings` chooses. `--predictions` are those of the forests that know the language model
(`training.quality.words --models`); `--models` is where it is prepared, `--cache` keeps what it says, `--cases` what is
known of the pairs. A fifth of the documents is left out in turn to tell how well it holds. Needs the extra `lm`.
"""

from __future__ import annotations

import argparse
import pickle
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy

from tqcheck import quality
from training.quality import cases as known
from training.quality import fit
from training.quality.readings import EVERY, Readings
from training.quality.words import precision

SHARES = {"biomqm": 4.0, "partial": 2.0, "diabla": 1.0, "paracrawl E": 0.5, "paracrawl A": 0.2, "demetr": 0.6}
EXPECTED = numpy.array([-0.45, 0.1, 0.1, -0.05, -0.1, 0.05, 0.3, -0.1])
"""What the weights are drawn to, in deviations: the signs and sizes that each has where it stands alone."""
LEVEL = ("biomqm", "partial")
SCALE, RIDGE, STEPS, RATE, FOLDS = 10.0, 0.3, 1200, 0.03, 5
NAMES = list(quality.READ_WEIGHTS)


class Read(NamedTuple):
    """Of a pair its risk unread, its sure errors, what the language model says (`quality.scored`), and its quality."""

    risk: float
    major: float
    values: list[float]
    quality: float


class Case(NamedTuple):
    task: str
    group: str
    read: Read
    bad: bool
    points: float


class Two(NamedTuple):
    group: str
    right: Read
    wrong: Read


class Fitted(NamedTuple):
    weights: numpy.ndarray
    start: float
    kept: float
    levels: dict[str, float]

    @property
    def level(self) -> float:
        return float(numpy.exp(numpy.mean([self.levels[task] for task in LEVEL if task in self.levels])))

    def risk(self, read: Read) -> float:
        evidence = float(numpy.exp(numpy.clip(numpy.dot(self.weights, read.values) + self.start, -12, 4)))
        return (evidence + self.kept * read.risk) * self.level + read.major


def main(arguments: Sequence[str] | None = None, every: Mapping[str, int] = EVERY) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--cases", type=Path)
    options = parser.parse_args(arguments)
    if options.cases and options.cases.exists():
        cases, twos = pickle.loads(options.cases.read_bytes())
    else:
        readings = Readings(options.models, options.cache, every)
        cases, twos = collect(options.bench, known.Collector(pickle.loads(options.predictions.read_bytes()), readings))
        if options.cases:
            options.cases.write_bytes(pickle.dumps((cases, twos)))
    shipped = [(case, -numpy.log(case.read.quality)) for case in cases]
    report("as shipped", shipped, [two.wrong.quality < two.right.quality for two in twos])
    apart: list[tuple[Case, float]] = []
    order: list[bool] = []
    for fold in range(FOLDS):
        fitted = train([c for c in cases if part(c) != fold], [t for t in twos if part(t) != fold])
        apart += [(case, fitted.risk(case.read)) for case in cases if part(case) == fold]
        order += [fitted.risk(two.wrong) > fitted.risk(two.right) for two in twos if part(two) == fold]
    report("left out", apart, order)
    fitted = train(cases, twos)
    ordered = [fitted.risk(two.wrong) > fitted.risk(two.right) for two in twos]
    report("all", [(case, fitted.risk(case.read)) for case in cases], ordered)
    print(f"KEPT, READ_START = {fitted.kept * fitted.level:.3f}, {fitted.start + numpy.log(fitted.level):.3f}")
    for name, weight in zip(NAMES, fitted.weights, strict=True):
        print(f'        "{name}": {weight:.3f},')


def part(item: Case | Two) -> int:
    return zlib.crc32(item.group.encode()) % FOLDS


def train(cases: Sequence[Case], twos: Sequence[Two]) -> Fitted:
    """As `training.quality.fit.fit`, with the two risks added."""
    tasks = sorted({case.task for case in cases})
    levels = numpy.array([[float(case.task == task) for task in tasks] for case in cases])
    share = levels @ (numpy.array([SHARES[task] for task in tasks]) / levels.sum(axis=0))
    values, right, wrong = (
        numpy.array([read.values for read in reads])
        for reads in ([c.read for c in cases], [t.right for t in twos], [t.wrong for t in twos])
    )
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    values, right, wrong = ((table - middle) / spread for table in (values, right, wrong))
    risk, major = (numpy.array([getattr(c.read, name) for c in cases]) for name in ("risk", "major"))
    right_rest, wrong_rest = (
        numpy.array([[getattr(t, side).risk, getattr(t, side).major] for t in twos]) for side in ("right", "wrong")
    )
    bad = numpy.array([case.bad for case in cases])
    low, high = numpy.where(EXPECTED < 0, -numpy.inf, 0.0), numpy.where(EXPECTED < 0, 0.0, numpy.inf)
    size = len(NAMES)
    numbers = numpy.zeros(size + 2 + len(tasks))
    numbers[size : size + 2] = -2.0, -0.3
    mean, variance = numpy.zeros_like(numbers), numpy.zeros_like(numbers)
    for step in range(1, STEPS + 1):
        evidence = numpy.exp(numpy.clip(values @ numbers[:size] + numbers[size], -12, 4))
        kept, level = numpy.exp(numbers[size + 1]), numpy.exp(levels @ numbers[size + 2 :])
        unsure = (evidence + kept * risk) * level
        slope = numpy.where(bad, -1 / numpy.expm1(numpy.clip(unsure + major, 1e-6, 30)), 1.0) * share
        by = [
            (slope * level * evidence) @ values,
            (slope * level * evidence).sum(),
            (slope * level * kept * risk).sum(),
        ]
        above = numpy.exp(numpy.clip(right @ numbers[:size] + numbers[size], -12, 4))
        below = numpy.exp(numpy.clip(wrong @ numbers[:size] + numbers[size], -12, 4))
        right_risk = above + kept * right_rest[:, 0] + right_rest[:, 1]
        wrong_risk = below + kept * wrong_rest[:, 0] + wrong_rest[:, 1]
        apart = SCALE * (numpy.log(wrong_risk) - numpy.log(right_risk))
        pull = -SHARES["demetr"] / len(apart) * SCALE / (1 + numpy.exp(numpy.clip(apart, -30, 30)))
        by[0] += (pull * below / wrong_risk) @ wrong - (pull * above / right_risk) @ right
        by[1] += (pull * below / wrong_risk - pull * above / right_risk).sum()
        by[2] += (pull * kept * (wrong_rest[:, 0] / wrong_risk - right_rest[:, 0] / right_risk)).sum()
        by[0] += RIDGE * (numbers[:size] - EXPECTED)
        whole = numpy.concatenate([by[0], by[1:], levels.T @ (slope * unsure) + 0.05 * numbers[size + 2 :]])
        mean, variance = 0.9 * mean + 0.1 * whole, 0.999 * variance + 0.001 * whole**2
        numbers = numbers - RATE * (mean / (1 - 0.9**step)) / (numpy.sqrt(variance / (1 - 0.999**step)) + 1e-9)
        numbers[:size] = numpy.clip(numbers[:size], low, high)
    weights = numbers[:size] / spread
    found = dict(zip(tasks, numbers[size + 2 :].tolist(), strict=True))
    return Fitted(weights, float(numbers[size] - weights @ middle), float(numpy.exp(numbers[size + 1])), found)


def report(title: str, cases: Sequence[tuple[Case, float]], order: Sequence[bool]) -> None:
    print(f"== {title}")
    for task in dict.fromkeys(case.task for case, _ in cases):
        own = [(case, risk) for case, risk in cases if case.task == task]
        expected = 1 - numpy.exp(-numpy.array([risk for _, risk in own]))
        bad, points = numpy.array([c.bad for c, _ in own]), numpy.array([c.points for c, _ in own])
        area = numpy.mean([(a > b) + (a == b) / 2 for a in expected[bad] for b in expected[~bad]])
        line = f"{task}, {len(own)}: AUC {area:.3f}, AP {precision(expected, bad):.3f}"
        line += (
            f", Brier {numpy.mean((expected - bad) ** 2):.3f} (of the share alone {bad.mean() * (1 - bad.mean()):.3f})"
        )
        print(line + (f", tau {fit.tau(-expected, -points):.3f}" if task == "biomqm" else ""))
    print(f"demetr: accuracy {numpy.mean(order):.3f} of {len(order)}")


def collect(bench: Path, collector: known.Collector) -> tuple[list[Case], list[Two]]:
    """The cases of `training.quality.cases`, with two risks for each pair."""
    cases, twos = known.collect(bench, collector)
    found = [Case(c.task, c.group, reading(c.values, c.words, c.major), c.bad, c.points) for c in cases]
    return found, [Two(two.group, reading(*two.right), reading(*two.wrong)) for two in twos]


def reading(values: Sequence[float], count: float, major: float) -> Read:
    named = dict(zip(known.READ_NAMES, values, strict=True))
    risk = quality.risk({name: named[name] for name in quality.WEIGHTS}, count)
    said = {name: named[name] for name in NAMES}
    whole = quality.risk_where_read(risk, said, (named["doubted"], named["target-worst"]), count) + major
    return Read(risk, major, list(said.values()), float(numpy.exp(-min(whole, 30.0))))


if __name__ == "__main__":
    main()
