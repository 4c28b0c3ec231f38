"""The command: each pair once, through kills, Ctrl-C, bad files and changes; the same reports as ``tqcheck check``."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch import quick
from tqcheck import desk
from tqcheck.batch import local
from tqcheck.batch.checker import Checker
from tqcheck.cli import main

SETTINGS = 'mt = "none"\nlm = "none"\n'
Output = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TQCHECK_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "tqcheck.toml").write_text(SETTINGS, "utf-8")
    return tmp_path


@pytest.fixture
def quickly(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Here, with checks that need no models."""
    monkeypatch.setattr(desk, "check_texts", desk.check_texts)
    monkeypatch.setattr(Checker, "load", Checker.load)
    quick.check(0.0)
    return here


def batch(*arguments: str, workers: int = 2) -> int:
    return int(main(["batch", "list.tsv", "-o", "out", "--workers", str(workers), "--quiet", *arguments]))


def table(folder: Path) -> dict[str, dict[str, str]]:
    """The summary by the name of the translation."""
    rows = list(csv.DictReader(io.StringIO((folder / "summary.csv").read_text("utf-8"))))
    return {row["english"]: row for row in rows}


def written(folder: Path) -> dict[str, int]:
    """When each record was written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "records").glob("*.json")}


def test_a_report_is_the_one_of_check_and_nothing_is_done_twice(here: Path, capsys: Output) -> None:
    texts = {
        "1": ("Le ministre a présenté un projet de loi.", "The minister presented a bill."),
        "2": ("Le ministre a présenté un projet.", "The minister presented a a project."),
    }
    for name, both in texts.items():
        for side, text in zip(("fr", "en"), both, strict=True):
            Path(f"{name}.{side}.txt").write_text(f"{text}\n", "utf-8")
    Path("list.tsv").write_text("1.fr.txt\t1.en.txt\n2.fr.txt\t2.en.txt\n", "utf-8")
    assert batch("--fail-on", "minor") == 1
    assert capsys.readouterr().out == "FAILED  2 pairs: 1 passed, 1 failed. out\n"
    rows = table(Path("out"))
    assert [row["state"] for row in rows.values()] == ["passed", "failed"]
    for name, row in rows.items():
        arguments = [row["french"], name, "--fail-on", "minor", "--no-cache", "--quiet"]
        for form, file in (("json", row["report"]), ("html", row["page"])):
            main(["check", *arguments, "--format", form, "-o", f"alone.{form}"])
            assert Path(f"alone.{form}").read_bytes() == (Path("out") / file).read_bytes()
    before = written(Path("out"))
    assert batch("--fail-on", "minor") == 1
    assert "2 of all were finished before" in capsys.readouterr().out
    assert written(Path("out")) == before
    assert batch() == 0, "another limit is another verdict"
    assert all(written(Path("out"))[name] > when for name, when in before.items())


def test_what_has_changed_is_done_again_and_nothing_else(quickly: Path) -> None:
    quick.pairs(quickly, 4)
    assert batch() == 0
    before = written(Path("out"))
    Path("2.en.txt").write_text("Another text\n", "utf-8")
    (Path("out") / table(Path("out"))["3.en.txt"]["report"]).unlink()
    assert batch() == 0
    after = written(Path("out"))
    assert {name[0] for name in after if after[name] != before[name]} == {"2", "3"}
    assert "Another text" in (Path("out") / table(Path("out"))["2.en.txt"]["report"]).read_text("utf-8")
    assert batch("--pages", "none") == 0
    assert written(Path("out")) == after, "a page more than was asked for is no reason"


def test_bad_files_are_listed_with_their_reasons_and_tried_at_the_next_run(quickly: Path, capsys: Output) -> None:
    quick.pairs(quickly, 5)
    Path("2.en.txt").unlink()
    Path("3.en.txt").write_text("FAULT", "utf-8")
    Path("4.en.txt").write_text("KILL", "utf-8")
    with Path("list.tsv").open("a", encoding="utf-8") as file:
        file.write("nonsense\n1.fr.txt\t1.en.txt\n")
    assert batch() == 2, "what could not be checked is an error, whatever the others say"
    out, err = capsys.readouterr()
    assert out == "FAILED  6 pairs: 2 passed, 0 failed, 4 could not be checked, 1 repeated in the list. out\n"
    assert "a fault of tqcheck, to be reported with its lines in failures.jsonl:\n  ZeroDivisionError" in err
    failures = [json.loads(line) for line in (Path("out") / "failures.jsonl").read_text("utf-8").splitlines()]
    kinds = {failure["number"]: failure["kind"] for failure in failures}
    assert kinds == {2: "input", 3: "fault", 4: "killed", 6: "input"}
    assert "there is no such file" in failures[0]["reason"]
    assert "Traceback" in failures[1]["reason"]
    for number in "234":
        Path(f"{number}.en.txt").write_text("Mended", "utf-8")
    before = written(Path("out"))
    assert batch() == 2, "the line is still wrong"
    assert {name[0] for name in set(written(Path("out"))) - set(before)} == {"2", "3", "4"}
    assert written(Path("out")).items() >= before.items()


def test_results_go_to_a_filesystem_by_its_url(quickly: Path, capsys: Output) -> None:
    pytest.importorskip("fsspec", reason='no filesystems by URL: pip install ".[cluster]"')
    quick.pairs(quickly, 5)
    address = f"local://{quickly}"
    for kept in ("", ", 5 of all were finished before"):
        assert main(["batch", f"{address}/list.tsv", "-o", f"{address}/out", "--quiet", "--workers", "2"]) == 0
        assert capsys.readouterr().out == f"PASSED  5 pairs: 5 passed, 0 failed{kept}. {address}/out\n"
    assert list(table(Path("out"))) == [f"{address}/{number}.en.txt" for number in range(1, 6)]
    nothing_is_half_written(Path("out"))


def test_a_list_that_is_empty_and_flags_that_make_no_sense(here: Path, capsys: Output) -> None:
    Path("list.tsv").write_text("# nothing\n", "utf-8")
    assert batch() == 2
    assert "names no pair" in capsys.readouterr().err
    assert main(["batch", "list.tsv"]) == 2
    assert "-o DIR" in capsys.readouterr().err
    assert batch("--address", "auto") == 2
    assert batch(workers=0) == 2


def test_the_pairs_of_the_settings(quickly: Path) -> None:
    quick.pairs(quickly, 2)
    Path("tqcheck.toml").write_text(f'{SETTINGS}[[pairs]]\nfrench = "*.fr.txt"\nenglish = "*.en.txt"\n', "utf-8")
    assert main(["batch", "-o", "out", "--quiet", "--workers", "1"]) == 0
    assert list(table(Path("out"))) == ["1.en.txt", "2.en.txt"]


def test_without_ray_the_engine_says_what_to_install(
    quickly: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.pairs(quickly, 1)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert batch("--engine", "ray") == 2
    assert 'pip install "tqcheck[cluster]"' in capsys.readouterr().err


# ----------------------------------------------------------------------------------------- from outside, with signals


def start(seconds: float, *arguments: str) -> subprocess.Popen[str]:
    """The command with quick checks, in a group of processes of its own."""
    command = [sys.executable, "-m", "tests.batch.quick", str(seconds), "batch", "list.tsv", "-o", "out"]
    path = os.pathsep.join(filter(None, (str(quick.ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [*command, "--workers", "2", *arguments],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(count: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while len(written(Path("out"))) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def nothing_is_half_written(folder: Path) -> None:
    """Every record is whole, and so are the files that it names."""
    for path in (folder / "records").glob("*.json"):
        row = json.loads(path.read_text("utf-8"))
        assert json.loads((folder / row["report"]).read_text("utf-8"))["schema"] == "tqcheck-report/1"
        assert (folder / row["page"]).read_text("utf-8").rstrip().endswith("</html>")
    for path in (folder / "reports").glob("[!.]*"):
        json.loads(path.read_text("utf-8"))


@pytest.mark.skipif(not local.SHARES, reason="processes are not forked here")
@pytest.mark.parametrize("whole", [True, False], ids=["all processes", "the first process alone"])
def test_a_run_that_was_killed_is_gone_on_with(here: Path, whole: bool) -> None:
    quick.pairs(here, 30)
    process = start(0.15)
    wait_for(5, process)
    os.killpg(process.pid, signal.SIGKILL) if whole else process.kill()
    process.wait()
    time.sleep(0.0 if whole else 1.0)  # those that are alone now finish what they are at, and end
    nothing_is_half_written(Path("out"))
    before = written(Path("out"))
    assert 5 <= len(before) < 30
    second = start(0.0)
    out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert out == f"PASSED  30 pairs: 30 passed, 0 failed, {len(before)} of all were finished before. out\n"
    assert written(Path("out")).items() >= before.items(), "what was finished is not done again"
    assert len(written(Path("out"))) == len(list(Path("out/reports").glob("[!.]*"))) == len(table(Path("out"))) == 30


@pytest.mark.skipif(not local.SHARES, reason="processes are not forked here")
def test_ctrl_c_ends_with_130_and_nothing_half_written(here: Path) -> None:
    quick.pairs(here, 30)
    process = start(0.15)
    wait_for(4, process)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "of 30 pairs are finished; the same command does the rest" in err
    assert "Traceback" not in err
    nothing_is_half_written(Path("out"))
    assert not list(Path("out").rglob(".*"))
    assert not (Path("out") / "summary.csv").exists()


def test_results_that_cannot_be_written_end_the_run(quickly: Path, capsys: Output) -> None:
    quick.pairs(quickly, 3)
    Path("out").write_text("a file in the way", "utf-8")
    assert batch() == 2
    assert "the results cannot be written" in capsys.readouterr().err
