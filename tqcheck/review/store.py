"""Decisions in SQLite: all are kept, the last one of a finding holds, and nobody replaces what they have not seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tqcheck.decisions import Decision, Status
from tqcheck.errors import Place, UserError

_TABLE = """
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    report TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    comment TEXT NOT NULL,
    suggestion TEXT,
    decided TEXT NOT NULL,
    rule TEXT NOT NULL,
    source TEXT,
    target TEXT
)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS of_finding ON decisions (report, fingerprint, number)"
_FIELDS = "fingerprint, status, reason, comment, suggestion, decided, rule, source, target"
_HOLDING = "number IN (SELECT max(number) FROM decisions GROUP BY report, fingerprint)"


class Changes(NamedTuple):
    """What was decided since some number, and the number to ask with next."""

    number: int
    decisions: tuple[Decision, ...]


class Store:
    """The database in ``path``. Every call has a connection of its own: threads and other servers may share it."""

    def __init__(self, path: Path) -> None:
        """Raises UserError for a file that is no such database or cannot be written."""
        self._path = path
        try:
            with self._open() as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute(_TABLE)
                database.execute(_INDEX)
        except sqlite3.Error as error:
            raise UserError(f"the database of decisions cannot be used: {error}", Place(str(path))) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            yield database
        finally:
            database.close()

    def add(self, report: str, decision: Decision, known: str) -> Decision | None:
        """Keep a decision that replaces the one made at ``known`` ("" for none).

        Where another one holds by now nothing is kept, and that one is returned.
        """
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            query = f"SELECT {_FIELDS} FROM decisions WHERE report = ? AND fingerprint = ? ORDER BY number DESC LIMIT 1"
            row = database.execute(query, (report, decision.fingerprint)).fetchone()
            holding = None if row is None else _decision(row)
            if holding is not None and holding.decided != known:
                database.execute("ROLLBACK")
                return holding
            values = (report, *_row(decision))
            marks = ", ".join("?" * len(values))
            database.execute(f"INSERT INTO decisions (report, {_FIELDS}) VALUES ({marks})", values)
            database.execute("COMMIT")
        return None

    def since(self, report: str, number: int) -> Changes:
        """The decisions of a report that hold and came after ``number`` (0: all)."""
        query = (
            f"SELECT number, {_FIELDS} FROM decisions WHERE report = ? AND number > ? AND {_HOLDING} ORDER BY number"
        )
        with self._open() as database:
            rows = database.execute(query, (report, number)).fetchall()
        return Changes(max((row[0] for row in rows), default=number), tuple(_decision(row[1:]) for row in rows))

    def settled(self, reports: Iterable[str]) -> dict[str, dict[str, Status]]:
        """Report -> fingerprint -> what was decided, the open ones left out."""
        found: dict[str, dict[str, Status]] = {report: {} for report in reports}
        query = f"SELECT report, fingerprint, status FROM decisions WHERE status != ? AND {_HOLDING}"
        with self._open() as database:
            for report, fingerprint, status in database.execute(query, (Status.OPEN,)):
                found.setdefault(report, {})[fingerprint] = Status(status)
        return found

    def holding(self) -> tuple[Decision, ...]:
        """All that hold, of all reports."""
        query = f"SELECT {_FIELDS} FROM decisions WHERE {_HOLDING} ORDER BY number"
        with self._open() as database:
            return tuple(_decision(row) for row in database.execute(query))


def _row(made: Decision) -> tuple[str | None, ...]:
    texts = (made.fingerprint, made.status, made.reason, made.comment, made.suggestion, made.decided, made.rule)
    return (*texts, made.source, made.target)


def _decision(row: tuple[str, ...]) -> Decision:
    fingerprint, status, reason, comment, suggestion, decided, rule, source, target = row
    return Decision(fingerprint, Status(status), reason, comment, suggestion, decided, rule, source, target)
