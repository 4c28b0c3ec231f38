"""The process that checks: it loads the models once, then answers one task after the other until its pipe is closed."""

from __future__ import annotations

import signal
from multiprocessing.connection import Connection

from tqcheck.errors import UserError
from tqcheck.serve.task import Answer, Prepare, Task, explained

READY = Answer(200, b"")


def work(connection: Connection, prepare: Prepare) -> None:
    """Prepare and say so (or what is wrong with what the user asked for), then check what comes through the pipe.

    Signals are for the server: it lets a worker finish what was accepted, and ends it by closing the pipe.
    """
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)
    try:
        check = prepare()
    except UserError as error:
        connection.send_bytes(Answer(422, explained(error)).packed())
        return
    connection.send_bytes(READY.packed())
    while True:
        try:
            data = connection.recv_bytes()
        except (EOFError, OSError):
            return
        connection.send_bytes(check(_task(data)).packed())


def _task(data: bytes) -> Task:
    import json

    return Task(**json.loads(data))
