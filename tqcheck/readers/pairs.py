"""Files in which each line counts: pairs that are aligned already, and texts that are cut into sentences already.

Their texts come back to the letter: nothing but the line end is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tqcheck.errors import UserError
from tqcheck.model import Anchor, Block, Comment, Document, Span
from tqcheck.readers.bilingual import Langs, PairsFile
from tqcheck.readers.files import Stdin, empty, place
from tqcheck.readers.lines import exact_lines, is_blank, load_text

_HEADER = re.compile(
    r"#\s*(?:fr|fra|fre|french|français|source|src)\s*\t\s*(?:en|eng|english|anglais|target|tgt)\s*", re.I
)
_HASHTAG = re.compile(r"#\w")
_FORM = "each line is French, one tab, English; an empty line begins a new document"


def read_table(path: str, stdin: Stdin | None = None, langs: Langs = ("fr", "en")) -> PairsFile:
    """The pairs of a file of lines ``French<TAB>English``, either side of which may be empty.

    An empty line begins a new document. A line with ``#`` at its beginning and no tab is a comment; above the first
    pair one with a tab is too ("# French<TAB>English"), unless it is a hashtag ("#MeToo<TAB>…").
    The source has the comments, each where the pair below it begins.
    Raises UserError for a line without a tab or with several, and for a file without a pair.
    """
    text, encoding = load_text(path, stdin)
    remarks: list[tuple[int, str]] = []
    pairs: list[tuple[str, str]] = []
    lines: list[int] = []
    articles: list[int] = []
    article = 0
    for number, line in enumerate(exact_lines(text), 1):
        if "\t" not in line and is_blank(line):
            article = articles[-1] + 1 if articles else 0
        elif _is_comment(line, first=not pairs):
            remarks.append((len(pairs), line[1:]))
        else:
            pairs.append(_sides(line, number, path))
            lines.append(number)
            articles.append(article)
    if not pairs:
        raise empty(path)
    source = _document(path, langs[0], [french for french, _ in pairs], encoding, [(line, 1) for line in lines])
    starts = [*(block.span.start for block in source.blocks), len(source.text)]
    comments = tuple(Comment(Span(starts[pair], starts[pair]), text) for pair, text in remarks)
    places = [(line, len(french) + 2) for line, (french, _) in zip(lines, pairs, strict=True)]
    target = _document(path, langs[1], [english for _, english in pairs], encoding, places)
    return PairsFile(replace(source, comments=comments), target, tuple(articles))


def read_segmented(path: str, lang: str, stdin: Stdin | None = None) -> Document:
    """A text with one sentence a line, a block for each; blank lines part paragraphs and do not count.

    ``paragraphs`` tells which sentences belong together. Raises as ``read``.
    """
    text, encoding = load_text(path, stdin)
    lines = exact_lines(text)
    blocks: list[Block] = []
    start = 0
    for line in lines:
        if not is_blank(line):
            blocks.append(Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    return Document(path, lang, "\n".join(lines), blocks=tuple(blocks), encoding=encoding)


def paragraphs(document: Document) -> tuple[int, ...]:
    """For each block of a document, the number (from 0) of its paragraph: a blank line between two begins another."""
    numbers = [0 for _ in document.blocks[:1]]
    for before, block in pairwise(document.blocks):
        between = document.text[before.span.end : block.span.start]
        numbers.append(numbers[-1] + (between.count("\n") > 1))
    return tuple(numbers)


def _is_comment(line: str, first: bool) -> bool:
    if not line.startswith("#"):
        return False
    return "\t" not in line or (first and (_HEADER.fullmatch(line) is not None or not _HASHTAG.match(line)))


def _sides(line: str, number: int, path: str) -> tuple[str, str]:
    columns = line.split("\t")
    if len(columns) == 1:
        raise UserError("there is no tab between French and English", place(path, number, None, line), hint=_FORM)
    if len(columns) > 2:
        column = len(columns[0]) + len(columns[1]) + 2
        raise UserError(f"{len(columns)} columns, not two", place(path, number, column, line), hint=_FORM)
    return columns[0], columns[1]


def _document(path: str, lang: str, texts: Sequence[str], encoding: str, places: Sequence[tuple[int, int]]) -> Document:
    """The texts as a document, a block each. ``places``: line and column of each in the file."""
    blocks: list[Block] = []
    anchors: list[Anchor] = []
    start = 0
    for text, (line, column) in zip(texts, places, strict=True):
        blocks.append(Block(Span(start, start + len(text)), "paragraph"))
        anchors.append(Anchor(start, line, column))
        start += len(text) + 1
    return Document(path, lang, "\n".join(texts), blocks=tuple(blocks), encoding=encoding, anchors=tuple(anchors))
