"""Which pairs: a list of any length, read line by line, or the pairs of the settings.

The forms are those of a desk's manifest (French TAB English a line, or one file that holds both languages; ``#`` begins
a remark) and, by the suffix, CSV and JSON lines. A heading of columns is known by its words.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple, TextIO

from tqcheck import manifest
from tqcheck.batch import storage
from tqcheck.errors import Place, UserError
from tqcheck.manifest import Article

FRENCH = ("french", "source", "fr")
ENGLISH = ("english", "target", "en")
_FORM = "a line is a French file and its English one: two columns of TSV or CSV, or JSON with french and english"
_LONGEST_NAME = 100


class Job(NamedTuple):
    """A pair to check. ``number``: its line, or its place from 1. ``name``: of the files that come of it."""

    number: int
    article: Article
    name: str


class Bad(NamedTuple):
    """A line that is no pair, and why."""

    number: int
    text: str
    reason: str


class Repeated(NamedTuple):
    """A line whose pair stood in an earlier one."""

    number: int


Listed = Job | Bad | Repeated


def read(path: str, here: Path) -> Iterator[Listed]:
    """The lines of the list at a path or URL; names are seen from it, and shown as seen from ``here``.

    Raises UserError where it cannot be read or is not in UTF-8.
    """
    path = storage.plain(path)
    suffix = PurePath(path).suffix.lower()
    rows = _json_rows if suffix in (".jsonl", ".ndjson") else _csv_rows if suffix == ".csv" else _plain_rows
    seen: set[bytes] = set()
    with storage.lines(path) as stream:
        try:
            for number, columns, text in rows(stream):
                names = None if columns is None else manifest.pair(columns)
                if names is None:
                    yield Bad(number, text[:200], _FORM)
                else:
                    article = Article(*(_shown(storage.beside(path, name), here) for name in names))
                    yield _job(number, article, names, seen)
        except UnicodeDecodeError:
            raise UserError("the list is not in UTF-8", Place(path), hint=_FORM) from None
        except csv.Error as error:
            raise UserError(f"the list is not CSV: {error}", Place(path), hint=_FORM) from None


def of_articles(articles: Iterable[Article]) -> Iterator[Listed]:
    """The pairs that the settings name."""
    seen: set[bytes] = set()
    return (_job(number, article, article, seen) for number, article in enumerate(articles, 1))


def _job(number: int, article: Article, names: Article, seen: set[bytes]) -> Job | Repeated:
    digest = hashlib.sha256("\x1f".join(names).encode("utf-8", "surrogatepass")).digest()[:8]
    if digest in seen:
        return Repeated(number)
    seen.add(digest)
    return Job(number, article, f"{_readable(names.target)}-{digest.hex()}")


def _readable(path: str) -> str:
    """What people know a file by: its last folder and name, in characters that every filesystem takes."""
    parts = [part for part in re.split(r"[/\\]+", path) if part not in ("", ".", "..")][-2:]
    words = "__".join(re.sub(r"[^A-Za-z0-9._-]+", "_", part).strip(".") for part in parts)
    return words[-_LONGEST_NAME:].lstrip(".-") or "article"


def _shown(path: str, here: Path) -> str:
    return path if storage.is_url(path) else manifest.shown(Path(path), here)


Rows = Iterator[tuple[int, Sequence[str] | None, str]]
"""Number of the line, its columns (None: it is nothing that has columns), and the line as it is."""


def _plain_rows(stream: TextIO) -> Rows:
    heading = _Heading()
    for number, line in enumerate(stream, 1):
        row = line.rstrip("\r\n")
        if row.strip() and not row.startswith("#") and not heading.is_one(row.split("\t")):
            yield number, heading.chosen(row.split("\t")), row


def _csv_rows(stream: TextIO) -> Rows:
    heading = _Heading()
    reader = csv.reader(stream)
    for columns in reader:
        if columns and not columns[0].startswith("#") and not heading.is_one(columns):
            yield reader.line_num, heading.chosen(columns), ",".join(columns)


def _json_rows(stream: TextIO) -> Rows:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield number, _of_json(line), line.strip()


def _of_json(line: str) -> Sequence[str] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        value = [next((value[key] for key in keys if key in value), None) for keys in (FRENCH, ENGLISH)]
        value = [name for name in value if name is not None]
    if isinstance(value, str):
        value = [value]
    return value if isinstance(value, list) and all(isinstance(name, str) for name in value) else None


class _Heading:
    """Where the two names stand, once the first row has said so."""

    def __init__(self) -> None:
        self._first = True
        self._places: tuple[int, int] | None = None

    def is_one(self, columns: Sequence[str]) -> bool:
        """Whether this row is the heading; only the first can be."""
        if not self._first:
            return False
        self._first = False
        words = [column.strip().lower() for column in columns]
        found = [next((words.index(name) for name in names if name in words), None) for names in (FRENCH, ENGLISH)]
        if found[0] is None or found[1] is None:
            return False
        self._places = (found[0], found[1])
        return True

    def chosen(self, columns: Sequence[str]) -> Sequence[str] | None:
        """The columns of the two names; all of them where there was no heading."""
        if self._places is None:
            return columns
        return [columns[place] for place in self._places] if max(self._places) < len(columns) else None
