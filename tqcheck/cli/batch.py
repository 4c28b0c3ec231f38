"""``tqcheck batch``: an archive, thousands of pairs, on this machine or on a cluster."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_cache
from tqcheck.cli.equipment import add_settings, settings
from tqcheck.cli.exits import Exit
from tqcheck.cli.recipe import Recipe, attempting
from tqcheck.errors import UserError
from tqcheck.escapes import as_lines

if TYPE_CHECKING:
    from tqcheck.batch.lists import Job, Listed
    from tqcheck.batch.local import Attempt
    from tqcheck.batch.record import Row
    from tqcheck.batch.run import Count, Rows
    from tqcheck.batch.watch import Watch
    from tqcheck.config import Settings

OUTPUT = ("DIR", "folder or URL of the results; a run into it goes on where the last one ended")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""A process for each processor needs no threads besides: they would only wait for each other."""
_RAY = {
    "RAY_USAGE_STATS_ENABLED": "0",  # what a desk checks is nobody else's business
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # standard error is for the progress
}
SHOWN = 10
"""Failures that are named at the end; failures.jsonl has all."""


def add_arguments(batch: argparse.ArgumentParser) -> None:
    """Its arguments."""
    batch.add_argument(
        "manifest",
        metavar="MANIFEST",
        nargs="?",
        help="the pairs: French TAB English a line, CSV, or JSON lines; a file or URL (those of the settings)",
    )
    batch.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="processes of this machine, or Ray (%(default)s)"
    )
    batch.add_argument("--workers", metavar="N", type=int, help="pairs at once (as many as there are processors)")
    batch.add_argument("--address", metavar="ADDRESS", help="the Ray cluster: auto, or HOST:PORT (one is started here)")
    batch.add_argument(
        "--pages", choices=("all", "failed", "none"), default="all", help="which pairs get an HTML page (%(default)s)"
    )
    batch.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=900.0, help="the most that a pair may take (%(default)s)"
    )
    batch.add_argument("--baseline", metavar="FILE", help="old findings, which do not fail the gate")
    add_settings(batch)
    add_cache(batch)


def run(options: argparse.Namespace) -> Exit:
    """Check what is not finished, write the summary, and say how it went."""
    from tqcheck.batch import run as batch
    from tqcheck.batch import summary
    from tqcheck.batch.watch import Watch

    _reject(options)
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    chosen = settings(options)
    recipe = Recipe(options, chosen, date.today())
    checker = recipe.checker()
    count = batch.Count(sum(1 for _ in _listed(options, chosen)))
    if not count.total:
        raise UserError("the list names no pair", hint="a line is a French file, one tab, its English one")
    watch = Watch(count, sys.stderr, terminal=environment.watched()) if not options.quiet else None
    try:
        with redirect_stdout(sys.stderr):  # Ray says things there
            rows = batch.run(
                _listed(options, chosen), checker, lambda jobs: _rows(jobs, recipe, watch), count, watch or _nothing
            )
        notes = summary.write(rows, checker.storage)
    except KeyboardInterrupt:
        _close(watch)
        done = count.finished
        print(
            f"interrupted: {done:,} of {count.total:,} pairs are finished; the same command does the rest",
            file=sys.stderr,
        )
        return Exit.INTERRUPTED
    _close(watch)
    return _conclude(rows, count, notes, options.output)


def _reject(options: argparse.Namespace) -> None:
    if options.output is None:
        raise UserError("batch needs a folder for its results", hint="-o DIR")
    if options.workers is not None and options.workers < 1:
        raise UserError(f"--workers is at least 1, and is {options.workers}")
    if not 0 < options.timeout <= 1e6:
        raise UserError("--timeout is a number of seconds above 0")
    if options.address is not None and options.engine != "ray":
        raise UserError("--address is that of a Ray cluster", hint="add --engine ray")


def _nothing() -> None:
    """What is called on the way of a run that nobody watches."""


def _close(watch: Watch | None) -> None:
    if watch is not None:
        watch.close()


def _listed(options: argparse.Namespace, chosen: Settings) -> Iterator[Listed]:
    """The lines of the list from its beginning."""
    from tqcheck.batch import lists

    if options.manifest is not None:
        return lists.read(options.manifest, Path.cwd())
    from tqcheck.cli import manifest

    return lists.of_articles(manifest.articles(chosen).articles)


def _rows(jobs: Iterator[Job], recipe: Recipe, watch: Watch | None) -> Rows:
    if recipe.options.engine == "ray":
        return _on_ray(jobs, recipe)
    return _locally(jobs, recipe, watch)


def _on_ray(jobs: Iterator[Job], recipe: Recipe) -> Rows:
    from tqcheck.batch import cluster, memory

    for name, value in _RAY.items():
        os.environ.setdefault(name, value)
    workers = recipe.options.workers or environment.processors()
    wanted = cluster.Cluster(recipe.options.address, workers, recipe.options.timeout)
    if recipe.options.address is None:
        fitting = memory.fitting(workers, memory.WHOLE, memory.free())
        _say(fitting.note)
        wanted = wanted._replace(workers=fitting.workers)
    yield from cluster.run(jobs, recipe, wanted)


def _locally(jobs: Iterator[Job], recipe: Recipe, watch: Watch | None) -> Rows:
    """Models are loaded once there is something to do, and then the processes are forked."""
    from tqcheck.batch import local, memory

    first = next(jobs, None)
    if first is None:
        return
    make: Callable[[], Attempt] = recipe
    own = memory.WHOLE
    if local.SHARES:
        checker = recipe.checker()
        checker.load()
        make = partial(attempting, checker)
        own = memory.OWN if checker.shares_all else memory.OWN_MODELS
    fitting = memory.fitting(recipe.options.workers or environment.processors(), own, memory.free())
    _say(fitting.note)
    pool = local.Pool(make, fitting.workers, recipe.options.timeout, watch or _nothing)
    yield from pool.run(chain([first], jobs))


def _say(note: str | None) -> None:
    if note is not None:
        print(as_lines(f"Note: {note}"), file=sys.stderr)


def _conclude(rows: list[Row], count: Count, notes: tuple[str, ...], place: str) -> Exit:
    """The last lines: failures and remarks on standard error, the verdict on standard output."""
    from tqcheck.batch.record import State
    from tqcheck.batch.run import failures
    from tqcheck.render.visible import visible

    failed = failures(rows)
    for row in failed[:SHOWN]:
        print(as_lines(f"not checked: {visible(row.english or row.french)}\n{_indented(row)}"), file=sys.stderr)
    if len(failed) > SHOWN:
        print(f"and {len(failed) - SHOWN:,} more that were not checked: failures.jsonl lists all", file=sys.stderr)
    for note in notes:
        _say(note)
    stopped = sum(row.state == State.FAILED for row in rows)
    parts = [f"{len(rows):,} pairs: {sum(row.state == State.PASSED for row in rows):,} passed, {stopped:,} failed"]
    if failed:
        parts.append(f"{len(failed):,} could not be checked")
    if count.kept:
        parts.append(f"{count.kept:,} of all were finished before")
    if count.repeated:
        parts.append(f"{count.repeated:,} repeated in the list")
    print(as_lines(f"{'FAILED' if failed or stopped else 'PASSED'}  {', '.join(parts)}. {visible(place)}"))
    return Exit.BAD_INPUT if failed else Exit.GATE_FAILED if stopped else Exit.PASSED


def _indented(row: Row) -> str:
    """Why; of a fault of ours the last line."""
    from tqcheck.batch.record import MEANINGS, Kind
    from tqcheck.render.visible import visible

    lines = row.reason.strip().split("\n")
    if row.kind == Kind.FAULT:
        lines = [f"{MEANINGS[Kind.FAULT]} in failures.jsonl:", lines[-1]]
    return "\n".join(f"  {visible(line)}" for line in lines)
