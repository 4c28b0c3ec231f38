"""What commands say of a hostile text beside their reports: errors with a quoted line, names of files, translations."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reliability.hostile import TEXTS
from tests.reliability.test_hostile_outputs import commands, obeyed
from tests.render.reports import LAW
from tqcheck.batch.checker import Checker
from tqcheck.cli import batch, main
from tqcheck.errors import Place, UserError
from tqcheck.escapes import as_lines, visible

texts = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
NAMED = {what: re.sub("[/\0]", "_", text)[:80] for what, text in TEXTS.items() if what != "surrogates"}
"""Texts that a file of this system can be called."""
names = pytest.mark.parametrize("name", NAMED.values(), ids=NAMED)


@texts
def test_an_error_shows_the_name_the_line_and_what_it_says(text: str) -> None:
    error = UserError(f"this is {text}", Place(f"f/{text}", 3, 2, text), f"did you mean {text}?")
    lines = str(error).splitlines()
    assert not obeyed(str(error))
    assert not commands(str(error))
    assert [line.split(" ")[0] for line in lines if line[:1] != " "] == ["error:", "hint:"]
    assert len([line for line in lines if line.startswith("  --> ")]) == 1
    assert [line for line in lines if line.startswith("   | ")][-1].endswith("^")
    assert lines[-1].startswith(("hint: ", "  "))


def test_a_quoted_line_keeps_its_letters_and_the_caret_its_place() -> None:
    error = UserError("so", Place("a", 1, 6, "« l\u2019\u00a0\x1b[2Jété\u202e » 😀"))
    assert str(error).splitlines()[3:] == ["   | « l\u2019\u00a0�[2Jété� » 😀", "   |      ^"]


@names
def test_a_file_that_is_not_there_is_named_safely(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    for command in (["check", name, "-"], ["align", name, "x"], ["translate", name], ["explain", name]):
        assert main([*command[:1], "--quiet", "--", *command[1:]]) == 2
        said = capfd.readouterr()
        assert said.err.startswith("error: ")
        assert not obeyed(said.err)
        assert not commands(said.err)


@names
def test_a_file_that_is_no_text_is_named_and_quoted_safely(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name.strip(".")
    file.write_bytes(f"Été où déjà à l’œuvre.\n{name.strip()[:40]} ".encode() + b"\xff\n")
    assert main(["check", "--no-mt", "--quiet", "--", str(file), str(file)]) == 2
    said = capfd.readouterr().err
    assert said.startswith("error: ")
    assert not obeyed(said)
    assert not commands(said)


@names
def test_arguments_that_are_wrong_are_named_safely(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    for arguments in (["check", "a", "b", name, "c"], ["check", "a", "b", f"--x={name}"], [name]):
        with pytest.raises(SystemExit, match="2"):
            main(arguments)
        said = capfd.readouterr().err
        assert not obeyed(said)
        assert not commands(said)


@texts
def test_a_translation_is_shown_in_a_terminal_and_untouched_in_a_pipe(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    line = text.encode("utf-8", "replace").decode().replace("\n", " ")
    recording = tmp_path / "recording.json"
    content = {"schema": "tqcheck-recording/1", "engine": "by hand", "directions": {"fr-en": {"Bonjour.": line}}}
    recording.write_text(json.dumps(content), "utf-8")
    file = tmp_path / "a.txt"
    file.write_text("Bonjour.\n", "utf-8")
    command = ["translate", str(file), "--mt", f"recorded:{recording}", "--quiet"]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(command) == 0
    page = capfd.readouterr().out
    assert not obeyed(page, "\t\n")
    assert not commands(page)
    out = tmp_path / "out.txt"
    assert main([*command, "-o", str(out)]) == 0
    assert out.read_bytes() == f"{line}\n".encode()


@texts
def test_lines_stay_lines_and_words_stay_words(text: str) -> None:
    page = as_lines(text)
    assert page.count("\n") == text.count("\n")
    assert not obeyed(page, "\t\n")
    assert as_lines("one ::a:: #b\n\n« été »\t2") == "one ::a:: #b\n\n« été »\t2"


@names
def test_a_folder_of_hostile_names_is_looked_at_and_its_baseline_shown(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stem = name.strip(".")[:60]
    monkeypatch.chdir(tmp_path)
    for lang in ("fr", "en"):
        (tmp_path / f"{stem}.{lang}.txt").write_text("Un mot.\n", "utf-8")
    assert main(["init"]) == 0
    entry = {
        "fingerprint": "0" * 24,
        "rule": "negation",
        "severity": "major",
        "words": name,
        "article": f"{stem}.en.txt",
    }
    (tmp_path / "b.json").write_text(json.dumps({"schema": "tqcheck-baseline/1", "findings": [entry]}), "utf-8")
    assert main(["baseline", "show", "--baseline", "b.json"]) == 0
    said = capfd.readouterr()
    for page in (said.out, said.err):
        assert not obeyed(page, "\t\n")
        assert not commands(page)


@LAW
@given(st.text(alphabet=":# [a\n\t\r\u00a0\x1b\u202e\u2028", max_size=12))
def test_no_text_at_all_gets_through(text: str) -> None:
    assert not commands(as_lines(text))
    assert not obeyed(as_lines(text), "\t\n")
    assert not commands(str(UserError(text, Place(text, 1, 1, text), text)))


@texts
def test_what_is_shown_once_is_shown_the_same_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_a_batch_says_safely_what_it_could_not_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Checker, "load", lambda self: None)  # no text gets as far as a model
    (tmp_path / "tqcheck.toml").write_text('mt = "none"\nlm = "none"\n', "utf-8")
    (tmp_path / "a.fr.txt").write_text("Un mot.\n", "utf-8")
    rows = []
    for number, name in enumerate(dict.fromkeys(name.strip() for name in NAMED.values())):
        (tmp_path / f"{number}.txt").write_bytes(f"{name.strip()[:40]} ".encode() + b"\xff\n")
        rows += [["a.fr.txt", name], [f"{number}.txt", "a.fr.txt"]]
    for some in range(0, len(rows), batch.SHOWN):
        (tmp_path / "some.jsonl").write_text(
            "".join(f"{json.dumps(row)}\n" for row in rows[some : some + batch.SHOWN]), "utf-8"
        )
        folder = str(tmp_path / f"out ##[error]{some}")
        assert main(["batch", "some.jsonl", "-o", folder, "--quiet", "--workers", "1"]) == 2
        said = capfd.readouterr()
        assert said.err.count("not checked: ") == len(rows[some : some + batch.SHOWN])
        for page in said:
            assert not obeyed(page, "\n")
            assert not commands(page)
