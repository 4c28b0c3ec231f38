"""Findings and a limit -> the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tqcheck.model import Finding, Verdict
from tqcheck.mqm import Severity

ALLOWED = 0
"""Findings of the severity that fails the gate, or of a higher one, with which a text still passes."""


def judge(findings: Iterable[Finding], fail_on: Severity | None) -> Verdict:
    """Failed if there is a finding of the severity ``fail_on`` or a higher one; None never fails.

    One reason in plain words for each severity that failed it, the highest first; none where it passed.
    """
    if fail_on is None:
        return Verdict(passed=True)
    counts = Counter(finding.severity for finding in findings if finding.severity.at_least(fail_on))
    reasons = tuple(
        f"{counts[severity]} {severity} {'finding' if counts[severity] == 1 else 'findings'}, at most {ALLOWED} allowed"
        for severity in reversed(Severity)
        if counts[severity] > ALLOWED
    )
    return Verdict(passed=not reasons, reasons=reasons)
