"""One text: its words, sentences and parts, and where they stand in its file."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``start`` to ``end``, half-open, in code points of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span names."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as the annotator sees it.

    ``index`` and ``head`` count tokens of the whole document; the head of a root is itself. ``pos`` is a Universal
    Dependencies tag, ``dep`` the label of the language's parser, ``morph`` the UD features in the form
    ``Gender=Fem|Number=Sing``, ``entity`` the kind of a named entity (PER, LOC, ORG, MISC, DATE, …) or "".
    """

    index: int
    span: Span
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    entity: str

    def feature(self, name: str) -> str | None:
        """The value of a morphological feature, such as ``token.feature("Gender") == "Fem"``."""
        for part in self.morph.split("|"):
            key, _, value = part.partition("=")
            if key == name:
                return value
        return None

    @property
    def is_word(self) -> bool:
        """Whether there is a letter or digit in it."""
        return self.text.isalnum() or any(c.isalnum() for c in self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document's structure. ``kind``: paragraph, heading, dateline, list-item or quotation."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One or more whole sentences in a row: a slice of the document's text, with its tokens.

    An empty one still has a place: that is where something is missing. ``sentences`` are the numbers of the sentences
    in the document, from 0; ``block`` the number of the block in which it begins.
    """

    span: Span
    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[int, ...]
    block: int

    def token(self, index: int) -> Token | None:
        """The token with that number in the document, or None where it lies outside of this segment."""
        if not self.tokens:
            return None
        place = index - self.tokens[0].index
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def head(self, token: Token) -> Token | None:
        """The syntactic head of a token of this segment, None for a root."""
        return None if token.head == token.index else self.token(token.head)

    def children(self, token: Token) -> tuple[Token, ...]:
        """The tokens of this segment whose head ``token`` is."""
        return tuple(other for other in self.tokens if other.head == token.index and other.index != token.index)

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """``token`` and all that hangs from it, in text order."""
        below = {token.index}
        waiting = [token]
        while waiting:
            for child in self.children(waiting.pop()):
                if child.index not in below:
                    below.add(child.index)
                    waiting.append(child)
        return tuple(other for other in self.tokens if other.index in below)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in a file that is not a part of its text, in the comment syntax of its format; ``span`` covers it all.

    ``text`` is what stands between its marks.
    """

    span: Span
    text: str


class Anchor(NamedTuple):
    """Where the text from the offset ``start`` on, up to the next anchor, stands in the file: a character a column.

    ``line`` and ``column`` count from 1, in a format without lines the paragraphs. ``unit``: what the format itself
    calls the place ("unit greeting", "paragraph 12"), "" where it has no name for it.
    """

    start: int
    line: int
    column: int
    unit: str = ""


@dataclass(frozen=True)
class Document:
    """A text, cut into sentences (``segments``), each of which lies in one of ``blocks``.

    ``comments`` are blanks in the text, or empty spans where it is not the file's own. ``anchors``, in the order of the
    text and the first at 0, tell where it stands in the file; without any the text is the file, line for line.
    """

    path: str
    lang: str
    text: str
    segments: Sequence[Segment] = ()
    tokens: tuple[Token, ...] = ()
    blocks: tuple[Block, ...] = ()
    encoding: str = "utf-8"
    comments: tuple[Comment, ...] = ()
    anchors: tuple[Anchor, ...] = ()

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(i + 1 for i, c in enumerate(self.text) if c == "\n"))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, both from 1, as editors and SARIF count (columns in code points)."""
        if (anchor := self._anchor(offset)) is not None:
            return anchor.line, anchor.column + offset - anchor.start
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def end_line_column(self, span: Span) -> tuple[int, int]:
        """Line and column behind the last character of a span, without what may follow it in the file (a tag)."""
        if not self.anchors or not span.length:
            return self.line_column(span.end)
        line, column = self.line_column(span.end - 1)
        return line, column + 1

    def unit(self, offset: int) -> str:
        """What the format calls the place of an offset, such as "paragraph 12"; "" where it has no name for it."""
        anchor = self._anchor(offset)
        return "" if anchor is None else anchor.unit

    def _anchor(self, offset: int) -> Anchor | None:
        place = bisect.bisect_right(self.anchors, offset, key=lambda anchor: anchor.start)
        return self.anchors[max(place - 1, 0)] if self.anchors else None

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its end."""
        starts = self._line_starts
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]
