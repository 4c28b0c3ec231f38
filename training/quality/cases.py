"""Pairs of the development data whose quality is known, with what speaks for and against them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from tqcheck import detector, pipeline, quality
from tqcheck.detectors import all_detectors
from tqcheck.model import Pair, WordDoubt
from training.quality.readings import Readings
from training.quality.samples import linked, texts
from training.quality.words import Predictions

NAMES = list(quality.WEIGHTS)
READ_NAMES = [*NAMES, *quality.READ_WEIGHTS, "doubted"]


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


Values = tuple[list[float], float, float]
"""The features of a pair, its words and its sure errors."""


class Collector:
    """What is known of pairs, each an article of its own, with the findings of the rules that are on.

    The doubts of a pair that the forests were fitted on are those of forests that have not seen it. With ``readings``
    only the pairs that these choose are known, with what the language model says of them.
    """

    def __init__(self, predictions: Predictions, readings: Readings | None = None) -> None:
        self._predictions, self._readings = predictions, readings
        self._tools = pipeline.Tools(detectors=tuple(rule for rule in all_detectors() if rule.on))

    def __call__(self, pairs: Sequence[tuple[str, str]], task: str) -> list[Values | None]:
        unique = list(dict.fromkeys(pairs))
        if self._readings is not None:
            unique = unique[:: self._readings.step(task)]
        bitext = linked(unique, self._tools)
        if self._readings is not None:
            bitext = self._readings.read(bitext)
        bitext = pipeline.doubt(bitext, self._tools)
        bitext = replace(bitext, pairs=tuple(unseen(pair, self._predictions) for pair in bitext.pairs))
        by_pair: dict[int | None, list[Any]] = {}
        for finding in detector.run(self._tools.detectors, bitext):
            by_pair.setdefault(finding.pair, []).append(finding)
        known = {
            unique[pair.index]: self._values(pair, by_pair.get(pair.index, []))
            for pair in bitext.pairs
            if self._readings is None or (pair.source.tokens and pair.target.tokens)
        }
        return [known.get(pair) for pair in pairs]

    def _values(self, pair: Pair, findings: Sequence[Any]) -> Values:
        names = NAMES if self._readings is None else READ_NAMES
        major = quality.sure_errors(findings)
        if not pair.source.tokens or not pair.target.tokens:
            return [0.0] * len(names), 0.0, major
        values = quality.features(pair, findings) | (quality.scored(pair) or {}) | {"doubted": quality.doubted(pair)}
        return [values[name] for name in names], quality.words(pair), major


def collect(bench: Path, known: Collector) -> tuple[list[Case], list[Two]]:
    """The cases of every task; those of which nothing is known are left out."""
    segments = [(r["doc"], s) for r in read(bench, "biomqm") if not r["human"] for s in r["segments"]]
    found = known([(s["src"], s["mt"]) for _, s in segments], "biomqm")
    cases = [
        Case("biomqm", document, *values, any(points(e) >= 5 for e in s["errors"]), sum(map(points, s["errors"])))
        for (document, s), values in zip(segments, found, strict=True)
        if values
    ]
    records = read(bench, "partial")
    found = known([(r["src"], r["tgt"]) for r in records], "partial")
    cases += [
        Case("partial", str(r["id"]), *values, r["labels"][0] != "sure", 0.0)
        for r, values in zip(records, found, strict=True)
        if values and len({label == "sure" for label in r["labels"]}) == 1
    ]
    lines = [(str(r["id"]), *pair) for r in read(bench, "diabla") for pair in r["pairs"] if pair[2]]
    found = known([(fr, en) for _, fr, en, _ in lines], "diabla")
    judged = [(line, values) for line, values in zip(lines, found, strict=True) if values]
    cases += [Case("diabla", line[0], *values, line[3]["judgement"] != "perfect", 0.0) for line, values in judged]
    records = read(bench, "paracrawl")
    found = known([(r["src"], r["tgt"]) for r in records], "paracrawl")
    for label in "EA":
        cases += [
            Case(f"paracrawl {label}", str(number), *values, r["label"] == label, 0.0)
            for number, (r, values) in enumerate(zip(records, found, strict=True))
            if values and r["label"] in ("V", label)
        ]
    records = read(bench, "demetr")
    right = known([(r["src"], r["good"]) for r in records], "right")
    wrong = known([(r["src"], r["bad"]) for r in records], "demetr")
    twos = [Two(str(r["id"]), a, b) for r, a, b in zip(records, right, wrong, strict=True) if a and b and b[1]]
    return cases, twos


def points(error: dict[str, Any]) -> float:
    """MQM penalty points; faults of the French are nobody's."""
    weight = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
    return 0 if error["category"] == "Source" else weight[error["severity"]]


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def unseen(pair: Pair, predictions: Predictions) -> Pair:
    """The pair with the doubts of forests that have not seen it, where there are any."""
    doubts = []
    for side in (0, 1):
        known = predictions.get((texts(pair), side))
        if known is None:
            return pair
        both = zip(known["missing"].tolist(), known["differs"].tolist(), strict=True)
        doubts.append(tuple(WordDoubt(missing, differs) for missing, differs in both))
    return replace(pair, source_doubts=doubts[0], target_doubts=doubts[1])
