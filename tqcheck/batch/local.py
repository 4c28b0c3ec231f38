"""The engine of one machine: processes forked from one that has loaded the models, so that they share its memory.

Where a system does not fork safely, each process starts anew and loads its own.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, NoReturn

from tqcheck.batch import record
from tqcheck.batch.lists import Job
from tqcheck.batch.record import Kind, Row
from tqcheck.batch.storage import Unwritable

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

SHARES = sys.platform == "linux"
"""Whether processes are forked. The libraries of macOS do not outlive a fork, Windows has none."""
MOST = 2
"""How often a pair is begun that its process does not survive."""
_PATIENCE = 5.0
_TICK = 0.5

Attempt = Callable[[Job], "Row | Unwritable"]
"""Checks a pair, whatever happens: the row says what. Unwritable: there is no use in going on."""


class Pool:
    """Processes that check pairs, one at a time each.

    ``make`` gives what checks a pair; it is called in each process, and under a fork finds what was loaded before.
    ``limit``: seconds that a pair may take. ``tick`` is called twice a second.
    """

    def __init__(self, make: Callable[[], Attempt], workers: int, limit: float, tick: Callable[[], None]) -> None:
        self._make = make
        self._count = workers
        self._limit = limit
        self._tick = tick
        self._context = multiprocessing.get_context("fork" if SHARES else "spawn")
        self._workers: list[_Worker] = []
        self._again: deque[Job] = deque()
        self._lost: Counter[int] = Counter()

    def run(self, jobs: Iterator[Job]) -> Generator[Row, None, None]:
        """The rows of all jobs as they come. Raises Unwritable."""
        gc.collect()
        gc.freeze()  # what is here stays for good: a collector that marks it would copy it into each process
        try:
            while self._give(jobs):
                yield from self._taken()
                self._tick()
        finally:
            self._stop()
            gc.unfreeze()

    def _give(self, jobs: Iterator[Job]) -> bool:
        """A pair to every process that has none; whether any is at work."""
        while len(self._busy) < self._count:
            job = self._again.popleft() if self._again else next(jobs, None)
            if job is None:
                break
            idle = next((worker for worker in self._workers if worker.job is None), None)
            if idle is None:
                idle = _Worker(self._context, self._make, [worker.connection for worker in self._workers])
                self._workers.append(idle)
            idle.give(job)
        return bool(self._busy)

    @property
    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.job is not None]

    def _taken(self) -> Iterator[Row]:
        """What has come back, or been lost, within a moment."""
        busy = self._busy
        wait([worker.connection for worker in busy], timeout=_TICK)
        for worker in busy:
            job = worker.job
            if job is None:
                continue
            if worker.connection.poll():
                try:
                    found = worker.connection.recv()
                except (EOFError, OSError):
                    yield from self._lose(worker, job)
                    continue
                worker.job = None
                if isinstance(found, Unwritable):
                    raise found
                yield found
            elif time.monotonic() - worker.since > self._limit:
                self._dismiss(worker)
                yield record.unchecked(job, Kind.TIME, f"it took longer than {self._limit:.0f} seconds")

    def _lose(self, worker: _Worker, job: Job) -> Iterator[Row]:
        """A process has died: its pair is begun once more, and listed where that does not help."""
        self._dismiss(worker)
        self._lost[job.number] += 1
        if self._lost[job.number] < MOST:
            self._again.append(job)
        else:
            yield record.unchecked(job, Kind.KILLED, _death(worker.process.exitcode), MOST)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.connection.close()

    def _stop(self) -> None:
        """End all processes: those at work let go of what they were writing."""
        for worker in self._workers:
            worker.process.terminate()
        until = time.monotonic() + _PATIENCE
        for worker in list(self._workers):
            worker.process.join(max(0.0, until - time.monotonic()))
            self._dismiss(worker)


class _Worker:
    """A process, the way to talk to it, and what it is doing since when."""

    def __init__(
        self, context: multiprocessing.context.BaseContext, make: Callable[[], Attempt], others: list[Connection]
    ) -> None:
        self.connection, theirs = context.Pipe()
        mine = [*others, self.connection] if SHARES else []
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]  # every context has it
            target=_serve, args=(theirs, mine, make), daemon=True, name="tqcheck batch"
        )
        self.process.start()
        theirs.close()
        self.job: Job | None = None
        self.since = 0.0

    def give(self, job: Job) -> None:
        """Begin with a pair. A process that has died in the meantime is found out when its answer is looked for."""
        self.job, self.since = job, time.monotonic()
        try:
            self.connection.send(job)
        except OSError:
            return


def _serve(connection: Connection, others: list[Connection], make: Callable[[], Attempt]) -> None:
    """The life of a process: it ends when the one that made it does, and Ctrl-C is for that one to obey."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    for other in others:
        other.close()
    attempt = make()
    while True:
        try:
            connection.send(attempt(connection.recv()))
        except (EOFError, OSError):
            return


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)


def _death(status: int | None) -> str:
    if status is None or status >= 0:
        return f"the process that checked it ended twice, the last time with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    memory = "; that is what happens where memory runs out" if name == "SIGKILL" else ""
    return f"the process that checked it was killed twice ({name}){memory}"
