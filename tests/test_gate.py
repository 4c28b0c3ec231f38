"""The verdict: what fails, what passes, and why in plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tqcheck.gate import Limits, judge, limits
from tqcheck.model import Finding, Score, Verdict
from tqcheck.mqm import Category, Severity

NEUTRAL, MINOR, MAJOR, CRITICAL = Severity


def findings(*severities: Severity, rule: str = "negation") -> list[Finding]:
    return [Finding(rule, Category.MISTRANSLATION, s, 0.9, "…", 0, None, None) for s in severities]


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
    verdict = judge(findings(*found), limits(fail_on))
    assert (verdict.passed, verdict.reasons) == (not reasons, reasons)


def test_the_verdict_names_the_findings_that_broke_a_limit() -> None:
    found = [replace(f, fingerprint=str(n)) for n, f in enumerate(findings(MINOR, MAJOR, CRITICAL, MAJOR))]
    assert judge(found, limits(MAJOR)).findings == ("2", "1", "3")
    assert judge(found, limits(MAJOR, Limits(severities={MAJOR: 2}))).findings == ("2",)
    assert judge(found, Limits(rules={"negation": 3}, severities={MINOR: 0})).findings == ("0", "1", "2", "3")
    assert judge(found, limits(None)) == Verdict(passed=True)


def test_a_limit_of_a_severity_stands_in_place_of_none_allowed() -> None:
    allowed = limits(MAJOR, Limits(severities={MAJOR: 2, MINOR: 1}))
    assert judge(findings(MAJOR, MAJOR, MINOR), allowed).passed
    assert judge(findings(MAJOR, MAJOR, MAJOR), allowed).reasons == ("3 major findings, at most 2 allowed",)
    assert judge(findings(MINOR, MINOR), allowed).reasons == ("2 minor findings, at most 1 allowed",)
    assert judge(findings(CRITICAL), allowed).reasons == ("1 critical finding, at most 0 allowed",)


def test_rules_and_omissions_have_limits_of_their_own() -> None:
    left_out = [replace(finding, category=Category.OMISSION) for finding in findings(MINOR, MINOR, rule="omission")]
    assert judge(left_out, limits(MAJOR, Limits(omissions=2))).passed
    assert judge(left_out, limits(MAJOR, Limits(omissions=1))).reasons == ("2 omissions, at most 1 allowed",)
    typed = findings(MINOR, rule="typography")
    assert judge(typed, Limits(rules={"typography": 0})).reasons == ("1 typography finding, at most 0 allowed",)
    assert judge(typed, Limits(rules={"negation": 0})).passed


def test_scores_that_are_too_low_or_unknown_fail() -> None:
    allowed = Limits(quality=0.6, chrf=45)
    assert judge([], allowed, [Score("quality", 0.6, ""), Score("chrf", 45.0, "")]).passed
    low = judge([], allowed, [Score("quality", 0.5996, ""), Score("chrf", 31.27, "")])
    assert low.reasons == ("quality is 0.5996, at least 0.6 asked for", "chrF is 31.3, at least 45 asked for")
    unknown = judge([], Limits(chrf=45), [Score("quality", 0.9, "")])
    assert not unknown.passed
    assert "no machine translation" in unknown.reasons[0]


def test_never_switches_every_limit_off() -> None:
    assert judge(findings(CRITICAL), limits(None, Limits(severities={MAJOR: 0}, quality=1.0))).passed


def test_limits_lie_over_each_other_key_by_key() -> None:
    below = Limits(severities={MAJOR: 3, MINOR: 5}, rules={"negation": 1}, quality=0.5, omissions=0)
    above = Limits(severities={MAJOR: 1}, rules={"acronym": 0}, chrf=40)
    assert above.over(below) == Limits(
        severities={MAJOR: 1, MINOR: 5}, rules={"negation": 1, "acronym": 0}, quality=0.5, omissions=0, chrf=40
    )
