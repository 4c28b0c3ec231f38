"""What is learned from: clean pairs, and nothing of the evaluation."""

from __future__ import annotations

import gzip
import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.training import templates
from tests.training.conftest import Run

LONG = (
    "Le ministre de l'Intérieur a annoncé hier soir à la télévision que la réforme serait votée avant l'été prochain."
)


@pytest.fixture
def cleaning(translator_recipe: None) -> ModuleType:
    return importlib.import_module("cleaning")


@pytest.fixture
def evaluation_lines(translator_recipe: None) -> ModuleType:
    return importlib.import_module("evaluation_lines")


def test_a_line_is_tidied(cleaning: ModuleType) -> None:
    assert cleaning.tidy("  – L’été\u00a0: «\u202foui\u202f»  ") == "L’été : « oui »"


@pytest.mark.parametrize(
    ("french", "english", "reason"),
    [
        ("Le chat dort dans la maison.", "The cat is asleep in the house.", None),
        ("Le chat dort.", "The cat that we found last week in the garden of the house is asleep again.", "proportion"),
        ("Debian GNU/Linux", "Debian GNU/Linux", "same"),
        ("Utilisez <b>%s</b> et <i>%d</i> ici.", "Use <b>%s</b> and <i>%d</i> here.", "markup"),
        ("The cat is in the house and it sleeps.", "The cat is in the house and sleeps.", "language"),
        ("Le musée a vendu 45 toiles en 2012.", "The museum sold 31 paintings in 2015.", "numbers"),
    ],
)
def test_a_pair_is_refused_with_a_reason(cleaning: ModuleType, french: str, english: str, reason: str | None) -> None:
    assert cleaning.refusal(french, english) == reason


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        (LONG, True),
        (LONG.upper().replace(",", ""), True),
        ("Selon nos informations, " + LONG[20:] + " Rien n'est moins sûr.", True),
        ("Le ministre de l'Intérieur a annoncé sa démission.", False),
        ("Une tout autre phrase, de plus de neuf mots, dont rien n'est dans les données.", False),
    ],
)
def test_an_evaluation_line_is_recognised(evaluation_lines: ModuleType, text: str, shared: bool) -> None:
    assert evaluation_lines.Forbidden([LONG, "Oui."]).in_any([text, "Oui."]) == [shared, False]


def test_every_string_of_the_records_is_read(evaluation_lines: ModuleType, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "some.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": 1, "pairs": [["Un deux.", "One\ntwo."]], "more": {"text": "Three."}}) + "\n")
    assert evaluation_lines.read(tmp_path) == ["Un deux.", "One", "two.", "Three."]


def test_without_records_nothing_is_chosen(evaluation_lines: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        evaluation_lines.read(tmp_path)


def test_the_largest_source_gives_way(translator_recipe: None) -> None:
    selection = importlib.import_module("selection")
    pairs = [selection.Pair("ab"[i % 3 == 0], 1, str(i), "") for i in range(9)]
    assert "".join(pair.french for pair in selection.thinned(pairs, 7)) == "0123456"
    assert selection.thinned(pairs, 9) == pairs


def test_nothing_of_the_evaluation_is_chosen(run: Run, tmp_path: Path) -> None:
    corpora, bench = templates.write(tmp_path, 1000, 60)
    told = run("translator/selection.py", "--corpora", corpora, "--bench", bench, "--out", tmp_path / "data")
    assert "evaluation 60" in told
    again = run("translator/selection.py", "--corpora", corpora, "--bench", bench, "--out", tmp_path / "again")
    assert told.split("\n")[:2] == again.split("\n")[:2]
    for name in ("pairs-00.tsv.xz", "held.tsv"):
        assert (tmp_path / "data" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
