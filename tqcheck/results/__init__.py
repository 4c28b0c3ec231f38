"""What was found before: reports in files, each under the hash of everything that it depends on.

The texts, the rules and their settings, the models, the engines and the program itself, byte for byte: what is found
under a key is what would be made again. The gate is no part of it: limits, baselines and dates are asked every time.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import secrets
import time
import zlib
from collections.abc import Mapping
from pathlib import Path

from tqcheck.model import Report
from tqcheck.results.packed import pack, unpack
from tqcheck.results.program import digest

FOLDER = "results"
FORM = 2
LIMIT = 256_000_000
"""Bytes that are kept; beyond them the reports that nobody asked for the longest are removed."""
STALE = 86400.0
"""Seconds after which a half-written file is taken for what a killed run has left."""


def key(source: bytes, target: bytes, depends_on: Mapping[str, object]) -> str:
    """The name of the report on two texts. ``depends_on``: JSON values, all that else has a say in it."""
    parts = {
        "form": FORM,
        "source": hashlib.sha256(source).hexdigest(),
        "target": hashlib.sha256(target).hexdigest(),
        "program": digest(),
        **depends_on,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


class Results:
    """The reports in a folder of the cache. Several runs may share it; a damaged file counts as none.

    It is never in the way: where it cannot be written, the run goes on and ``notes`` has a line.
    """

    def __init__(self, cache: Path) -> None:
        self.folder = cache / FOLDER
        self.notes: list[str] = []
        self._wrote = False

    def get(self, name: str, *, words: bool = True) -> Report | None:
        """The report of that key, None where there is none; ``words`` as `packed.unpack` has it."""
        path = self._path(name)
        try:
            with gzip.open(path, "rt", encoding="ascii") as lines:
                found = unpack(map(json.loads, lines), words=words)
        except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return found

    def put(self, name: str, report: Report) -> None:
        """Keep a report under a key: whole or not at all."""
        if self.notes:
            return
        path = self._path(name)
        temporary = path.with_name(f".{path.name}-{secrets.token_hex(6)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                _write(temporary, report)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
        except (TypeError, ValueError) as error:  # a report that breaks a promise of the nouns: checked, but not kept
            self.notes.append(f"results are not kept: {error}")
            return
        except OSError as error:
            self.notes.append(f"results are not kept, {self.folder} cannot be written: {error.strerror or error}")
        self._wrote = True

    def tidy(self, limit: int = LIMIT) -> None:
        """Remove what is too much, the oldest first, and what killed runs left, if this run has added anything."""
        if not self._wrote:
            return
        files = sorted(_files(self.folder), key=lambda entry: -entry[1].st_mtime)
        total = 0
        for path, status in files:
            total += status.st_size
            if total > limit:
                with contextlib.suppress(OSError):
                    path.unlink()
        for path in self.folder.glob("*/.*.json.gz-*.tmp"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > STALE:
                    path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name[2:]}.json.gz"


def _write(path: Path, report: Report) -> None:
    with path.open("wb") as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as packed:
        for row in pack(report):
            packed.write(json.dumps(row).encode() + b"\n")


def without_words(report: Report) -> Report:
    """The report as `Results.get` gives it without words: thousands of them fit in memory."""
    try:
        return unpack(pack(report), words=False)
    except (TypeError, ValueError):
        return report


def info(cache: Path) -> str:
    """One line on what is kept."""
    files = list(_files(cache / FOLDER))
    return f"{len(files)} reports, {sum(status.st_size for _, status in files) / 1e6:.1f} MB in {cache / FOLDER}"


def clear(cache: Path) -> int:
    """Remove all that is kept; how many reports it was."""
    count = 0
    for path, _ in list(_files(cache / FOLDER)):
        with contextlib.suppress(OSError):
            path.unlink()
            count += 1
    return count


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    found = []
    for path in folder.glob("*/*.json.gz"):
        with contextlib.suppress(OSError):
            found.append((path, path.stat()))
    return found
