"""Findings on the words of their pairs, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from tqcheck.model import Bitext, Document, Finding, Pair, Report, Segment, Span, Token
from tqcheck.mqm import Severity
from tqcheck.render.look import Look, hanging, language, unbroken
from tqcheck.render.marks import Kind, Mark, Piece, cut, joined, pieces
from tqcheck.render.reasons import not_counted
from tqcheck.render.visible import encodable, escaped

if TYPE_CHECKING:
    from rich.text import Text

# Where all running text of a pair begins: behind the name of its language, or the number of a finding.
_INDENT = 6


def blocks(report: Report, look: Look) -> Iterator[list[Text]]:
    """A block of lines for every pair with findings, those of the whole text first, all in the order of the report."""
    ordered = sorted(report.findings, key=lambda finding: -1 if finding.pair is None else finding.pair)
    for index, group in groupby(ordered, key=lambda finding: finding.pair):
        found = tuple(group)
        if index is None:
            yield [*_heading(None, report, look), *_list(found, report, look)]
        else:
            pair = report.bitext.pairs[index]
            heading = _heading(pair, report, look)
            readings = _readings(pair, report.bitext, look)
            yield [*heading, *sides(pair, found, report.bitext, look), *readings, *_list(found, report, look)]


def _heading(pair: Pair | None, report: Report, look: Look) -> list[Text]:
    from rich.text import Text

    if pair is None:
        return [Text("The whole text", style="bold")]
    pairs = report.bitext.pairs
    parts = [f" of {len(pairs)}"]
    if pairs[-1].document != pairs[0].document:
        parts.append(f"document {pair.document + 1}")
    parts.append(f"quality {report.pair_scores[pair.index].quality:.2f}")
    if pair.moved:
        parts.append("moved in the English")
    heading = Text.assemble((f"Pair {pair.index + 1}", "bold"), (", ".join(parts), "dim"))
    return hanging(heading, "", look.text_columns)


def sides(pair: Pair, findings: Sequence[Finding], bitext: Bitext, look: Look) -> list[Text]:
    """Both texts of a pair, the words of ``findings`` marked, long texts cut around them."""
    numbers = [(n,) if len(findings) > 1 else () for n in range(1, len(findings) + 1)]
    source = _marks([(f.source, f.severity, n) for f, n in zip(findings, numbers, strict=True)], pair.source)
    target = _marks([(f.target, f.severity, n) for f, n in zip(findings, numbers, strict=True)], pair.target)
    limit = min(480, max(240, 5 * look.text_columns))
    sides = (
        (bitext.source, pair.source, source, _counterparts(pair.target, target, pair.source, pair.behind)),
        (bitext.target, pair.target, target, _counterparts(pair.source, source, pair.target, pair.rendered)),
    )
    lines: list[Text] = []
    for document, segment, marks, counterparts in sides:
        kept = cut(segment.text, [mark.span for mark in marks] or counterparts, limit)
        lead = f"  {look.shown(document.lang):<{_INDENT - 4}}  "
        lines += hanging(_side(document, segment, marks, kept, look), lead, look.text_columns)
    return lines


def _readings(pair: Pair, bitext: Bitext, look: Look) -> Iterator[Text]:
    """What a machine makes of either side, if one was asked; a first reading only among the details."""
    from rich.text import Text

    for made, document in ((pair.forward, bitext.target), (pair.back, bitext.source)):
        if made is not None and made.text and (look.details or not made.is_first_reading):
            what = "a first reading, no translation" if made.is_first_reading else f"a machine's {language(document)}"
            line = Text(look.shown(f"({what}) {made.text}"), style="dim")
            yield from hanging(line, " " * _INDENT, look.text_columns)


def _marks(found: Iterable[tuple[Span | None, Severity, tuple[int, ...]]], segment: Segment) -> tuple[Mark, ...]:
    placed = ((_inside(span, segment), severity, numbers) for span, severity, numbers in found if span is not None)
    return joined(Mark(span, severity, numbers) for span, severity, numbers in placed if span is not None)


def _inside(span: Span, segment: Segment) -> Span | None:
    """A place in the document as a place in the segment's text, cut at its ends; None where it lies elsewhere."""
    start, end = max(span.start, segment.span.start), min(span.end, segment.span.end)
    if start > end or (start == end and span.length):
        return None
    return Span(start - segment.span.start, end - segment.span.start)


def _counterparts(
    marked: Segment, marks: Sequence[Mark], other: Segment, across: Callable[[Token], tuple[Token, ...]]
) -> tuple[Span, ...]:
    """Where to look in the other side: at the words linked to the marked ones.

    Without links, as far into the text as the first mark is; without marks, nowhere.
    """
    if not marks:
        return ()
    linked: set[Span] = set()
    for token in marked.tokens:
        place = _inside(token.span, marked)
        if place is not None and any(mark.span.overlaps(place) for mark in marks):
            linked.update(span for word in across(token) if (span := _inside(word.span, other)) is not None)
    if linked:
        return tuple(sorted(linked))
    middle = round(marks[0].span.start / max(1, len(marked.text)) * len(other.text))
    return (Span(middle, middle),)


def _side(document: Document, segment: Segment, marks: Sequence[Mark], kept: Sequence[Span], look: Look) -> Text:
    from rich.text import Text

    if not segment.text.strip() and not marks:
        return Text(f"(nothing stands here in the {look.shown(language(document))})", style="dim italic")
    return marked(pieces(segment.text, marks, kept), look)


def marked(row: Sequence[Piece], look: Look) -> Text:
    """A marked text with brackets around the marks or, in colour, underlined; numbers behind each mark."""
    from rich.text import Text

    text = Text()
    for index, piece in enumerate(row):
        style = "" if piece.severity is None else look.style(piece.severity)
        if piece.kind is Kind.TEXT:
            text.append(_words(row, index, look), style=f"{style} underline" if style else "")
        elif piece.kind is Kind.GAP:
            text.append(_gap(row, index, look), style="dim")
        else:
            text.append(_end(piece, look), style=look.ink(piece.severity) if piece.severity else "")
    return text


def _words(row: Sequence[Piece], index: int, look: Look) -> str:
    """The words of a piece, without a line break at the blanks that touch the ends of a mark."""
    words, signs = row[index].text, look.signs
    before = row[index - 1] if index else None
    after = row[index + 1] if index + 1 < len(row) else None
    for bracket in (signs.open, signs.close):
        if not look.color and len(bracket) == 1:
            words = words.replace(bracket, escaped(bracket))
    words = encodable(words, look.encoding)
    if before is not None and before.kind is Kind.OPEN and before.blank:
        return signs.blank * len(words)
    start = len(words) - len(words.lstrip()) if before is not None and before.kind is Kind.OPEN else 0
    end = len(words.rstrip()) if after is not None and after.kind is Kind.CLOSE else len(words)
    if start >= end:
        return unbroken(words, spaces=row[index].severity is not None)
    return unbroken(words[:start], spaces=True) + unbroken(words[start:end]) + unbroken(words[end:], spaces=True)


def _gap(row: Sequence[Piece], index: int, look: Look) -> str:
    """An ellipsis, with a blank on the sides where text stands."""
    before, after = (" " if index else ""), (" " if index + 1 < len(row) else "")
    return f"{before}{look.signs.ellipsis}{after}"


def _end(piece: Piece, look: Look) -> str:
    """What stands where a mark begins or ends. An empty mark has brackets in colour too: it has no words to colour."""
    mark, signs = piece.mark, look.signs
    assert mark is not None
    bracket = signs.open if piece.kind is Kind.OPEN else signs.close
    if look.color and mark.span.length:
        bracket = ""
    number = look.number(mark.numbers)
    if piece.kind is Kind.OPEN:
        return f"{number if piece.crossing else ''}{bracket}"
    return f"{bracket}{number}"


def _list(findings: Sequence[Finding], report: Report, look: Look) -> list[Text]:
    """What is said of each finding, numbered as its marks are where there are several."""
    from rich.text import Text

    lines = [Text("")] if findings[0].pair is not None else []
    for number, finding in enumerate(findings, 1):
        lead = f"{number:>{_INDENT - 2}}  " if len(findings) > 1 else " " * _INDENT
        said = Text.assemble((str(finding.severity), look.style(finding.severity)), ": ")
        said.append(unbroken(look.shown(finding.message)))
        lines += hanging(said, lead, look.text_columns)
        lines += _details(finding, report.bitext, look)
        if (reason := not_counted(finding, report)) is not None:
            said = Text(unbroken(look.shown(f"Does not count: {reason}.")), style="cyan")
            lines += hanging(said, " " * _INDENT, look.text_columns)
    return lines


def _details(finding: Finding, bitext: Bitext, look: Look) -> Iterator[Text]:
    from rich.text import Text

    indent, width = " " * _INDENT, look.text_columns
    if finding.suggestion is not None:
        said = Text.assemble("Suggestion: ", (unbroken(_suggestion(finding, bitext, look)), "green"))
        yield from hanging(said, indent, width)
    for reason in finding.evidence:
        yield from hanging(Text(unbroken(look.shown(reason)), style="dim"), f"{indent}- ", width)
    parts = (look.shown(finding.rule), *_place(finding, bitext, look), f"{finding.confidence:.0%} sure")
    yield from hanging(Text(", ".join(parts), style="dim"), indent, width)


def _place(finding: Finding, bitext: Bitext, look: Look) -> Iterator[str]:
    """``file:line:column`` in the English, or in the French where the English has no place.

    With the unit, where the file's format has a name for the place. In a document of one file for both languages that
    does not know its places there, lines and columns are those of the language's text.
    """
    for document, span in ((bitext.target, finding.target), (bitext.source, finding.source)):
        if span is not None:
            line, column = document.line_column(span.start)
            if bitext.source.path == bitext.target.path and not document.anchors:
                yield f"{look.shown(language(document))} of line {line}, column {column}"
            else:
                yield f"{look.shown(document.path)}:{line}:{column}"
            if unit := document.unit(span.start):
                yield look.shown(unit)
            return


def _suggestion(finding: Finding, bitext: Bitext, look: Look) -> str:
    """``“engine” → “machine”``: what stands there and what could; the French words where no English ones stand."""
    wanted = look.quoted(finding.suggestion or "", bitext.target.lang, 120)
    for document, span in ((bitext.target, finding.target), (bitext.source, finding.source)):
        if span is not None and (words := span.of(document.text).strip()):
            return f"{look.quoted(words, document.lang)} {look.signs.arrow} {wanted}"
    return wanted
