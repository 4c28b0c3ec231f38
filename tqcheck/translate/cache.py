"""What engines answered before, in an SQLite file: by hash of engine, models, direction and text.

Several runs may share it. It is never in the way: a damaged file is moved aside and made anew, and where it cannot be
written or read the run goes on without, with a note.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from tqcheck.errors import UserError

FILE = "translations.sqlite3"
VERSION = 1
_BUSY = 10.0
"""Seconds to wait for another run that is writing."""
_AT_ONCE = 500
"""Keys a query: SQLite takes 999 parameters in its older builds."""

R = TypeVar("R")


class CacheInfo(NamedTuple):
    """``path`` of the file, its ``size`` in bytes, the number of ``entries``, and how many each engine has."""

    path: Path
    size: int
    entries: int
    engines: tuple[tuple[str, int], ...]

    def describe(self) -> str:
        """One line."""
        return f"{self.entries} entries, {self.size / 1e6:.1f} MB in {self.path}"

    def __str__(self) -> str:
        return "\n".join([self.describe(), *(f"{count:>8} by {engine}" for engine, count in self.engines)])


def info(directory: Path) -> CacheInfo:
    """What is in the cache of a directory. Raises UserError where it cannot be read."""
    with Cache(directory) as cache:
        found = cache.info()
    _complain(cache)
    return found


def clear(directory: Path) -> int:
    """Empty the cache of a directory; how many entries it had. Raises UserError where it cannot be written."""
    with Cache(directory) as cache:
        count = cache.clear()
    _complain(cache)
    return count


def _complain(cache: Cache) -> None:
    if cache.given_up:
        raise UserError(cache.notes[-1])


def key(*parts: str) -> bytes:
    """The SHA-256 over strings, in order."""
    return hashlib.sha256(json.dumps(parts).encode()).digest()


class Cache:
    """The cache in a directory, which is made when there is something to keep.

    ``notes`` are one-line remarks for the user about what went wrong, if anything did.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / FILE
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._file = 0
        self._off = False
        self._notes: list[str] = []

    @property
    def given_up(self) -> bool:
        """Whether the file cannot be used, as the last of the notes says."""
        return self._off

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    def read(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The values of those keys that are there."""
        if not self.path.exists():
            return {}
        return self._attempt(lambda connection: dict(_select(connection, keys)), {})

    def write(self, engine: str, values: Mapping[bytes, str]) -> None:
        """Keep values, under the identity of the engine that made them."""

        def insert(connection: sqlite3.Connection) -> None:
            rows = [(name, engine, value) for name, value in values.items()]
            with _transaction(connection):
                connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)

        self._attempt(insert, None)

    def info(self) -> CacheInfo:
        """What is in it."""
        query = "SELECT engine, count(*) FROM answers GROUP BY engine ORDER BY engine"
        engines: list[tuple[str, int]] = []
        if self.path.exists():
            engines = self._attempt(lambda connection: connection.execute(query).fetchall(), [])
        size = sum(path.stat().st_size for path in self._files() if path.exists())
        return CacheInfo(self.path, size, sum(count for _, count in engines), tuple(engines))

    def clear(self) -> int:
        """Forget everything; how many entries that were. What was moved aside as damaged goes as well."""
        self._aside().unlink(missing_ok=True)
        if not self.path.exists():
            return 0

        def delete(connection: sqlite3.Connection) -> int:
            with _transaction(connection):
                count = connection.execute("DELETE FROM answers").rowcount
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return count

        return self._attempt(delete, 0)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _attempt(self, work: Callable[[sqlite3.Connection], R], otherwise: R) -> R:
        """Do something with the database, mending it once where it is damaged; ``otherwise`` where that fails."""
        for _ in range(2):
            if self._off:
                break
            try:
                return work(self._open())
            except _Newer as error:
                self._give_up(str(error))
            except (sqlite3.OperationalError, OSError) as error:
                # Locked for long, not writable, disk full: nothing that another file would mend.
                self._give_up(str(error))
            except sqlite3.DatabaseError as error:
                self._mend(str(error))
        return otherwise

    def _open(self) -> sqlite3.Connection:
        # A connection must not be used in a process that was forked off after it was made.
        if self._connection is None or self._process != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with ExitStack() as undo:
                connection = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
                undo.callback(connection.close)
                self._file = self.path.stat().st_ino
                _prepare(connection)
                undo.pop_all()
            self._connection, self._process = connection, os.getpid()
        return self._connection

    def _give_up(self, reason: str) -> None:
        self.close()
        self._off = True
        self._notes.append(f"the translation cache {self.path} is not used: {reason}")

    def _mend(self, reason: str) -> None:
        self.close()
        try:
            if self.path.stat().st_ino != self._file:
                return  # another run was faster: there is a new one already
            # The journal first: SQLite would replay it into the new database.
            for path in self._files()[1:]:
                path.unlink(missing_ok=True)
            self.path.replace(self._aside())
        except FileNotFoundError:
            return
        except OSError as error:
            self._give_up(str(error))
            return
        self._notes.append(f"the translation cache was damaged ({reason}): moved to {self._aside()}, a new one begun")

    def _files(self) -> tuple[Path, ...]:
        return self.path, *(self.path.with_name(f"{self.path.name}-{suffix}") for suffix in ("shm", "wal"))

    def _aside(self) -> Path:
        return self.path.with_name(f"{FILE}.damaged")


class _Newer(Exception):
    """The file was written by a later version of the program."""


def _prepare(connection: sqlite3.Connection) -> None:
    """Set the journal and make the table, or find them made."""
    _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL").fetchone())
    connection.execute("PRAGMA synchronous=NORMAL")
    if _version(connection) == VERSION:
        return
    with _transaction(connection):
        version = _version(connection)  # another first run may have been here in the meantime
        if version > VERSION:
            raise _Newer("it was written by a later version of tqcheck")
        if version < VERSION:
            connection.execute("DROP TABLE IF EXISTS answers")
            connection.execute("CREATE TABLE answers (key BLOB PRIMARY KEY, engine TEXT, value TEXT)")
            connection.execute(f"PRAGMA user_version={VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _patiently(work: Callable[[], object]) -> None:
    """SQLite does not wait by itself for its turn to switch the journal, which two first runs may do at once."""
    until = time.monotonic() + _BUSY
    while True:
        try:
            work()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # commits, or rolls back where something is raised
        yield


def _select(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        places = ", ".join("?" * len(some))
        yield from connection.execute(f"SELECT key, value FROM answers WHERE key IN ({places})", some)
