"""The command as a process: how it starts, what it says, and how it ends. The workers have no models here."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.serve.asking import TEXTS, Client, gone
from tests.serve.test_pool import held, until
from tqcheck.cli import main
from tqcheck.cli.serve import TOKEN

ROOT = Path(__file__).parent.parent.parent
COMMAND = (
    "import sys\n"
    "from tqcheck import cli\n"
    "from tqcheck.cli import serve\n"
    "from tests.serve import checkers\n"
    "serve.prepare = checkers.with_options\n"
    "sys.exit(cli.main(['serve', *sys.argv[1:]]))\n"
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


def start(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "--port", "0", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    process = start(*arguments, environment=environment)
    try:
        assert process.stdout is not None
        address = re.search(r":(\d+)$", process.stdout.readline().strip())
        assert address is not None, process.communicate()
        client = Client(int(address[1]))
        client.until_ready()
        yield process, client
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_it_finish_what_it_accepted_and_refuse_what_is_new(sign: signal.Signals, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    with started() as (process, client), ThreadPoolExecutor(3) as threads:
        worker = client.post(TEXTS).json["provenance"]["pid"]
        accepted = [threads.submit(client.post, held(gate))]
        until(lambda: client.metric("tqcheck_running_checks") == 1)
        accepted += [threads.submit(client.post, TEXTS) for _ in range(2)]
        until(lambda: client.metric("tqcheck_waiting_requests") == 2)
        process.send_signal(sign)
        os.kill(worker, sign)  # a terminal and systemd tell all processes of a group
        until(lambda: refused(client))
        assert not any(one.done() for one in accepted)
        gate.touch()
        assert [one.result().status for one in accepted] == [200] * 3
        assert ended(process) == (0, "")
        until(lambda: gone(worker))


def test_a_server_that_is_killed_takes_its_workers_with_it() -> None:
    with started("--workers", "2") as (process, client):
        until(lambda: client.metric("tqcheck_ready_workers") == 2)
        worker = client.post(TEXTS).json["provenance"]["pid"]
        process.kill()
        until(lambda: gone(worker))


def test_it_listens_on_this_machine_alone_unless_asked() -> None:
    with started() as (process, client):
        assert client.get("/healthz", host=f"localhost:{client.port}").status == 200
        assert client.get("/healthz", host=f"evil.example:{client.port}").status == 421
        other = next((a[4][0] for a in addresses() if not a[4][0].startswith("127.")), None)
        if other is not None:
            with pytest.raises(OSError, match=r".*"):
                socket.create_connection((other, client.port), timeout=2)
        process.terminate()
        assert ended(process) == (0, "")


def test_a_wider_address_is_warned_of_unless_there_is_a_token() -> None:
    with started("--host", "0.0.0.0") as (process, client):
        assert client.get("/healthz", host="desk.example").status == 200
        process.terminate()
        status, errors = ended(process)
        assert status == 0
        assert errors.startswith("warning: other machines reach this address")
    with started("--host", "0.0.0.0", **{TOKEN: "x" * 32}) as (process, client):
        assert client.post(TEXTS).status == 401
        assert client.post(TEXTS, authorization=f"Bearer {'x' * 32}").status == 200
        process.terminate()
        assert ended(process) == (0, "")


def test_models_that_cannot_be_loaded_as_asked_end_it_with_a_word() -> None:
    status, errors = ended(start("--glossary", "wrong"))
    assert status == 2
    assert errors == "error: there is no such model\n  --> tqcheck.toml:3\nhint: name another one\n"


def test_a_worker_that_cannot_start_at_all_is_a_fault_of_ours() -> None:
    status, errors = ended(start("--glossary", "broken"))
    assert status == 3
    assert "please report" in errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--host", "no-such-host.invalid"), "cannot be used"),
        (("--port", "99999"), "cannot be used"),
        (("--only", "no-such-rule"), "no-such-rule"),
        (("--seconds", "0"), "--seconds"),
        (("--waiting", "-1"), "--waiting"),
    ],
)
def test_what_is_asked_wrongly_is_said_before_anything_starts(arguments: tuple[str, ...], words: str) -> None:
    status, errors = ended(start(*arguments))
    assert status == 2
    assert words in errors


def test_a_token_that_can_be_guessed_is_refused() -> None:
    status, errors = ended(start(environment={TOKEN: "secret"}))
    assert (status, "secret" in errors) == (2, False)


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, errors = ended(start("--port", str(taken.getsockname()[1])))
    assert status == 2
    assert "cannot be used" in errors


def addresses() -> list[tuple[object, object, object, object, tuple[str, int]]]:
    try:
        return socket.getaddrinfo(socket.gethostname(), 0, socket.AF_INET, socket.SOCK_STREAM)  # type: ignore[return-value]
    except OSError:
        return []


def refused(client: Client) -> bool:
    try:
        socket.create_connection((client.host, client.port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    time.sleep(0.05)
    return False


def test_without_its_libraries_it_says_how_to_have_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tqcheck.cli.serve.find_spec", lambda name: None if name == "prometheus_client" else object())
    assert main(["serve"]) == 2
    assert 'pip install "tqcheck[review]"' in capsys.readouterr().err
