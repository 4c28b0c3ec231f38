"""What every detector owes: its file's name, its documentation, examples of both kinds, and to find what is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import tqcheck.detectors
from tests.bitexts import Marked, bitext_of, marked
from tqcheck import detector
from tqcheck.detector import HEADINGS, Detector, Example
from tqcheck.detectors import NAMES, all_detectors
from tqcheck.model import Bitext, Finding, Span
from tqcheck.mqm import Severity

CASES = [
    pytest.param(rule, example, id=f"{rule.rule}-{number}")
    for rule in all_detectors()
    for number, example in enumerate(rule.examples)
]
FOLDER = Path(tqcheck.detectors.__file__).parent


def test_every_file_is_in_the_table_of_contents() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_is_the_name_of_its_file(name: str) -> None:
    rules = {rule.rule for rule in all_detectors()}
    assert name.replace("_", "-") in rules


@pytest.mark.parametrize("rule", all_detectors(), ids=lambda rule: rule.rule)
def test_the_documentation_has_every_heading(rule: Detector) -> None:
    assert len(rule.summary) < 120
    for heading in HEADINGS:
        assert len(rule.section(heading)) > 20, heading
    underlined = re.findall(r"^([A-Z][^\n]*)\n-+$", rule.doc, re.M)
    assert underlined == list(HEADINGS)


@pytest.mark.parametrize("rule", all_detectors(), ids=lambda rule: rule.rule)
def test_there_are_examples_of_both_kinds(rule: Detector) -> None:
    silent = sum(example.silent for example in rule.examples)
    assert len(rule.examples) >= 8
    assert silent * 2 >= len(rule.examples) - 1
    assert silent < len(rule.examples)


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_what_is_found_is_what_is_marked(rule: Detector, example: Example) -> None:
    source, target = marked(example.source), marked(example.target)
    bitext = bitext_of(source.text, target.text, example.forward, example.back, example.read)
    found = detector.run([replace(rule, glossary=example.glossary)], bitext)
    assert _places(found, "target") == list(target.spans), [f.message for f in found]
    if source.spans:
        assert _places(found, "source") == list(source.spans)
    for finding in found:
        _is_well_formed(rule, finding, source, target)


def _places(found: tuple[Finding, ...], side: str) -> list[Span]:
    return sorted({span for finding in found if (span := getattr(finding, side)) is not None})


def _is_well_formed(rule: Detector, finding: Finding, source: Marked, target: Marked) -> None:
    assert finding.rule == rule.rule
    assert 0 < finding.confidence <= 1
    assert finding.message == finding.message.strip()
    assert len(finding.message) > 15
    assert finding.source is not None or finding.target is not None
    for span, text in ((finding.source, source.text), (finding.target, target.text)):
        assert span is None or (span.length > 0 and span.end <= len(text))
    assert re.fullmatch(r"[0-9a-f]{24}", finding.fingerprint)


def test_a_general_rule_is_silent_where_another_explains_the_same_words() -> None:
    bitext = bitext_of("Le chat dort.", "The dog sleeps.")
    rules_by_name = {rule.rule: rule for rule in all_detectors()}
    general, plain = rules_by_name["meaning"], rules_by_name["untranslated"]

    def saying(rule: Detector, severity: Severity, end: int) -> Detector:
        def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
            yield detector.finding(bitext.pairs[0], message="", confidence=0.5, severity=severity, target=Span(4, end))

        return replace(rule, find=find)

    def rules(*found: Detector) -> set[str]:
        return {finding.rule for finding in detector.run(found, bitext)}

    assert general.general
    doubt = saying(general, Severity.MAJOR, 7)
    assert rules(doubt) == {"meaning"}
    assert rules(doubt, saying(plain, Severity.MAJOR, 14)) == {"untranslated"}
    assert rules(doubt, saying(plain, Severity.MINOR, 14)) == {"meaning", "untranslated"}
