"""The documentation says what the program does: written pages are as they would be written, commands exist."""

from __future__ import annotations

import argparse
import csv
import importlib.util
import re
from pathlib import Path

import pytest

from tqcheck.cli import parser
from tqcheck.detectors import all_detectors

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_page_of_the_rules_is_the_one_that_they_write() -> None:
    spec = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert (ROOT / "docs" / "detectors.md").read_text("utf-8") == make.detectors_page(), "run python docs/make.py"


def test_a_rule_that_is_on_has_its_precision_published() -> None:
    with (ROOT / "docs" / "precision.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    measured = {row["rule"] for row in rows}
    assert {rule.rule for rule in all_detectors() if rule.on} <= measured
    assert measured <= {rule.rule for rule in all_detectors()}
    for row in rows:
        assert 0 <= int(row["true"]) <= int(row["findings"])
        assert int(row["segments"]) > 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_the_documentation_exists(page: Path) -> None:
    known = options()
    for line in re.findall(r"(?:^ {4,}|`|&& )tqcheck ([a-z][^`\n]*)", page.read_text("utf-8"), re.M):
        words = line.split("#")[0].split()
        assert words[0] in known, line
        for word in words[1:]:
            if word.startswith("--"):
                assert word.split("=")[0] in known[words[0]], f"{page.name}: tqcheck {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    prose = re.sub(r"```.*?```|``[^`]*``|`[^`]*`|^ {4}.*?$", "", page.read_text("utf-8"), flags=re.S | re.M)
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", prose):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def options() -> dict[str, set[str]]:
    """The commands and the options that each of them takes."""
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return {name: set(parser._option_string_actions) for name, parser in action.choices.items()}
    raise AssertionError("no commands")
