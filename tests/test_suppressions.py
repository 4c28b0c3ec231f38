"""Findings that do not count: comments in the texts, entries with an end date, and what is said of those that fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.render.reports import bitext, finding, report
from tqcheck import gate, suppressions
from tqcheck.model import Bitext, Document, Report, Span
from tqcheck.mqm import Severity
from tqcheck.readers.markdown import structure
from tqcheck.suppressions import Ignore

RULES = frozenset({"false-friend", "negation", "omission"})
TODAY = date(2026, 11, 22)


def read(text: str, lang: str) -> tuple[str, tuple[object, ...]]:
    found = structure(text)
    return found.text, found


def made(french: str, english: str, rule: str = "false-friend") -> Report:
    """A report on two Markdown texts of which "actually" is found, for « actuellement »."""
    documents = []
    for text, lang in ((french, "fr"), (english, "en")):
        found = structure(text)
        path = f"a.{lang}.md"
        documents.append(Document(path, lang, found.text, blocks=found.blocks, comments=found.comments))
    plain = bitext([("actuellement", "actually")])
    source, target = documents
    start = source.text.index("actuellement"), target.text.index("actually")
    pair = replace(
        plain.pairs[0],
        source=replace(plain.pairs[0].source, span=Span(start[0], start[0] + 12)),
        target=replace(plain.pairs[0].target, span=Span(start[1], start[1] + 8)),
    )
    whole = Bitext(source, target, (pair,))
    one = replace(finding(plain, 0, rule), source=pair.source.span, target=pair.target.span, fingerprint="f1")
    return report(whole, [one])


def named(french: str, english: str, rule: str = "false-friend") -> tuple[dict[str, str], tuple[str, ...]]:
    found = suppressions.comments(RULES)(made(french, english, rule))
    return {key: why.reason for key, why in found.by_fingerprint.items()}, found.notes


FRENCH = "Bonjour.\n\nIl dort actuellement.\n"
NOTE = "<!-- tqcheck: ignore false-friend: the minister said so -->"


@pytest.mark.parametrize(
    "english",
    [
        f"Hello.\n\n{NOTE}\nHe actually sleeps.\n",
        f"Hello.\n\n{NOTE}\n\nHe actually sleeps.\n",
        f"Hello.\n\nHe actually sleeps. {NOTE}\n",
        f"Hello.\n\n{NOTE} He actually sleeps.\n",
        "Hello.\n\n<!--TQCHECK:ignore negation, false-friend — the minister said so-->\nHe actually sleeps.\n",
    ],
)
def test_a_comment_covers_its_paragraph_or_the_next(english: str) -> None:
    assert named(FRENCH, english) == ({"f1": "the minister said so"}, ())


def test_a_comment_in_the_original_counts_too() -> None:
    assert named(f"Bonjour.\n\n{NOTE}\nIl dort actuellement.\n", "Hello.\n\nHe actually sleeps.\n")[0] == {
        "f1": "the minister said so"
    }


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (f"{NOTE}\nHello.\n\nHe actually sleeps.\n", "a.en.md:1: nothing here to ignore for false-friend"),
        (f"He actually sleeps.\n\n{NOTE}\n", "a.en.md:3: nothing here to ignore for false-friend"),
        ("<!-- tqcheck: ignore false-friend -->\nHe actually sleeps.\n", "write tqcheck: ignore RULE: reason"),
        ("<!-- tqcheck: skip false-friend: so -->\nHe actually sleeps.\n", "write tqcheck: ignore RULE: reason"),
        ("<!-- tqcheck: ignore false-freind: so -->\nHe actually sleeps.\n", "there is no rule false-freind"),
    ],
)
def test_a_comment_that_ignores_nothing_is_told(english: str, said: str) -> None:
    found, notes = named(FRENCH, english)
    assert found == {}
    assert len(notes) == 1
    assert said in notes[0]


def test_other_comments_are_nobodys_business() -> None:
    assert named(FRENCH, "<!-- TODO: tqcheck this -->\nHe actually sleeps.\n") == ({}, ())


def test_words_that_are_no_comment_are_told() -> None:
    found, notes = named(FRENCH, f"Hello.\n\n{NOTE[4:-3]}\n\nHe actually sleeps.\n")
    assert found == {}
    assert notes[0].startswith("a.en.md:3: this is a part of the text and no comment")


def entry(**fields: object) -> Ignore:
    return Ignore(**{"reason": "so", "until": TODAY, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ignore", "fits"),
    [
        (entry(rule="false-friend"), True),
        (entry(rule="negation"), False),
        (entry(words="ACTUALLY"), True),
        (entry(words="actuellement", rule="false-friend"), True),
        (entry(words="eventually"), False),
        (entry(fingerprint="f1"), True),
        (entry(fingerprint="f2"), False),
        (entry(rule="false-friend", path="sport"), True),
        (entry(rule="false-friend", path="sport/*.md"), True),
        (entry(rule="false-friend", path="spor"), False),
        (entry(rule="false-friend", until=date(2026, 11, 21)), False),
    ],
)
def test_an_entry_fits_all_that_it_gives_until_its_day(ignore: Ignore, fits: bool) -> None:
    one = made(FRENCH, "He actually sleeps.\n")
    found = suppressions.entries([ignore], TODAY, "sport/a.en.md")(one).by_fingerprint
    assert (set(found) == {"f1"}) is fits
    if fits:
        assert found["f1"].kind == "ignored"
        assert found["f1"].reason == "so (until 2026-11-22)"


def test_an_entry_whose_day_is_over_is_told() -> None:
    over = entry(rule="negation", until=date(2026, 11, 21), place="tqcheck.toml:3:3")
    assert list(suppressions.ended([over, entry(rule="omission")], TODAY)) == [
        "the ignore entry for negation at tqcheck.toml:3:3 ended on 2026-11-21: what it covered counts again"
    ]


def test_what_does_not_count_does_not_fail_and_is_still_there() -> None:
    one = made(FRENCH, f"{NOTE}\nHe actually sleeps.\n")
    assert not gate.settle(one, gate.limits(Severity.MAJOR)).verdict.passed
    settled = gate.settle(suppressions.apply(one, [suppressions.comments(RULES)]), gate.limits(Severity.MAJOR))
    assert settled.verdict.passed
    assert settled.findings == one.findings
    assert settled.counted == ()


def test_the_first_to_name_a_finding_says_why() -> None:
    one = made(FRENCH, f"{NOTE}\nHe actually sleeps.\n")
    keepers = [suppressions.comments(RULES), suppressions.entries([entry(rule="false-friend")], TODAY, "a")]
    assert suppressions.apply(one, keepers).suppressions["f1"].kind == "inline"
    assert suppressions.apply(one, keepers[::-1]).suppressions["f1"].kind == "ignored"
