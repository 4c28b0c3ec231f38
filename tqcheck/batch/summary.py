"""What came of a run: a table (CSV, Parquet), the failures with their reasons, the page that leads to the reports."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from decimal import Decimal
from importlib.util import find_spec
from typing import Any, get_type_hints

from tqcheck.batch import record
from tqcheck.batch.record import Row, State
from tqcheck.batch.storage import Storage
from tqcheck.render.table import safe

CSV, PARQUET, FAILURES, INDEX = "summary.csv", "summary.parquet", "failures.jsonl", "index.html"
NO_PARQUET = f'{PARQUET} is left out: it needs pyarrow, pip install "tqcheck[parquet]"'


def write(rows: Sequence[Row], storage: Storage) -> tuple[str, ...]:
    """Write all of it; remarks on what is left out. Raises Unwritable."""
    notes: tuple[str, ...] = ()
    if find_spec("pyarrow") is not None:
        storage.put(CSV, arrow_csv(to_table(rows, spreadsheet=True)))
        storage.put(PARQUET, parquet(to_table(rows)))
    else:
        storage.put(CSV, plain_csv(rows))
        notes = (NO_PARQUET,)
    storage.put(FAILURES, failures(rows))
    storage.put(INDEX, index(rows))
    return notes


def index(rows: Sequence[Row]) -> str:
    """The page that lists all pairs and leads to their reports."""
    from tqcheck.render.html import archive

    return archive.page([archive.Line(**_line(row)) for row in rows])


def _line(row: Row) -> dict[str, Any]:
    names = (
        "number",
        "french",
        "english",
        "state",
        "title",
        "critical",
        "major",
        "minor",
        "neutral",
        "quality",
        "pairs",
    )
    meaning = record.MEANINGS[record.Kind(row.kind)] if row.kind else ""
    reason = f"{meaning}: {row.reason.split(chr(10), 1)[0].removeprefix('error: ')}" if row.kind else ""
    if row.kind == record.Kind.FAULT:
        reason = f"{meaning}: {row.reason.strip().rsplit(chr(10), 1)[-1]}"
    return {**{name: getattr(row, name) for name in names}, "address": row.page or row.report, "reason": reason}


def failures(rows: Sequence[Row]) -> str:
    """A JSON object a line for each pair that could not be checked."""
    names = ("number", "french", "english", "kind", "reason", "attempts")
    found = (row._asdict() for row in rows if row.state == State.UNCHECKED)
    return "".join(json.dumps({name: row[name] for name in names}, ensure_ascii=True) + "\n" for row in found)


def plain_csv(rows: Sequence[Row]) -> str:
    """The very text that pyarrow writes, without it: texts in quotation marks, numbers bare, unknown is empty."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            return '"' + safe(value).replace('"', '""') + '"'
        return "" if value is None else f"{Decimal(repr(value)):f}".removesuffix(".0")

    lines = [",".join(f'"{name}"' for name in Row._fields), *(",".join(map(cell, row)) for row in rows)]
    return "".join(f"{line}\n" for line in lines)


def arrow_csv(table: Any) -> bytes:
    """A table as CSV."""
    from pyarrow import csv

    file = io.BytesIO()
    csv.write_csv(table, file)
    return file.getvalue()


def parquet(table: Any) -> bytes:
    """A table as Parquet."""
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(table, file, compression="zstd")
    return file.getvalue()


def to_table(rows: Sequence[Row], *, spreadsheet: bool = False) -> Any:
    """The rows as a table of pyarrow; for a ``spreadsheet`` no cell is a formula."""
    import pyarrow

    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    hints = get_type_hints(Row)
    columns: dict[str, Any] = {}
    for place, name in enumerate(Row._fields):
        kind = next(kind for kind in kinds if kind in (hints[name], *getattr(hints[name], "__args__", ())))
        values = [row[place] for row in rows]
        if kind is str:
            values = [(safe if spreadsheet else _storable)(str(value)) for value in values]
        columns[name] = pyarrow.array(values, kinds[kind])
    return pyarrow.table(columns)


def _storable(text: str) -> str:
    from tqcheck.render.visible import storable

    return storable(text)
