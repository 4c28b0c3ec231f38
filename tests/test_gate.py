"""The verdict: what fails, what passes, and why in plain words."""

from __future__ import annotations

import pytest

from tqcheck.gate import judge
from tqcheck.model import Finding, Verdict
from tqcheck.mqm import Category, Severity

NEUTRAL, MINOR, MAJOR, CRITICAL = Severity


def findings(*severities: Severity) -> list[Finding]:
    return [Finding("negation", Category.MISTRANSLATION, s, 0.9, "…", 0, None, None) for s in severities]


@pytest.mark.parametrize(
    ("found", "fail_on", "reasons"),
    [
        ((), MAJOR, ()),
        ((), NEUTRAL, ()),
        ((MINOR, NEUTRAL), MAJOR, ()),
        ((MAJOR,), MAJOR, ("1 major finding, at most 0 allowed",)),
        ((MAJOR, MINOR, MAJOR), MAJOR, ("2 major findings, at most 0 allowed",)),
        ((CRITICAL,), MAJOR, ("1 critical finding, at most 0 allowed",)),
        (
            (MINOR, CRITICAL, MAJOR),
            MINOR,
            (
                "1 critical finding, at most 0 allowed",
                "1 major finding, at most 0 allowed",
                "1 minor finding, at most 0 allowed",
            ),
        ),
        ((MAJOR,), CRITICAL, ()),
        ((CRITICAL, MAJOR), None, ()),
    ],
)
def test_verdicts(found: tuple[Severity, ...], fail_on: Severity | None, reasons: tuple[str, ...]) -> None:
    assert judge(findings(*found), fail_on) == Verdict(passed=not reasons, reasons=reasons)
