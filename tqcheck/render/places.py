"""Where a finding stands, as reports for other programs name it."""

from __future__ import annotations

from typing import NamedTuple

from tqcheck.model import Bitext, Document, Finding, Span


class Place(NamedTuple):
    """A part of a file; lines and columns from 1, columns in code points, the end column is the one behind it.

    ``paired``: the file is one of pairs, so that lines and columns are those of one language's column.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    words: str
    paired: bool = False


def of_span(span: Span, document: Document, bitext: Bitext) -> Place:
    """The place of a span."""
    line, column = document.line_column(span.start)
    end_line, end_column = document.line_column(span.end)
    paired = bitext.source.path == bitext.target.path
    return Place(document.path, line, column, end_line, end_column, span.of(document.text), paired)


def sides(finding: Finding, bitext: Bitext) -> tuple[Place | None, Place | None]:
    """The places in the French and in the English; where one has none, its segment's of the same pair.

    None for both where the finding is of the whole text.
    """
    pair = None if finding.pair is None else bitext.pairs[finding.pair]
    own = (finding.source or (pair and pair.source.span)), (finding.target or (pair and pair.target.span))
    source, target = (
        None if span is None else of_span(span, document, bitext)
        for span, document in zip(own, (bitext.source, bitext.target), strict=True)
    )
    return source, target


def place(finding: Finding, bitext: Bitext) -> Place:
    """Where to point to: in the English, which is the text to correct; its beginning where there is no place."""
    _, target = sides(finding, bitext)
    return target or of_span(Span(0, 0), bitext.target, bitext)
