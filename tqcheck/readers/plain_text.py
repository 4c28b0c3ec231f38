"""The structure of a plain text: paragraphs, headings, datelines and list items, told by line ends and looks.

A blank line ends a block. Lines that touch are one paragraph if the text was wrapped by hand or by a mail program (most
lines are so full that the next word would not have fitted), and blocks of their own if not: one paragraph a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tqcheck.model import Block, Span
from tqcheck.readers.datelines import is_dateline
from tqcheck.readers.lines import BLANKS, is_blank

_WIDTHS = range(40, 161)  # of wrapped text, in characters
_MOST_FULL = 0.5  # share of lines that are full where a text is wrapped; one sentence a line has under 0.2
_MARKER = re.compile(r"(?P<sure>[•·▪‣◦●○*]\s+|-\s+)|(?P<number>(?:[0-9]{1,2}[.)]|[a-z]\))\s+(?=\S))|(?P<dash>[–—]\s+)")
_ENDS = re.compile(r"[.!?…][\s»”\"’')\]]*$")
_STOPS = re.compile(r"[.!?…:;][\s»”\"’')\]]*$")
_NO_HEADING = re.compile(r"[.…;:,][\s»”\"’')\]]*$")


class _Line(NamedTuple):
    """``start`` to ``end`` is what can be seen of it; ``content`` where the words begin behind a list marker."""

    text: str
    start: int
    end: int
    content: int
    indent: int

    @property
    def is_item(self) -> bool:
        return self.content > self.start

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


def blocks(text: str) -> tuple[Block, ...]:
    r"""The blocks of ``text`` (lines end with ``\n``) in order. Only list markers and blanks lie outside of them."""
    chunks = list(_chunks(text))
    width = _wrap_width(chunks)
    groups = [group for chunk in chunks for group in _paragraphs(chunk, width)]
    spans = [Span(group[0].content, group[-1].end) for group in groups]
    kinds = [_kind(group) for group in groups]
    opening = next((number for number, kind in enumerate(kinds) if kind == "paragraph"), None)
    for number, kind in enumerate(kinds[:-1]):
        if kind == "paragraph" and _is_heading(spans[number].of(text), spans[number + 1].length, number == opening):
            kinds[number] = "heading"
    return tuple(Block(span, kind) for span, kind in zip(spans, kinds, strict=True))


def _chunks(text: str) -> Iterator[list[_Line]]:
    """The lines between blank lines."""
    chunk: list[_Line] = []
    start = 0
    for raw in text.split("\n"):
        if is_blank(raw):
            if chunk:
                yield chunk
            chunk = []
        else:
            chunk.append(_line(raw, start))
        start += len(raw) + 1
    if chunk:
        yield chunk


def _line(raw: str, start: int) -> _Line:
    seen = raw.strip(BLANKS)
    indent = len(raw) - len(raw.lstrip(BLANKS))
    marker = _MARKER.match(seen)
    skipped = 0
    # an en dash before a whole sentence is somebody speaking, not an item of a list
    if marker and (marker.lastgroup != "dash" or seen[marker.end() :][:1].islower() or not _ENDS.search(seen)):
        skipped = len(seen) - len(seen[marker.end() :].lstrip(BLANKS))
    return _Line(seen, start + indent, start + indent + len(seen), start + indent + skipped, indent)


def _wrap_width(chunks: Sequence[Sequence[_Line]]) -> int | None:
    """The width at which the text was wrapped, None where it was not."""
    widths = sorted(line.width for chunk in chunks for line in chunk if " " in line.text)
    if not widths:
        return None
    width = widths[int(0.95 * (len(widths) - 1))]  # a table or an address may be longer
    inner = [_is_full(line, after, width) for chunk in chunks for line, after in pairwise(chunk)]
    return width if width in _WIDTHS and len(inner) >= 3 and sum(inner) >= _MOST_FULL * len(inner) else None


def _is_full(line: _Line, after: _Line, width: int) -> bool:
    """Whether the first word of ``after`` would not have fitted on ``line``."""
    return line.width + 1 + len(after.text.split()[0]) > width


def _paragraphs(chunk: Sequence[_Line], width: int | None) -> Iterator[list[_Line]]:
    group = [chunk[0]]
    for before, line in pairwise(chunk):
        if _continues(group[0], before, line, width):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _continues(first: _Line, before: _Line, line: _Line, width: int | None) -> bool:
    """Whether ``line`` goes on with the paragraph (or list item) that began with ``first`` and is at ``before``."""
    if is_dateline(before.text) or is_dateline(line.text):
        return False
    unfinished = not _STOPS.search(before.text)
    full = width is not None and _is_full(before, line, width)
    if line.is_item:  # a dash or a number in the middle of a sentence that was wrapped
        return full and unfinished and not first.is_item
    if line.indent > before.indent and not first.is_item:
        return False  # the first line of a paragraph is indented
    if first.is_item and line.indent > first.indent:
        return True
    half = before.width >= _WIDTHS[0] and before.width in _WIDTHS
    return full or (half and unfinished and line.text[0].islower())


def _kind(group: Sequence[_Line]) -> str:
    if group[0].is_item:
        return "list-item"
    return "dateline" if all(is_dateline(line.text) for line in group) else "paragraph"


def _is_heading(text: str, following: int, opening: bool) -> bool:
    """Whether a paragraph is a heading. ``following``: the next block's length; ``opening``: the first, the title."""
    if _NO_HEADING.search(text) or not any(c.isalpha() for c in text) or text[0] in "–—-":
        return False
    words = len(text.split())
    if opening:
        return len(text) <= 150 and words <= 24 and not text.endswith("!")
    begins = text.lstrip("«“\"'( \u00a0\u202f")[:1]
    short = len(text) <= 90 and words <= 14 and (begins.isupper() or begins.isdigit())
    return short and not _ENDS.search(text) and not text.endswith(("»", "”", '"')) and following > len(text)
