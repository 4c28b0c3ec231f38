"""Annotations for GitHub Actions: workflow commands, a line each, which the runner shows beside the changed lines.

Source: "Workflow commands for GitHub Actions"; the escapes are those of the runner (actions/toolkit, command.ts).
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.model import Desk, Finding, Report
from tqcheck.mqm import Severity
from tqcheck.render.articles import summary
from tqcheck.render.look import Look
from tqcheck.render.places import place
from tqcheck.render.visible import visible

LEVELS = {
    Severity.NEUTRAL: "notice",
    Severity.MINOR: "warning",
    Severity.MAJOR: "error",
    Severity.CRITICAL: "error",
}


def to_annotations(desk: Desk, look: Look) -> str:
    """A command for each finding that counts, the gravest first as GitHub shows ten of a kind, and for each failure."""
    found = [(finding, report) for report in desk.reports for finding in report.counted]
    found.sort(key=lambda entry: -entry[0].severity.rank)
    lines = [command("error", failure.message, file=failure.target, title="not checked") for failure in desk.failures]
    lines += [_annotation(finding, report) for finding, report in found]
    lines += [command("notice", note) for note in desk.notes]
    lines += [command("error" if not desk.passed else "notice", text) for text in _verdicts(desk)]
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding, report: Report) -> str:
    where = place(finding, report.bitext)
    said = finding.message if finding.suggestion is None else f"{finding.message}\nSuggestion: {finding.suggestion}"
    title = f"{finding.severity}: {finding.rule}"
    if where.paired:
        return command(LEVELS[finding.severity], said, file=where.path, title=title)
    places = {"line": where.line, "col": where.column, "endLine": where.end_line}
    if where.end_line == where.line:  # GitHub takes an end column on one line only
        places["endColumn"] = max(where.column, where.end_column - 1)
    return command(LEVELS[finding.severity], said, file=where.path, **places, title=title)


def _verdicts(desk: Desk) -> Iterator[str]:
    failed = [report for report in desk.reports if not report.verdict.passed]
    reasons = [f"{report.bitext.target.path}: {reason}" for report in failed for reason in report.verdict.reasons]
    yield "\n".join([summary(desk), *reasons])


def command(name: str, message: str, **properties: object) -> str:
    """``::name key=value,…::message`` on one line, so that no text can begin another command."""
    inside = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name}{' ' if inside else ''}{inside}::{_data(message)}"


def _data(text: str) -> str:
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
