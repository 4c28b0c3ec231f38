"""The checker on our own articles: the errors that are listed are found on their words, and little else is said.

The limits are those of the project (docs/benchmarks.md has the figures): at least 80 % of the errors of a flawed
translation and 90 % of all, at most 3 other findings of severity major or more in it, at most 1 in a clean translation.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

from tests.bitexts import tools
from tqcheck import pipeline, readers
from tqcheck.detectors import all_detectors
from tqcheck.model import Finding, Report, Span
from tqcheck.mqm import Severity

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = sorted(path.parent.name for path in CORPORA.glob("*/expected.json"))
Expected = dict[str, dict[str, int] | None]


@functools.cache
def report(name: str, english: str) -> Report:
    enabled = pipeline.Tools(detectors=tuple(rule for rule in all_detectors() if rule.on), encoder=tools().encoder)
    source = readers.read(str(CORPORA / name / "article.fr.txt"), "fr")
    target = readers.read(str(CORPORA / name / english), "en")
    return pipeline.check_bitext(pipeline.align_documents(source, target, enabled), enabled)


def errors(name: str) -> list[Expected]:
    expected: list[Expected] = json.loads((CORPORA / name / "expected.json").read_text("utf-8"))["errors"]
    return expected


def touches(finding: Finding, error: Expected) -> bool:
    """Whether a finding lies on the words of a listed error, on the side on which the error has words."""
    side = "target" if error["target"] is not None else "source"
    place, found = error[side], finding.target if side == "target" else finding.source
    return place is not None and found is not None and found.overlaps(Span(place["start"], place["end"]))


def unexpected(name: str) -> list[str]:
    findings = report(name, "article.en.txt").findings
    serious = [f for f in findings if f.severity.at_least(Severity.MAJOR)]
    return [f"{f.rule}: {f.message}" for f in serious if not any(touches(f, error) for error in errors(name))]


def test_the_corpora_are_there() -> None:
    assert len(NAMES) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_the_listed_errors_are_found_on_their_words(name: str) -> None:
    findings = report(name, "article.en.txt").findings
    missed = [e for e in errors(name) if not any(touches(finding, e) for finding in findings)]
    assert len(missed) <= 0.2 * len(errors(name)), [(e["id"], e["note"]) for e in missed]


def test_nine_in_ten_of_all_listed_errors_are_found() -> None:
    listed = [(name, error) for name in NAMES for error in errors(name)]
    missed = [
        (name, error["id"])
        for name, error in listed
        if not any(touches(finding, error) for finding in report(name, "article.en.txt").findings)
    ]
    assert len(missed) <= 0.1 * len(listed), missed


@pytest.mark.parametrize("name", NAMES)
def test_little_else_is_said_of_a_flawed_translation(name: str) -> None:
    assert len(unexpected(name)) <= 3, unexpected(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_translation_passes_nearly_in_silence(name: str) -> None:
    findings = report(name, "clean.en.txt").findings
    serious = [f"{f.rule}: {f.message}" for f in findings if f.severity.at_least(Severity.MAJOR)]
    assert len(serious) <= 1, serious
