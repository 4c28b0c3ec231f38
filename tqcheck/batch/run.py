"""A run: what is finished is taken as it is, the rest goes to an engine, and in the end every line has a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from tqcheck.batch import record
from tqcheck.batch.checker import PAGES, RECORDS, REPORTS, Checker
from tqcheck.batch.lists import Bad, Job, Listed
from tqcheck.batch.record import Row, State

AT_ONCE = 32
"""Looks over a network at the same time."""
Rows = Generator[Row, None, None]
Engine = Callable[[Iterator[Job]], Rows]
"""Checks pairs, and gives their rows as they come, in any order; it can be closed before its end."""


@dataclass
class Count:
    """How far a run is. ``total``: the lines of the list; ``kept``: rows of earlier runs; ``states``: of this one."""

    total: int
    kept: int = 0
    repeated: int = 0
    states: Counter[str] = field(default_factory=Counter)

    @property
    def checked(self) -> int:
        """Pairs that this run has checked, or tried to."""
        return self.states.total()

    @property
    def finished(self) -> int:
        """Pairs that have a report."""
        return self.kept + self.checked - self.states[State.UNCHECKED]

    @property
    def left(self) -> int:
        return self.total - self.kept - self.repeated - self.checked


def run(
    listed: Iterable[Listed], checker: Checker, engine: Engine, count: Count, tick: Callable[[], None]
) -> list[Row]:
    """The rows of all lines in their order; ``count`` grows on the way, and ``tick`` is called when it has.

    Raises Unwritable where results cannot be kept.
    """
    checker.storage.sweep(REPORTS, PAGES, RECORDS)
    rows: list[Row] = []

    def taken(row: Row) -> None:
        rows.append(row)
        count.states[row.state] += 1
        tick()

    def pending() -> Iterator[Job]:
        for line, row in _looked_up(iter(listed), checker):
            if isinstance(line, Bad):
                taken(record.of_bad_line(line))
            elif not isinstance(line, Job):
                count.repeated += 1
            elif row is not None:
                rows.append(row)
                count.kept += 1
                tick()
            else:
                yield line

    with closing(engine(pending())) as found:
        for row in found:
            taken(row)
    return sorted(rows, key=lambda row: row.number)


def _looked_up(listed: Iterator[Listed], checker: Checker) -> Iterator[tuple[Listed, Row | None]]:
    """Each line with what an earlier run has made of it; many at once where each look goes over a network."""

    def look(line: Listed) -> Row | None:
        return checker.finished(line) if isinstance(line, Job) else None

    if not checker.storage.remote:
        yield from ((line, look(line)) for line in listed)
        return
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while lines := list(islice(listed, 8 * AT_ONCE)):
            yield from zip(lines, threads.map(look, lines), strict=True)


def failures(rows: Iterable[Row]) -> list[Row]:
    """Those that could not be checked."""
    return [row for row in rows if row.state == State.UNCHECKED]
