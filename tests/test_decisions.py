"""Decisions of editors: read from files, and applied to findings by their fingerprints."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.render import reports
from tqcheck import gate, suppressions
from tqcheck.cli import main
from tqcheck.decisions import SCHEMA, Decision, Status, dismissed, merged, read
from tqcheck.errors import UserError
from tqcheck.model import Report
from tqcheck.mqm import Severity


def written(path: Path, *rows: object) -> Path:
    path.write_text(json.dumps({"schema": SCHEMA, "decisions": rows}), "utf-8")
    return path


def settled(report: Report, *decisions: Decision) -> Report:
    return gate.settle(suppressions.apply(report, [dismissed(decisions)]), gate.limits(Severity.MAJOR))


def test_a_file_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path / "d.json",
        {"fingerprint": "a", "status": "dismissed", "reason": "house style", "decided": "2026-11-22T10:00:00.000Z"},
        {"fingerprint": "b", "comment": "ask", "suggestion": "it", "unknown": 1},
    )
    assert read(file) == (
        Decision("a", Status.DISMISSED, "house style", decided="2026-11-22T10:00:00.000Z"),
        Decision("b", Status.OPEN, comment="ask", suggestion="it"),
    )


def test_of_two_the_later_holds_whatever_their_order() -> None:
    old = Decision("a", Status.DISMISSED, decided="2026-11-21T10:00:00.000Z")
    new = Decision("a", Status.ACCEPTED, decided="2026-11-22T10:00:00.000Z")
    assert merged([old, new]) == merged([new, old]) == (new,)
    undated = Decision("a", Status.OPEN)
    assert merged([replace(old, decided=""), undated]) == (undated,)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "are not JSON"),
        ("[1, 2]", '"schema" should be'),
        ('{"schema": "tqcheck-report/1", "decisions": []}', '"schema" should be'),
        (f'{{"schema": "{SCHEMA}"}}', '"decisions" should be a list'),
        (f'{{"schema": "{SCHEMA}", "decisions": [3]}}', "decision 1 is not an object"),
        (f'{{"schema": "{SCHEMA}", "decisions": [{{}}]}}', "decision 1 has no"),
        (f'{{"schema": "{SCHEMA}", "decisions": [{{"fingerprint": "a", "status": "gone"}}]}}', "is 'gone'"),
        (f'{{"schema": "{SCHEMA}", "decisions": [{{"fingerprint": "a", "status": []}}]}}', "is []"),
        (f'{{"schema": "{SCHEMA}", "decisions": [{{"fingerprint": "a", "reason": 3}}]}}', "is not a text"),
        ("[" * 100_000, "decisions are"),
    ],
)
def test_what_is_no_file_of_decisions_is_refused_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "d.json"
    file.write_text(content, "utf-8")
    with pytest.raises(UserError, match="decision") as caught:
        read(file)
    assert said in caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.path == str(file)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot read the decisions"):
        read(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(UserError, match="not UTF-8"):
        read(tmp_path / "latin.json")


def test_a_dismissed_finding_is_shown_as_such_and_does_not_count() -> None:
    report = reports.bridge()
    serious = [finding for finding in report.findings if finding.severity.at_least(Severity.MAJOR)]
    assert not settled(report).verdict.passed
    some = [Decision(finding.fingerprint, Status.DISMISSED, "right as it is") for finding in serious]
    assert not settled(report, *some[1:]).verdict.passed
    whole = settled(report, *some)
    assert whole.verdict.passed
    assert whole.findings == report.findings
    assert {s.kind for s in whole.suppressions.values()} == {"dismissed"}
    assert {s.reason for s in whole.suppressions.values()} == {"right as it is"}


@pytest.mark.parametrize("status", [Status.OPEN, Status.ACCEPTED])
def test_only_a_dismissal_keeps_a_finding_from_counting(status: Status) -> None:
    report = reports.bridge()
    made = [Decision(finding.fingerprint, status, comment="seen") for finding in report.findings]
    assert settled(report, *made).suppressions == {}


def test_a_finding_comes_back_when_its_words_change() -> None:
    report = reports.bridge()
    first = report.findings[0]
    made = Decision(first.fingerprint, Status.DISMISSED)
    assert first.fingerprint in settled(report, made).suppressions
    changed = replace(report, findings=(replace(first, fingerprint="of other words"), *report.findings[1:]))
    assert settled(changed, made).suppressions == {}


FRENCH = "Le ministre a présenté mardi à Paris un projet de loi sur le logement. Il sera examiné au printemps.\n"
ENGLISH = "The minister presented a housing bill in Paris on on Tuesday. It will be examined in the spring.\n"


def test_the_command_honours_them_until_the_words_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TQCHECK_CACHE_DIR", str(tmp_path / "cache"))
    Path("a.fr.txt").write_text(FRENCH, "utf-8")
    Path("a.en.txt").write_text(ENGLISH, "utf-8")
    check = ["check", "a.fr.txt", "a.en.txt", "--no-mt", "--lm", "none", "--fail-on", "minor", "--quiet"]
    assert main([*check, "--format", "json", "-o", "a.json"]) == 1
    fingerprints = [finding["fingerprint"] for finding in json.loads(Path("a.json").read_text("utf-8"))["findings"]]
    file = written(tmp_path / "d.json", *({"fingerprint": one, "status": "dismissed"} for one in fingerprints))
    assert main([*check, "--decisions", str(file), "-o", "a.txt"]) == 0
    assert "dismissed by an editor" in Path("a.txt").read_text("utf-8")
    assert main([*check, "--decisions", str(file), "--format", "html", "-o", "a.html"]) == 0
    assert 'data-kind="dismissed"' in Path("a.html").read_text("utf-8")
    Path("a.en.txt").write_text(ENGLISH.replace("on on", "in in"), "utf-8")
    assert main([*check, "--decisions", str(file), "-o", "a.txt"]) == 1
    assert main([*check, "--decisions", "none.json"]) == 2
