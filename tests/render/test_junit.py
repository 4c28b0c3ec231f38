"""JUnit XML: its form, and that a case fails where a limit was broken and nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.render.desks import desk, hostile, shown
from tests.render.reports import bridge
from tqcheck import gate
from tqcheck.gate import Limits
from tqcheck.model import Desk
from tqcheck.mqm import Severity

FORM = json.loads((Path(__file__).parents[1] / "schemas" / "junit.json").read_text("utf-8"))


def parsed(what: Desk) -> ElementTree.Element:
    return ElementTree.fromstring(shown("junit", what).encode())


@pytest.mark.parametrize("what", [desk(), hostile(), Desk(())], ids=["desk", "hostile", "empty"])
def test_it_has_the_form_that_servers_read(what: Desk) -> None:
    root = parsed(what)
    assert root.tag == "testsuites"
    for parent in root.iter():
        form = FORM[parent.tag]
        assert set(form["required"]) <= set(parent.attrib)
        assert set(parent.attrib) <= set(form["allowed"])
        assert {child.tag for child in parent} <= set(form["children"])
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names), "two cases of one name hide each other"


def test_the_numbers_are_those_of_the_cases() -> None:
    root = parsed(desk())
    assert root.get("tests") == str(len(list(root.iter("testcase"))))
    assert root.get("failures") == str(len(list(root.iter("failure"))))
    assert root.get("errors") == "1"
    assert root.get("skipped") == "2"


def test_a_case_fails_where_its_finding_broke_a_limit() -> None:
    made = bridge()
    root = parsed(Desk((gate.settle(made, gate.limits(Severity.CRITICAL)),)))
    failed = [case.get("name", "").split()[0] for case in root.iter("testcase") if case.find("failure") is not None]
    assert failed == ["gate", "number-mismatch"]
    passed = gate.settle(
        made, gate.limits(Severity.MAJOR, Limits(severities={Severity.CRITICAL: 1, Severity.MAJOR: 9}))
    )
    root = parsed(Desk((passed,)))
    assert root.get("failures") == "0"
    assert len(list(root.iter("system-out"))) == len(made.findings)


def test_a_low_score_fails_the_gate_alone() -> None:
    low = gate.settle(replace(bridge(), findings=()), Limits(quality=0.9))
    root = parsed(Desk((low,)))
    assert [failure.get("message") for failure in root.iter("failure")] == [
        "quality could not be computed, and at least 0.9 is asked for"
    ]


def test_hostile_words_stay_words() -> None:
    text = shown("junit", hostile())
    assert "<script" not in text
    assert "\x1b" not in text
