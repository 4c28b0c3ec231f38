"""Blocks that stand in another order: text that one side seems to lack and the other to have added.

The most probable alignment cannot cross itself, so of two blocks that changed places one is left alone on both sides,
or both are paired with strangers. Sentences that are alone or paired against the evidence are compared with each other
wherever they stand; where two runs of them are each other's best match, they are aligned by themselves. A pair of runs
is believed if the odds of its beads outweigh the number of places it could have come from: better an omission and an
addition too many than a move that is none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy

from tqcheck.align.anchors import Band
from tqcheck.align.beads import Bead, Scored, best, shifted
from tqcheck.align.evidence import Side, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A bead whose log-odds are lower is paired against the evidence: two sentences with nothing in common get 4.
WEAK = 5.0
# Log-odds that a given pair of places is not a move, beyond the number of such pairs.
COST = 2.0
LEAST_CONFIDENCE = 0.9
# A pair of sentences with a lower margin (see `evidence`) does not begin a search.
LEAST_MARGIN = 0.2
# A sentence that has a twin this close in cosine may have come from there.
TWIN = 0.1
# Short sentences are said again and again.
LEAST_WORDS = 6
# More loose sentences than this mean that the texts do not belong together.
MOST_LOOSE = 3_000
_LONGEST_RUN = 200


def with_moved(texts: Texts, found: Sequence[Scored]) -> list[Bead]:
    """The beads of an alignment in order, with moved blocks matched and marked. Every sentence stays in one bead."""
    sure = [bead for bead, odds in found if bead.source and bead.target and odds >= WEAK]
    loose = [bead for bead, odds in found if not (bead.source and bead.target and odds >= WEAK)]
    moved: list[Bead] = []
    sources = sorted(k for bead in loose for k in bead.source)
    targets = sorted(k for bead in loose for k in bead.target)
    while sources and targets and len(sources) <= MOST_LOOSE and len(targets) <= MOST_LOOSE:
        block = _best_block(texts, sources, targets, sure)
        if not block:
            break
        moved += block
        sources = _without(sources, {k for bead in block for k in bead.source})
        targets = _without(targets, {k for bead in block for k in bead.target})
    if not moved:
        return [bead for bead, _ in found]
    return sure + moved + list(_remaining(loose, set(sources), set(targets)))


def _without(numbers: list[int], taken: set[int]) -> list[int]:
    return [k for k in numbers if k not in taken]


def _remaining(loose: Sequence[Bead], sources: set[int], targets: set[int]) -> Iterator[Bead]:
    """Loose beads none of whose sentences was found elsewhere, and what is left of the others, alone."""
    for bead in loose:
        if sources.issuperset(bead.source) and targets.issuperset(bead.target):
            yield bead
            continue
        yield from (Bead((k,), (), bead.confidence, False) for k in bead.source if k in sources)
        yield from (Bead((), (k,), bead.confidence, False) for k in bead.target if k in targets)


def _best_block(texts: Texts, sources: list[int], targets: list[int], sure: Sequence[Bead]) -> list[Bead]:
    """The most probable moved block among loose sentences; empty where none is probable enough."""
    source_runs, target_runs = _runs(sources), _runs(targets)
    chosen: tuple[float, list[Bead]] = (0.0, [])
    for left, right in _meetings(texts, source_runs, target_runs):
        part = texts.part((left[0], right[0]), (left[1], right[1]))
        band = Band.whole(left[1] - left[0], right[1] - right[0])
        for block in _blocks([shifted(bead, left[0], right[0]) for bead in best(part, band)]):
            odds = sum(odds for bead, odds in block if not _has_twin(texts, bead))
            odds -= COST + math.log(len(sources) * len(targets))
            confidence = 1 / (1 + math.exp(-odds))
            beads = [bead._replace(confidence=bead.confidence * confidence, moved=True) for bead, _ in block]
            if confidence > max(LEAST_CONFIDENCE, chosen[0]) and _long_enough(texts, beads) and _crosses(beads, sure):
                chosen = confidence, beads
    return chosen[1]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in rising order as (first, last + 1) of runs without a gap, none too long to be aligned in full."""
    starts = [0, *(k + 1 for k, (one, other) in enumerate(pairwise(numbers)) if other != one + 1), len(numbers)]
    runs = [(numbers[start], numbers[end - 1] + 1) for start, end in pairwise(starts)]
    return [(first, min(first + _LONGEST_RUN, end)) for start, end in runs for first in range(start, end, _LONGEST_RUN)]


def _meetings(
    texts: Texts, source_runs: Sequence[tuple[int, int]], target_runs: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of runs in which two sentences are each other's best match among all loose ones."""
    left, right = _vectors(texts.source, source_runs), _vectors(texts.target, target_runs)
    margins = left @ right.T
    margins -= (texts.target.strangers.likeness(left)[:, None] + texts.source.strangers.likeness(right)) / 2
    forward, backward = margins.argmax(axis=1), margins.argmax(axis=0)
    source_of = [run for run in source_runs for _ in range(*run)]
    target_of = [run for run in target_runs for _ in range(*run)]
    found = {
        (source_of[i], target_of[j])
        for i, j in enumerate(forward.tolist())
        if backward[j] == i and margins[i, j] >= LEAST_MARGIN
    }
    return sorted(found)


def _vectors(side: Side, runs: Sequence[tuple[int, int]]) -> NDArray[numpy.float32]:
    return numpy.concatenate([side.runs.vectors(1, *run) for run in runs])


def _blocks(found: Sequence[Scored]) -> Iterator[list[Scored]]:
    """Beads with two sides and evidence for them that follow one another."""
    block: list[Scored] = []
    for scored in found:
        if scored.bead.source and scored.bead.target and scored.odds >= WEAK:
            block.append(scored)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _long_enough(texts: Texts, beads: Sequence[Bead]) -> bool:
    source = sum(len(texts.source.words[k]) for bead in beads for k in bead.source)
    target = sum(len(texts.target.words[k]) for bead in beads for k in bead.target)
    return min(source, target) >= LEAST_WORDS


def _crosses(block: Sequence[Bead], sure: Sequence[Bead]) -> bool:
    """Whether a sure bead stands before the block on one side and behind it on the other."""
    source, target = block[0].source[0], block[0].target[0]
    return any((bead.source[0] < source) != (bead.target[0] < target) for bead in sure)


def _has_twin(texts: Texts, bead: Bead) -> bool:
    """Whether another sentence of either text would do nearly as well as one of the bead's sides."""
    sides = (texts.source, bead.source), (texts.target, bead.target)
    one, other = (side.runs.vectors(len(numbers), numbers[0], numbers[0] + 1)[0] for side, numbers in sides)
    reached = float(one @ other) - TWIN
    for (side, numbers), vector in zip(sides, (other, one), strict=True):
        for start in range(0, side.count, 1024):
            likeness = side.runs.vectors(1, start, min(start + 1024, side.count)) @ vector
            likeness[[k - start for k in numbers if start <= k < start + len(likeness)]] = -1.0
            if likeness.max() >= reached:
                return True
    return False
