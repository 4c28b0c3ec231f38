"""The server's side of a worker: start it, ask it, end it. Nothing here blocks the loop."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from tqcheck.errors import Place, UserError
from tqcheck.serve.task import Answer, Prepare, Task, unpacked
from tqcheck.serve.worker import work


class WorkerEndedError(Exception):
    """The process ended, or had to be ended, before it answered."""


class Worker:
    """A process with models of its own. It is spawned, not forked: a fork of a process with threads may hang."""

    def __init__(self, prepare: Prepare) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, prepare), name="tqcheck-check", daemon=True)
        self._process.start()
        theirs.close()  # so that the pipe ends when the process does
        self._thread = ThreadPoolExecutor(1)
        self.checks = 0

    @property
    def pid(self) -> int | None:
        """The number of its process."""
        return self._process.pid

    async def loaded(self) -> None:
        """Wait until it can check. Raises UserError for what the user asked for, WorkerEndedError for all else."""
        answer = await self._received()
        if answer.status != 200:
            raise _as_error(answer)

    async def ask(self, task: Task, patience: float) -> Answer:
        """Its answer. Raises TimeoutError after ``patience`` seconds, and WorkerEndedError; both times it is no more
        of use.
        """
        self.checks += 1
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(patience):
            try:
                await loop.run_in_executor(self._thread, self._connection.send_bytes, task.packed())
            except OSError as error:
                raise WorkerEndedError from error
            return await self._received()

    def end(self) -> None:
        """End it now, whatever it does."""
        self._process.kill()
        with suppress(RuntimeError):  # it was ended before
            self._thread.submit(self._tidy)  # behind the read that ends now
        self._thread.shutdown(wait=False)

    def _tidy(self) -> None:
        self._connection.close()
        self._process.join()

    async def _received(self) -> Answer:
        loop = asyncio.get_running_loop()
        try:
            return unpacked(await loop.run_in_executor(self._thread, self._connection.recv_bytes))
        except (EOFError, OSError) as error:
            raise WorkerEndedError from error


def _as_error(answer: Answer) -> UserError:
    told = json.loads(answer.body)["error"]
    return UserError(told["message"], None if told["place"] is None else Place(**told["place"]), told["hint"])
