"""GitLab's Code Quality: the form of its documentation, one fingerprint a finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.render.desks import desk, hostile, shown
from tests.render.reports import bridge
from tqcheck.model import Desk

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "gitlab_code_quality.json").read_text("utf-8"))


@pytest.mark.parametrize("what", [desk(), hostile(), Desk(())], ids=["desk", "hostile", "empty"])
def test_it_is_valid(what: Desk) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(shown("gitlab", what)))


def test_only_what_counts_is_there_and_what_was_not_checked() -> None:
    entries = json.loads(shown("gitlab", desk()))
    assert len(entries) == len(bridge().findings) - 2 + 1
    assert entries[0]["severity"] == "critical"
    assert entries[0]["location"]["lines"] == {"begin": 2, "end": 2}
    assert entries[-1]["check_name"] == "not-checked"


def test_fingerprints_differ_and_stay() -> None:
    entries = json.loads(shown("gitlab", Desk((bridge(), bridge()))))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    again = json.loads(shown("gitlab", Desk((bridge(),))))
    assert [entry["fingerprint"] for entry in again] == [entry["fingerprint"] for entry in entries[: len(again)]]
