"""A real Ray cluster of several processes on this machine: one is killed in mid-run, nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.batch import quick
from tqcheck.cli import main

pytest.importorskip("ray", reason='no Ray: pip install ".[cluster]"')
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="its processes are found in /proc"),
]

COUNT = 8
WORDS = "Le ministre a présenté mardi à Paris un projet de loi", "The minister presented a bill in Paris on Tuesday"


class Cluster(NamedTuple):
    """``folder``: by which its processes are known. ``environment``: of those that talk to it, with its token."""

    address: str
    folder: Path
    environment: dict[str, str]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster of two processors."""
    # Short: sockets stand in it, whose names have a limit.
    folder = Path(f"/tmp/tq-ray-{os.getpid()}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = os.pathsep.join(filter(None, (str(quick.ROOT), os.environ.get("PYTHONPATH"))))
    own = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_USAGE_STATS_ENABLED": "0"}
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", **own}
    ray = str(Path(sys.executable).with_name("ray"))
    command = [ray, "start", "--head", "--num-cpus=2", "--include-dashboard=false", "--disable-usage-stats", "--block"]
    place = [f"--port={port}", f"--temp-dir={folder}", "--object-store-memory=100000000"]
    started = subprocess.Popen(
        [*command, *place],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(lambda: accepts(port) and bool(raylets(folder)), started)
        yield Cluster(f"127.0.0.1:{port}", folder, environment)
    finally:
        started.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(10)
        for process in [started.pid, *(pid for pid, line in commands() if str(folder) in line)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def commands() -> Iterator[tuple[int, str]]:
    """Number and command line of every process."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield int(path.parent.name), path.read_bytes().replace(b"\0", b" ").decode(errors="replace")


def raylets(folder: Path) -> list[int]:
    return [pid for pid, line in commands() if "raylet/raylet" in line and str(folder) in line]


def actors(folder: Path) -> list[int]:
    """The processes of this cluster that check pairs."""
    parents = raylets(folder)
    found = []
    for pid, line in commands():
        if line.startswith("ray::MapWorker") or "Holder" in line:
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
                if int(status[1]) in parents:
                    found.append(pid)
    return found


def wait_for(what: object, process: subprocess.Popen[str] | subprocess.Popen[bytes], seconds: float = 240.0) -> None:
    assert callable(what)
    deadline = time.monotonic() + seconds
    while not what():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def batch(cluster: Cluster, *arguments: str, quickly: float | None = None) -> subprocess.Popen[str]:
    program = ["tqcheck"] if quickly is None else ["tests.batch.quick", str(quickly)]
    to = ["--address", cluster.address]
    return subprocess.Popen(
        [sys.executable, "-m", *program, "batch", "list.tsv", "--engine", "ray", "--workers", "2", *to, *arguments],
        env=cluster.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def records(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "records").glob("*.json")}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TQCHECK_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "tqcheck.toml").write_text('mt = "none"\nlm = "none"\n', "utf-8")
    rows = []
    for number in range(1, COUNT + 1):
        for side, words in zip(("fr", "en"), WORDS, strict=True):
            (tmp_path / f"{number}.{side}.txt").write_text(f"{words} {number}.\n", "utf-8")
        rows.append(f"{number}.fr.txt\t{number}.en.txt\n")
    (tmp_path / "list.tsv").write_text("".join(rows), "utf-8")
    return tmp_path


def test_a_worker_is_killed_in_mid_run_and_nothing_is_lost_or_doubled(cluster: Cluster, here: Path) -> None:
    """The results go to a URL; they are those of the engine ``local``, byte for byte."""
    process = batch(cluster, "-o", f"file://{here}/out")
    wait_for(lambda: records(here / "out"), process)
    before = records(here / "out")
    victims = actors(cluster.folder)
    assert len(victims) == 2, "two processes hold the models"
    os.kill(victims[0], signal.SIGKILL)
    assert len(before) < COUNT, "it is killed in mid-run"
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    assert out.startswith(f"PASSED  {COUNT} pairs: {COUNT} passed, 0 failed.")
    after = records(here / "out")
    assert len(after) == COUNT == len(list((here / "out" / "reports").iterdir()))
    assert after.items() >= before.items(), "what was finished is not done again"
    rows = list(csv.DictReader(io.StringIO((here / "out" / "summary.csv").read_text("utf-8"))))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, COUNT + 1)]
    assert main(["batch", "list.tsv", "-o", "local", "--quiet", "--workers", "1"]) == 0
    for path in [*(here / "local" / "reports").iterdir(), *(here / "local" / "pages").iterdir()]:
        other = here / "out" / path.relative_to(here / "local")
        assert other.read_bytes() == path.read_bytes()


def test_a_pair_that_kills_its_worker_is_given_up_and_the_rest_is_done(cluster: Cluster, here: Path) -> None:
    Path("2.en.txt").write_text("KILL\n", "utf-8")
    Path("3.en.txt").write_text("FAULT\n", "utf-8")
    process = batch(cluster, "-o", "out", quickly=0.05)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 2, err
    assert f"{COUNT} pairs: {COUNT - 2} passed, 0 failed, 2 could not be checked" in out
    failures = [json.loads(line) for line in Path("out/failures.jsonl").read_text("utf-8").splitlines()]
    assert [(failure["number"], failure["kind"]) for failure in failures] == [(2, "killed"), (3, "fault")]
    assert len(records(here / "out")) == COUNT - 2
