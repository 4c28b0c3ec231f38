"""One side of a pair as the page shows it: its text cut at the ends of marks, and its words by their places there."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tqcheck.model import Segment, Span
from tqcheck.mqm import Severity
from tqcheck.render.visible import visible


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a document that finding ``number`` is about; an empty span is the place where something is missing."""

    number: int
    span: Span
    severity: Severity


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text and the findings that mark it (numbers, the shortest mark first).

    ``ends``: the findings whose mark ends here. ``gap``: no words, but the place where some are missing. ``blank``: the
    words have no ink.
    """

    text: str
    numbers: tuple[int, ...] = ()
    severity: Severity | None = None
    ends: tuple[int, ...] = ()
    gap: bool = False

    @property
    def blank(self) -> bool:
        return bool(self.numbers) and not self.gap and not self.text.strip()


def pieces(segment: Segment, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text of a segment in pieces, in order. Marks that reach beyond it are cut at its ends."""
    start = segment.span.start
    inside = [_clipped(mark, segment.span) for mark in marks]
    filled = sorted((m for m in inside if m.span.length), key=lambda m: (m.span.length, m.number))
    empty = [m for m in inside if not m.span.length]
    places = sorted(
        {segment.span.start, segment.span.end, *(end for m in inside for end in (m.span.start, m.span.end))}
    )
    row: list[Piece] = []
    for place, following in zip(places, [*places[1:], None], strict=True):
        row += [Piece("", (m.number,), m.severity, (m.number,), gap=True) for m in empty if m.span.start == place]
        if following is not None:
            over = [m for m in filled if m.span.start <= place and following <= m.span.end]
            worst = max((m.severity for m in over), key=lambda severity: severity.rank, default=None)
            ends = tuple(m.number for m in over if m.span.end == following)
            shown = visible(segment.text[place - start : following - start])
            row.append(Piece(shown, tuple(m.number for m in over), worst, ends))
    return tuple(row)


def _clipped(mark: Mark, span: Span) -> Mark:
    start = min(max(mark.span.start, span.start), span.end)
    return Mark(mark.number, Span(start, max(start, min(mark.span.end, span.end))), mark.severity)


def places(segment: Segment, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Where ``spans`` (of the document, inside the segment) lie in the text as shown, in UTF-16 units (a browser's)."""
    base = segment.span.start
    text = segment.text
    if text.isascii() and text.isprintable():
        return [(span.start - base, span.end - base) for span in spans]
    lengths = (_units(visible(character)) for character in text)
    offsets = list(itertools.accumulate(lengths, initial=0))
    return [(offsets[span.start - base], offsets[span.end - base]) for span in spans]


def utf16(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Offsets in code points as offsets in UTF-16 units of the same text."""
    if not text or max(text) <= "\uffff":
        return [(span.start, span.end) for span in spans]
    offsets = list(itertools.accumulate((1 + (c > "\uffff") for c in text), initial=0))
    return [(offsets[span.start], offsets[span.end]) for span in spans]


def _units(shown: str) -> int:
    return len(shown) + sum(character > "\uffff" for character in shown)
