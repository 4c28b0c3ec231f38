"""A desk at a terminal: what fails, finding by finding, then a line for each article, and the verdict at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.model import Desk, Finding, Report
from tqcheck.render import overview
from tqcheck.render.look import Look, hanging, printed
from tqcheck.render.places import place

MOST = 30
"""Articles that are all listed; of more, only those that failed."""

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def page(desk: Desk, look: Look) -> str:
    """The page as text, ending in a newline. The last lines say how it went: the end of a log is what is read."""
    return printed(look, _parts(desk, look))


def _parts(desk: Desk, look: Look) -> Iterator[RenderableType]:
    from rich.text import Text

    for report in desk.reports:
        if not report.verdict.passed:
            yield from _failed(report, look)
            yield Text("")
    for failure in desk.failures:
        yield from hanging(Text(look.shown(failure.target), style="bold red"), "", look.text_columns)
        for line in failure.message.split("\n"):
            yield Text(f"  {look.shown(line)}")
        yield Text("")
    if desk.reports:
        yield from _table(desk, look)
        yield Text("")
    notes = [*desk.notes, *(note for report in desk.reports for note in report.notes)]
    for note in dict.fromkeys(notes):
        yield from hanging(Text(f"Note: {look.shown(note)}", style="cyan"), "", look.text_columns)
    passed = desk.passed
    lead = Text("PASSED" if passed else "FAILED", style="bold green" if passed else "bold red")
    yield Text.assemble(lead, "  ", (summary(desk), "bold"), no_wrap=True)


def summary(desk: Desk) -> str:
    """``3 of 50 articles failed: 4 findings that count (3 major, 1 minor), 120 that do not``."""
    count = len(desk.reports) + len(desk.failures)
    articles = "1 article" if count == 1 else f"{count} articles"
    failed = sum(not report.verdict.passed for report in desk.reports)
    said = f"{failed} of {articles} failed" if failed else f"{articles} checked"
    if not count:
        said = "nothing to check"
    if desk.failures:
        said += f", {len(desk.failures)} could not be checked"
    counted = [finding for report in desk.reports for finding in report.counted]
    old = sum(len(report.findings) for report in desk.reports) - len(counted)
    by = f": {overview.counted(counted)} ({overview.by_severity(counted)})" if counted else ": no findings"
    rest = f", {old} more that {'does' if old == 1 else 'do'} not count" if old else ""
    return f"{said}{by}{rest}" if count else said


def _failed(report: Report, look: Look) -> Iterator[Text]:
    """The findings that count, a line each, as compilers write them; then why the gate fails."""
    from rich.text import Text

    for finding in report.counted:
        yield _line(finding, report, look)
    for reason in report.verdict.reasons:
        said = f"{look.shown(report.bitext.target.path)}: {look.shown(reason)}"
        yield Text(said, style="bold red", no_wrap=True)


def _line(finding: Finding, report: Report, look: Look) -> Text:
    """On one line however long it is: other programs look for it in logs."""
    from rich.text import Text

    where = place(finding, report.bitext)
    line = Text(f"{look.shown(where.path)}:{where.line}:{where.column}: ", no_wrap=True)
    line.append(str(finding.severity), style=look.style(finding.severity))
    line.append(f": {look.shown(finding.message)}")
    if finding.suggestion is not None:
        line.append(f" Suggestion: {look.quoted(finding.suggestion, 'en', 80)}.", style="green")
    line.append(f" [{look.shown(finding.rule)}]", style="dim")
    return line


def _table(desk: Desk, look: Look) -> Iterator[RenderableType]:
    """A line for each article; of many, for each that failed unless details are wanted."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    table.add_column("article", overflow="fold")
    table.add_column("findings", overflow="fold")
    table.add_column("quality", justify="right", no_wrap=True)
    whole = len(desk.reports) <= MOST or look.details
    shown = [report for report in desk.reports if whole or not report.verdict.passed]
    for report in shown:
        passed = report.verdict.passed
        counted, old = report.counted, len(report.findings) - len(report.counted)
        said = overview.by_severity(counted) or "none"
        quality = next((score.value for score in report.scores if score.name == "quality"), None)
        table.add_row(
            Text("passed" if passed else "FAILED", style="green" if passed else "bold red"),
            Text(look.shown(report.bitext.target.path)),
            Text(f"{said}{f', {old} not counted' if old else ''}"),
            Text("" if quality is None else f"{quality:.2f}"),
        )
    if shown:
        yield table
    if left := len(desk.reports) - len(shown):
        yield Text(f"{left} articles passed" if not shown else f"and {left} that passed; --details lists them too")
