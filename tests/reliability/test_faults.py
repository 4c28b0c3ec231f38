"""What goes wrong around the program: full disks, read-only folders, kills, Ctrl-C, no home, no locale, wrong clocks.

Real processes where it takes one; most of them run a command that loads no model.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.articles import FINDING, FRENCH, lay
from tqcheck.cli import environment
from tqcheck.errors import UserError
from tqcheck.render.output import write_whole

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="faults are made with Linux's means")

TQCHECK = (sys.executable, "-m", "tqcheck")
EXPLAIN = (*TQCHECK, "explain", "negation")
FULL = Path("/dev/full")
"""A device on which no byte has room."""


def run(
    *command: str, environment: Mapping[str, str] | None = None, limit: int | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """A process to its end. ``limit``: bytes that it may write to a file, as on a disk with as much room."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    env = None if environment is None else {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=env, preexec_fn=limited, cwd=cwd, check=False
    )


def refused(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------------------------------------------------ full disk


def test_a_report_for_which_there_is_no_room_leaves_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "report.txt"
    old.write_text("old", "utf-8")
    refused(run(*EXPLAIN, "-o", str(old), limit=100), "cannot write the report: file too large")
    assert old.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_full_device_is_told() -> None:
    refused(run(*EXPLAIN, "-o", str(FULL)), "no space left on device")


def test_standard_output_without_room_is_no_fault_of_ours() -> None:
    with FULL.open("w") as full:
        done = subprocess.run(EXPLAIN, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: cannot write the report: no space left on device",
        "  --> standard output",
    ]


def test_closed_standard_streams_are_no_fault_of_ours() -> None:
    for closed in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
        done = subprocess.run(["sh", "-c", f'exec "$@" {closed}', "sh", *EXPLAIN], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


# ---------------------------------------------------------------------------------------------------- read-only folders


def as_nobody(work: Callable[[], None]) -> int:
    """The exit status of a copy of this process that may write nothing of ours: root may write anywhere."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(65534, 65534, 65534)
                os.setresuid(65534, 65534, 65534)
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_read_only_folder_is_told_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "old.txt").write_text("old", "utf-8")
    for path in (tmp_path, *tmp_path.parents):  # its way is open to anybody, as /tmp is
        if path.owner() == Path.home().owner() and path != Path("/"):
            path.chmod(path.stat().st_mode | stat.S_IXOTH | stat.S_IXGRP)
    folder.chmod(0o555)

    def attempt() -> None:
        os.chdir(folder)
        for name in ("new.txt", "old.txt"):
            with pytest.raises(UserError, match="no permission"):
                write_whole(name, "new")

    assert as_nobody(attempt) == 0
    assert [(path.name, path.read_text("utf-8")) for path in folder.iterdir()] == [("old.txt", "old")]


# ----------------------------------------------------------------------------------------------------- kills and Ctrl-C

WRITER = """
import sys
from tqcheck.render.output import write_whole
texts = [letter * 4_000_000 for letter in "ab"]
write_whole(sys.argv[1], texts[0])
print("ready", flush=True)
while True:
    for text in texts:
        write_whole(sys.argv[1], text)
"""


@pytest.mark.parametrize("wait", [0.05, 0.13])
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_report_is_whole_whenever_its_writer_dies(tmp_path: Path, wait: float, sign: signal.Signals) -> None:
    report = tmp_path / "report.txt"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(report)], stdout=-1, stderr=-1) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(wait)
        writer.send_signal(sign)
        writer.communicate()
    text = report.read_text("utf-8")
    assert text in ("a" * 4_000_000, "b" * 4_000_000)
    left = {path.name for path in tmp_path.iterdir()} - {"report.txt"}
    assert all(name.startswith(".tqcheck-") for name in left)
    assert not left or sign == signal.SIGKILL, "what can still act leaves nothing behind"
    write_whole(report, "new")
    assert report.read_text("utf-8") == "new"


def test_ctrl_c_as_the_file_is_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = os.open

    def interrupted(*given: Any) -> int:
        os.close(make(*given))
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "open", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "report.txt", "new")
    monkeypatch.undo()
    assert not list(tmp_path.iterdir())


def test_ctrl_c_ends_with_130_and_nothing_is_written(tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "a.fr.txt").unlink()
    os.mkfifo(tmp_path / "a.fr.txt")
    command = [
        *TQCHECK,
        "check",
        "a.fr.txt",
        "a.en.txt",
        "-o",
        "out.json",
        "--format",
        "json",
        "--no-mt",
        "--lm",
        "none",
    ]
    env = {**os.environ, "TQCHECK_CACHE_DIR": str(tmp_path / "cache")}
    with (
        subprocess.Popen(command, cwd=tmp_path, env=env, stdout=-1, stderr=-1, text=True) as process,
        (tmp_path / "a.fr.txt").open("w", encoding="utf-8"),  # open when the program reads it: it waits for a text
    ):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err == "interrupted: nothing was written\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.en.txt", "a.fr.txt", "tqcheck.toml"]


# ----------------------------------------------------------------------------------------- no home, no locale, no cache


def test_without_home_locale_and_a_place_for_the_cache_the_report_is_the_same(tmp_path: Path) -> None:
    lay(tmp_path)
    command = (*TQCHECK, "check", "a.fr.txt", "a.en.txt", "--no-mt", "--lm", "none", "--format")
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": "/proc/nowhere"}
    done = run(*command, "json", environment={**bare, "OMP_NUM_THREADS": "1"}, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["pairs"][0]["source"]["text"] == FRENCH.partition(".")[0] + "."
    assert [finding["rule"] for finding in report["findings"]] == [FINDING]
    assert any("results are not kept" in note for note in report["notes"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.en.txt", "a.fr.txt", "tqcheck.toml"]


def test_a_page_for_people_is_written_in_a_locale_of_ascii(tmp_path: Path) -> None:
    done = run(*EXPLAIN, environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()


def test_who_has_no_home_at_all_has_a_cache_of_his_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import argparse
    import tempfile

    for name in ("HOME", "XDG_CACHE_HOME", "TQCHECK_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as it is for a user without an entry
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = environment.cache_folder(argparse.Namespace())
    assert folder.parent == tmp_path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert environment.cache_folder(argparse.Namespace()) == folder
    folder.rmdir()
    folder.symlink_to(tmp_path)  # somebody else's, made to lead us away
    with pytest.raises(UserError, match="no home"):
        environment.cache_folder(argparse.Namespace())


# ---------------------------------------------------------------------------------------------------------- two at once


@pytest.mark.slow
def test_two_runs_at_once_on_one_cache_give_the_same(tmp_path: Path) -> None:
    lay(tmp_path)
    command = (*TQCHECK, "check", "a.fr.txt", "a.en.txt", "--lm", "none", "--format", "json", "-o")
    env = {"TQCHECK_CACHE_DIR": str(tmp_path / "cache"), "HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    done: list[subprocess.CompletedProcess[str]] = []
    both = [
        threading.Thread(target=lambda n=n: done.append(run(*command, f"{n}.json", environment=env, cwd=tmp_path)))
        for n in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [(result.returncode, result.stdout, result.stderr) for result in done] == [(1, "", "")] * 2
    reports = [json.loads((tmp_path / f"{n}.json").read_text("utf-8")) for n in range(2)]
    assert reports[0] == reports[1]
    assert not list((tmp_path / "cache").rglob("*.tmp"))
