"""Documents with known beads: books aligned by hand, and documents made from parallel lines.

The books are the benchmark's development records (`id`, `fr`, `en`, `fr_par`, `en_par`, `beads`). The made ones are
stretches of consecutive lines of the corpora in which neighbours are joined on one side, lines are left out of one
side, and now and then a translation is exchanged for a strange sentence.
"""

from __future__ import annotations

import gzip
import json
import lzma
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

Numbers = tuple[int, ...]
Line = tuple[str, str]

# Source of the lines -> how often a document is taken from it: prose that comes in the order of its document.
SOURCES = {
    "debian_web": 3,
    "rte3_news": 3,
    "europarl_v7": 3,
    "canada_gov_web": 2,
    "tico19": 1,
    "literature": 1,
    "bitcoin_newsletters": 1,
}
LINES_A_SOURCE = 6_000
EUROPARL_FROM = 200_000
LENGTHS = (2, 5, 8, 12, 16, 20, 30, 40, 60)
JOINED = 0.06  # of the lines, on each side
LEFT_OUT = 0.025  # runs of lines, on each side
LEFT_OUT_LONGER = 0.3
EXCHANGED = 0.01
PARAGRAPH = 0.45
PARAGRAPH_ON_ONE_SIDE = 0.04


class Gold(NamedTuple):
    """Two texts and their beads in order; ``paragraphs`` None where they are not told."""

    name: str
    source: list[str]
    target: list[str]
    paragraphs: tuple[list[int], list[int]] | None
    beads: list[tuple[Numbers, Numbers]]


def books(path: Path) -> Iterator[Gold]:
    """The books of an alignment record file (JSON lines, gzip)."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            beads = [(tuple(source), tuple(target)) for source, target in record["beads"]]
            paragraphs = record["fr_par"], record["en_par"]
            yield Gold(record["id"], record["fr"], record["en"], paragraphs, beads)


def made(corpora: Path, count: int, seed: int) -> Iterator[Gold]:
    """``count`` documents out of the corpora's lines, every second one without paragraphs."""
    lines = parallel_lines(corpora)
    chance = random.Random(seed)
    for number in range(count):
        source = chance.choices(list(SOURCES), list(SOURCES.values()))[0]
        length = chance.choice(LENGTHS)
        start = chance.randrange(len(lines[source]) - length)
        document = _altered(source, lines[source][start : start + length], lines[source][:200], chance)
        if document.source and document.target:
            yield document if number % 2 else document._replace(paragraphs=None)


def parallel_lines(corpora: Path) -> dict[str, list[Line]]:
    """The first lines of each of `SOURCES`, in the order of the files."""
    found: dict[str, list[Line]] = {source: [] for source in SOURCES}
    with lzma.open(corpora / "various.tsv.xz", "rt", encoding="utf-8") as stream:
        for line in stream:
            source, french, english = line.rstrip("\n").split("\t")
            if source in found and len(found[source]) < LINES_A_SOURCE and french.strip() and english.strip():
                found[source].append((french, english))
    with lzma.open(corpora / "europarl_v7.tsv.xz", "rt", encoding="utf-8") as stream:
        for line in islice(stream, EUROPARL_FROM, EUROPARL_FROM + LINES_A_SOURCE):
            french, english = line.rstrip("\n").split("\t")
            found["europarl_v7"].append((french, english))
    return found


def _altered(name: str, lines: Sequence[Line], strangers: Sequence[Line], chance: random.Random) -> Gold:
    document = Gold(name, [], [], ([], []), [])
    paragraph, place = 0, 0
    while place < len(lines):
        taken, parts = _next_parts(lines[place:], strangers, chance)
        place += taken
        paragraph += chance.random() < PARAGRAPH
        for french, english in parts:
            _append(document, french, english, paragraph, paragraph + (chance.random() < PARAGRAPH_ON_ONE_SIDE))
    return document


def _next_parts(
    lines: Sequence[Line], strangers: Sequence[Line], chance: random.Random
) -> tuple[int, list[tuple[list[str], list[str]]]]:
    """How many lines are used, and the sentences of the beads they become."""
    (french, english), drawn = lines[0], chance.random()
    if drawn < 2 * JOINED and len(lines) > 1:
        other = lines[1]
        if drawn < JOINED:
            return 2, [([french, other[0]], [f"{english} {other[1]}"])]
        return 2, [([f"{french} {other[0]}"], [english, other[1]])]
    drawn -= 2 * JOINED
    if 0 <= drawn < 2 * LEFT_OUT:
        count = 1
        while count < min(3, len(lines)) and chance.random() < LEFT_OUT_LONGER:
            count += 1
        if drawn < LEFT_OUT:
            return count, [([line[0]], []) for line in lines[:count]]
        return count, [([], [line[1]]) for line in lines[:count]]
    if 2 * LEFT_OUT <= drawn < 2 * LEFT_OUT + EXCHANGED:
        return 1, [([french], []), ([], [chance.choice(strangers)[1]])]
    return 1, [([french], [english])]


def _append(document: Gold, french: list[str], english: list[str], source_block: int, target_block: int) -> None:
    assert document.paragraphs is not None
    source, target = len(document.source), len(document.target)
    document.beads.append((tuple(range(source, source + len(french))), tuple(range(target, target + len(english)))))
    document.source.extend(french)
    document.target.extend(english)
    document.paragraphs[0].extend([source_block] * len(french))
    document.paragraphs[1].extend([target_block] * len(english))
