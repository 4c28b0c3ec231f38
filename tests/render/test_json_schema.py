"""The JSON reports against the schema that is kept beside the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.render.desks import desk, hostile, look, shown
from tqcheck.model import Desk
from tqcheck.render import FORMATS

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "tests" / "schemas" / "report.json").read_text("utf-8"))


def errors(data: Any) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema")
    which = "desk" if data.get("schema") == "tqcheck-desk/1" else "report"
    validator = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{which}", "$defs": SCHEMA["$defs"]})
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("what", [desk(), hostile(), Desk(())], ids=["desk", "hostile", "empty"])
def test_a_desk_and_its_reports(what: Desk) -> None:
    assert errors(json.loads(shown("json", what))) == []
    for report in what.reports:
        assert errors(json.loads(FORMATS["json"].report(report, look()))) == []


@pytest.mark.parametrize("path", sorted((ROOT / "reports").glob("*.json")), ids=lambda path: path.name)
def test_what_is_said_of_the_corpora(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    data.setdefault("provenance", {})  # left out there: it differs from machine to machine
    for finding in data["findings"]:
        finding.setdefault("suppressed", None)
    assert errors(data) == []


def test_what_is_wrong_is_seen() -> None:
    data = json.loads(shown("json", desk()))
    data["reports"][0]["findings"][0]["severity"] = "high"
    assert errors(data)
