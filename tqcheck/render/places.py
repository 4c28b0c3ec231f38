"""Where a finding stands, as reports for other programs name it."""

from __future__ import annotations

from typing import NamedTuple

from tqcheck.model import Bitext, Document, Finding, Span


class Place(NamedTuple):
    """A part of a file; lines and columns from 1, columns in code points, the end column is the one behind it.

    ``paired``: the file has both languages and the document does not know its places there, so that lines and columns
    are those of one language's text. ``unit``: what the format calls the place ("unit greeting"). ``literal``: words
    stand in the file as they are, so that others can be put in their place.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    words: str
    paired: bool = False
    unit: str = ""
    literal: bool = True


def of_span(span: Span, document: Document, bitext: Bitext) -> Place:
    """The place of a span."""
    line, column = document.line_column(span.start)
    end_line, end_column = document.end_line_column(span)
    paired = bitext.source.path == bitext.target.path and not document.anchors
    words, unit = span.of(document.text), document.unit(span.start)
    return Place(document.path, line, column, end_line, end_column, words, paired, unit, not document.anchors)


def sides(finding: Finding, bitext: Bitext) -> tuple[Place | None, Place | None]:
    """The places in the French and in the English; where one has none, its segment's of the same pair.

    None for both where the finding is of the whole text.
    """
    pair = None if finding.pair is None else bitext.pairs[finding.pair]
    source = finding.source if finding.source is not None or pair is None else pair.source.span
    target = finding.target if finding.target is not None or pair is None else pair.target.span
    return (
        None if source is None else of_span(source, bitext.source, bitext),
        None if target is None else of_span(target, bitext.target, bitext),
    )


def place(finding: Finding, bitext: Bitext) -> Place:
    """Where to point to: in the English, which is the text to correct; its beginning where there is no place."""
    _, target = sides(finding, bitext)
    return target or of_span(Span(0, 0), bitext.target, bitext)
