"""The queue and the workers: what is too much is refused, what is accepted is answered, and nothing lasts for ever."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.serve.asking import TEXTS, Reply, gone, serving
from tests.serve.checkers import broken_at_first, quick, slow_to_load
from tqcheck.serve import pool
from tqcheck.serve.limits import Limits


def until(true: Callable[[], bool]) -> None:
    """Wait for a state; the time is for a machine that is busy with other things."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def held(gate: Path) -> dict[str, str]:
    """A check that lasts until there is such a file."""
    return {"source": f"wait {gate}", "target": "x"}


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


def test_nothing_is_accepted_before_the_models_are_loaded() -> None:
    with serving(slow_to_load, ready=False) as client:
        assert client.get("/healthz").status == 200
        assert client.get("/readyz").json == {"status": "loading"}
        early = client.post(TEXTS)
        assert early.status == 503
        assert int(early.headers["retry-after"]) >= 1
        client.until_ready()
        assert client.post(TEXTS).status == 200


def test_a_full_queue_refuses_at_once_and_what_was_accepted_is_answered(gate: Path) -> None:
    with serving(quick, Limits(waiting=2)) as client, ThreadPoolExecutor(6) as threads:
        first = threads.submit(client.post, held(gate))
        until(lambda: client.metric("tqcheck_running_checks") == 1)
        waiting = [threads.submit(client.post, TEXTS) for _ in range(2)]
        until(lambda: client.metric("tqcheck_waiting_requests") == 2)
        refused = client.post(TEXTS)
        assert not any(one.done() for one in (first, *waiting))
        assert refused.status == 429
        assert int(refused.headers["retry-after"]) >= 1
        assert client.get("/readyz").status == 200
        gate.touch()
        assert [one.result().status for one in (first, *waiting)] == [200] * 3
        assert client.post(TEXTS).status == 200


def test_a_burst_fills_the_queue_and_no_more(gate: Path) -> None:
    with serving(quick, Limits(waiting=3)) as client, ThreadPoolExecutor(12) as threads:
        first = threads.submit(client.post, held(gate))
        until(lambda: client.metric("tqcheck_running_checks") == 1)
        burst = [threads.submit(client.post, TEXTS) for _ in range(11)]
        until(lambda: sum(one.done() for one in burst) == 8)
        gate.touch()
        assert sorted(one.result().status for one in burst) == [200] * 3 + [429] * 8
        assert first.result().status == 200


def test_workers_check_beside_each_other(gate: Path) -> None:
    with serving(quick, Limits(workers=2)) as client, ThreadPoolExecutor(2) as threads:
        until(lambda: client.metric("tqcheck_ready_workers") == 2)
        both = [threads.submit(client.post, held(gate)) for _ in range(2)]
        until(lambda: client.metric("tqcheck_running_checks") == 2)
        gate.touch()
        assert len({one.result().json["provenance"]["pid"] for one in both}) == 2


def test_a_check_that_looks_at_the_clock_is_ended_and_its_worker_stays() -> None:
    with serving(quick, Limits(seconds=2)) as client:
        before = client.post(TEXTS).json["provenance"]["pid"]
        late = client.post({"source": "polite", "target": "x"})
        assert late.status == 504
        assert "took longer" in late.message
        assert client.post(TEXTS).json["provenance"]["pid"] == before


def test_a_check_that_does_not_is_killed_with_its_worker(gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "GRACE", 0.2)
    with serving(quick, Limits(seconds=2)) as client:
        before = client.post(TEXTS).json["provenance"]["pid"]
        assert client.post(held(gate)).status == 504  # the gate stays shut
        until(lambda: gone(before))  # it was told to end; the system may take its time
        client.until_ready()
        assert client.post(TEXTS).json["provenance"]["pid"] != before
        assert client.metric('tqcheck_ended_workers_total{reason="overdue"}') == 1


def test_who_waits_too_long_is_told_and_loses_nothing_but_its_place(
    gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "GRACE", 60)
    with serving(quick, Limits(seconds=2, waiting=4)) as client, ThreadPoolExecutor(4) as threads:
        first = threads.submit(client.post, held(gate))
        until(lambda: client.metric("tqcheck_running_checks") == 1)
        second: Reply = client.post(TEXTS)
        assert second.status == 503
        assert "no worker was free" in second.message
        gate.touch()
        assert first.result().status == 200
        assert client.post(TEXTS).status == 200


def test_what_cannot_be_done_in_the_time_that_is_left_is_not_begun(gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_USUAL", 100.0)  # a check takes so long, the service believes
    with serving(quick, Limits(seconds=6)) as client, ThreadPoolExecutor(2) as threads:
        first = threads.submit(client.post, held(gate))
        until(lambda: client.metric("tqcheck_running_checks") == 1)
        second = threads.submit(client.post, TEXTS)
        until(lambda: client.metric("tqcheck_waiting_requests") == 1)
        time.sleep(3.1)  # more than half of its time
        gate.touch()
        assert (first.result().status, second.result().status) == (200, 503)
        assert client.metric("tqcheck_check_seconds_count") == 1


def test_a_worker_that_crashes_is_replaced_and_the_others_in_the_queue_are_served(gate: Path) -> None:
    with serving(quick) as client, ThreadPoolExecutor(3) as threads:
        before = client.post(TEXTS).json["provenance"]["pid"]
        first = threads.submit(client.post, held(gate))
        until(lambda: client.metric("tqcheck_running_checks") == 1)
        crash = threads.submit(client.post, {"source": "crash", "target": "x"})
        until(lambda: client.metric("tqcheck_waiting_requests") == 1)
        behind = threads.submit(client.post, TEXTS)
        gate.touch()
        assert (first.result().status, crash.result().status) == (200, 500)
        assert behind.result().status == 200
        assert behind.result().json["provenance"]["pid"] != before


def test_a_worker_that_does_not_start_again_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "mark"
    monkeypatch.setenv("TQCHECK_TEST_MARK", str(mark))
    with serving(broken_at_first) as client:
        assert client.post({"source": "crash", "target": "x"}).status == 500
        assert client.get("/readyz").status == 503
        until(lambda: client.metric('tqcheck_ended_workers_total{reason="not started"}') >= 1)
        mark.with_suffix(".go").touch()
        client.until_ready()
        assert client.post(TEXTS).status == 200


def test_a_worker_that_has_done_its_part_is_replaced_without_a_gap() -> None:
    with serving(quick, Limits(checks=3)) as client:
        pids = set()

        def renewed() -> bool:
            reply = client.post(TEXTS)
            assert reply.status == 200
            pids.add(reply.json["provenance"]["pid"])
            return len(pids) > 1

        until(renewed)
        assert client.metric('tqcheck_ended_workers_total{reason="renewed"}') == 1


def test_a_client_that_goes_gives_up_its_place(gate: Path) -> None:
    with serving(quick, Limits(waiting=1)) as client, ThreadPoolExecutor(2) as threads:
        first = threads.submit(client.post, held(gate))
        until(lambda: client.metric("tqcheck_running_checks") == 1)
        with socket.create_connection((client.host, client.port)) as gone:
            body = b'{"source": "a", "target": "b"}'
            head = (
                f"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
            )
            gone.sendall(f"{head}\r\n\r\n".encode() + body)
            until(lambda: client.metric("tqcheck_waiting_requests") == 1)
            assert client.post(TEXTS).status == 429
        until(lambda: client.metric("tqcheck_waiting_requests") == 0)
        after = threads.submit(client.post, TEXTS)
        until(lambda: client.metric("tqcheck_waiting_requests") == 1)
        gate.touch()
        assert (first.result().status, after.result().status) == (200, 200)


def test_a_retry_is_advised_by_how_long_checks_take(gate: Path) -> None:
    with serving(quick, Limits(waiting=1)) as client, ThreadPoolExecutor(2) as threads:
        for _ in range(40):  # quick ones
            client.post(TEXTS)
        both = [threads.submit(client.post, held(gate)) for _ in range(2)]
        until(lambda: client.metric("tqcheck_waiting_requests") == 1)
        assert client.post(TEXTS).headers["retry-after"] == "1"
        gate.touch()
        assert [one.result().status for one in both] == [200, 200]
