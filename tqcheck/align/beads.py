"""Beads in order: the most probable alignment of two texts, a stretch at a time, and the order beads are given in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy

from tqcheck.align.anchors import Band, anchor_path
from tqcheck.align.dynamic import SHAPES, Lattice
from tqcheck.align.evidence import WEIGHTS, Likeness, Texts, scores

# The band around the rough path, in sentences. On the three novels of the development data the path is never more than
# two sentences away from the right alignment.
WIDTH = 6
# Texts with at most so many cells are aligned in full.
SMALL = 4_000
# Longer texts are aligned in stretches of so many steps of the path, so that memory does not grow with them.
STRETCH = 1_500
# A stretch is cut at a sure bead in its second half, but not in its last beads, which do not see what follows them.
_LAST_BEADS = 30
_SURE = 0.99


class Bead(NamedTuple):
    """Sentences that translate each other, by their numbers; one side is empty where text has no counterpart.

    ``confidence``: the probability that exactly this bead is right. ``moved``: its two sides stand in another order
    than their neighbours. ``similarity``: the cosine of the two sides, None where one is empty.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float
    moved: bool
    similarity: float | None = None

    @property
    def cost(self) -> float:
        """0 for a sure bead to 1, as the third column of Vecalign's lines wants it."""
        return 1.0 - self.confidence


class Scored(NamedTuple):
    """A bead and its log-odds against leaving its sentences alone (0 where they are)."""

    bead: Bead
    odds: float


def best(texts: Texts, band: Band) -> list[Scored]:
    """The best alignment within a band; sentences are counted from the texts' first."""
    lattice = Lattice(band)
    likeness = Likeness(texts.source, texts.target)
    weights = scores(texts, lattice, likeness)
    probabilities, _ = lattice.probabilities(weights)
    found = []
    for row, column, shape, cell in lattice.best(weights):
        a, b = SHAPES[shape]
        source, target = tuple(range(row - a, row)), tuple(range(column - b, column))
        confidence = min(1.0, float(probabilities[shape, cell]))
        similarity = likeness.cosine(row - a, column - b, a, b) if a and b else None
        odds = float(weights[shape, cell]) - (a + b) * WEIGHTS["alone"]
        found.append(Scored(Bead(source, target, confidence, False, similarity), odds))
    return found


def shifted(found: Scored, source: int, target: int) -> Scored:
    """The same with sentences counted from ``source`` and ``target``."""
    sources, targets = tuple(k + source for k in found.bead.source), tuple(k + target for k in found.bead.target)
    return Scored(found.bead._replace(source=sources, target=targets), found.odds)


def monotone(texts: Texts) -> Iterator[Scored]:
    """The best alignment of two texts in which nothing is moved."""
    rows, columns = texts.source.count, texts.target.count
    if (rows + 1) * (columns + 1) <= SMALL:
        yield from best(texts, Band.whole(rows, columns))
        return
    path = anchor_path(texts.source.runs, texts.target.runs, rows, columns)
    band = Band.around(path, WIDTH)
    done = 0, 0
    while done != (rows, columns):
        begun = int(numpy.searchsorted(path.sum(axis=1), sum(done)))
        row, column = (int(number) for number in path[min(begun + STRETCH, len(path) - 1)])
        found = best(texts.part(done, (row, column)), _clipped(band, done, (row, column)))
        if (row, column) != (rows, columns):
            found = found[: _cut([bead for bead, _ in found])]
        yield from (shifted(bead, *done) for bead in found)
        ahead = sum(len(bead.source) for bead, _ in found), sum(len(bead.target) for bead, _ in found)
        done = done[0] + ahead[0], done[1] + ahead[1]


def _clipped(band: Band, start: tuple[int, int], end: tuple[int, int]) -> Band:
    low, high = band.low[start[0] : end[0] + 1], band.high[start[0] : end[0] + 1]
    low, high = numpy.clip(low, start[1], end[1]) - start[1], numpy.clip(high, start[1], end[1]) - start[1]
    low[0], high[-1] = 0, end[1] - start[1]
    return Band(low, high)


def _cut(beads: Sequence[Bead]) -> int:
    """How many beads of a stretch stand: up to the last sure one with two sides in its second half."""
    places = range(len(beads) // 2, max(len(beads) // 2 + 1, len(beads) - _LAST_BEADS))

    def sureness(place: int) -> tuple[bool, float, int]:
        bead = beads[place]
        return bool(bead.source and bead.target), min(bead.confidence, _SURE), place

    return 1 + max(places, key=sureness)


def ordered(beads: Sequence[Bead]) -> tuple[Bead, ...]:
    """In the order of the source; a bead without a source behind the one that has the target sentence before it.

    Behind a moved one it is out of order as that one is.
    """
    alone = {bead.target[0]: bead for bead in beads if not bead.source}

    def followers(after: int, moved: bool = False) -> Iterator[Bead]:
        while after + 1 in alone:
            after += 1
            yield alone[after]._replace(moved=moved or alone[after].moved)

    found = list(followers(-1))
    for bead in sorted((bead for bead in beads if bead.source), key=lambda bead: bead.source):
        found.append(bead)
        if bead.target:
            found.extend(followers(bead.target[-1], bead.moved))
    return tuple(found)
