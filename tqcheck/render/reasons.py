"""Why a finding does not count, in words."""

from __future__ import annotations

from tqcheck.model import Finding, Report, Suppression

_KINDS = {
    "dismissed": "dismissed by an editor",
    "baseline": "old: it is in the baseline",
    "inline": "a comment in the text says to ignore it",
    "ignored": "the settings say to ignore it",
}


def why(suppression: Suppression) -> str:
    """Why it does not count, with the reason that was given."""
    kind = _KINDS.get(suppression.kind, suppression.kind)
    own = suppression.reason.strip()
    return f"{kind}: {own}" if own and suppression.kind != "baseline" else kind


def not_counted(finding: Finding, report: Report) -> str | None:
    """Why a finding of a report does not count, None where it does."""
    suppression = report.suppressions.get(finding.fingerprint)
    return None if suppression is None else why(suppression)
