"""Where in the text of a TOML file a key stands, which tomllib does not tell.

Looks at one line at a time: a key in a multi-line string could be taken for one, if the file has no other of that name
before it. Nothing but the line and column of an error message hangs on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

Position = tuple[int, int]
"""Line and column, both from 1."""

Path = tuple[str | int, ...]
"""Names from the top of the file down; behind the name of a list of tables the number of a table in it, from 0."""

_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


def key_place(text: str, path: Path) -> Position | None:
    """Of the key or table ``path``, None where it is not found. A list of tables is where its first one is."""
    counts: Counter[Path] = Counter()
    inside: Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        match, above = (header, ()) if header else (key, inside)
        if match is None:
            continue
        group = 2 if header else 1
        parts = [(part[0].strip("\"'"), match.start(group) + part.start()) for part in re.finditer(_PART, match[group])]
        names, columns = _numbered(above, parts, counts, another=header is not None and header[1] == "[[")
        if names[: len(path)] == path and len(path) > len(above):
            return number, columns[len(path) - len(above) - 1] + 1
        if header:
            inside = names
        elif names == path[: len(names)] and isinstance(path[-1], str):  # { … } behind the key
            found = re.compile(rf"""(?<![\w-])["']?{re.escape(path[-1])}["']?[ \t]*=""").search(line, match.end())
            if found:
                return number, found.start() + 1
    return None


def _numbered(
    above: Path, parts: Sequence[tuple[str, int]], counts: Counter[Path], *, another: bool
) -> tuple[Path, list[int]]:
    """The full path of a header or key, with the numbers of tables in lists, and a column for each of its own parts."""
    names: list[str | int] = list(above)
    columns: list[int] = []
    for place, (name, column) in enumerate(parts):
        names.append(name)
        columns.append(column)
        array = tuple(names)
        if another and place == len(parts) - 1:
            counts[array] += 1
        if counts[array]:
            names.append(counts[array] - 1)
            columns.append(column)
    return tuple(names), columns


def string_place(text: str, start: Position, string: str) -> Position | None:
    """Of the first ``string`` in quotes at or behind ``start``."""
    lines = text.split("\n")
    for number in range(start[0], len(lines) + 1):
        found = re.compile(rf"""(["']){re.escape(string)}\1""").search(
            lines[number - 1], start[1] if number == start[0] else 0
        )
        if found:
            return number, found.start() + 1
    return None
