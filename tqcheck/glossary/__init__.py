"""Glossary file -> terms: CSV, TSV, TBX, and lists of what is not translated, told by the end of the name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from types import MappingProxyType

from tqcheck.errors import Place, UserError
from tqcheck.glossary import table, tbx
from tqcheck.glossary.entries import Row
from tqcheck.languages import phrases
from tqcheck.model import GlossaryTerm
from tqcheck.readers.files import place

__all__ = ["READERS", "load"]

READERS: Mapping[str, Callable[[str], list[Row]]] = MappingProxyType(
    {".csv": table.read, ".tsv": table.read, ".tbx": tbx.read, ".txt": table.read_list}
)
"""By suffix: the rows of a file of that name."""


def load(paths: Iterable[Path | str]) -> tuple[GlossaryTerm, ...]:
    """The terms of all files, in their order.

    Raises UserError for a file that cannot be read, a row without a French term or anything to say of it, and a term
    that is allowed in one row and forbidden in another.
    """
    rows = [row for path in paths for row in _rows(str(path))]
    _refuse_contradictions(rows)
    return tuple(row.term for row in rows)


def _rows(path: str) -> Sequence[Row]:
    suffix = PurePath(path).suffix.lower()
    if suffix not in READERS:
        hint = f"known are {', '.join(READERS)}; .txt is a list of what is not translated, a line each"
        raise UserError(f"no reader for glossaries that end in {suffix or 'nothing'}", place(path), hint=hint)
    rows = READERS[suffix](path)
    for row in rows:
        _checked(row)
    if not rows:
        raise UserError("this glossary has no term", place(path), hint="see docs/glossaries.md")
    return rows


def _checked(row: Row) -> None:
    term = row.term
    if not phrases.words(term.french):
        raise UserError("there is no French term in this row", row.place, hint="write it in the first column")
    empty = [name for name in (*term.allowed, *term.forbidden) if not phrases.words(name)]
    if empty or not (term.allowed or term.forbidden):
        what = f"« {term.french} » has no English term" if not empty else f'"{empty[0]}" is no term'
        raise UserError(what, row.place, hint="write what it is in English, or what it must not be")


def _refuse_contradictions(rows: Sequence[Row]) -> None:
    allowed: dict[tuple[object, ...], Place] = {}
    for row in rows:
        for name in row.term.allowed:
            allowed.setdefault((phrases.words(row.term.french), phrases.words(name)), row.place)
    for row in rows:
        for name in row.term.forbidden:
            other = allowed.get((phrases.words(row.term.french), phrases.words(name)))
            if other is not None:
                raise UserError(
                    f'"{name}" for « {row.term.french} » is forbidden here and allowed at {other}',
                    row.place,
                    hint="take it out of one of the two",
                )
