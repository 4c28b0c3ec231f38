"""SARIF 2.1.0, for GitHub code scanning, Azure DevOps and the viewers of editors.

Source: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 27 March 2020; the
sections are named where they decide something.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat
from pathlib import PurePath
from urllib.parse import quote

from tqcheck.detector import HEADINGS, Detector
from tqcheck.model import Desk, Finding, Report
from tqcheck.mqm import Severity
from tqcheck.render.look import Look
from tqcheck.render.places import Place, sides
from tqcheck.render.reasons import why
from tqcheck.render.visible import json_safe, storable, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "tqcheckFinding/v1"
ROOT = "%SRCROOT%"

LEVELS: Mapping[Severity, str] = {
    Severity.NEUTRAL: "note",
    Severity.MINOR: "warning",
    Severity.MAJOR: "error",
    Severity.CRITICAL: "error",
}


def to_sarif(desk: Desk, look: Look) -> str:
    """The desk as one log with one run, and the rules of ``look``. Columns count code points (§3.14.17)."""
    return "".join(_pieces(desk, look))


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The log of one report, a result at a time: as JSON values they take ten times the memory of the findings."""
    return _pieces(Desk((report,)), look)


def _pieces(desk: Desk, look: Look) -> Iterator[str]:
    from tqcheck import __version__

    numbers = {rule.rule: number for number, rule in enumerate(look.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "tqcheck",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in look.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "invocations": [_invocation(desk)],
    }
    results = (_result(finding, report, numbers) for report in desk.reports for finding in report.findings)
    return (json_safe(storable(piece)) for piece in _log(run, results))


def _log(run: Mapping[str, object], results: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """The log as JSON, a result a line: to be read in a difference, and written in a tenth of indented JSON's time."""
    head = json.dumps({"$schema": SCHEMA, "version": "2.1.0"}, ensure_ascii=False)[:-1]
    rest = json.dumps(run, ensure_ascii=False)[:-1]
    yield f'{head}, "runs": [\n{rest}, "results": [\n'
    for before, result in zip(chain([""], repeat(",\n")), results, strict=False):
        yield before + json.dumps(result, ensure_ascii=False)
    yield "\n]}\n]}\n"


def _rule(rule: Detector) -> dict[str, object]:
    """A reportingDescriptor (§3.49). ``help.text`` is owed by GitHub; the Markdown is the same with headings."""
    sections = [(heading, " ".join(rule.section(heading).split())) for heading in HEADINGS]
    plain = "\n\n".join(f"{heading}: {body}" for heading, body in sections if body)
    marked = "\n\n".join(f"**{heading}**\n\n{rule.section(heading)}" for heading, body in sections if body)
    return {
        "id": rule.rule,
        "name": "".join(part.capitalize() for part in rule.rule.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": sections[0][1] or rule.summary},
        "help": {"text": plain or rule.summary, "markdown": marked or rule.summary},
        "defaultConfiguration": {"enabled": rule.on, "level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["translation", *str(rule.category).split("/")],
            "category": str(rule.category),
            "severity": str(rule.severity),
            "precision": "high",
        },
    }


def _invocation(desk: Desk) -> dict[str, object]:
    """§3.20. What could not be checked is a notification of an error, a remark one of a note."""
    notes = [*desk.notes, *(note for report in desk.reports for note in report.notes)]
    told = [_notification(failure.message, "error", failure.target) for failure in desk.failures]
    told += [_notification(note, "note") for note in dict.fromkeys(notes)]
    return {"executionSuccessful": not desk.failures, "toolExecutionNotifications": told}


def _notification(text: str, level: str, path: str | None = None) -> dict[str, object]:
    told: dict[str, object] = {"level": level, "message": {"text": _message(text)}}
    if path is not None:
        told["locations"] = [{"physicalLocation": {"artifactLocation": artifact(path)}}]
    return told


def _result(finding: Finding, report: Report, numbers: Mapping[str, int]) -> dict[str, object]:
    """§3.27. The English is the location, as it is what can be corrected; both sides are related locations."""
    source, target = sides(finding, report.bitext)
    said = finding.message if finding.suggestion is None else f"{finding.message} Suggestion: {finding.suggestion}"
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(said)},
        "locations": [{"physicalLocation": _physical(target, report.bitext.target.path), **_logical(target)}],
        "relatedLocations": list(_related(source, target)),
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "suppressions": list(_suppressions(finding, report)),
        "properties": {
            "category": str(finding.category),
            "severity": str(finding.severity),
            "confidence": round(finding.confidence, 6),
            "evidence": list(finding.evidence),
        },
    }
    if finding.rule in numbers:
        result["ruleIndex"] = numbers[finding.rule]
    if finding.suggestion is not None and finding.target is not None and target is not None and target.literal:
        result["fixes"] = [_fix(finding.suggestion, target)]
    return result


def _related(source: Place | None, target: Place | None) -> Iterator[dict[str, object]]:
    for number, (place, what) in enumerate(((source, "the French"), (target, "the English"))):
        if place is not None:
            words = f"{what}: {place.words}" if place.words.strip() else f"{what}: nothing stands here"
            yield {"id": number, "message": {"text": _message(words)}, "physicalLocation": _physical(place, place.path)}


def _suppressions(finding: Finding, report: Report) -> Iterator[dict[str, object]]:
    """§3.35: ``inSource`` is a comment in the text; everything else is kept outside of it. An empty list: none."""
    suppression = report.suppressions.get(finding.fingerprint)
    if suppression is not None:
        kind = "inSource" if suppression.kind == "inline" else "external"
        yield {"kind": kind, "status": "accepted", "justification": _message(why(suppression))}


def _fix(suggestion: str, target: Place) -> dict[str, object]:
    change = {"deletedRegion": _region(target), "insertedContent": {"text": suggestion}}
    where = {"artifactLocation": artifact(target.path), "replacements": [change]}
    return {"description": {"text": "Replace with the suggestion"}, "artifactChanges": [where]}


def _physical(place: Place | None, path: str) -> dict[str, object]:
    """§3.29. In a file of pairs a line of one language is no line of the file: only the file is named."""
    if place is None or place.paired:
        return {"artifactLocation": artifact(path)}
    return {"artifactLocation": artifact(path), "region": _region(place)}


def _logical(place: Place | None) -> dict[str, object]:
    """§3.33: what the format of the file calls the place."""
    return {"logicalLocations": [{"fullyQualifiedName": place.unit}]} if place is not None and place.unit else {}


def _region(place: Place) -> dict[str, object]:
    """§3.30: 1-based, the end column is the one behind the last character."""
    region: dict[str, object] = {"startLine": place.line, "startColumn": place.column}
    region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return region | ({"snippet": {"text": visible(place.words)}} if place.words else {})


def artifact(path: str) -> dict[str, object]:
    """§3.4: a relative path is a URI seen from the root of the sources, a whole one a file URI."""
    if path == "-":
        return {"uri": "stdin"}
    pure = PurePath(path)
    if pure.is_absolute():
        return {"uri": pure.as_uri()}
    return {"uri": quote(pure.as_posix(), errors="replace"), "uriBaseId": ROOT}


def _message(text: str) -> str:
    """Plain text: what cannot be seen is shown, and brackets make no link (§3.11.6 has links in plain text too)."""
    lines = (visible(line) for line in text.split("\n"))
    return "\n".join(lines).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
