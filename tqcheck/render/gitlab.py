"""GitLab's Code Quality report: findings beside the lines of a merge request, and which are new in it.

Source: GitLab documentation, "Code Quality", *Implement a custom tool*: an array of objects with description,
check_name, fingerprint, severity and location.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from textwrap import indent

from tqcheck.model import Desk, Finding, Report
from tqcheck.mqm import Severity
from tqcheck.render.look import Look
from tqcheck.render.places import Place, place
from tqcheck.render.visible import json_safe, storable, visible

LEVELS = {
    Severity.NEUTRAL: "info",
    Severity.MINOR: "minor",
    Severity.MAJOR: "major",
    Severity.CRITICAL: "critical",
}
"""GitLab has a fifth, blocker."""


def to_code_quality(desk: Desk, look: Look) -> str:
    """The findings that count, and what could not be checked. Paths are relative, as GitLab wants them."""
    return "".join(_pieces(desk))


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The same of one report, a finding at a time."""
    return _pieces(Desk((report,)))


def _pieces(desk: Desk) -> Iterator[str]:
    """The array, an object at a time."""
    empty = True
    for entry in _entries(desk):
        text = indent(json.dumps(entry, ensure_ascii=False, indent=1), " ")
        yield json_safe(storable(f"{'[' if empty else ','}\n{text}"))
        empty = False
    yield "[]\n" if empty else "\n]\n"


def _entries(desk: Desk) -> Iterator[dict[str, object]]:
    seen: Counter[str] = Counter()
    for report in desk.reports:
        yield from (_entry(finding, report, seen) for finding in report.counted)
    for failure in desk.failures:
        digest = hashlib.sha256(f"{failure.target}\x1f{failure.message}".encode("utf-8", "surrogatepass")).hexdigest()
        said = visible(failure.message.split("\n")[0])
        yield _object(said, "not-checked", digest, "blocker", failure.target, 1)


def _entry(finding: Finding, report: Report, seen: Counter[str]) -> dict[str, object]:
    """GitLab takes two entries with one fingerprint for one: the same again in another file gets another."""
    where = place(finding, report.bitext)
    key = f"{where.path}\x1f{finding.fingerprint}"
    seen[key] += 1
    digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
    said = finding.message if finding.suggestion is None else f"{finding.message} Suggestion: {finding.suggestion}"
    entry = _object(visible(said), finding.rule, digest, LEVELS[finding.severity], where.path, 1)
    return entry if where.paired else entry | {"location": _location(where)}


def _location(where: Place) -> dict[str, object]:
    return {
        "path": _path(where.path),
        "lines": {"begin": where.line, "end": where.end_line},
        "positions": {
            "begin": {"line": where.line, "column": where.column},
            "end": {"line": where.end_line, "column": where.end_column},
        },
    }


def _object(said: str, rule: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, object]:
    return {
        "description": said,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": _path(path), "lines": {"begin": line}},
    }


def _path(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")
