"""A process that works beside this one: what takes long and needs little of what is here is asked of it.

On two processors a start of the program is shorter by the time that the English parser takes to load, and a check by
that of the English parse and the translations. Models that only the other process uses are loaded there alone.

A new interpreter (``spawn``), not a copy of this one, which may have threads. Where none can be had, or it dies, the
work is done here, with the same results.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from tqcheck.errors import UserError

R = TypeVar("R")


class Asked(Generic[R]):
    """Work that was asked for, and is being done there or will be here."""

    def __init__(self, work: Callable[..., R], arguments: tuple[Any, ...]) -> None:
        self._work, self._arguments = work, arguments
        self._there: Apart | None = None
        self._answers: list[R] = []

    def answer(self) -> R:
        """Its result, waited for. Raises what the work raises."""
        if self._there is not None:
            self._there.wait()
        if not self._answers:
            self._answers.append(self._work(*self._arguments))
        return self._answers[0]

    def begun(self, there: Apart) -> None:
        """It is being done by another process."""
        self._there = there

    def ended(self, answers: list[R]) -> None:
        """The other process has given its result, or none."""
        self._there, self._answers = None, answers


class Apart:
    """The other process, started when something is first asked of it, and kept until it is closed or this one ends."""

    def __init__(self) -> None:
        self._process: Any = None
        self._connection: Connection | None = None
        self._asked: Asked[Any] | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started, and answers as far as one knows."""
        return self._connection is not None

    def ask(self, work: Callable[..., R], *arguments: Any) -> Asked[R]:
        """Begin what ``work`` does with the arguments; all of these, and the result, can be pickled.

        It does one thing at a time: where there is another that nobody has waited for yet, that is waited for now.
        """
        self.wait()
        asked = Asked(work, arguments)
        if self._process is None:
            self._start()
        if self._connection is not None:
            try:
                self._connection.send((work, arguments))
                asked.begun(self)
                self._asked = asked
            except OSError:
                self.close()
        return asked

    def wait(self) -> None:
        """Until what was asked for last is done."""
        asked, self._asked = self._asked, None
        if asked is None or self._connection is None:
            return
        answers: list[Any] = []
        try:
            answers = self._connection.recv()
        except (EOFError, OSError):
            self.close()
        finally:
            asked.ended(answers)

    def close(self) -> None:
        """Stop it; what is asked for from now on is done here."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._process.terminate()
            self._process.join()
        if self._asked is not None:
            self._asked.ended([])
            self._asked = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        own, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        with _undisturbed():
            try:
                self._process.start()
                self._connection = own
            except OSError:
                own.close()
        other.close()


def _serve(connection: Connection) -> None:
    """What the other process does. A user's fault is no answer: it is raised where the work is done again."""
    with suppress(EOFError, OSError):
        while True:
            work, arguments = connection.recv()
            answers = []
            with suppress(UserError):
                answers.append(work(*arguments))
            connection.send(answers)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What is started here does not see Ctrl-C: it is for this process to stop the other."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
