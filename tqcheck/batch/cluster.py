"""The engine of a cluster: Ray Data with actors that hold the models. The one module that knows Ray.

An actor that dies is started again by Ray, and what it was at is given out again; pairs that were finished by then have
their records. A ledger, an actor of its own, knows how often each pair was begun, so that one which kills its actor is
given up and not begun for ever.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from tqcheck.batch import record
from tqcheck.batch.lists import Job
from tqcheck.batch.local import MOST, Attempt
from tqcheck.batch.record import Kind, Row
from tqcheck.batch.storage import INSTALL, Unwritable
from tqcheck.errors import UserError
from tqcheck.manifest import Article

BLOCKS = 2000
"""Parts of a run at most: what is given to an actor at once, and again where it dies, is as small as that allows."""
_HINT = "ray start --head starts one, which --address auto finds; its token, if it wants one, goes into RAY_AUTH_TOKEN"
COLUMNS = ("number", "source", "target", "name")


class Cluster(NamedTuple):
    """``address`` of a running one (None: one is started here, with ``workers`` processes, and ended).

    ``limit``: seconds that a pair may take.
    """

    address: str | None
    workers: int
    limit: float


def run(jobs: Iterator[Job], make: Callable[[], Attempt], cluster: Cluster) -> Generator[Row, None, None]:
    """The rows of all jobs as they come. Raises Unwritable, and UserError where there is no Ray or no such cluster."""
    first = next(jobs, None)
    if first is None:
        return
    if importlib.util.find_spec("ray") is None:
        raise UserError("the engine ray needs Ray", hint=INSTALL)
    import ray

    _start(cluster)
    try:
        ledger = ray.remote(num_cpus=0)(Ledger).remote()
        found = _dataset([first, *jobs], make, cluster, ledger)
        for batch in found.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
            for packed in batch.column("row").to_pylist():
                row = record.unpack(packed)
                if row is None:
                    raise Unwritable(packed.removeprefix("error: "))
                yield row
    finally:
        ray.shutdown()


def _start(cluster: Cluster) -> None:
    """Connect, or start a Ray of our own. Quietly: standard error is for the progress."""
    import logging

    import ray

    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        if cluster.address is None:
            ray.init("local", num_cpus=cluster.workers, include_dashboard=False, **quiet)
        else:
            ray.init(cluster.address, **quiet)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        where = cluster.address or "this machine"
        reason = (str(error) or type(error).__name__).split("\n", 1)[0]
        raise UserError(f"no Ray cluster at {where}: {reason}", hint=_HINT) from None
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)


def _dataset(jobs: list[Job], make: Callable[[], Attempt], cluster: Cluster, ledger: Any) -> Any:
    """A dataset with a row for each job, in small blocks: a block is what an actor is given at once."""
    import pyarrow
    import ray

    size = max(1, len(jobs) // BLOCKS)
    rows = [(job.number, *job.article, job.name) for job in jobs]
    blocks = [
        pyarrow.table(dict(zip(COLUMNS, map(list, zip(*rows[start : start + size], strict=True)), strict=True)))
        for start in range(0, len(rows), size)
    ]
    return ray.data.from_arrow(blocks).map_batches(
        Holder,
        fn_constructor_args=(make, ledger, cluster.limit, os.getcwd()),  # noqa: PTH109  # a text: it may not be there
        batch_size=None,
        batch_format="pyarrow",
        zero_copy_batch=True,
        compute=ray.data.ActorPoolStrategy(size=cluster.workers, max_tasks_in_flight_per_actor=1),
        num_cpus=1,
        udf_modifying_row_count=False,
    )


class Ledger:
    """How often each pair was begun in this run."""

    def __init__(self) -> None:
        self._begun: Counter[int] = Counter()

    def begin(self, number: int) -> int:
        """Note that a pair is begun; how often that is now."""
        self._begun[number] += 1
        return self._begun[number]


class Holder:
    """What an actor is: it holds the models, and checks the pairs of a block one by one."""

    def __init__(self, make: Callable[[], Attempt], ledger: Any, limit: float, folder: str) -> None:
        with suppress(
            OSError
        ):  # where names are seen from; a node that has no such folder is given whole names or URLs
            os.chdir(folder)
        self._attempt = make()
        self._ledger = ledger
        self._limit = limit

    def __call__(self, block: Any) -> Any:
        import pyarrow

        jobs = [
            Job(number, Article(source, target), name)
            for number, source, target, name in zip(*(block.column(name).to_pylist() for name in COLUMNS), strict=True)
        ]
        return pyarrow.table({"row": pyarrow.array([self._packed(job) for job in jobs], pyarrow.string())})

    def _packed(self, job: Job) -> str:
        """The record of a job's row; the message of what keeps the run from going on."""
        import ray

        begun = ray.get(self._ledger.begin.remote(job.number))
        if begun > MOST:
            reason = f"the process that checked it was killed twice, or took longer than {self._limit:.0f} seconds"
            return record.pack(record.unchecked(job, Kind.KILLED, reason, MOST))
        faulthandler.dump_traceback_later(self._limit, exit=True)  # one that hangs ends its process, and so counts
        try:
            found = self._attempt(job)
        finally:
            faulthandler.cancel_dump_traceback_later()
        return str(found) if isinstance(found, Unwritable) else record.pack(found)
