"""Fit the weights of tqcheck/quality.py on development data.

    python training/quality/fit.py --bench DIR [--features FILE]

DIR is the `dev` folder of the benchmark pack (JSON lines, gzip). Three kinds of evidence are fitted together by
logistic regression, each kind weighing the same:

- demetr: the right translation against each wrong one (the difference of their features should be positive);
- biomqm: machine translations that experts read (1: no error of severity major or critical marked);
- partial: subtitle pairs (1: both annotators say the sides correspond).

Every weight keeps the sign that reason gives it (POSITIVE, FREE, else negative). The printed table is the new WEIGHTS;
`--features` keeps the computed features in a file, since reading takes minutes and fitting a second. Half of the
documents, left out, tell how well it holds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy

from tqcheck import detector, pipeline, quality
from tqcheck.detectors import all_detectors
from tqcheck.model import Block, Document, Span

POSITIVE = {"similarity", "source-links", "target-links", "lexical", "back-lexical"}
FREE = {"bias"}
SCALE = 12.0
"""A pair of demetr differs in one place, an article's sentences in all: its differences are made as large as theirs."""
STEPS, RATE, RIDGE = 4000, 0.05, 1e-3


class Row(NamedTuple):
    """Features of a pair (or a difference of two), whether it is good, the task, and what belongs together."""

    values: dict[str, float]
    good: bool
    task: str
    group: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--features", type=Path)
    options = parser.parse_args()
    if options.features and options.features.exists():
        rows = pickle.loads(options.features.read_bytes())
    else:
        rows = [*demetr(options.bench), *biomqm(options.bench), *partial(options.bench)]
        if options.features:
            options.features.write_bytes(pickle.dumps(rows))
    names = list(quality.WEIGHTS)
    report("left out half", names, fit(names, [r for r in rows if half(r)]), [r for r in rows if not half(r)])
    report("other half", names, fit(names, [r for r in rows if not half(r)]), [r for r in rows if half(r)])
    weights = fit(names, rows)
    report("all, as shipped", names, weights, rows)
    for name, weight in zip(names, weights, strict=True):
        print(f'        "{name}": {weight:.3f},')


def fit(names: Sequence[str], rows: Sequence[Row]) -> numpy.ndarray:
    """Weights by gradient ascent of the mean log-likelihood of each task, kept on their side of zero."""
    table = numpy.array([[row.values.get(name, 0.0) for name in names] for row in rows])
    good = numpy.array([row.good for row in rows], dtype=float)
    tasks = [row.task for row in rows]
    share = numpy.array([1.0 / tasks.count(task) for task in tasks])
    weights = numpy.zeros(len(names))
    low = numpy.array([0.0 if n in POSITIVE else -numpy.inf for n in names])
    high = numpy.array([numpy.inf if n in POSITIVE or n in FREE else 0.0 for n in names])
    mean, variance = numpy.zeros(len(names)), numpy.zeros(len(names))
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba 2015)
        expected = 1 / (1 + numpy.exp(-table @ weights))
        gradient = (share * (good - expected)) @ table - RIDGE * weights
        mean = 0.9 * mean + 0.1 * gradient
        variance = 0.999 * variance + 0.001 * gradient**2
        weights = weights + RATE * (mean / (1 - 0.9**step)) / (numpy.sqrt(variance / (1 - 0.999**step)) + 1e-9)
        weights = numpy.clip(weights, low, high)
    return weights


def report(title: str, names: Sequence[str], weights: numpy.ndarray, rows: Sequence[Row]) -> None:
    """Pairwise accuracy of demetr and the area under the curve of the others."""
    print(f"== {title}")
    for task in dict.fromkeys(row.task for row in rows):
        own = [row for row in rows if row.task == task]
        scores = numpy.array([[row.values.get(name, 0.0) for name in names] for row in own]) @ weights
        if task == "demetr":
            print(f"{task}: accuracy {numpy.mean((scores > 0) + (scores == 0) / 2):.3f} of {len(own)}")
            continue
        good = numpy.array([row.good for row in own])
        area = numpy.mean([(a > b) + (a == b) / 2 for a in scores[good] for b in scores[~good]])
        brier = numpy.mean((1 / (1 + numpy.exp(-scores)) - good) ** 2)
        print(f"{task}: AUC {area:.3f}, Brier {brier:.3f} of {len(own)}, good {good.mean():.2f}")


def half(row: Row) -> bool:
    return sum(row.group.encode()) % 2 == 0


def demetr(folder: Path) -> list[Row]:
    records = read(folder, "demetr")
    good = features([(r["src"], r["good"]) for r in records])
    bad = features([(r["src"], r["bad"]) for r in records])
    return [
        Row({name: SCALE * (g[name] - b[name]) for name in g}, True, "demetr", str(r["id"]))
        for r, g, b in zip(records, good, bad, strict=True)
    ]


def biomqm(folder: Path) -> list[Row]:
    segments = [(s, r["doc"]) for r in read(folder, "biomqm") if not r["human"] for s in r["segments"]]
    found = features([(s["src"], s["mt"]) for s, _ in segments])
    return [
        Row(values, not any(serious(e) for e in s["errors"]), "biomqm", doc)
        for (s, doc), values in zip(segments, found, strict=True)
    ]


def serious(error: dict[str, Any]) -> bool:
    return error["category"] != "Source" and error["severity"] in ("major", "critical")


def partial(folder: Path) -> list[Row]:
    records = [r for r in read(folder, "partial") if len({label == "sure" for label in r["labels"]}) == 1]
    found = features([(r["src"], r["tgt"]) for r in records])
    return [Row(v, r["labels"][0] == "sure", "partial", r["id"]) for r, v in zip(records, found, strict=True)]


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def features(pairs: Sequence[tuple[str, str]]) -> list[dict[str, float]]:
    """The features of pairs, each an article of its own, with the findings of the rules that are on."""
    tools = pipeline.Tools(detectors=tuple(rule for rule in all_detectors() if rule.on))
    unique = list(dict.fromkeys(pairs))
    bitext = pipeline.pair_lines(
        lines([fr for fr, _ in unique], "fr"), lines([en for _, en in unique], "en"), range(len(unique)), tools
    )
    linked = pipeline.link(bitext, tools)
    findings = detector.run(tools.detectors, linked)
    by_pair = [[f for f in findings if f.pair == pair.index] for pair in linked.pairs]
    known = {key: quality.features(pair, own) for key, pair, own in zip(unique, linked.pairs, by_pair, strict=True)}
    return [known[pair] for pair in pairs]


def lines(texts: Sequence[str], lang: str) -> Document:
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(Span(start, start + len(text)), "paragraph"))
        start += len(text) + 1
    return Document(f"pairs.{lang}", lang, "\n".join(texts), blocks=tuple(blocks))


if __name__ == "__main__":
    main()
