"""The processes of one machine: one that dies, hangs or cannot write does not take the others with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tqcheck.batch import local, memory, record
from tqcheck.batch.lists import Job
from tqcheck.batch.local import Attempt, Pool
from tqcheck.batch.record import Kind, Row, State
from tqcheck.batch.storage import Unwritable
from tqcheck.manifest import Article

pytestmark = pytest.mark.skipif(not local.SHARES, reason="processes are not forked here")


def jobs(*names: str) -> Iterator[Job]:
    return (Job(number, Article(name, name), name) for number, name in enumerate(names, 1))


def attempting(folder: Path) -> Attempt:
    """A check that does what the name of its job says; each start leaves a file."""

    def attempt(job: Job) -> Row | Unwritable:
        count = len(list(folder.glob(f"{job.name}.*")))
        (folder / f"{job.name}.{count}.{os.getpid()}").touch()
        if "kill" in job.name and (count == 0 or "always" in job.name):
            os.kill(os.getpid(), signal.SIGKILL)
        if "slow" in job.name:
            time.sleep(60)
        if "full" in job.name:
            return Unwritable("no space left on device")
        return Row(job.number, *job.article, State.PASSED)

    return attempt


def run(folder: Path, *names: str, workers: int = 2, limit: float = 50.0) -> dict[str, Row]:
    pool = Pool(partial(attempting, folder), workers, limit, lambda: None)
    return {row.french: row for row in pool.run(jobs(*names))}


def test_all_are_checked_by_as_many_processes_as_were_asked_for(tmp_path: Path) -> None:
    names = [f"pair{number}" for number in range(20)]
    rows = run(tmp_path, *names)
    assert sorted(rows) == sorted(names)
    assert {row.state for row in rows.values()} == {State.PASSED}
    started = {path.suffix for path in tmp_path.iterdir()}
    assert 1 <= len(started) <= 2
    assert f".{os.getpid()}" not in started


def test_the_pair_of_a_killed_process_is_begun_once_more_and_then_listed(tmp_path: Path) -> None:
    rows = run(tmp_path, "a", "kill-once", "b", "kill-always", "c")
    assert {name for name, row in rows.items() if row.state == State.PASSED} == {"a", "b", "c", "kill-once"}
    lost = rows["kill-always"]
    assert (lost.state, lost.kind, lost.attempts) == (State.UNCHECKED, Kind.KILLED, 2)
    assert "SIGKILL" in lost.reason
    assert len(list(tmp_path.glob("kill-always.*"))) == 2


def test_a_pair_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    rows = run(tmp_path, "slow", "a", "b", limit=1.0)
    assert rows["slow"].kind == Kind.TIME
    assert {rows["a"].state, rows["b"].state} == {State.PASSED}


def test_there_is_no_use_in_going_on_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="no space"):
        run(tmp_path, "full", *("pair" for _ in range(50)), workers=1)
    assert len(list(tmp_path.iterdir())) < 5


def test_no_process_is_left_when_the_run_is_closed(tmp_path: Path) -> None:
    pool = Pool(partial(attempting, tmp_path), 2, 50.0, lambda: None)
    rows = pool.run(jobs("a", "slow", "another"))
    next(rows)
    deadline = time.monotonic() + 20
    while not list(tmp_path.glob("slow*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    rows.close()
    assert list(tmp_path.glob("slow*"))
    for path in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.suffix[1:]), 0)


def test_fewer_processes_where_memory_is_short_and_why() -> None:
    assert memory.fitting(8, memory.OWN, None) == (8, None)
    assert memory.fitting(8, memory.OWN, 64_000_000_000) == (8, None)
    workers, note = memory.fitting(8, 200_000_000, 1_000_000_000)
    assert workers == 3
    assert note == (
        "3 processes are used and not 8: each takes about 200 MB of its own, and 1000 MB of memory are free"
    )
    assert memory.fitting(8, memory.OWN, 0).workers == 1
    free = memory.free()
    assert free is None or free > 0


def test_a_record_comes_back_as_it_was() -> None:
    row = Row(3, "é\udcff", "b", State.FAILED, quality=0.5, pairs=2)
    assert record.unpack(record.pack(row)) == row
    for other in ("", "[]", "{}", '{"schema": "tqcheck-record/1"}', '{"schema": "tqcheck-record/1", "x": 1}'):
        assert record.unpack(other) is None
