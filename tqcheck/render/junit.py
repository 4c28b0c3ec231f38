"""JUnit XML, which every CI server reads: a suite for each article, a case for each of its rules.

Source: the schema of the Jenkins JUnit plugin (jenkins-junit.xsd); written through junitparser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.model import Desk, Failure, Finding, Report
from tqcheck.render.look import Look
from tqcheck.render.places import place
from tqcheck.render.reasons import not_counted
from tqcheck.render.visible import uncommanding, visible

if TYPE_CHECKING:
    from typing import TypeVar

    from junitparser import Error, JUnitXml, TestCase, TestSuite
    from junitparser import Failure as Failed

    Told = TypeVar("Told", Failed, Error)

PASSED, FAILED, SKIPPED, WRONG = "passed", "failures", "skipped", "errors"
"""What comes of a case; all but the first are attributes of its suite, that count."""


def to_junit(desk: Desk, look: Look) -> str:
    """The desk as ``testsuites``. A case fails where its finding broke a limit, and nowhere else.

    Each article begins with the case ``gate``, which has the verdict. Findings that do not count are skipped with the
    reason; those that count and are allowed pass, and say themselves in their output. What could not be checked is an
    error.
    """
    return "".join(_pieces(desk))


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The same of one report, a case at a time."""
    return _pieces(Desk((report,)))


def _pieces(desk: Desk) -> Iterator[str]:
    """The suites, a case at a time. How many there are stands before them, so that they are gone through twice."""
    from junitparser import JUnitXml, TestSuite

    counts = [_counts(report) for report in desk.reports]
    unchecked = Counter({WRONG: 1})
    yield "<?xml version='1.0' encoding='utf-8'?>\n"
    yield _opening(JUnitXml("tqcheck"), sum((*counts, *(unchecked for _ in desk.failures)), Counter()))
    for report, count in zip(desk.reports, counts, strict=True):
        yield _opening(TestSuite(visible(report.bitext.target.path)), count)
        yield from map(_text, _cases(report))
        yield "</testsuite>"
    for failure in desk.failures:
        yield _opening(TestSuite(visible(failure.target)), unchecked)
        yield f"{_text(_unchecked(failure))}</testsuite>"
    yield "</testsuites>\n"


def _opening(group: JUnitXml | TestSuite, counts: Counter[str]) -> str:
    """The tag that begins it."""
    group.tests = counts.total()
    for outcome in (FAILED, WRONG, SKIPPED):
        setattr(group, outcome, counts[outcome])
    group.time = 0.0
    return f"{_text(group).removesuffix('/>').rstrip()}>"


def _text(element: JUnitXml | TestSuite | TestCase) -> str:
    text: bytes = element.tostring()  # type: ignore[no-untyped-call]
    return uncommanding(text.decode(), "&#58;", "&#35;")


def _counts(report: Report) -> Counter[str]:
    """How many of its cases, the gate's among them, came out how."""
    broken = frozenset(report.verdict.findings)
    found = Counter(_outcome(finding, report, broken) for finding in report.findings)
    found[PASSED if report.verdict.passed else FAILED] += 1
    return found


def _outcome(finding: Finding, report: Report, broken: frozenset[str]) -> str:
    """``broken``: fingerprints of the findings that broke a limit."""
    if not_counted(finding, report) is not None:
        return SKIPPED
    return FAILED if finding.fingerprint in broken else PASSED


def _cases(report: Report) -> Iterator[TestCase]:
    from junitparser import Failure as Failed
    from junitparser import TestCase

    path = visible(report.bitext.target.path)
    gate = TestCase("gate", path, 0.0)
    if not report.verdict.passed:
        reasons = [visible(reason) for reason in report.verdict.reasons]
        gate.result = [_told(Failed("; ".join(reasons), "gate"), "\n".join(reasons))]
    yield gate
    broken = frozenset(report.verdict.findings)
    for finding in report.findings:
        yield _case(finding, report, path, _outcome(finding, report, broken))


def _case(finding: Finding, report: Report, path: str, outcome: str) -> TestCase:
    from junitparser import Failure as Failed
    from junitparser import Skipped, TestCase

    where = place(finding, report.bitext)
    at = "" if where.paired else f" at {where.line}:{where.column}"
    case = TestCase(f"{finding.rule}{at} ({finding.fingerprint[:8]})", path, 0.0)
    said = visible(finding.message)
    text = "\n".join(_detail(finding, report))
    if outcome == SKIPPED:
        case.result = [Skipped(visible(not_counted(finding, report) or ""))]
        case.system_out = text
    elif outcome == FAILED:
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


def _unchecked(failure: Failure) -> TestCase:
    from junitparser import Error, TestCase

    lines = [visible(line) for line in failure.message.split("\n")]
    case = TestCase("checked", visible(failure.target), 0.0)
    case.result = [_told(Error(lines[0], "input"), "\n".join(lines))]
    return case


def _told(result: Told, text: str) -> Told:
    """A result with its text."""
    result.text = text
    return result
