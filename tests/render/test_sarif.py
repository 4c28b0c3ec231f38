"""SARIF: valid, places exact, nothing dropped, fingerprints that stay."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.render.desks import desk, hostile, look, shown
from tests.render.reports import bridge
from tqcheck.detectors import NAMES
from tqcheck.model import Desk
from tqcheck.render.sarif import FINGERPRINT, artifact, to_sarif

SCHEMAS = Path(__file__).parents[1] / "schemas"
OFFICIAL = os.environ.get("TQCHECK_SARIF_SCHEMA", "")


def run(what: Desk) -> dict[str, Any]:
    log = json.loads(shown("sarif", what))
    assert len(log["runs"]) == 1
    found: dict[str, Any] = log["runs"][0]
    return found


@pytest.mark.parametrize("what", [desk(), hostile(), Desk(())], ids=["desk", "hostile", "empty"])
def test_it_is_valid_in_our_own_words(what: Desk) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SCHEMAS / "sarif.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(shown("sarif", what)))


@pytest.mark.skipif(not OFFICIAL, reason="TQCHECK_SARIF_SCHEMA does not name the schema of OASIS; .ci/run fetches it")
@pytest.mark.parametrize("what", [desk(), hostile(), Desk(())], ids=["desk", "hostile", "empty"])
def test_it_is_valid_against_the_official_schema(what: Desk) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(Path(OFFICIAL).read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(json.loads(shown("sarif", what)))


@pytest.mark.parametrize("what", [desk(), hostile()], ids=["desk", "hostile"])
def test_another_program_reads_it(what: Desk) -> None:
    sarif = pytest.importorskip("sarif_pydantic")
    log = sarif.Sarif.model_validate_json(shown("sarif", what))
    assert log.runs[0].tool.driver.name == "tqcheck"


def test_every_rule_has_its_help() -> None:
    rules = run(desk())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [name.replace("_", "-") for name in NAMES]
    for rule in rules:
        assert "Why it matters" in rule["help"]["text"]
        assert "**When to ignore it**" in rule["help"]["markdown"]


def test_a_finding_stands_where_it_is_in_both_files() -> None:
    made = bridge()
    for result, finding in zip(run(Desk((made,)))["results"], made.findings, strict=True):
        assert result["ruleId"] == finding.rule
        assert result["partialFingerprints"] == {FINGERPRINT: finding.fingerprint}
        sides = {place["message"]["text"].split(":")[0]: place for place in result["relatedLocations"]}
        for name, span, document in (
            ("the French", finding.source, made.bitext.source),
            ("the English", finding.target, made.bitext.target),
        ):
            region = sides[name]["physicalLocation"]["region"]
            assert region["startLine"] <= region["endLine"]
            if span is not None and "\n" not in span.of(document.text):
                words = document.line(region["startLine"])[region["startColumn"] - 1 : region["endColumn"] - 1]
                assert words == span.of(document.text)
        assert result["locations"][0]["physicalLocation"] == sides["the English"]["physicalLocation"]
    assert run(Desk((made,)))["columnKind"] == "unicodeCodePoints"


def test_a_suggestion_is_a_fix_of_the_words() -> None:
    result = run(Desk((bridge(),)))["results"][0]
    (change,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert change["insertedContent"] == {"text": "It"}
    assert change["deletedRegion"]["snippet"]["text"] == "She"


def test_what_does_not_count_is_marked_and_not_dropped() -> None:
    what = desk()
    results = run(what)["results"]
    assert len(results) == sum(len(report.findings) for report in what.reports)
    kinds = [[entry["kind"] for entry in result["suppressions"]] for result in results]
    assert kinds == [["external"], [], [], ["inSource"], [], [], [], []]
    assert results[3]["suppressions"][0]["justification"].endswith("the minister's own word")


def test_what_was_not_checked_is_told() -> None:
    (invocation,) = run(desk())["invocations"]
    assert invocation["executionSuccessful"] is False
    told = invocation["toolExecutionNotifications"]
    assert told[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "c.en.md"
    assert run(Desk(()))["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_fingerprints_do_not_hang_on_the_order() -> None:
    first, second = desk().reports
    one, two = (to_sarif(Desk(reports), look()) for reports in ((first, second), (second, first)))
    found = [
        sorted(result["partialFingerprints"][FINGERPRINT] for result in json.loads(text)["runs"][0]["results"])
        for text in (one, two)
    ]
    assert found[0] == found[1]


def test_paths_are_uris() -> None:
    assert artifact("a/é b#1.md") == {"uri": "a/%C3%A9%20b%231.md", "uriBaseId": "%SRCROOT%"}
    assert artifact("/a b") == {"uri": "file:///a%20b"}
    assert artifact("-") == {"uri": "stdin"}


def test_brackets_in_a_message_make_no_link() -> None:
    made = bridge()
    evil = replace(made, findings=(replace(made.findings[0], message="[here](javascript:1) \\"),))
    assert run(Desk((evil,)))["results"][0]["message"]["text"].startswith("\\[here\\](javascript:1) \\\\")
