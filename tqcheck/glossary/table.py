"""Glossaries as tables (CSV, TSV), and lists of what is not translated."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from tqcheck.errors import Place, UserError
from tqcheck.glossary.entries import Row, row
from tqcheck.readers.files import place
from tqcheck.readers.lines import exact_lines, load_text, plain

COLUMNS = ("french", "english", "forbidden", "note", "unchanged")
"""What the columns mean, and their order where the first row does not name them."""

_NAMES: Mapping[str, str] = {
    "french": "french",
    "english": "english",
    "forbidden": "forbidden",
    "note": "note",
    "unchanged": "unchanged",
    **dict.fromkeys("fr français francais source src terme term".split(), "french"),
    **dict.fromkeys("en anglais target tgt allowed translation traduction".split(), "english"),
    **dict.fromkeys("avoid banned deprecated interdit à-éviter not never".split(), "forbidden"),
    **dict.fromkeys("notes comment comments commentaire definition définition".split(), "note"),
    **dict.fromkeys("keep do-not-translate dnt inchangé".split(), "unchanged"),
}
_YES = frozenset("yes y x 1 true oui vrai".split())
_NO = frozenset(("", *"no n 0 false non faux".split()))
_HINT = f"columns are {', '.join(COLUMNS)}; several terms in a cell are parted by |"


def read(path: str) -> list[Row]:
    """The rows of a table in CSV (commas or semicolons) or TSV.

    The first row may name the columns (`COLUMNS`, or other names for them, English or French). Several terms in a cell
    are parted by ``|``, and by ``;`` where that does not part the columns. A row that begins with ``#`` is a remark.
    Raises UserError for columns that are not known, for rows that are too long, and for quotes that do not end.
    """
    text = plain(load_text(path, None)[0])
    delimiter = _delimiter(text, path)
    parts = re.compile(r"\s*\|\s*" if delimiter == ";" else r"\s*[|;]\s*")
    columns: Sequence[str] | None = None
    found = []
    for number, cells in _cells(text, delimiter, path):
        where = place(path, number, 1, _line(text, number))
        if columns is None:
            columns = _columns(cells, where)
            if columns is not None:
                continue
            columns = COLUMNS
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            raise UserError(f"{len(cells)} columns, not {len(columns)}", where, hint=_HINT)
        found.append(_row(dict(zip(columns, cells, strict=False)), where, parts))
    return found


def read_list(path: str) -> list[Row]:
    """A list of what is not translated: a term a line; ``#`` begins a remark."""
    lines = exact_lines(plain(load_text(path, None)[0]))
    return [
        row(line.strip(), place(path, number, 1, line), unchanged=True)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]


def _row(cells: Mapping[str, str], where: Place, parts: re.Pattern[str]) -> Row:
    def terms(name: str) -> tuple[str, ...]:
        return tuple(" ".join(term.split()) for term in parts.split(cells.get(name, "")) if term.strip())

    keep = cells.get("unchanged", "").strip().lower()
    if keep not in _YES | _NO:
        raise UserError(f'"{keep}" is neither yes nor no', where, hint="unchanged is yes where nothing is translated")
    note = " ".join(cells.get("note", "").split())
    french = cells.get("french", "")
    unchanged = keep in _YES
    if unchanged and terms("english") not in ((), (" ".join(french.split()),)):
        message = f"« {french.strip()} » stays unchanged and has an English term"
        raise UserError(message, where, hint="leave out one of the two")
    return row(french, where, terms("english"), terms("forbidden"), note, unchanged=unchanged)


def _cells(text: str, delimiter: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, each with the number of its first line. In TSV a quote is a quote."""
    lines = [f"{line}\n" for line in text.split("\n")]
    if delimiter == "\t":
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    else:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield number, cells
    except csv.Error as error:
        where = place(path, before + 1, 1, _line(text, before + 1))
        raise UserError(f"this row is no CSV: {error}", where, hint="a quote in a quoted cell is doubled") from None


def _columns(cells: Sequence[str], where: Place) -> Sequence[str] | None:
    """What the first row says that the columns are, None where it is a row like the others."""
    names = [_NAMES.get(cell.strip().lower().replace(" ", "-").replace("_", "-")) for cell in cells]
    if "french" not in names and sum(name is not None for name in names) < 2:
        return None
    for cell, name in zip(cells, names, strict=True):
        if name is None and cell.strip():
            near = difflib.get_close_matches(cell.strip().lower(), _NAMES, n=1)
            raise UserError(
                f'there is no column "{cell.strip()}"', where, hint=f'did you mean "{near[0]}"?' if near else _HINT
            )
    if "french" not in names or not {"english", "forbidden", "unchanged"} & set(names):
        raise UserError("a glossary has a column french, and english, forbidden or unchanged", where, hint=_HINT)
    return [name or "" for name in names]


def _delimiter(text: str, path: str) -> str:
    if PurePath(path).suffix.lower() == ".tsv":
        return "\t"
    first = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return ";" if bare.count(";") > bare.count(",") else ","


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""
