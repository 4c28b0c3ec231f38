from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tqcheck.apart import Apart
from tqcheck.errors import UserError


@pytest.fixture
def there() -> Iterator[Apart]:
    apart = Apart()
    yield apart
    apart.close()


def refuse(text: str) -> None:
    raise UserError(f"{text}, said in {multiprocessing.current_process().name}")


def end() -> str:
    """The process, where it is not this one."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return "done here"


def test_another_process_does_the_work_and_is_kept(there: Apart) -> None:
    assert not there.is_running
    first = there.ask(os.getpid).answer()
    assert there.is_running
    assert first != os.getpid()
    assert there.ask(os.getpid).answer() == first


def test_answers_keep_to_what_was_asked_whoever_waits_first(there: Apart) -> None:
    one, other = there.ask(divmod, 7, 2), there.ask(max, 1, 2)
    assert (other.answer(), one.answer(), one.answer()) == (2, (3, 1), (3, 1))


def test_more_than_a_pipe_holds_goes_both_ways(there: Apart) -> None:
    long = [chr(97 + k) * 1_000_000 for k in range(3)]
    asked = [there.ask(str.upper, text) for text in long]
    assert [one.answer() for one in asked] == [text.upper() for text in long]


def test_a_users_fault_is_raised_here(there: Apart) -> None:
    asked = there.ask(refuse, "no such file")
    with pytest.raises(UserError, match=f"no such file, said in {multiprocessing.current_process().name}"):
        asked.answer()
    assert there.ask(max, 1, 2).answer() == 2


def test_where_it_dies_the_work_is_done_here(there: Apart) -> None:
    assert there.ask(end).answer() == "done here"
    assert not there.is_running
    assert there.ask(os.getpid).answer() == os.getpid()


def test_where_it_died_unseen_the_work_is_done_here(there: Apart) -> None:
    os.kill(there.ask(os.getpid).answer(), signal.SIGKILL)
    for _ in range(3):
        assert there.ask(os.getpid).answer() == os.getpid()


def test_where_there_can_be_none_the_work_is_done_here(there: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(process: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refused)
    assert [there.ask(os.getpid).answer() for _ in range(2)] == [os.getpid()] * 2


def test_closed_it_is_gone_and_what_was_asked_is_done_here(there: Apart) -> None:
    there.ask(max, 1, 2).answer()
    asked = there.ask(os.getpid)
    there.close()
    assert asked.answer() == os.getpid()
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signal masks on this system")
def test_ctrl_c_is_for_this_process_alone() -> None:
    program = (
        "import time\n"
        "from tqcheck.apart import Apart\n"
        "there = Apart()\n"
        "there.ask(max, 1, 2).answer()\n"
        "there.ask(time.sleep, 60)\n"
        "print('started', flush=True)\n"
        "time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert errors.count("KeyboardInterrupt") == 1
    assert errors.count("Traceback") == 1
