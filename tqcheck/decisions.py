"""What an editor decided about findings: read from the file that the HTML report exports, and applied by fingerprint.

A decision belongs to the words of its finding (`tqcheck.detector`): it follows them when they move, and when they
change it no longer applies, so that the finding comes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.model import Report, Suppression
from tqcheck.suppressions import Suppressed, Suppressor

SCHEMA = "tqcheck-decisions/1"
DISMISSED = "dismissed"
"""The kind of a `Suppression` that a decision makes."""


class Status(StrEnum):
    """What became of a finding. ``open``: nothing yet, though there may be a comment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Decision:
    """About the finding with ``fingerprint``.

    ``reason`` says why it was dismissed; ``suggestion`` is the editor's own wording, None where the rule's stands;
    ``decided`` is when, in ISO 8601. ``rule``, ``source`` and ``target`` (the words) are there for people who read the
    file.
    """

    fingerprint: str
    status: Status = Status.OPEN
    reason: str = ""
    comment: str = ""
    suggestion: str | None = None
    decided: str = ""
    rule: str = ""
    source: str | None = None
    target: str | None = None


def dismissed(decisions: Iterable[Decision]) -> Suppressor:
    """What keeps the dismissed findings of a report from counting, each with its reason."""
    reasons = {made.fingerprint: made.reason for made in decisions if made.status is Status.DISMISSED}

    def named(report: Report) -> Suppressed:
        found = {finding.fingerprint for finding in report.findings} & reasons.keys()
        return Suppressed({fingerprint: Suppression(DISMISSED, reasons[fingerprint]) for fingerprint in found})

    return named


def merged(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """One decision a fingerprint: of two the later one, or where they do not say when, the last."""
    found: dict[str, Decision] = {}
    for made in decisions:
        known = found.get(made.fingerprint)
        if known is None or made.decided >= known.decided:
            found[made.fingerprint] = made
    return tuple(found.values())


def read(path: str | Path) -> tuple[Decision, ...]:
    """The decisions of a file, `merged`.

    Raises UserError, with the place, for a file that cannot be read, is not JSON, or is not of this form.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("the decisions are not UTF-8", Place(str(path)), _HINT) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot read the decisions: {reason}", Place(str(path)), _HINT) from error
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        place = Place(str(path), error.lineno, error.colno, lines[min(error.lineno, len(lines)) - 1])
        raise UserError(f"the decisions are not JSON: {error.msg}", place, _HINT) from error
    except (RecursionError, ValueError) as error:
        raise UserError(
            "the decisions are nested too deep, or hold a number too long", Place(str(path)), _HINT
        ) from error
    return merged(_decisions(data, str(path)))


_HINT = "the HTML report writes such a file: Decisions, Export decisions"


def _decisions(data: object, path: str) -> Iterable[Decision]:
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise UserError(f'these are no decisions: "schema" should be "{SCHEMA}"', Place(path), _HINT)
    entries = data.get("decisions")
    if not isinstance(entries, list):
        raise UserError('these are no decisions: "decisions" should be a list', Place(path), _HINT)
    return [decision(entry, number, path) for number, entry in enumerate(entries, 1)]


def decision(entry: object, number: int, path: str) -> Decision:
    """One entry of a file, as JSON gave it. Raises UserError for one of another form."""
    if not isinstance(entry, dict):
        raise UserError(f"decision {number} is not an object", Place(path), _HINT)
    fingerprint = entry.get("fingerprint")
    if not isinstance(fingerprint, str) or not fingerprint:
        raise UserError(f'decision {number} has no "fingerprint"', Place(path), _HINT)
    status = entry.get("status", Status.OPEN)
    if status not in list(Status):
        choices = ", ".join(Status)
        raise UserError(f'the "status" of decision {number} is {status!r}', Place(path), f"it can be {choices}")
    for key in ("reason", "comment", "suggestion", "decided", "rule", "source", "target"):
        if not isinstance(entry.get(key), str | None):
            raise UserError(f'the "{key}" of decision {number} is not a text', Place(path), _HINT)
    return Decision(
        fingerprint=fingerprint,
        status=Status(status),
        reason=entry.get("reason") or "",
        comment=entry.get("comment") or "",
        suggestion=entry.get("suggestion"),
        decided=entry.get("decided") or "",
        rule=entry.get("rule") or "",
        source=entry.get("source"),
        target=entry.get("target"),
    )
