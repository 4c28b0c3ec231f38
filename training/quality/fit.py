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
import gzip
import json
import pickle
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy

from tqcheck import detector, pipeline, quality
from tqcheck.detectors import all_detectors
from tqcheck.model import Pair, WordDoubt
from training.quality.samples import linked
from training.quality.words import precision

SHARES = {"biomqm": 1.5, "partial": 2.0, "diabla": 2.0, "paracrawl E": 1.0, "paracrawl A": 0.3, "demetr": 3.0}
SCALE = 30.0
"""How much the logarithms of the two risks of a pair of demetr should differ: they differ in one place."""
SURE = 3.0
"""What a sure error weighs beside the rest where the level is not fitted (demetr); about what the level divides by."""
LEVEL = ("biomqm", "partial")
"""The shipped level is the mean of these two: where people were asked for errors."""
STEPS, RATE, RIDGE = 1500, 0.03, 2e-3
NAMES = list(quality.WEIGHTS)
WORDS = 10.0


class Case(NamedTuple):
    """Features of a pair, its words, its sure errors, whether it is bad, and the points of the experts (biomqm)."""

    task: str
    group: str
    values: list[float]
    words: float
    major: float
    bad: bool
    points: float


class Two(NamedTuple):
    """The features, words and sure errors of a right translation and of a wrong one."""

    group: str
    right: tuple[list[float], float, float]
    wrong: tuple[list[float], float, float]


class Table(NamedTuple):
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
        cases, twos = collect(options.bench, pickle.loads(options.predictions.read_bytes()))
        if options.cases:
            options.cases.write_bytes(pickle.dumps((cases, twos)))
    halves = [table([c for c in cases if half(c) == n], [t for t in twos if half(t) == n]) for n in (0, 1)]
    report("left out half", fit(halves[0]), halves[1])
    report("other half", fit(halves[1]), halves[0])
    whole = table(cases, twos)
    fitted = fit(whole)
    report("all, as shipped", fitted, whole)
    print(f"START = {fitted.start + numpy.log(fitted.level):.3f}\nA_WORD = {fitted.word * fitted.level / WORDS:.5f}")
    for name, weight in zip(NAMES, fitted.weights, strict=True):
        print(f'        "{name}": {weight:.3f},')


def half(item: Case | Two) -> int:
    return zlib.crc32(item.group.encode()) % 2


def table(cases: Sequence[Case], twos: Sequence[Two]) -> Table:
    tasks = tuple(sorted({case.task for case in cases}))
    return Table(
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
    size = len(NAMES)
    share = data.levels @ (numpy.array([SHARES[task] for task in data.tasks]) / data.levels.sum(axis=0))
    spread = data.values.std(axis=0) + 1e-6
    low = numpy.array([-numpy.inf if name in quality.HELPFUL else 0.0 for name in NAMES])
    high = numpy.array([0.0 if name in quality.HELPFUL else numpy.inf for name in NAMES])
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


def report(title: str, fitted: Fitted, data: Table) -> None:
    print(f"== {title}")
    risk = fitted.risk(data.values, data.words, data.major)
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
    right = fitted.risk(data.right, data.right_words, data.right_major)
    wrong = fitted.risk(data.wrong, data.wrong_words, data.wrong_major)
    print(f"demetr: accuracy {numpy.mean((wrong > right) + (wrong == right) / 2):.3f} of {len(right)}")


def bins(said: numpy.ndarray, good: numpy.ndarray, count: int = 5) -> list[str]:
    order = numpy.array_split(numpy.argsort(said), count)
    return [f"{said[part].mean():.2f}/{good[part].mean():.2f}" for part in order]


def tau(one: numpy.ndarray, other: numpy.ndarray) -> float:
    """Kendall's tau-b."""
    a, b = (numpy.sign(values[:, None] - values[None, :]) for values in (one, other))
    return float((a * b).sum() / numpy.sqrt((a != 0).sum() * (b != 0).sum()))


# ------------------------------------------------------------------------------------------------------------ the cases

Predictions = dict[tuple[str, object, int], dict[str, numpy.ndarray]]


def collect(bench: Path, predictions: Predictions) -> tuple[list[Case], list[Two]]:
    segments = [(r["doc"], s) for r in read(bench, "biomqm") if not r["human"] for s in r["segments"]]
    found = features([(s["src"], s["mt"]) for _, s in segments], "biomqm", predictions)
    cases = [
        Case("biomqm", document, *values, any(points(e) >= 5 for e in s["errors"]), sum(map(points, s["errors"])))
        for (document, s), values in zip(segments, found, strict=True)
    ]
    records = read(bench, "partial")
    found = features([(r["src"], r["tgt"]) for r in records], "partial", predictions)
    cases += [
        Case("partial", str(r["id"]), *values, r["labels"][0] != "sure", 0.0)
        for r, values in zip(records, found, strict=True)
        if len({label == "sure" for label in r["labels"]}) == 1
    ]
    lines = [(str(r["id"]), *pair) for r in read(bench, "diabla") for pair in r["pairs"]]
    found = features([(fr, en) for _, fr, en, _ in lines], None, predictions)
    judged = [(line, values) for line, values in zip(lines, found, strict=True) if line[3]]
    cases += [Case("diabla", line[0], *values, line[3]["judgement"] != "perfect", 0.0) for line, values in judged]
    records = read(bench, "paracrawl")
    found = features([(r["src"], r["tgt"]) for r in records], None, predictions)
    for label in "EA":
        cases += [
            Case(f"paracrawl {label}", str(number), *values, r["label"] == label, 0.0)
            for number, (r, values) in enumerate(zip(records, found, strict=True))
            if r["label"] in ("V", label)
        ]
    records = read(bench, "demetr")
    right = features([(r["src"], r["good"]) for r in records], None, predictions)
    wrong = features([(r["src"], r["bad"]) for r in records], None, predictions)
    return cases, [Two(str(r["id"]), a, b) for r, a, b in zip(records, right, wrong, strict=True) if b[1]]


def points(error: dict[str, Any]) -> float:
    """MQM penalty points; faults of the French are nobody's."""
    weight = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
    return 0 if error["category"] == "Source" else weight[error["severity"]]


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def features(
    pairs: Sequence[tuple[str, str]], task: str | None, predictions: Predictions
) -> list[tuple[list[float], float, float]]:
    """Features and words of pairs, each an article of its own, with the findings of the rules that are on.

    The doubts of a ``task`` that the forests were fitted on are those of the forests that have not seen the pair.
    """
    tools = pipeline.Tools(detectors=tuple(rule for rule in all_detectors() if rule.on))
    unique = list(dict.fromkeys(pairs)) if task is None else list(pairs)
    bitext = pipeline.doubt(linked(unique, tools), tools)
    if task is not None:
        bitext = replace(bitext, pairs=tuple(unseen(pair, task, predictions) for pair in bitext.pairs))
    findings = detector.run(tools.detectors, bitext)
    by_pair: dict[int | None, list[Any]] = {}
    for finding in findings:
        by_pair.setdefault(finding.pair, []).append(finding)
    known = []
    for pair in bitext.pairs:
        empty = not pair.source.tokens or not pair.target.tokens
        own = by_pair.get(pair.index, [])
        values = {} if empty else quality.features(pair, own)
        count = 0.0 if empty else quality.words(pair)
        known.append(([values.get(name, 0.0) for name in NAMES], count, quality.sure_errors(own)))
    if task is not None:
        return known
    places = {pair: place for place, pair in enumerate(unique)}
    return [known[places[pair]] for pair in pairs]


def unseen(pair: Pair, task: str, predictions: Predictions) -> Pair:
    doubts = []
    for side in (0, 1):
        known = predictions.get((task, pair.index, side))
        if known is None:
            return pair
        both = zip(known["missing"].tolist(), known["differs"].tolist(), strict=True)
        doubts.append(tuple(WordDoubt(missing, differs) for missing, differs in both))
    return replace(pair, source_doubts=doubts[0], target_doubts=doubts[1])


if __name__ == "__main__":
    main()
