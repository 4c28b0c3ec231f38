"""What is kept of each pair besides its report: one row of the summary, and the hash that says what it was made of."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

from tqcheck.batch.lists import Bad, Job
from tqcheck.model import Report
from tqcheck.mqm import Severity

SCHEMA = "tqcheck-record/1"
LONGEST_TITLE = 160


class State(StrEnum):
    """How a pair came out; UNCHECKED has a kind and a reason."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "not checked"


class Kind(StrEnum):
    """Why a pair could not be checked."""

    INPUT = "input"
    UNREACHABLE = "unreachable"
    TIME = "time"
    KILLED = "killed"
    FAULT = "fault"


MEANINGS = {
    Kind.INPUT: "a file is wrong or not there",
    Kind.UNREACHABLE: "a file could not be read, three times",
    Kind.TIME: "it took longer than --timeout",
    Kind.KILLED: "the process that checked it was killed, twice",
    Kind.FAULT: "a fault of tqcheck, to be reported with its lines",
}


class Row(NamedTuple):
    """A row of the summary. ``state``: a State; ``kind``: a Kind or "". Unknown is None.

    ``counted``: findings that count in the gate, by severity ``critical`` to ``neutral`` too. ``quality``: 0 to 1.
    ``seconds``: of the check. ``report``, ``page``: files seen from the folder of results, "" for none. ``key``: the
    hash of all that the report depends on.
    """

    number: int
    french: str
    english: str
    state: str
    kind: str = ""
    reason: str = ""
    attempts: int = 1
    title: str = ""
    pairs: int | None = None
    findings: int | None = None
    counted: int | None = None
    critical: int | None = None
    major: int | None = None
    minor: int | None = None
    neutral: int | None = None
    quality: float | None = None
    seconds: float | None = None
    report: str = ""
    page: str = ""
    key: str = ""


def of_report(job: Job, report: Report, key: str, seconds: float) -> Row:
    """The row of a pair that was checked, its files still to be named."""
    severities = [finding.severity for finding in report.counted]
    quality = next((score.value for score in report.scores if score.name == "quality"), None)
    title = next((line.strip() for line in report.bitext.target.text.split("\n") if line.strip()), "")
    return Row(
        number=job.number,
        french=job.article.source,
        english=job.article.target,
        state=State.PASSED if report.verdict.passed else State.FAILED,
        title=title[:LONGEST_TITLE],
        pairs=len(report.bitext.pairs),
        findings=len(report.findings),
        counted=len(severities),
        critical=severities.count(Severity.CRITICAL),
        major=severities.count(Severity.MAJOR),
        minor=severities.count(Severity.MINOR),
        neutral=severities.count(Severity.NEUTRAL),
        quality=None if quality is None else round(quality, 6),
        seconds=round(seconds, 3),
        key=key,
    )


def unchecked(job: Job, kind: Kind, reason: str, attempts: int = 1) -> Row:
    """The row of a pair that could not be checked."""
    return Row(job.number, *job.article, State.UNCHECKED, kind, reason, attempts)


def of_bad_line(bad: Bad) -> Row:
    """The row of a line that is no pair."""
    return Row(bad.number, bad.text, "", State.UNCHECKED, Kind.INPUT, f"line {bad.number} is no pair: {bad.reason}", 0)


def pack(row: Row) -> str:
    """The record of a row."""
    return json.dumps({"schema": SCHEMA, **row._asdict()}, ensure_ascii=True) + "\n"


def unpack(data: bytes | str) -> Row | None:
    """The row of a record, None for anything else."""
    try:
        values = json.loads(data)
        if not isinstance(values, dict) or values.pop("schema", None) != SCHEMA:
            return None
        return Row(**values)
    except (ValueError, TypeError, RecursionError):
        return None
