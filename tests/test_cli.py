"""The command as a user meets it: exit statuses, what goes where, and a clear word for every wrong input."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tqcheck import __version__
from tqcheck.cli import environment, main

FRENCH = "Le ministre a présenté mardi à Paris un projet de loi sur le logement. Il sera examiné au printemps.\n"
ENGLISH = "The minister presented a housing bill in Paris on Tuesday. It will be examined in the spring.\n"
FLAWED = "The minister presented a housing bill in Paris on on Tuesday. It will be examined in the spring.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TQCHECK_CACHE_DIR", str(tmp_path / "cache"))
    # Where the extra lm is installed its model would be prepared, in this empty cache.
    Path("tqcheck.toml").write_text('lm = "none"\n', "utf-8")
    Path("a.fr.txt").write_text(FRENCH, "utf-8")
    Path("a.en.txt").write_text(ENGLISH, "utf-8")
    Path("bad.en.txt").write_text(FLAWED, "utf-8")
    return tmp_path


def run(*arguments: str) -> int:
    return int(main([*arguments]))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The message of a run that must end with status 2 and print nothing else."""
    assert run(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert "Traceback" not in err
    return err


def test_a_good_translation_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "a.fr.txt", "a.en.txt", "--no-mt") == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "\x1b" not in out


def test_the_gate_fails_on_the_severity_that_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "a.fr.txt", "bad.en.txt", "--no-mt", "--fail-on", "minor") == 1
    assert "doubled-word" in capsys.readouterr().out
    assert run("check", "a.fr.txt", "bad.en.txt", "--no-mt", "--fail-on", "never") == 0
    assert run("check", "a.fr.txt", "bad.en.txt", "--no-mt", "--disable", "doubled-word", "--fail-on", "minor") == 0


def test_json_is_the_report_and_nothing_else(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("check", "a.fr.txt", "bad.en.txt", "--no-mt", "--format", "json", "--fail-on", "minor") == 1
    report = json.loads(capfdbinary.readouterr().out)
    assert report["schema"] == "tqcheck-report/1"
    assert report["tool"] == {"name": "tqcheck", "version": __version__}
    doubled = [f for f in report["findings"] if f["rule"] == "doubled-word"]
    assert len(doubled) == 1
    place = doubled[0]["target"]
    assert FLAWED[place["start"] : place["end"]] == place["text"]
    assert len(report["pairs"]) == 2


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    for name in ("one.json", "two.json"):
        run("check", "a.fr.txt", "bad.en.txt", "--no-mt", "--format", "json", "-o", name)
    assert Path("one.json").read_bytes() == Path("two.json").read_bytes()


def test_pairs_come_back_as_they_were_given(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = [("Il a 12 ans.", "He is 12 years old."), ("Oui.", ""), ("", "No."), ("Un\u00a0mot\u202f!", "A  word!")]
    Path("p.tsv").write_text(
        "".join(f"{fr}\t{en}\n" for fr, en in rows[:2]) + "\n" + "".join(f"{fr}\t{en}\n" for fr, en in rows[2:]),
        "utf-8",
    )
    run("check", "--pairs", "p.tsv", "--no-mt", "--format", "json")
    report = json.loads(capfdbinary.readouterr().out)
    assert [(p["source"]["text"], p["target"]["text"]) for p in report["pairs"]] == rows
    assert [p["document"] for p in report["pairs"]] == [0, 0, 1, 1]
    assert all(0 <= p["quality"] <= 1 for p in report["pairs"])


def test_align_prints_a_table_json_and_vecalign_lines(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("align", "a.fr.txt", "a.en.txt", "--format", "json") == 0
    beads = json.loads(capfdbinary.readouterr().out)["beads"]
    assert [(b["source"], b["target"]) for b in beads] == [([0], [0]), ([1], [1])]
    assert run("align", "a.fr.txt", "a.en.txt", "--format", "vecalign") == 0
    assert capfdbinary.readouterr().out.startswith(b"[0]:[0]:0.")
    assert run("align", "a.fr.txt", "a.en.txt") == 0
    assert "ministre" in capfdbinary.readouterr().out.decode()


def test_a_text_may_come_from_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped(io.TextIOWrapper):
        def isatty(self) -> bool:
            return False

    monkeypatch.setattr("sys.stdin", Piped(io.BytesIO(FRENCH.encode())))
    assert run("check", "-", "a.en.txt", "--no-mt", "--quiet") == 0


def test_an_output_file_is_written_whole_or_not_at_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "a.fr.txt", "a.en.txt", "--no-mt", "-o", "report.txt") == 0
    assert capsys.readouterr().out == ""
    assert Path("report.txt").read_text("utf-8").strip()
    before = sorted(p.name for p in folder.iterdir())
    assert "folder" in refused(capsys, "check", "a.fr.txt", "a.en.txt", "--no-mt", "-o", "none/report.txt")
    assert sorted(p.name for p in folder.iterdir()) == before


def test_wrong_files_are_refused_with_a_hint(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.txt").write_bytes(b"")
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    Path("mostly.fr.txt").write_bytes(FRENCH.encode() * 3 + b"caf\xff\xfe\x00\n")
    assert "gone.txt" in refused(capsys, "check", "gone.txt", "a.en.txt")
    assert "directory" in refused(capsys, "check", str(folder), "a.en.txt")
    assert "empty.txt" in refused(capsys, "check", "a.fr.txt", "empty.txt")
    assert "picture.txt" in refused(capsys, "check", "picture.txt", "a.en.txt")
    assert "mostly.fr.txt:4" in refused(capsys, "check", "mostly.fr.txt", "a.en.txt")
    assert "hint:" in refused(capsys, "check", "a.fr.txt")


def test_wrong_languages_are_refused_with_a_hint(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "swapped" in refused(capsys, "check", "a.en.txt", "a.fr.txt")
    assert "both" in refused(capsys, "check", "a.fr.txt", "a.fr.txt")
    assert "hint:" in refused(capsys, "check", "a.en.txt", "a.en.txt")


def test_wrong_settings_are_refused_with_a_near_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "negation" in refused(capsys, "check", "a.fr.txt", "a.en.txt", "--only", "negatoin")
    Path("tqcheck.toml").write_text('fail-one = "minor"\n', "utf-8")
    message = refused(capsys, "check", "a.fr.txt", "a.en.txt")
    assert "tqcheck.toml:1:1" in message
    assert "fail-on" in message
    Path("broken.toml").write_text("mt = \n", "utf-8")
    assert "broken.toml:1" in refused(capsys, "check", "a.fr.txt", "a.en.txt", "--config", "broken.toml")
    assert "nowhere.toml" in refused(capsys, "check", "a.fr.txt", "a.en.txt", "--config", "nowhere.toml")
    Path("tqcheck.toml").unlink()
    assert "opus-mt" in refused(capsys, "check", "a.fr.txt", "a.en.txt", "--mt", "opus")


def test_wrong_pairs_are_refused_with_their_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("p.tsv").write_text("Oui.\tYes.\nUn\tdeux\ttrois\n", "utf-8")
    assert "p.tsv:2" in refused(capsys, "check", "--pairs", "p.tsv")
    assert "hint:" in refused(capsys, "check", "a.fr.txt", "a.en.txt", "--pairs", "p.tsv")


def test_a_file_of_50_megabytes_is_told_the_limit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("big.fr.txt").write_text(FRENCH * (50_000_000 // len(FRENCH)), "utf-8")
    assert "MB" in refused(capsys, "check", "big.fr.txt", "a.en.txt")


def test_an_unknown_rule_is_told_a_near_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean negation" in refused(capsys, "explain", "negaton")
    assert run("explain", "negation") == 0
    assert "Why it matters" in capsys.readouterr().out
    assert run("detectors") == 0
    assert "pronoun-antecedent" in capsys.readouterr().out


def test_the_doctor_and_the_cache_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor") == 0
    assert "fr-core-news-md" in capsys.readouterr().out
    assert run("cache", "info") == 0
    assert str(folder) in capsys.readouterr().out
    assert run("cache", "clear") == 0


def test_a_fault_of_ours_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr("tqcheck.pipeline.check_documents", fails)
    assert run("check", "a.fr.txt", "a.en.txt", "--no-mt") == 3
    err = capsys.readouterr().err
    assert "broken inside" in err
    assert "report" in err


def test_interrupted_runs_end_with_130(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tqcheck.pipeline.check_documents", stops)
    assert run("check", "a.fr.txt", "a.en.txt", "--no-mt", "-o", "report.txt") == 130
    assert not Path("report.txt").exists()


def test_the_command_is_installed_and_a_reader_may_leave_early() -> None:
    done = subprocess.run(
        f"{sys.executable} -m tqcheck detectors | head -n 1", shell=True, capture_output=True, text=True, check=True
    )
    assert done.stdout
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    ("variable", "shown"), [(None, True), ("", True), ("false", True), ("true", False), ("1", False)]
)
def test_there_is_no_bar_in_the_log_of_a_ci_server(
    variable: str | None, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of them give a job a terminal; what a bar leaves behind would hide a command in the next line."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.delenv("CI", raising=False)
    if variable is not None:
        monkeypatch.setenv("CI", variable)
    assert environment.watched() is shown
