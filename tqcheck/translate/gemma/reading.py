"""A passage read in one go: the pieces of the source by themselves, and those of the target after them.

One run of the network gives both, where a text alone and the same text after the other would take two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tqcheck.translate.gemma import prompt
from tqcheck.translate.gemma.model import Asked, Foreseen, Gemma, Rivals, Text
from tqcheck.translate.gemma.rivals import rivals
from tqcheck.translate.gemma.vocabulary import LINE
from tqcheck.translate.piece_engine import DIGITS, tiled
from tqcheck.translate.pieces import Piece
from tqcheck.translate.protocol import Direction, Passage, Progress, Reading
from tqcheck.translate.splitting import halves

LONGEST = 300
"""Pieces a side. A longer text is read in parts; of the pairs before a passage, as many as have no more."""


class _Part(NamedTuple):
    """Of the passage ``number``; places are those in the whole texts. ``before``: what is shown and not asked for."""

    number: int
    before: tuple[str, ...]
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]


class Reader:
    """A model that reads in one direction."""

    def __init__(self, model: Gemma, direction: Direction) -> None:
        self._model = model
        self._direction = direction
        self._first, self._second = (tuple(model.pieces.label(prompt.LABELS[lang])) for lang in direction)

    def read(self, passages: Sequence[Passage], progress: Progress | None) -> tuple[Reading, ...]:
        """One reading a passage, in their order."""
        parts = [part for number, passage in enumerate(passages) for part in self._parts(number, passage)]
        values = self._model.score(self._direction, [self._text(part) for part in parts], progress)
        return self._joined(passages, parts, values)

    def _parts(self, number: int, passage: Passage) -> Iterator[_Part]:
        pieces_of = cache(self._model.pieces.target)

        def fits(*texts: str) -> bool:
            return all(len(pieces_of(text)) <= LONGEST for text in texts)

        before = self._before(passage)
        starts = [0, 0]
        for texts in cut_together(passage.source, passage.target, fits):
            pieces = [
                tuple(Piece(piece, start + place) for piece, place in pieces_of(text))
                for start, text in zip(starts, texts, strict=True)
            ]
            starts = [start + len(text) for start, text in zip(starts, texts, strict=True)]
            if any(pieces):
                yield _Part(number, before, pieces[0], pieces[1])
            before = ()

    def _before(self, passage: Passage) -> tuple[str, ...]:
        """The lines of the pairs before, the nearest ones, with a label for the next line after each."""
        shown: tuple[str, ...] = ()
        for source, target in reversed(passage.before):
            lines = [self._model.pieces.source(text) for text in (source, target)]
            if len(shown) + sum(map(len, lines)) > LONGEST:
                break
            shown = (*lines[0], LINE, *self._second, *lines[1], LINE, *self._first, *shown)
        return shown

    def _text(self, part: _Part) -> Text:
        source, target = ([piece.text for piece in side] for side in (part.source, part.target))
        # The last piece of the first label is no part of the prepared state: what is asked for follows on something.
        known = [self._first[-1], *part.before]
        between = [LINE, *self._second]
        pieces = [*known, *source, *between, *target, LINE]
        langs = self._direction
        starts = len(known), len(known) + len(source) + len(between)
        asked = [
            Asked(lang, range(start, start + len(side) + 1))
            for lang, start, side in zip(langs, starts, (source, target), strict=True)
        ]
        find = self._model.pieces.find
        others = [(*rivals(side, lang, find), Rivals()) for lang, side in zip(langs, (source, target), strict=True)]
        return Text(self._numbers(pieces), asked, rivals=[each for side in others for each in side])

    def _numbers(self, pieces: Sequence[str]) -> list[int]:
        return [self._model.pieces.number(piece) for piece in pieces]

    def _joined(
        self, passages: Sequence[Passage], parts: Sequence[_Part], values: Sequence[tuple[Foreseen, ...]]
    ) -> tuple[Reading, ...]:
        sides: list[tuple[_Side, _Side]] = [(_Side(), _Side()) for _ in passages]
        for part, some in zip(parts, values, strict=True):
            of_source = len(part.source) + 1
            sides[part.number][0].add(part.source, some[:of_source])
            sides[part.number][1].add(part.target, some[of_source:])
        return tuple(
            Reading(tiled(passage.source, one.pieces, one.end), tiled(passage.target, other.pieces, other.end))
            for passage, (one, other) in zip(passages, sides, strict=True)
        )


class _Side:
    """What was found of one text, part after part."""

    def __init__(self) -> None:
        self.pieces: list[tuple[Piece, Foreseen]] = []
        self.end: float | None = None

    def add(self, pieces: Sequence[Piece], values: Sequence[Foreseen]) -> None:
        if pieces:
            self.pieces += zip(pieces, values[:-1], strict=True)
            self.end = round(values[-1].log_probability, DIGITS)


def cut_together(source: str, target: str, fits: Callable[[str, str], bool]) -> Iterator[tuple[str, str]]:
    """A source and its translation in parts that fit; the parts of each, joined, are that text.

    Both are cut near their middles. One that cannot be cut any further stands with the first part of the other, and
    nothing with the second.
    """
    sources, targets = halves(source), halves(target)
    if fits(source, target) or (sources is None and targets is None):
        yield source, target
        return
    first, second = sources or (source, "")
    left, right = targets or (target, "")
    yield from cut_together(first, left, fits)
    yield from cut_together(second, right, fits)
