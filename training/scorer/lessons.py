"""What the scorer is taught: passages of parallel text as the program shows them to it, in pieces by number.

In: the files `pairs-NN.tsv.xz` of `training/translator/selection.py` (source, weight, French, English), which have no
line of the evaluation. Parliament is thinned out to what is wanted of it, everyday sentences too.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tqcheck.translate.gemma import prompt
from tqcheck.translate.gemma.tokenizer import GemmaPieces
from tqcheck.translate.gemma.vocabulary import BEGIN, LINE
from tqcheck.translate.protocol import BACK, FORWARD, Direction

WANTED = {
    "rte3_news": 4_000,
    "tico19": 4_000,
    "debian_web": 5_000,
    "canada_gov_web": 3_000,
    "canada_gov_docs": 2_000,
    "tatoeba_manythings": 6_000,
    "literature": 1_500,
    "tails_web": 1_000,
    "europarl_v7": 24_000,
}
"""Pairs of each source in one round."""
WORDS = (4, 60)
"""Of the French: shorter ones teach little, longer ones cost much."""


class Lesson(NamedTuple):
    """A direction, the pieces after the opening, and the places from which on the translation is foreseen."""

    direction: Direction
    pieces: tuple[int, ...]
    start: int


class Teacher:
    """Makes lessons with the pieces of a prepared model."""

    def __init__(self, pieces: GemmaPieces) -> None:
        self._pieces = pieces

    def opening(self, direction: Direction) -> list[int]:
        """The fixed part of a prompt, the whole of the last label too, by number."""
        shown = [BEGIN]
        for label, text in prompt.opening(*direction):
            shown += self._pieces.label(label)
            if text is not None:
                shown += [*self._pieces.source(text), LINE]
        return [self._pieces.number(piece) for piece in shown]

    def lesson(self, direction: Direction, source: str, target: str) -> Lesson:
        """``pieces`` end with the line's end; the first that is foreseen is at ``start``."""
        first = [*self._pieces.source(source), LINE, *self._pieces.label(prompt.LABELS[direction[1]])]
        second = [*self._pieces.source(target), LINE]
        return Lesson(direction, tuple(self._pieces.number(piece) for piece in (*first, *second)), len(first))

    def piece(self, number: int) -> str:
        return self._pieces.piece(number)

    def places(self, text: str) -> list[int]:
        """Where the pieces of a text begin."""
        return [place for _, place in self._pieces.target(text)]


def pairs(folder: Path, seed: int) -> list[tuple[str, str]]:
    """French and English, shuffled: as many of each source as are wanted, the first that come."""
    left = dict(WANTED)
    found = []
    for source, french, english in _lines(folder):
        if left.get(source, 0) and WORDS[0] <= len(french.split()) <= WORDS[1]:
            left[source] -= 1
            found.append((french, english))
    random.Random(seed).shuffle(found)
    return found


def _lines(folder: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(folder.glob("pairs-*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as stream:
            for line in stream:
                source, _, french, english = line.rstrip("\n").split("\t")
                yield source, french, english


def batches(lessons: Sequence[Lesson], size: int, seed: int) -> Iterator[list[Lesson]]:
    """Lessons of one direction and about one length together, ``size`` pieces with the padding at most."""
    generator = random.Random(seed)
    for start in range(0, len(lessons), 4_096):
        some = lessons[start : start + 4_096]
        made: list[list[Lesson]] = []
        for direction in (FORWARD, BACK):
            batch: list[Lesson] = []
            for lesson in sorted((one for one in some if one.direction == direction), key=lambda one: len(one.pieces)):
                if batch and len(lesson.pieces) * (len(batch) + 1) > size:
                    made.append(batch)
                    batch = []
                batch.append(lesson)
            made += [batch] if batch else []
        generator.shuffle(made)
        yield from made
