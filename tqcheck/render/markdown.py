"""A summary for a pull request: the verdict, what fails with its words, and a table of the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tqcheck.model import Desk, Finding, Report
from tqcheck.mqm import Severity
from tqcheck.render import overview
from tqcheck.render.articles import summary
from tqcheck.render.look import Look
from tqcheck.render.places import place
from tqcheck.render.visible import uncommanding, visible

MOST = 50
"""Findings that are shown: GitHub cuts a comment at 65,536 characters, and a reader stops earlier."""

_MARKS = {Severity.CRITICAL: "🟥", Severity.MAJOR: "🟧", Severity.MINOR: "🟨", Severity.NEUTRAL: "🟦"}
_SPECIAL = re.compile(r"([\\`*_\[\]#.|<>~@$&:])")


def to_summary(desk: Desk, look: Look) -> str:
    """GitHub's Markdown, which GitLab reads too. Nothing of the texts can become a link, a mention or HTML."""
    return uncommanding("\n".join(_lines(desk)) + "\n")


def _lines(desk: Desk) -> Iterator[str]:
    yield f"## {'✅ Translations passed' if desk.passed else '❌ Translations failed'}"
    yield from ("", plain(summary(desk)) + ".", "")
    for failure in desk.failures:
        yield f"- **not checked** {code(failure.target)}: {plain(failure.message.split(chr(10))[0].strip())}"
    if desk.failures:
        yield ""
    failed = [report for report in desk.reports if not report.verdict.passed]
    left = MOST
    for report in failed:
        worst = sorted(report.counted, key=lambda finding: -finding.severity.rank)
        yield from _article(report, worst[: max(0, left)])
        left -= len(worst)
    if desk.reports:
        yield from _table(desk.reports)
    notes = [*desk.notes, *(note for report in desk.reports for note in report.notes)]
    if notes:
        yield from ("<details><summary>Notes</summary>", "")
        yield from (f"- {plain(note)}" for note in dict.fromkeys(notes))
        yield from ("", "</details>")


def _article(report: Report, shown: Sequence[Finding]) -> Iterator[str]:
    yield from (f"### {code(report.bitext.target.path)}", "")
    yield from (f"- {plain(reason)}" for reason in report.verdict.reasons)
    yield ""
    if shown:
        yield from ("| | line | words | what is wrong |", "|---|---|---|---|")
        for finding in shown:
            yield f"| {' | '.join(_cells(finding, report))} |"
        yield ""
    if len(report.counted) > len(shown):
        yield from (f"and {len(report.counted) - len(shown)} more.", "")


def _cells(finding: Finding, report: Report) -> tuple[str, ...]:
    bitext = report.bitext
    where = place(finding, bitext)
    words = [
        quote.format(plain(_short(span.of(text))))
        for span, text, quote in (
            (finding.source, bitext.source.text, "« {} »"),
            (finding.target, bitext.target.text, "“{}”"),
        )
        if span is not None
    ]
    said = plain(finding.message)
    if finding.suggestion is not None:
        said += f" → “{plain(finding.suggestion)}”"
    line = "" if where.paired else str(where.line)
    return f"{_MARKS[finding.severity]} {finding.severity}", line, "<br>".join(words), f"{said} ({code(finding.rule)})"


def _table(reports: Sequence[Report]) -> Iterator[str]:
    yield from ("| | article | findings | not counted | quality |", "|---|---|---|---|---|")
    for report in reports:
        old = len(report.findings) - len(report.counted)
        quality = next((score.value for score in report.scores if score.name == "quality"), None)
        cells = (
            "✅" if report.verdict.passed else "❌",
            code(report.bitext.target.path),
            overview.by_severity(report.counted) or "none",
            str(old or ""),
            "" if quality is None else f"{quality:.2f}",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def plain(text: str) -> str:
    """``text`` so that Markdown and HTML read it as nothing but text, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(visible(text).split())).replace("\\<", "&lt;").replace("\\&", "&amp;")


def code(text: str) -> str:
    """``text`` as code: as many backticks as it takes, the pipes escaped for a table."""
    shown = visible(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if longest else f"{fence}{shown}{fence}"


def _short(text: str, most: int = 120) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
