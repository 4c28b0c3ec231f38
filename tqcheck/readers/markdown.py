"""The structure of a Markdown text: the parser is markdown-it-py (CommonMark and tables), the places are ours.

Its tokens say on which lines a block stands and what it says; from these follows where its words begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tqcheck.model import Block, Comment, Span
from tqcheck.readers.datelines import is_dateline

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"(?:---[ \t]*\n.*?\n(?:---|\.\.\.)|\+\+\+[ \t]*\n.*?\n\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--(?!-?>)")
_UNSEEN_HTML = re.compile(r"\s*<(?:!--|!|\?|script|style|pre|textarea)", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?!(?:a|abbr|b|br|cite|code|em|i|mark|q|small|span|strong|sub|sup|u)\b)[a-z!][^>]*>|\n", re.I
)
_QUOTE_MARKERS = re.compile(r"(?<=\n)[ \t]*(?:>[ \t]?)+")


class Structure(NamedTuple):
    """A text with as many characters as the file's, its blocks, and the comments, which are blanks in the text."""

    text: str
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...] = ()


def structure(text: str) -> Structure:
    r"""The blocks of a Markdown text whose lines end with ``\n``.

    Headings, paragraphs, list items, block quotations and cells of tables are blocks, without the marks that begin and
    end them; marks inside (``**``, links) stay. Code and the front matter are in no block. In the text every character
    of a comment is a blank, and so is the ``>`` at the beginning of the further lines of a quotation, as it would else
    stand inside a sentence.
    """
    from markdown_it import MarkdownIt

    # An article that is indented is no program. What stands inside of a block is not looked at: that would take the
    # square of the length of some lines.
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "inline"])
    skipped = _FRONT_MATTER.match(text)
    text, remarks = _without_comments(text, skipped.end() if skipped else 0)
    hidden = re.sub(r"[^\n]", "", skipped[0]) if skipped else ""  # empty lines, so that the numbers of lines hold
    lines = _Lines(text)
    found: list[Block] = []
    code: list[range] = []
    for token, context in _with_context(parser.parse(hidden + text[len(skipped[0]) if skipped else 0 :])):
        if token.type == "inline" and token.map and token.content.strip():
            found.append(_block(lines, token, context, found))
        elif token.type == "html_block" and token.map and not _UNSEEN_HTML.match(token.content):
            found += _html_blocks(lines, token)
        elif token.type == "fence" and token.map:
            code.append(range(lines.starts[token.map[0]], lines.starts[token.map[1]]))
    spoken = tuple(remark for remark in remarks if not any(remark.span.start in place for place in code))
    return Structure(_without_quote_markers(text, found), tuple(found), spoken)


def _without_comments(text: str, start: int) -> tuple[str, tuple[Comment, ...]]:
    """The text with blanks in place of the comments behind ``start``, so that no line hides behind one; and these."""
    found: list[Comment] = []
    pieces: list[str] = []
    done = 0
    while (opening := _COMMENT.search(text, start)) and (end := text.find("-->", opening.end())) >= 0:
        span = Span(opening.start(), end + 3)
        found.append(Comment(span, text[opening.end() : end]))
        pieces += (text[done : span.start], re.sub(r"[^\n]", " ", span.of(text)))
        start = done = span.end
    return "".join((*pieces, text[done:])), tuple(found)


def _without_quote_markers(text: str, found: Sequence[Block]) -> str:
    pieces: list[str] = []
    done = 0
    for span in (block.span for block in found if block.kind == "quotation"):
        pieces.append(text[done : span.start])
        pieces.append(_QUOTE_MARKERS.sub(lambda match: " " * len(match[0]), span.of(text)))
        done = span.end
    return "".join((*pieces, text[done:]))


class _Lines:
    """A text and where its lines begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]

    def place(self, number: int) -> tuple[int, int]:
        """Start and end of line ``number``, from 0, without blanks at its end."""
        start, end = self.starts[number], self.starts[number + 1] - 1
        return start, start + len(self.text[start:end].rstrip())


def _with_context(tokens: Sequence[Token]) -> Iterator[tuple[Token, tuple[str, ...]]]:
    """Every token with the types of the open blocks around it, the outermost first."""
    around: list[str] = []
    for token in tokens:
        if token.nesting < 0:
            around.pop()
        yield token, tuple(around)
        if token.nesting > 0:
            around.append(token.type.removesuffix("_open"))


def _block(lines: _Lines, token: Token, around: Sequence[str], before: Sequence[Block]) -> Block:
    first, last = token.map or (0, 1)
    words = token.content.strip().split("\n")[0].rstrip()
    start, end = lines.place(first)
    stop = lines.place(last - 1)[1]
    if around[-1] == "paragraph" or (around[-1] == "heading" and last > first + 1):
        begin = max(start, end - len(words))  # what stands before them are markers
        if not lines.text.startswith(words, begin):  # a line of blanks that do not break comes first
            begin = max(start, lines.text.find(words, start, stop))
        span = Span(begin, begin + len(lines.text[begin:stop].rstrip()))
    else:  # the closing marks of a heading, the next cell of a row
        words = words if words in lines.text[start:end] else words.replace("|", "\\|")
        previous = before[-1].span.end if before else 0
        begin = max(start, lines.text.find(words, max(start, previous), end))
        span = Span(begin, begin + len(words))
    return Block(span, _kind(around, span.of(lines.text)))


def _kind(around: Sequence[str], text: str) -> str:
    if "heading" in around:
        return "heading"
    if "blockquote" in around:
        return "quotation"
    if "list_item" in around:
        return "list-item"
    return "dateline" if all(is_dateline(line) for line in text.split("\n")) else "paragraph"


def _html_blocks(lines: _Lines, token: Token) -> Iterator[Block]:
    """The text between the tags of an HTML block, a block for each of its lines."""
    first, last = token.map or (0, 1)
    start, end = lines.starts[first], lines.place(last - 1)[1]
    for match in (*_BLOCK_TAG.finditer(lines.text, start, end), None):
        stop = match.start() if match else end
        piece = lines.text[start:stop]
        if piece.strip():
            yield Block(Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())), "paragraph")
        start = match.end() if match else end
