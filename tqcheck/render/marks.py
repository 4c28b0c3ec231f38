"""Words marked in a text, and long texts cut around them. Pure text work: no terminal, no colour, no library.

A marked text is a row of pieces. Joining those of kind TEXT gives the text back (made visible), whatever is marked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from tqcheck.model import Span
from tqcheck.mqm import Severity
from tqcheck.render.visible import visible


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text (offsets in that text) and what is found there.

    ``numbers`` lead to the findings of a list, none where there is no list. An empty span marks the place where
    something is missing.
    """

    span: Span
    severity: Severity
    numbers: tuple[int, ...] = ()


class Kind(Enum):
    """What a piece of a marked text is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a marked text: words (with the worst severity marked there), the begin or end of a mark, or a cut.

    ``crossing``: the mark overlaps another one of which neither lies inside the other, so that an end alone would not
    tell whose it is. ``blank``: the mark has no ink.
    """

    kind: Kind
    text: str = ""
    severity: Severity | None = None
    mark: Mark | None = field(default=None, repr=False)
    crossing: bool = False
    blank: bool = False


def joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks in text order, those of one span as one: the numbers of all and the worst severity."""
    found: dict[Span, Mark] = {}
    for mark in marks:
        known = found.get(mark.span)
        if known is not None:
            worst = max(known.severity, mark.severity, key=lambda severity: severity.rank)
            mark = Mark(mark.span, worst, tuple(sorted({*known.numbers, *mark.numbers})))
        found[mark.span] = mark
    return tuple(sorted(found.values(), key=lambda mark: (mark.span.start, -mark.span.end)))


def pieces(text: str, marks: Sequence[Mark], kept: Sequence[Span] | None = None) -> tuple[Piece, ...]:
    """``text`` in pieces: what lies in ``kept`` (all of it, if None) with the marks opened and closed around it.

    Every end of a mark has to lie in ``kept``; ``kept`` is in order and does not overlap. Marks are as ``joined`` gives
    them and lie inside the text.
    """
    kept = (Span(0, len(text)),) if kept is None else kept
    ends = {end for span in (*kept, *(mark.span for mark in marks)) for end in (span.start, span.end)}
    places = sorted({0, len(text), *ends})
    row: list[Piece] = []
    for place, following in zip(places, [*places[1:], len(text)], strict=True):
        row += _ends_at(place, marks, text)
        if place == following:
            continue
        if any(span.start <= place and following <= span.end for span in kept):
            inside = [mark for mark in marks if mark.span.start <= place and following <= mark.span.end]
            worst = max((mark.severity for mark in inside), key=lambda severity: severity.rank, default=None)
            row.append(Piece(Kind.TEXT, visible(text[place:following]), worst))
        elif not row or row[-1].kind is not Kind.GAP:
            row.append(Piece(Kind.GAP))
    return tuple(row)


def _ends_at(place: int, marks: Sequence[Mark], text: str) -> list[Piece]:
    """What closes at ``place``, the innermost first; then empty marks; then what opens, the outermost first."""
    closing = [mark for mark in reversed(marks) if mark.span.end == place and mark.span.length]
    empty = [mark for mark in marks if mark.span.end == place == mark.span.start]
    opening = [mark for mark in marks if mark.span.start == place and mark.span.length]
    row = [_end(Kind.CLOSE, mark, marks, text) for mark in closing]
    for mark in empty:
        row += [_end(Kind.OPEN, mark, marks, text), _end(Kind.CLOSE, mark, marks, text)]
    return row + [_end(Kind.OPEN, mark, marks, text) for mark in opening]


def _end(kind: Kind, mark: Mark, marks: Sequence[Mark], text: str) -> Piece:
    crossing = any(_cross(mark.span, other.span) for other in marks)
    return Piece(kind, "", mark.severity, mark, crossing, not mark.span.of(text).strip())


def _cross(one: Span, other: Span) -> bool:
    return one.overlaps(other) and not one.contains(other) and not other.contains(one)


def cut(text: str, places: Sequence[Span], limit: int) -> tuple[Span, ...]:
    """What to show of a long ``text``: all of it up to ``limit`` characters, else words around the ends of ``places``.

    Cuts fall between words where a blank is near. Without places the beginning is shown. At least 30 characters stand
    on either side of a place, so many places can make more than ``limit``.
    """
    if len(text) <= limit:
        return (Span(0, len(text)),)
    if not places:
        return (Span(0, _after_word(text, limit)),)
    anchors = sorted({end for place in places for end in (place.start, place.end)})
    context = max(30, limit // (2 * len(anchors)))
    found: list[Span] = []
    for anchor in anchors:
        start, end = _before_word(text, anchor - context), _after_word(text, anchor + context)
        if found and start - found[-1].end <= _NOT_WORTH_A_GAP:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return tuple(found)


_NOT_WORTH_A_GAP = 12
_LONGEST_WORD = 20


def _before_word(text: str, place: int) -> int:
    """``place``, or where the word around it begins."""
    if place <= _NOT_WORTH_A_GAP:
        return 0
    blank = max((i for i in range(max(0, place - _LONGEST_WORD), place) if text[i].isspace()), default=None)
    if blank is not None:
        return blank + 1
    while place and unicodedata.combining(text[place]):
        place -= 1
    return place


def _after_word(text: str, place: int) -> int:
    """``place``, or where the word around it ends."""
    if place >= len(text) - _NOT_WORTH_A_GAP:
        return len(text)
    blank = next((i for i in range(place, min(len(text), place + _LONGEST_WORD)) if text[i].isspace()), None)
    if blank is not None:
        return blank
    while place < len(text) and unicodedata.combining(text[place]):
        place += 1
    return place
