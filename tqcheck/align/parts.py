"""Texts of more sentences than are aligned at once: a part of both, up to a sure place, and then the next.

What is kept of every sentence while a text is aligned (`pooling`, `anchors`) is a hundred times as large as the
sentence. A part ends where some beads in a row are sure, well before its end, as its last sentences do not see what
follows them; where there is no such place the part is made larger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tqcheck.align.beads import Bead

MOST = 20_000
"""Sentences of a side that are aligned at once: 0.4 GB; a novel has 10,000."""
_SURE = 0.5
"""The least confidence of `_IN_A_ROW` beads with two sides at whose end a text is cut; the surest place is taken."""
_IN_A_ROW = 5

Align = Callable[[slice, slice], Sequence[Bead]]
"""The beads of a part of both texts, whose sentences are counted from its first."""


def in_parts(sources: int, targets: int, align: Align, most: int = MOST) -> Iterator[Bead]:
    """The beads of two texts of so many sentences, in order; every sentence is in exactly one."""
    source, target, size = 0, 0, most
    while source < sources or target < targets:
        left, right = sources - source, targets - target
        some = slice(source, source + _share(size, left, right)), slice(target, target + _share(size, right, left))
        beads = align(*some)
        whole = max(left, right) <= size
        stands = len(beads) if whole else _cut(beads)
        if not stands:
            size *= 2
            continue
        for bead in beads[:stands]:
            yield _shifted(bead, some[0].start, some[1].start)
        source += sum(len(bead.source) for bead in beads[:stands])
        target += sum(len(bead.target) for bead in beads[:stands])
        size = most


def _share(size: int, own: int, other: int) -> int:
    """How many sentences of a side, of which so many are left, are in a part: as many on both sides by their share."""
    return own if max(own, other) <= size else min(own, -(-size * own // max(own, other)))


def _cut(beads: Sequence[Bead]) -> int:
    """How many beads of a part stand, 0 where no place is sure: from its middle to its third quarter the surest place.

    Before it all sentences of both texts, up to the last one there, are in a bead: nothing has moved across it.
    """
    best, found = _SURE, 0
    row: list[float] = []
    counts, ends = [0, 0], [0, 0]
    for place, bead in enumerate(beads, 1):
        for side, numbers in enumerate((bead.source, bead.target)):
            counts[side] += len(numbers)
            ends[side] = max(ends[side], *(number + 1 for number in numbers)) if numbers else ends[side]
        row = [*row, bead.confidence][-_IN_A_ROW:] if bead.source and bead.target and not bead.moved else []
        if len(beads) <= 2 * place and 4 * place <= 3 * len(beads) and len(row) == _IN_A_ROW and counts == ends:
            best, found = max((best, found), (min(row), place))
    return found


def _shifted(bead: Bead, source: int, target: int) -> Bead:
    return bead._replace(
        source=tuple(number + source for number in bead.source), target=tuple(number + target for number in bead.target)
    )
