"""Texts that are not the file to the letter: put together piece by piece, each piece with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tqcheck.model import Anchor, Block, Comment, Document, Span
from tqcheck.readers.lines import is_blank, plain

_WHITE = " \t\r\n\f"
_BLANKS = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")  # all but a single blank, which stays as it is
_LINE_ENDS = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")


class Piece(NamedTuple):
    """Some text in one line of the file; it begins at ``line`` and ``column``, from 1, a character a column."""

    text: str
    line: int
    column: int


class Passage:
    """What becomes one block: pieces in their order, line ends among them as blanks.

    ``line`` and ``column`` are where it begins, or would. Blanks at both ends are left out; with ``fold`` every run of
    blanks becomes one, as where a browser shows a page. Blanks that do not break stay.
    """

    def __init__(self, line: int, column: int, *, fold: bool = True) -> None:
        self.line, self.column = line, column
        self._blanks = _BLANKS if fold else _LINE_ENDS
        self._fold = fold
        self._pieces: list[Piece] = []

    def add(self, text: str, line: int, column: int) -> None:
        """What stands in the file from there, to the letter; it may go over several lines."""
        done = 0
        for match in self._blanks.finditer(text):
            self._put(text[done : match.start()], line, column)
            column += match.start() - done
            self._put(" ", line, column)
            line, column = _behind(match[0], line, column)
            done = match.end()
        self._put(text[done:], line, column)

    def say(self, text: str, line: int, column: int) -> None:
        """What stands in the file in other characters (``&amp;``, ``\\n``), all of it at one place."""
        for character in plain(text):
            self._put(" " if character in _WHITE else character, line, column)

    def _put(self, text: str, line: int, column: int) -> None:
        if not text.isprintable():
            text = plain(text)
        if text.startswith(" ") and (not self._pieces or (self._fold and self._pieces[-1].text.endswith(" "))):
            seen = text.lstrip(" ")
            text, column = seen, column + len(text) - len(seen)
        if text:
            self._pieces.append(Piece(text, line, column))

    @property
    def pieces(self) -> Sequence[Piece]:
        """The pieces, without blanks at the end."""
        end = len(self._pieces)
        while end and not self._pieces[end - 1].text.strip(" "):
            end -= 1
        if end == 0:
            return ()
        last = self._pieces[end - 1]
        return [*self._pieces[: end - 1], last._replace(text=last.text.rstrip(" "))]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see in it."""
        return is_blank(self.text)


class Part(NamedTuple):
    """A passage as a block: its kind, its name in the file ("unit greeting"), and the remarks that stand beside it."""

    passage: Passage
    kind: str = "paragraph"
    unit: str = ""
    remarks: tuple[str, ...] = ()


def document(path: str, lang: str, parts: Iterable[Part], encoding: str = "utf-8") -> Document:
    """The parts, each a block and a line of the text. Remarks are comments without length where their block begins."""
    pieces: list[str] = []
    blocks: list[Block] = []
    anchors: list[Anchor] = []
    comments: list[Comment] = []
    start = 0
    for passage, kind, unit, remarks in parts:
        place = start
        for piece in passage.pieces or (Piece("", passage.line, passage.column),):
            if not _goes_on(anchors, place, piece, unit) or place == start:
                anchors.append(Anchor(place, piece.line, piece.column, unit))
            pieces.append(piece.text)
            place += len(piece.text)
        pieces.append("\n")
        blocks.append(Block(Span(start, place), kind))
        comments += (Comment(Span(start, start), remark) for remark in remarks)
        start = place + 1
    text = "".join(pieces[:-1])
    return Document(path, lang, text, (), (), tuple(blocks), encoding, tuple(comments), tuple(anchors))


def _goes_on(anchors: Sequence[Anchor], place: int, piece: Piece, unit: str) -> bool:
    """Whether a piece stands where the last anchor says anyhow."""
    last = anchors[-1] if anchors else None
    return (
        last is not None
        and (last.line, last.unit) == (piece.line, unit)
        and last.column + place - last.start == piece.column
    )


def _behind(text: str, line: int, column: int) -> tuple[int, int]:
    """The place behind ``text`` that stands at ``line`` and ``column``."""
    ends = text.count("\n")
    return (line + ends, len(text) - text.rindex("\n")) if ends else (line, column + len(text))
