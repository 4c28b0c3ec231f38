"""Fit the weights of `tqcheck.align.evidence` and measure them on texts that were left out.

    python training/sentences/fit.py --books ALIGN.jsonl.gz --corpora DIR [--ablation]

Prints for each book the score of weights fitted without it, the score on made documents that were not fitted on, how
often beads of a given confidence are right, and the weights fitted on everything; with ``--ablation`` instead the
scores on left-out books without one kind of evidence after the other.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from documents import Gold, Numbers, books, made
from likelihood import Example, fitted

from tqcheck.align.anchors import Band, anchor_path
from tqcheck.align.beads import SMALL, WIDTH
from tqcheck.align.dynamic import SHAPES, Lattice
from tqcheck.align.embeddings import Runs, SentenceEncoder, runs_of
from tqcheck.align.evidence import WEIGHTS, Likeness, Texts, evidence
from tqcheck.align.sentences import texts_of

NAMES = list(WEIGHTS)
KINDS = ("margin", "words", "length", "opening", "paragraph")
MADE, MADE_TO_TEST, SEED = 100, 100, 20_240_921
# Each book is there with and without its paragraphs.
BOOK_WEIGHT = 0.5


class Case(NamedTuple):
    """A document ready for fitting: where gold is not a path of allowed beads, the nearest such path."""

    gold: Gold
    example: Example


class Tally(NamedTuple):
    """Strict counts of beads with two sides and of sentences left alone: right, found, gold."""

    beads: NDArray[numpy.int64]
    alone: NDArray[numpy.int64]

    def __str__(self) -> str:
        (right, found, gold), (alone_right, alone_found, alone_gold) = self.beads.tolist(), self.alone.tolist()
        return (
            f"precision {right / max(found, 1):.4f} recall {right / max(gold, 1):.4f} "
            f"F1 {2 * right / max(found + gold, 1):.4f}, "
            f"alone: precision {alone_right / max(alone_found, 1):.3f} recall {alone_right / max(alone_gold, 1):.3f}"
        )


def case(gold: Gold, encoder: SentenceEncoder, weight: float, runs: tuple[Runs, Runs] | None = None) -> Case:
    """All evidence of all beads of a document."""
    told = gold.paragraphs or (None, None)
    texts = texts_of(gold.source, gold.target, told[0], told[1], runs or _runs(gold, encoder))
    lattice = _lattice(texts)
    values = numpy.zeros((len(NAMES), len(SHAPES), lattice.cells), dtype=numpy.float32)
    for name, shape, cells, value in evidence(texts, lattice, Likeness(texts.source, texts.target)):
        values[NAMES.index(name), shape, cells] = value
    return Case(gold, Example(lattice, values, *_path(gold.beads, lattice), weight))


def _runs(gold: Gold, encoder: SentenceEncoder) -> tuple[Runs, Runs]:
    return runs_of(gold.source, encoder), runs_of(gold.target, encoder)


def _lattice(texts: Texts) -> Lattice:
    rows, columns = texts.source.count, texts.target.count
    if (rows + 1) * (columns + 1) <= SMALL:
        return Lattice(Band.whole(rows, columns))
    return Lattice(Band.around(anchor_path(texts.source.runs, texts.target.runs, rows, columns), WIDTH))


def _path(
    beads: Iterable[tuple[Numbers, Numbers]], lattice: Lattice
) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64]]:
    """Shapes and last cells of the gold beads. A bead larger than allowed is halved until it is not."""
    shapes, rows, columns = [], [0], [0]
    for source, target in beads:
        for a, b in _allowed(len(source), len(target)):
            shapes.append(SHAPES.index((a, b)))
            rows.append(rows[-1] + a)
            columns.append(columns[-1] + b)
    cells = lattice.cell(numpy.array(rows[1:]), numpy.array(columns[1:]))
    if (cells == lattice.cells).any():
        raise SystemExit("a gold bead lies outside of the band")
    return numpy.array(shapes), cells


def _allowed(a: int, b: int) -> list[tuple[int, int]]:
    if (a, b) in SHAPES:
        return [(a, b)]
    if not a or not b:
        return [(1, 0)] * a + [(0, 1)] * b
    return _allowed(a // 2, b // 2) + _allowed(a - a // 2, b - b // 2)


def tally(cases: Iterable[Case], weights: NDArray[numpy.float64], sure: Counter[tuple[str, int, bool]]) -> Tally:
    """The scores of these weights; ``sure`` counts (kind of bead, confidence in tenths, whether right)."""
    beads, alone = numpy.zeros(3, dtype=numpy.int64), numpy.zeros(3, dtype=numpy.int64)
    for gold, example in cases:
        found = example.decoded(weights)
        true = {bead for bead in gold.beads if all(bead)}
        lonely = {(k, i) for bead in gold.beads if not all(bead) for k in (0, 1) for i in bead[k]}
        pairs = [(source, target) for source, target, _ in found if source and target]
        left = [(k, i) for *bead, _ in found if not all(bead) for k in (0, 1) for i in bead[k]]
        beads += [sum(pair in true for pair in pairs), len(pairs), len(true)]
        alone += [sum(place in lonely for place in left), len(left), len(lonely)]
        for source, target, confidence in found:
            kind = "alone" if not (source and target) else "1-1" if len(source) == len(target) == 1 else "other"
            right = (source, target) in true if kind != "alone" else {*_places(source, target)} <= lonely
            sure[kind, min(int(confidence * 10), 9), right] += 1
    return Tally(beads, alone)


def _places(source: Numbers, target: Numbers) -> list[tuple[int, int]]:
    return [(0, k) for k in source] + [(1, k) for k in target]


def report(title: str, sure: Counter[tuple[str, int, bool]]) -> None:
    """Print how often beads of a confidence are right."""
    for kind in ("1-1", "other", "alone"):
        for tenth in range(10):
            right, wrong = sure[kind, tenth, True], sure[kind, tenth, False]
            if right + wrong:
                share = right / (right + wrong)
                print(f"{title}: {kind} beads of confidence {tenth / 10:.1f} up: {share:.3f} of {right + wrong}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--ablation", action="store_true")
    options = parser.parse_args()
    encoder = SentenceEncoder()
    told: list[Case] = []
    untold: list[Case] = []
    for gold in books(options.books):
        runs = _runs(gold, encoder)
        told.append(case(gold, encoder, BOOK_WEIGHT, runs))
        untold.append(case(gold._replace(paragraphs=None), encoder, BOOK_WEIGHT, runs))
    documents = [case(gold, encoder, 1.0) for gold in made(options.corpora, MADE + MADE_TO_TEST, SEED)]
    training, testing = documents[:MADE], documents[MADE:]
    if options.ablation:
        for kind in KINDS:
            print(f"without {kind}")
            leave_one_out(*([_without(each, kind) for each in cases] for cases in (told, untold, training)))
        return
    leave_one_out(told, untold, training)
    weights = fitted([each.example for each in (*told, *untold, *training)])
    sure: Counter[tuple[str, int, bool]] = Counter()
    print(f"made documents: {tally(testing, weights, sure)}")
    report("made documents", sure)
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


def _without(case: Case, kind: str) -> Case:
    """A case in which no evidence of a kind speaks."""
    heard = numpy.array([not name.startswith(kind) for name in NAMES], dtype=numpy.float32)
    values = case.example.values * heard[:, None, None]
    return case._replace(example=replace(case.example, values=values))


def leave_one_out(told: Sequence[Case], untold: Sequence[Case], training: Sequence[Case]) -> None:
    """Print the scores of each book under weights fitted on the other books and the made documents."""
    sure: Counter[tuple[str, int, bool]] = Counter()
    nothing = Tally(numpy.zeros(3, dtype=numpy.int64), numpy.zeros(3, dtype=numpy.int64))
    totals = {"with": nothing, "without": nothing}
    for number, left_out in enumerate(told):
        others = [each for k in range(len(told)) if k != number for each in (told[k], untold[k])]
        weights = fitted([each.example for each in (*others, *training)])
        for kind, each in (("with", left_out), ("without", untold[number])):
            scores = tally([each], weights, sure)
            totals[kind] = Tally(totals[kind].beads + scores.beads, totals[kind].alone + scores.alone)
            print(f"{left_out.gold.name} {kind} paragraphs: {scores}", flush=True)
    for kind, total in totals.items():
        print(f"left-out books {kind} paragraphs: {total}")
    report("left-out books", sure)


if __name__ == "__main__":
    main()
