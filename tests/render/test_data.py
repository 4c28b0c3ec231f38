"""The JSON forms hold what docs/report.md promises, for any text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.reports import LAW, bitext, bridge, finding, report, with_pair
from tqcheck import __version__
from tqcheck.model import PairScores, Report, Score, Span, TextScores, Token, Translation, WordScore
from tqcheck.mqm import Category, Severity
from tqcheck.render.alignment import alignment_to_json, alignment_to_vecalign
from tqcheck.render.data import to_json

TOP = ["schema", "tool", "provenance", "source", "target", "verdict", "notes", "scores", "pairs", "findings"]
PAIR = ["index", "document", "source", "target", "alignment", "moved", "quality", "mt", "scores"]
FINDING = [
    "fingerprint", "rule", "category", "severity", "confidence", "message", "pair", "source", "target", "suggestion",
    "evidence", "suppressed",
]  # fmt: skip


def strict(text: str) -> dict[str, Any]:
    """JSON as the standard has it, read from bytes: no NaN, no second value."""

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    data = json.loads(text.encode("utf-8"), parse_constant=refuse)
    assert isinstance(data, dict)
    return data


def assert_in_form(data: dict[str, Any], made_from: Report) -> None:
    """What a reader of ``tqcheck-report/1`` relies on."""
    assert list(data) == TOP
    assert data["schema"] == "tqcheck-report/1"
    assert data["tool"] == {"name": "tqcheck", "version": __version__}
    assert [type(data["verdict"][key]) for key in ("passed", "reasons")] == [bool, list]
    texts = {"source": made_from.bitext.source.text, "target": made_from.bitext.target.text}
    assert len(data["pairs"]) == len(made_from.bitext.pairs)
    for number, pair in enumerate(data["pairs"]):
        assert list(pair) == PAIR
        assert pair["index"] == number
        assert isinstance(pair["quality"], int | float)
        assert 0 <= pair["quality"] <= 1
        for side, text in texts.items():
            assert text[pair[side]["start"] : pair[side]["end"]] == pair[side]["text"]
            assert all(isinstance(sentence, int) for sentence in pair[side]["sentences"])
    for found in data["findings"]:
        assert list(found) == FINDING
        assert found["severity"] in ("neutral", "minor", "major", "critical")
        assert found["category"] in [str(category) for category in Category]
        assert found["pair"] is None or 0 <= found["pair"] < len(data["pairs"])
        for side, text in texts.items():
            place = found[side]
            if place is not None:
                assert list(place) == ["start", "end", "text", "line", "column"]
                assert text[place["start"] : place["end"]] == place["text"]
                before = text[: place["start"]]
                assert place["line"] == before.count("\n") + 1
                assert place["column"] == place["start"] - (before.rfind("\n") + 1) + 1


def test_a_first_reading_is_marked() -> None:
    plain = bitext([("Un.", "One.")])
    for engine, mark in (("opus-mt:1", {}), ("gemma:1+first-reading", {"first_reading": True})):
        read = with_pair(plain, 0, forward=Translation("One.", engine))
        assert strict(to_json(report(read)))["pairs"][0]["mt"] == {"forward": "One.", "back": None, **mark}


def test_words_stand_on_a_line_each() -> None:
    plain = bitext([("Un.", "One.")])
    assert "word_scores" not in strict(to_json(report(plain)))["pairs"][0]
    target = plain.pairs[0].target
    scored = with_pair(
        plain,
        0,
        target=replace(target, tokens=(Token(0, target.span, "One.", "one", "X", "", "", 0, ""),)),
        source_scores=TextScores((None,) * len(plain.pairs[0].source.tokens), None),
        target_scores=TextScores((WordScore(-0.004, -3.14159, 2),), WordScore(-0.1, -0.2, 1)),
    )
    text = to_json(report(scored))
    assert "\n          [0, 4, 0.0, -3.14]\n" in text
    assert strict(text)["pairs"][0]["word_scores"] == {"source": [], "target": [[0, 4, 0.0, -3.14]]}


def test_a_report_has_the_form_of_the_contract() -> None:
    made_from = bridge()
    data = strict(to_json(made_from))
    assert_in_form(data, made_from)
    assert data["source"] == {"path": "article.fr.txt", "lang": "fr"}
    assert data["verdict"] == {"passed": False, "reasons": ["1 critical and 4 major findings, at most 0 allowed"]}
    assert data["scores"][0] == {"name": "adequacy", "value": 0.8312, "signature": "use-m3"}
    first = data["findings"][0]
    assert (first["rule"], first["severity"], first["pair"]) == ("pronoun-antecedent", "major", 1)
    assert first["target"] == {"start": 90, "end": 93, "text": "She", "line": 2, "column": 61}
    assert data["findings"][2]["target"] is None
    assert [pair["moved"] for pair in data["pairs"]] == [False, False, False, False, True, False]
    assert data["pairs"][2]["target"]["text"] == ""
    assert data["pairs"][2]["alignment"] is None
    assert data["pairs"][0]["scores"] == {"chrf2": 61.25}


def test_same_report_same_bytes_and_readable_letters() -> None:
    text = to_json(bridge())
    assert text == to_json(bridge())
    assert "préfète" in text
    assert text.endswith("}\n")
    assert to_json(bridge(), indent=None).count("\n") == 1


@pytest.mark.parametrize(
    ("forward", "back", "expected"),
    [
        (None, None, None),
        (Translation("A.", "x"), None, {"forward": "A.", "back": None}),
        (Translation("A.", "x"), Translation("B.", "x"), {"forward": "A.", "back": "B."}),
    ],
)
def test_machine_translation(forward: Translation, back: Translation, expected: object) -> None:
    text = with_pair(bitext([("Un.", "One.")]), 0, forward=forward, back=back)
    assert strict(to_json(report(text)))["pairs"][0]["mt"] == expected


def test_links_on_request() -> None:
    data = strict(to_json(bridge(), links=True))
    pair = data["pairs"][1]
    source, target = bridge().bitext.source.text, bridge().bitext.target.text
    words = [(source[slice(*fr)], target[slice(*en)]) for fr, en in pair["links"]]
    assert words == [("Elle", "She"), ("durera", "last"), ("semaines", "weeks")]


def test_numbers_are_finite_or_null() -> None:
    text = bitext([("Un.", "One.")])
    scores = (Score("bleu", float("nan"), "s"), Score("ter", None, "s"), Score("chrf", 1 / 3, "s"))
    data = strict(to_json(report(text, scores=scores, qualities=[1.0000001])))
    assert [score["value"] for score in data["scores"]] == [None, None, 0.333333]
    assert data["pairs"][0]["quality"] == 1
    with pytest.raises(ValueError, match="quality of pair 0"):
        to_json(report(text, qualities=[float("nan")]))


def test_a_report_that_forgot_a_pair_is_refused() -> None:
    broken = replace(bridge(), pair_scores=(PairScores(0.5),))
    with pytest.raises(ValueError, match="shorter"):
        to_json(broken)


def test_provenance_of_any_kind_becomes_json() -> None:
    kinds = {"path": PurePosixPath("/a"), 1: (1, 2.5), "set": frozenset("ba"), "severity": Severity.MINOR, "no": None}
    data = strict(to_json(report(bitext([("a", "b")]), provenance={"kinds": kinds})))
    assert data["provenance"]["kinds"] == {
        "path": "/a", "1": [1, 2.5], "set": ["a", "b"], "severity": "minor", "no": None,
    }  # fmt: skip


def test_a_finding_about_the_whole_text_has_no_pair() -> None:
    text = bitext([("Un.", "One."), ("Deux.", "Two.")])
    made_from = report(text, [finding(text, None, "inconsistent-term", target="Two")])
    data = strict(to_json(made_from))
    assert_in_form(data, made_from)
    assert data["findings"][0]["pair"] is None


# A high surrogate right before a low one is one character in JSON; alone it must come back as it was.
SIDES = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\ud800\x1b\x9b\u202e⟦é\u2028")))


@LAW
@given(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=4), st.data())
def test_law_any_text_comes_back_with_its_places(rows: list[tuple[str, str]], draw: st.DataObject) -> None:
    text = bitext(rows)
    found = []
    for pair in text.pairs:
        start, end = sorted(draw.draw(st.integers(pair.target.span.start, pair.target.span.end)) for _ in "ab")
        found.append(replace(finding(text, pair.index, "some-rule", target=""), target=Span(start, end)))
    made_from = report(text, found)
    written = to_json(made_from)
    assert_in_form(strict(written), made_from)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", written)


def test_alignment_as_json() -> None:
    data = strict(alignment_to_json(bridge().bitext))
    assert data["schema"] == "tqcheck-alignment/1"
    assert data["beads"][1] == {"source": [1], "target": [1], "score": 0.9}
    assert data["beads"][2] == {"source": [2], "target": [], "score": None}
    assert data["beads"][4] == {"source": [4], "target": [3], "score": 0.9, "moved": True}
    for side in ("source", "target"):
        numbers = [number for bead in data["beads"] for number in bead[side]]
        assert numbers == sorted(set(numbers))
    assert strict(alignment_to_json(bitext([])))["beads"] == []


def test_alignment_as_vecalign_lines() -> None:
    text = bridge().bitext
    two = replace(text.pairs[0].source, sentences=(0, 1))
    text = with_pair(text, 0, source=two, alignment=None)
    lines = alignment_to_vecalign(text).splitlines()
    assert lines[:3] == ["[0,1]:[0]", "[1]:[1]:0.100000", "[2]:[]"]
