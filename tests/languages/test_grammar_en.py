"""Plain faults of grammar, and what looks like one."""

from __future__ import annotations

import pytest

from tqcheck.languages.grammar_en import faults


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("He did not went home.", "did not went"),
        ("They has left.", "They has"),
        ("She has went home.", "has went"),
        ("He should was here.", "should was"),
        ("It was been said.", "was been"),
        ("It rained, and because him was late, we left.", "him"),
        ("They left with she.", "with she"),
        ("The of the sitting was late.", "The of"),
        ("An car and a hour.", "An"),
        ("It is an university.", "an"),
    ],
)
def test_a_fault_is_found_on_its_words(text: str, wrong: str) -> None:
    assert wrong in {text[fault.start : fault.end] for fault in faults(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Did he have it, and does it have to be so?",
        "He had had it, and what it is is known.",
        "The then president met the in-house team.",
        "She spoke with he who knows.",
        "A one-off, a European, a union, a user, an hour, an heir, an honest man, an NHS nurse, an MP.",
        "Those who fought for it were the ones we met.",
        "An unimpeded view and an unintended slip.",
        "The man has been to the sea.",
    ],
)
def test_good_english_has_no_fault(text: str) -> None:
    assert not list(faults(text)), [text[fault.start : fault.end] for fault in faults(text)]
