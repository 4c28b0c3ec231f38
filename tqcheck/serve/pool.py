"""The workers and the queue before them: who waits, who is checked, who is told to come again.

A request that was accepted is always answered: with its report, with what is wrong with its texts, or with 503 or 504.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from tqcheck.errors import UserError
from tqcheck.serve.limits import GRACE, Limits
from tqcheck.serve.metrics import Metrics
from tqcheck.serve.process import Worker, WorkerEndedError
from tqcheck.serve.task import Answer, Prepare, Task, fault, too_long

_LONGEST_PAUSE = 30.0
"""Seconds between two attempts to start a worker that does not start."""
_USUAL = 2.0
"""Seconds a check, before there was one."""

_NOT_FREE = Answer(503, fault("no worker was free in time", "try again when less is to do"))


@dataclass(eq=False)
class Job:
    """A request that was accepted: when it came and when its time is over, by the loop's clock."""

    task: Task
    began: float
    end: float
    answer: asyncio.Future[Answer]


class Pool:
    """The queue and its workers, in one event loop. ``failure``: why the first worker could not be started."""

    def __init__(self, prepare: Prepare, limits: Limits, metrics: Metrics) -> None:
        self._prepare = prepare
        self._limits = limits
        self._metrics = metrics
        self._waiting: deque[Job] = deque()
        self._arrived = asyncio.Event()
        self._slots: list[asyncio.Task[None]] = []
        self._workers: set[Worker] = set()
        self._ready = self._running = 0
        self._seconds = _USUAL
        self._was_ready = False
        self.failure: UserError | WorkerEndedError | OSError | None = None
        self.on_failure: Callable[[], None] = _nothing

    def open(self) -> None:
        """Start the workers; they are ready later."""
        self._slots = [asyncio.create_task(self._slot()) for _ in range(self._limits.workers)]

    async def close(self) -> None:
        """End the workers, whatever they do."""
        for slot in self._slots:
            slot.cancel()
        await asyncio.gather(*self._slots, return_exceptions=True)
        for worker in set(self._workers):
            self._end(worker)

    @property
    def ready(self) -> bool:
        """Whether a worker has its models."""
        return self._ready > 0

    @property
    def full(self) -> bool:
        """Whether one more request would be one too many."""
        return len(self._waiting) >= self._limits.waiting + max(0, self._ready - self._running)

    @property
    def patience(self) -> int:
        """Seconds after which there may be room again: those of one check for each that waits."""
        return max(1, math.ceil(self._seconds * (len(self._waiting) + 1) / max(1, self._ready)))

    def accept(self, task: Task) -> Job:
        """A place in the queue, whether there is room or not; `answer` has to be called with it."""
        loop = asyncio.get_running_loop()
        job = Job(task, loop.time(), loop.time() + self._limits.seconds, loop.create_future())
        self._waiting.append(job)
        self._arrived.set()
        self._count()
        return job

    async def answer(self, job: Job) -> Answer:
        """The answer to a request that was accepted. Cancelled, it gives up its place: nobody checks for it."""
        loop = asyncio.get_running_loop()
        alarm = loop.call_at(job.end, self._give_up, job)
        try:
            return await job.answer
        finally:
            alarm.cancel()
            if job in self._waiting:
                self._waiting.remove(job)
            self._count()
            self._metrics.request_seconds.observe(loop.time() - job.began)

    def _give_up(self, job: Job) -> None:
        """Its time is over. One that a worker has is that worker's matter."""
        if job in self._waiting and not job.answer.done():
            self._waiting.remove(job)
            job.answer.set_result(_NOT_FREE)

    async def _slot(self) -> None:
        """A worker after the other, as each ends, and the next in good time for one that has done its part."""
        worker: Worker | None = None
        successor: asyncio.Task[Worker] | None = None
        try:
            while True:
                if worker is None:
                    worker, successor = await (successor or self._started()), None
                job = await self._next()
                if successor is not None and successor.done():
                    self._ended(worker, "renewed")
                    worker, successor = successor.result(), None
                if not await self._serve(job, worker):
                    worker = None
                elif worker.checks >= self._limits.checks and successor is None:
                    successor = asyncio.create_task(self._started())
        finally:
            if successor is not None:
                successor.cancel()

    async def _next(self) -> Job:
        while not self._waiting:
            self._arrived.clear()
            await self._arrived.wait()
        return self._waiting.popleft()

    async def _serve(self, job: Job, worker: Worker) -> bool:
        """Have a job done; whether the worker may do another one."""
        began, now = time.monotonic(), asyncio.get_running_loop().time()
        left = job.end - now
        if now - job.began > left and left < self._seconds / 2:  # it would not be done in what is left after the queue
            job.answer.set_result(_NOT_FREE)
            return True
        self._running += 1
        self._count()
        try:
            answer = await worker.ask(replace(job.task, seconds=left), left + GRACE)
        except TimeoutError:
            answer = too_long(self._limits.seconds)
            self._ended(worker, "overdue")
        except WorkerEndedError:
            answer = Answer(500, fault("the check ended before its time", "tell whoever runs the service"))
            self._ended(worker, "crashed")
        finally:
            self._running -= 1
        seconds = time.monotonic() - began
        self._metrics.check_seconds.observe(seconds)
        self._seconds += (seconds - self._seconds) / 8
        if not job.answer.done():
            job.answer.set_result(answer)
        self._count()
        return worker in self._workers

    async def _started(self) -> Worker:
        """A worker with its models loaded, after as many attempts as it takes."""
        pause = 1.0
        while True:
            try:
                worker = await self._loaded()
            except (UserError, WorkerEndedError, OSError) as error:
                if not self._was_ready:
                    self.failure = error
                    self.on_failure()
                self._metrics.ended.labels("not started").inc()
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            self._ready += 1
            self._was_ready = True
            self._count()
            return worker

    async def _loaded(self) -> Worker:
        worker = Worker(self._prepare)
        self._workers.add(worker)
        try:
            await worker.loaded()
        except (UserError, WorkerEndedError):
            self._end(worker)
            raise
        return worker

    def _ended(self, worker: Worker, reason: str) -> None:
        self._ready -= 1
        self._metrics.ended.labels(reason).inc()
        self._end(worker)

    def _end(self, worker: Worker) -> None:
        self._workers.discard(worker)
        worker.end()

    def _count(self) -> None:
        self._metrics.waiting.set(len(self._waiting))
        self._metrics.running.set(self._running)
        self._metrics.ready.set(self._ready)


def _nothing() -> None:
    """Where nobody waits for a failure."""
