"""One language parsed in a process of its own, while this one parses the other.

On two processors a start of the program is a second shorter, and a long text is read in half the time.

A new interpreter (``spawn``), not a copy of this one, which may have threads. Where none can be had, or it dies, the
texts are parsed here: the rows are the same.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import TracebackType

from tqcheck.annotate import parsers
from tqcheck.annotate.parsers import Row


class Parsing:
    """Texts that are being parsed apart from when it is entered on; left early, the other process is stopped.

    They come in ``batches``, whose rows are asked for in this order: the other process is one batch ahead at most, and
    gets the next when it has answered.
    """

    def __init__(self, batches: Iterable[Sequence[str]], lang: str) -> None:
        self._batches = map(tuple, batches)
        self._lang = lang
        context = multiprocessing.get_context("spawn")
        self._answer, self._sender = context.Pipe()
        self._asked = next(self._batches, None)
        self._process = context.Process(target=_send, args=(self._sender, self._asked, lang), daemon=True)

    def __enter__(self) -> Parsing:
        with _undisturbed():
            try:
                self._process.start()
            except OSError:
                self._answer.close()
        self._sender.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answer.close()
        if self._process.pid is not None:
            self._process.terminate()
            self._process.join()

    def rows(self, texts: Sequence[str], lang: str) -> Iterable[list[Row]]:
        """What `parsers.parse` gives for the texts, which are those of the next batch."""
        assert (tuple(texts), lang) == (self._asked, self._lang)
        self._asked = next(self._batches, None)
        try:
            answer: list[list[Row]] = self._answer.recv()
            self._answer.send(self._asked)
        except (EOFError, OSError):
            return parsers.parse(texts, lang)
        return answer


def _send(connection: Connection, texts: Sequence[str] | None, lang: str) -> None:
    """What the other process does, until there is no other batch."""
    while texts is not None:
        connection.send(list(parsers.parse(texts, lang)))
        texts = connection.recv()
    connection.close()


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
