"""JUnit XML, which every CI server reads: a suite for each article, a case for each of its rules.

Source: the schema of the Jenkins JUnit plugin (jenkins-junit.xsd); written through junitparser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tqcheck.model import Desk, Failure, Finding, Report
from tqcheck.render.look import Look
from tqcheck.render.places import place
from tqcheck.render.reasons import not_counted
from tqcheck.render.visible import uncommanding, visible

if TYPE_CHECKING:
    from typing import TypeVar

    from junitparser import Error, TestCase, TestSuite
    from junitparser import Failure as Failed

    Told = TypeVar("Told", Failed, Error)


def to_junit(desk: Desk, look: Look) -> str:
    """The desk as ``testsuites``. A case fails where its finding broke a limit, and nowhere else.

    Each article begins with the case ``gate``, which has the verdict. Findings that do not count are skipped with the
    reason; those that count and are allowed pass, and say themselves in their output. What could not be checked is an
    error.
    """
    from junitparser import JUnitXml

    whole = JUnitXml("tqcheck")
    for report in desk.reports:
        whole.add_testsuite(_suite(report))
    for failure in desk.failures:
        whole.add_testsuite(_unchecked(failure))
    whole.update_statistics()  # type: ignore[no-untyped-call]
    text: bytes = whole.tostring()  # type: ignore[no-untyped-call]
    safe = uncommanding(text.decode(), "&#58;", "&#35;")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{safe}\n"


def _suite(report: Report) -> TestSuite:
    from junitparser import Failure as Failed
    from junitparser import TestCase, TestSuite

    path = visible(report.bitext.target.path)
    suite = TestSuite(path)
    gate = TestCase("gate", path, 0.0)
    if not report.verdict.passed:
        reasons = [visible(reason) for reason in report.verdict.reasons]
        gate.result = [_told(Failed("; ".join(reasons), "gate"), "\n".join(reasons))]
    broken = frozenset(report.verdict.findings)
    cases = [_case(finding, report, path, failed=finding.fingerprint in broken) for finding in report.findings]
    suite.add_testcases([gate, *cases])  # at once: each call counts all of them again
    return suite


def _case(finding: Finding, report: Report, path: str, *, failed: bool) -> TestCase:
    from junitparser import Failure as Failed
    from junitparser import Skipped, TestCase

    where = place(finding, report.bitext)
    at = "" if where.paired else f" at {where.line}:{where.column}"
    case = TestCase(f"{finding.rule}{at} ({finding.fingerprint[:8]})", path, 0.0)
    said = visible(finding.message)
    text = "\n".join(_detail(finding, report))
    reason = not_counted(finding, report)
    if reason is not None:
        case.result = [Skipped(visible(reason))]
        case.system_out = text
    elif failed:
        case.result = [_told(Failed(said, str(finding.severity)), text)]
    else:
        case.system_out = text
    return case


def _detail(finding: Finding, report: Report) -> list[str]:
    bitext = report.bitext
    where = place(finding, bitext)
    lines = [f"{visible(where.path)}:{where.line}:{where.column}" if not where.paired else visible(where.path)]
    lines.append(f"{finding.severity}: {visible(finding.message)}")
    if finding.source is not None:
        lines.append(f"French: {visible(finding.source.of(bitext.source.text))}")
    if finding.target is not None:
        lines.append(f"English: {visible(finding.target.of(bitext.target.text))}")
    if finding.suggestion is not None:
        lines.append(f"Suggestion: {visible(finding.suggestion)}")
    return lines


def _unchecked(failure: Failure) -> TestSuite:
    from junitparser import Error, TestCase, TestSuite

    lines = [visible(line) for line in failure.message.split("\n")]
    suite = TestSuite(visible(failure.target))
    case = TestCase("checked", visible(failure.target), 0.0)
    case.result = [_told(Error(lines[0], "input"), "\n".join(lines))]
    suite.add_testcase(case)
    return suite


def _told(result: Told, text: str) -> Told:
    """A result with its text."""
    result.text = text
    return result
