"""CSV for a spreadsheet: a row a finding, with the words of both sides."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from tqcheck.model import Desk, Finding, Report
from tqcheck.render.look import Look
from tqcheck.render.places import place
from tqcheck.render.reasons import not_counted
from tqcheck.render.visible import uncommanding, visible

COLUMNS = (
    "article", "line", "column", "severity", "rule", "category", "confidence", "french", "english", "suggestion",
    "message", "counts", "why not", "original", "fingerprint",
)  # fmt: skip

_FORMULA = re.compile(r"(^|;)(?=['\s]*[=+@＝＋－＠-])")
"""Where a spreadsheet may take a cell for a formula; where the comma is for decimals, it also parts cells at ``;``.
An apostrophe makes it text. Source: OWASP, "CSV Injection"."""
_MARKED = re.compile(r"(^|;)'(?=['\s]*[=+@＝＋－＠-])")


def to_csv(desk: Desk, look: Look) -> str:
    """RFC 4180 with a heading. A cell that a spreadsheet would calculate begins with an apostrophe."""
    return "".join(_lines(desk))


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The table of one report, a row at a time."""
    return _lines(Desk((report,)))


def _lines(desk: Desk) -> Iterator[str]:
    yield _line(COLUMNS)
    for report in desk.reports:
        yield from (_line([_cell(cell) for cell in _row(finding, report)]) for finding in report.findings)


def _line(cells: Sequence[object]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(cells)
    return file.getvalue()


def _row(finding: Finding, report: Report) -> tuple[object, ...]:
    bitext = report.bitext
    where = place(finding, bitext)
    reason = not_counted(finding, report)
    return (
        where.path,
        "" if where.paired else where.line,
        "" if where.paired else where.column,
        str(finding.severity),
        finding.rule,
        str(finding.category),
        round(finding.confidence, 4),
        "" if finding.source is None else finding.source.of(bitext.source.text),
        "" if finding.target is None else finding.target.of(bitext.target.text),
        finding.suggestion or "",
        finding.message,
        "yes" if reason is None else "no",
        reason or "",
        bitext.source.path,
        finding.fingerprint,
    )


def safe(text: str) -> str:
    """What a cell may hold: on one line, what cannot be seen shown, and no formula."""
    return _FORMULA.sub(r"\1'", uncommanding(visible(text)))


def original(cell: str) -> str:
    """The text of a cell that `safe` made, without the apostrophes that it put there."""
    return _MARKED.sub(r"\1", cell)


def _cell(value: object) -> object:
    return safe(value) if isinstance(value, str) else value
