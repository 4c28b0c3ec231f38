"""``tqcheck translate``: what goes in as lines comes out as lines, whoever translates."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tqcheck.cli import main

TEXTS = {"Bonjour.": "Hello.", "Ça va ?": "How are you?", "Bonjour. Ça va ?": "Hello. How are you?"}


@pytest.fixture
def recording(tmp_path: Path) -> str:
    path = tmp_path / "recording.json"
    content = {"schema": "tqcheck-recording/1", "engine": "by hand", "directions": {"fr-en": TEXTS}}
    path.write_text(json.dumps(content), "utf-8")
    return f"recorded:{path}"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "a.txt"
    path.write_text("Bonjour.\n\nÇa va ?\r\nBonjour.\n", "utf-8")
    return str(path)


def test_line_by_line(recording: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", file, "--mt", recording]) == 0
    assert capsys.readouterr().out == "Hello.\n\nHow are you?\nHello.\n"


def test_as_running_text(recording: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.txt"
    path.write_text("Bonjour.\n\nBonjour.\nÇa va ?\n", "utf-8")
    assert main(["translate", str(path), "--text", "--mt", recording]) == 0
    assert capsys.readouterr().out == "Hello.\n\nHello. How are you?\n"


def test_standard_input_and_a_file_of_output(
    recording: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Ça va ?\n".encode()), "utf-8"))
    out = tmp_path / "out.txt"
    assert main(["translate", "--mt", recording, "-o", str(out)]) == 0
    assert out.read_text("utf-8") == "How are you?\n"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--mt", "none"], "no engine is here"),
        (["--from", "fr", "--to", "fr"], "nothing to translate"),
        (["--to", "fr"], "no model from en to fr"),
        (["--beams", "0"], "--beams must be at least 1"),
        (["--mt", "nothing"], "there is no translation engine"),
    ],
)
def test_what_cannot_be_done_is_said(
    recording: str, file: str, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    given = ["translate", file, *(() if "--mt" in arguments else ("--mt", recording)), *arguments]
    assert main(given) == 2
    assert message in capsys.readouterr().err


def test_a_file_that_is_not_there(recording: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "nowhere.txt", "--mt", recording]) == 2
    assert "nowhere.txt" in capsys.readouterr().err
