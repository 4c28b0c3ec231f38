"""Measure how moved blocks are found, on documents made from parallel lines.

    python training/sentences/moves.py --corpora DIR [--documents 200]

In every document one run of 1 to 5 lines of the English is put somewhere else, at least two lines away. Counts the
pairs that are right, the beads said to be moved, and how many of these are right. A second set has lines left out,
exchanged and joined, but none moved: there every move found is a false one.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from documents import LENGTHS, SOURCES, Line, made, parallel_lines

from tqcheck.align.embeddings import SentenceEncoder
from tqcheck.align.sentences import align_sentences

SEED = 7
LONGEST_BLOCK = 5
LEAST_DISTANCE = 2


def reordered(count: int, chance: random.Random) -> list[int] | None:
    """The order of ``count`` lines after one move; None where there is no room for one."""
    size = chance.randint(1, LONGEST_BLOCK)
    if count < size + LEAST_DISTANCE + 1:
        return None
    start = chance.randrange(count - size + 1)
    rest = [k for k in range(count) if not start <= k < start + size]
    places = [place for place in range(len(rest) + 1) if abs(place - start) >= LEAST_DISTANCE]
    if not places:
        return None
    place = chance.choice(places)
    return [*rest[:place], *range(start, start + size), *rest[place:]]


def measure(lines: list[Line], order: list[int], encoder: SentenceEncoder, counts: Counter[str]) -> None:
    """Align lines with their translations in another order."""
    found = align_sentences([line[0] for line in lines], [lines[k][1] for k in order], None, None, encoder)
    right = {((k,), (place,)) for place, k in enumerate(order)}
    counts["documents"] += 1
    counts["pairs"] += len(lines)
    counts["pairs right"] += sum(bead[:2] in right for bead in found)
    counts["moved"] += sum(bead.moved for bead in found)
    counts["moved and right"] += sum(bead.moved and bead[:2] in right for bead in found)
    counts["documents with a move found"] += any(bead.moved for bead in found)
    counts["sentences alone"] += sum(not (bead.source and bead.target) for bead in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=200)
    options = parser.parse_args()
    encoder, chance = SentenceEncoder(), random.Random(SEED)
    lines = parallel_lines(options.corpora)
    counts: Counter[str] = Counter()
    while counts["documents"] < options.documents:
        own = lines[chance.choices(list(SOURCES), list(SOURCES.values()))[0]]
        length = chance.choice(LENGTHS)
        start = chance.randrange(len(own) - length)
        order = reordered(length, chance)
        if order is not None:
            measure(own[start : start + length], order, encoder, counts)
    print(f"one block moved: {dict(counts)}")
    none: Counter[str] = Counter()
    for document in made(options.corpora, options.documents, SEED):
        told = document.paragraphs or (None, None)
        found = align_sentences(document.source, document.target, told[0], told[1], encoder)
        none["documents"] += 1
        none["beads"] += len(found)
        none["moved"] += sum(bead.moved for bead in found)
    print(f"nothing moved: {dict(none)}")


if __name__ == "__main__":
    main()
