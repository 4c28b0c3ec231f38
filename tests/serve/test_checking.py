"""With the real models: the service says what the command says, and asks nothing of the network."""

from __future__ import annotations

import argparse
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.serve.test_openapi import SCHEMA
from tqcheck.cli import main
from tqcheck.cli.serve import prepare
from tqcheck.serve.task import Check, Task

MUSEUM = Path(__file__).parent.parent.parent / "corpora" / "musee"
NAMES = {"source": "article.fr.txt", "target": "article.en.txt"}


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """As a worker makes it, on a machine where every connection is an error."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _no_network)
        patch.setattr(socket.socket, "connect_ex", _no_network)
        patch.setattr(socket, "getaddrinfo", _no_network)
        return prepare(options(folder))


def options(folder: Path, **others: object) -> argparse.Namespace:
    plain: dict[str, Any] = {
        "mt": None, "no_mt": True, "lm": "none", "lm_share": None, "only": None, "disable": None, "glossary": None,
        "fail_on": None, "config": None, "cache_dir": folder, "seconds": 60.0, "quiet": True,
    }  # fmt: skip
    return argparse.Namespace(**{**plain, **others})


def _no_network(*given: object, **named: object) -> None:
    raise AssertionError("the network was asked for")


def task(source: str, target: str, seconds: float = 60.0) -> Task:
    return Task(source, target, NAMES["source"], NAMES["target"], seconds)


@pytest.mark.slow
def test_the_report_is_the_one_of_the_command(check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(MUSEUM)
    french, english = ((MUSEUM / name).read_text("utf-8") for name in NAMES.values())
    answer = check(task(french, english))
    file = tmp_path / "report.json"
    command = ["check", *NAMES.values(), "--no-mt", "--lm", "none", "--format", "json", "-o", str(file)]
    assert main([*command, "--no-cache", "--cache-dir", str(tmp_path)]) in (0, 1)
    assert answer.status == 200
    assert json.loads(answer.body) == json.loads(file.read_text("utf-8"))
    assert json.loads(answer.body)["findings"]


@pytest.mark.slow
def test_the_report_keeps_to_its_schema_and_its_places_are_those_of_the_texts_posted(check: Check) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    source = "Un titre\r\n\r\nLa mairie a annoncé 😀 que les travaux dureront\u00a012 semaines.\r\n"
    target = "A title\n\nThe town hall announced 😀 that the work will take 13 weeks.\n"
    report = json.loads(check(task(source, target)).body)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(report)
    wrong = next(finding for finding in report["findings"] if finding["rule"] == "number-mismatch")
    start, end = wrong["target"]["start"], wrong["target"]["end"]
    assert target[start:end].startswith("13")
    assert (wrong["target"]["line"], wrong["source"]["line"]) == (3, 3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "target", "words", "place"),
    [
        ("", "It rains.", "no text in it", "article.fr.txt"),
        ("Il pleut.", " \n\t\u200b", "no text in it", "article.en.txt"),
        ("Il pleut \ud83d ici.", "It rains.", "not text", "article.fr.txt"),
        ("Il pleut.", "It \x00\x00\x00\x00\x00rains.", "binary", "article.en.txt"),
        ("%PDF-1.7", "It rains.", "PDF", "article.fr.txt"),
    ],
)
def test_texts_that_cannot_be_checked(check: Check, source: str, target: str, words: str, place: str) -> None:
    answer = check(task(source, target))
    told = json.loads(answer.body)["error"]
    assert answer.status == 422
    assert words in told["message"]
    assert told["place"]["path"] == place


@pytest.mark.slow
def test_texts_that_are_swapped(check: Check) -> None:
    french, english = ((MUSEUM / name).read_text("utf-8") for name in NAMES.values())
    answer = check(task(english, french))
    assert answer.status == 422
    assert json.loads(answer.body)["error"]["message"].startswith("swapped: ")


@pytest.mark.slow
def test_the_time_is_kept_and_the_next_check_is_whole(check: Check) -> None:
    french, english = ((MUSEUM / name).read_text("utf-8") for name in NAMES.values())
    late = check(task(french, english, seconds=0.001))
    assert late.status == 504
    assert "60 s" in json.loads(late.body)["error"]["message"]
    assert check(task("Il pleut à Lyon.", "It rains in Lyon.")).status == 200


@pytest.mark.slow
def test_a_fault_of_ours_is_told_in_the_log_and_the_worker_goes_on(
    check: Check, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tqcheck import pipeline

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "check_documents", _secret)
        answer = check(task("Il pleut.", "It rains."))
    assert answer.status == 500
    assert b"secret" not in answer.body
    assert "RuntimeError: secret" in capsys.readouterr().err
    assert check(task("Il pleut à Lyon.", "It rains in Lyon.")).status == 200


def _secret(*given: object) -> None:
    raise RuntimeError("secret")


def test_a_model_that_is_not_here_is_not_fetched(tmp_path: Path) -> None:
    from tqcheck.errors import UserError

    with pytest.raises(UserError, match="fetches nothing"):
        prepare(options(tmp_path, lm="someone/some-model"))
