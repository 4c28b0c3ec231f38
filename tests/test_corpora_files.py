"""The article pairs in corpora/ are consistent: files, spans, categories. What tqcheck finds is not tested here."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tqcheck.mqm import Category, Severity

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
NAMES = sorted(path.name for path in CORPORA.iterdir() if path.is_dir())
TEXTS = ("article.fr.txt", "clean.en.txt", "article.en.txt")
FIELDS = {"id", "kind", "category", "severity", "source", "target", "fix", "note"}


def read(name: str, file: str) -> str:
    return (CORPORA / name / file).read_text(encoding="utf-8")


def expected(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(read(name, "expected.json"))
    return content


def test_there_are_at_least_four_articles() -> None:
    assert len(NAMES) >= 4
    assert {"acier", "budget", "cyclisme", "mali"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_folder_is_complete_and_plain(name: str) -> None:
    for file in (*TEXTS, "expected.json", "SOURCE.md"):
        raw = (CORPORA / name / file).read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf"), f"{file} begins with a BOM"
        assert b"\r" not in raw, f"{file} has CR line ends"
        assert raw.decode("utf-8").endswith("\n")
    for file in TEXTS:
        assert 150 <= len(read(name, file).split()) <= 600, file


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_of_the_three_texts_correspond(name: str) -> None:
    counts = {file: len(read(name, file).strip().split("\n\n")) for file in TEXTS}
    assert len(set(counts.values())) == 1, counts


@pytest.mark.parametrize("name", NAMES)
def test_expected_json_names_its_files(name: str) -> None:
    content = expected(name)
    assert content["schema"] == "tqcheck-expected/1"
    assert (content["source"], content["clean"], content["target"]) == TEXTS
    assert len(content["errors"]) >= 12
    identifiers = [error["id"] for error in content["errors"]]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("name", NAMES)
def test_every_error_is_well_formed_and_its_spans_match(name: str) -> None:
    source, target = read(name, "article.fr.txt"), read(name, "article.en.txt")
    for error in expected(name)["errors"]:
        assert set(error) == FIELDS, error["id"]
        category = Category(error["category"])
        Severity(error["severity"])
        assert error["note"].endswith("."), error["id"]
        for span, text in ((error["source"], source), (error["target"], target)):
            if span is not None:
                assert span["text"], error["id"]
                assert text[span["start"] : span["end"]] == span["text"], error["id"]
        assert (error["target"] is None) == (category is Category.OMISSION), error["id"]
        if category is Category.ADDITION:
            assert error["source"] is None
            assert error["fix"] == ""


@pytest.mark.parametrize("name", NAMES)
def test_target_spans_do_not_overlap_and_stand_only_in_the_flawed_text(name: str) -> None:
    spans = sorted(
        (error["target"]["start"], error["target"]["end"]) for error in expected(name)["errors"] if error["target"]
    )
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    flawed, clean = read(name, "article.en.txt"), read(name, "clean.en.txt")
    for start, end in spans:
        around = flawed[max(0, start - 12) : end + 12]
        assert around not in clean, around


@pytest.mark.parametrize("name", NAMES)
def test_what_is_omitted_is_in_the_clean_translation(name: str) -> None:
    clean, flawed = read(name, "clean.en.txt"), read(name, "article.en.txt")
    for error in expected(name)["errors"]:
        if error["target"] is not None:
            continue
        assert error["fix"] in clean, error["id"]
        assert error["fix"] not in flawed, error["id"]


def test_there_are_omissions() -> None:
    assert sum(error["target"] is None for name in NAMES for error in expected(name)["errors"]) >= 5


def test_the_two_flaws_that_started_the_project_are_there() -> None:
    flawed = read("mali", "article.en.txt")
    assert "three soldiers of the 1st Jägerregiment" in flawed
    assert "But she also intervenes in a tense context" in flawed
    found = {error["target"]["text"] for error in expected("mali")["errors"] if error["target"]}
    assert {"Jägerregiment", "she", "intervenes"} <= found
