"""Fit the weights of tqcheck/quality.py on development data.

    python -m training.quality.fit --bench DIR --predictions FILE [--cases cases.pickle]

DIR is the `dev` folder of the benchmark pack; `--predictions` has the doubts of words that their forest has not seen
(`training.quality.words --predictions`); `--cases` keeps the computed features, since reading takes minutes and fitting
seconds. What is fitted is a risk (`tqcheck.quality.risk`): the exponential of weighted evidence plus a share for every
word, so that 1 - exp(-risk) is the probability of a major error. Five kinds of pairs are fitted together, each with a
level of its own, so that how often pairs are wrong in one collection does not become a weight:

- biomqm: machine translations that experts read (1: an error of severity major or critical marked);
- partial: subtitle pairs (1: annotators say the sides do not, or only in part, correspond);
- diabla: chat, judged by who chatted (1: medium or poor); paracrawl: web pairs (1: mistranslated; 1: misaligned);
- demetr: of the right and the wrong translation of one sentence the wrong one should have the higher risk.

Every weight keeps the sign that reason gives it. Half of the documents, left out of the fit, tell how well it holds.
"""

from __future__ import annotations

import argparse
import pickle
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy

from tqcheck import quality
from training.quality.cases import NAMES, Case, Collector, Two, collect
from training.quality.words import precision

SHARES = {"biomqm": 1.5, "partial": 2.0, "diabla": 2.0, "paracrawl E": 1.0, "paracrawl A": 0.3, "demetr": 3.0}
SCALE = 30.0
"""How much the logarithms of the two risks of a pair of demetr should differ: they differ in one place."""
SURE = 3.0
"""What a sure error weighs beside the rest where the level is not fitted (demetr); about what the level divides by."""
LEVEL = ("biomqm", "partial")
"""The shipped level is the mean of these two: where people were asked for errors."""
STEPS, RATE, RIDGE = 1500, 0.03, 2e-3
WORDS = 10.0


class Table(NamedTuple):
    names: Sequence[str]
    tasks: tuple[str, ...]
    levels: numpy.ndarray
    values: numpy.ndarray
    words: numpy.ndarray
    major: numpy.ndarray
    bad: numpy.ndarray
    points: numpy.ndarray
    right: numpy.ndarray
    right_words: numpy.ndarray
    right_major: numpy.ndarray
    wrong: numpy.ndarray
    wrong_words: numpy.ndarray
    wrong_major: numpy.ndarray


class Fitted(NamedTuple):
    weights: numpy.ndarray
    start: float
    word: float
    levels: dict[str, float]

    @property
    def level(self) -> float:
        """The mean level of LEVEL, as a factor."""
        return float(numpy.exp(numpy.mean([self.levels[task] for task in LEVEL])))

    def risk(self, values: numpy.ndarray, words: numpy.ndarray, major: numpy.ndarray) -> numpy.ndarray:
        evidence = numpy.exp(numpy.clip(values @ self.weights + self.start, -12, 4))
        return (evidence + self.word * words) * self.level + major


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--cases", type=Path)
    options = parser.parse_args()
    if options.cases and options.cases.exists():
        cases, twos = pickle.loads(options.cases.read_bytes())
    else:
        cases, twos = collect(options.bench, Collector(pickle.loads(options.predictions.read_bytes())))
        if options.cases:
            options.cases.write_bytes(pickle.dumps((cases, twos)))
    halves = [table([c for c in cases if half(c) == n], [t for t in twos if half(t) == n]) for n in (0, 1)]
    report("left out half", halves[1], risks(fit(halves[0]), halves[1]))
    report("other half", halves[0], risks(fit(halves[1]), halves[0]))
    whole = table(cases, twos)
    fitted = fit(whole)
    report("all, as shipped", whole, risks(fitted, whole))
    show(fitted, whole)


def show(fitted: Fitted, data: Table) -> None:
    """The numbers, as `tqcheck/quality.py` has them."""
    print(f"START = {fitted.start + numpy.log(fitted.level):.3f}\nA_WORD = {fitted.word * fitted.level / WORDS:.5f}")
    for name, weight in zip(data.names, fitted.weights, strict=True):
        print(f'        "{name}": {weight:.3f},')


def half(item: Case | Two) -> int:
    return zlib.crc32(item.group.encode()) % 2


def table(cases: Sequence[Case], twos: Sequence[Two], names: Sequence[str] = NAMES) -> Table:
    tasks = tuple(sorted({case.task for case in cases}))
    return Table(
        names,
        tasks,
        numpy.array([[float(case.task == task) for task in tasks] for case in cases]),
        numpy.array([case.values for case in cases]),
        numpy.array([case.words for case in cases]) / WORDS,
        numpy.array([case.major for case in cases]),
        numpy.array([case.bad for case in cases]),
        numpy.array([case.points for case in cases]),
        numpy.array([two.right[0] for two in twos]),
        numpy.array([two.right[1] for two in twos]) / WORDS,
        numpy.array([two.right[2] for two in twos]),
        numpy.array([two.wrong[0] for two in twos]),
        numpy.array([two.wrong[1] for two in twos]) / WORDS,
        numpy.array([two.wrong[2] for two in twos]),
    )


def fit(data: Table) -> Fitted:
    """Least negative log-likelihood, each task with its share, by Adam (Kingma and Ba 2015)."""
    size = len(data.names)
    share = data.levels @ (numpy.array([SHARES[task] for task in data.tasks]) / data.levels.sum(axis=0))
    spread = data.values.std(axis=0) + 1e-6
    low = numpy.array([-numpy.inf if name in quality.HELPFUL else 0.0 for name in data.names])
    high = numpy.array([0.0 if name in quality.HELPFUL else numpy.inf for name in data.names])
    numbers = numpy.zeros(size + 2 + len(data.tasks))
    numbers[size : size + 2] = -1.5, 0.05
    mean, variance = numpy.zeros_like(numbers), numpy.zeros_like(numbers)
    for step in range(1, STEPS + 1):
        slope = gradient(data, share, numbers[:size] / spread, numbers[size:], spread)
        slope[:size] += RIDGE * numbers[:size]
        slope[size + 2 :] += 10 * RIDGE * numbers[size + 2 :]
        mean = 0.9 * mean + 0.1 * slope
        variance = 0.999 * variance + 0.001 * slope**2
        numbers = numbers - RATE * (mean / (1 - 0.9**step)) / (numpy.sqrt(variance / (1 - 0.999**step)) + 1e-9)
        numbers[:size] = numpy.clip(numbers[:size], low, high)
        numbers[size + 1] = max(numbers[size + 1], 1e-4)
    levels = dict(zip(data.tasks, numbers[size + 2 :].tolist(), strict=True))
    return Fitted(numbers[:size] / spread, float(numbers[size]), float(numbers[size + 1]), levels)


def gradient(
    data: Table, share: numpy.ndarray, weights: numpy.ndarray, rest: numpy.ndarray, spread: numpy.ndarray
) -> numpy.ndarray:
    """Of the loss, by the weights (in units of ``spread``), the start, the share of a word, the level of each task."""
    start, word, levels = rest[0], rest[1], rest[2:]
    evidence = numpy.exp(numpy.clip(data.values @ weights + start, -12, 4))
    level = numpy.exp(data.levels @ levels)
    unsure = (evidence + word * data.words) * level
    risk = numpy.clip(unsure + data.major, 1e-6, 30)
    slope = numpy.where(data.bad, -1 / numpy.expm1(risk), 1.0) * share
    by_weights = (slope * level * evidence) @ data.values
    by_start, by_word = (slope * level * evidence).sum(), (slope * level * data.words).sum()
    by_levels = data.levels.T @ (slope * unsure)
    right = numpy.exp(numpy.clip(data.right @ weights + start, -12, 4))
    wrong = numpy.exp(numpy.clip(data.wrong @ weights + start, -12, 4))
    right_risk = right + word * data.right_words + SURE * data.right_major
    wrong_risk = wrong + word * data.wrong_words + SURE * data.wrong_major
    apart = SCALE * (numpy.log(wrong_risk) - numpy.log(right_risk))
    pull = -SHARES["demetr"] / len(apart) * SCALE / (1 + numpy.exp(numpy.clip(apart, -30, 30)))
    by_weights += (pull * wrong / wrong_risk) @ data.wrong - (pull * right / right_risk) @ data.right
    by_start += (pull * wrong / wrong_risk - pull * right / right_risk).sum()
    return numpy.concatenate([by_weights / spread, [by_start, by_word], by_levels])


Risks = tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]


def risks(fitted: Fitted, data: Table) -> Risks:
    """Of the cases, of the right translations and of the wrong ones."""
    return (
        fitted.risk(data.values, data.words, data.major),
        fitted.risk(data.right, data.right_words, data.right_major),
        fitted.risk(data.wrong, data.wrong_words, data.wrong_major),
    )


def report(title: str, data: Table, found: Risks) -> None:
    print(f"== {title}")
    risk, right, wrong = found
    for number, task in enumerate(data.tasks):
        own = data.levels[:, number] > 0
        expected, bad = 1 - numpy.exp(-risk[own]), data.bad[own]
        area = numpy.mean([(a > b) + (a == b) / 2 for a in expected[bad] for b in expected[~bad]])
        line = (
            f"{task}: AUC {area:.3f}, AP {precision(expected, bad):.3f}, Brier {numpy.mean((expected - bad) ** 2):.3f}"
        )
        line += f" (of the share alone {bad.mean() * (1 - bad.mean()):.3f})"
        print(line + (f", tau {tau(-expected, -data.points[own]):.3f}" if task == "biomqm" else ""))
        print("   reliability, quality said and share found good:", *bins(1 - expected, ~bad))
    print(f"demetr: accuracy {numpy.mean((wrong > right) + (wrong == right) / 2):.3f} of {len(right)}")


def bins(said: numpy.ndarray, good: numpy.ndarray, count: int = 5) -> list[str]:
    order = numpy.array_split(numpy.argsort(said), count)
    return [f"{said[part].mean():.2f}/{good[part].mean():.2f}" for part in order]


def tau(one: numpy.ndarray, other: numpy.ndarray) -> float:
    """Kendall's tau-b."""
    a, b = (numpy.sign(values[:, None] - values[None, :]) for values in (one, other))
    return float((a * b).sum() / numpy.sqrt((a != 0).sum() * (b != 0).sum()))


if __name__ == "__main__":
    main()
