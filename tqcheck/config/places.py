"""Where in the text of a TOML file a key stands, which tomllib does not tell.

Looks at one line at a time: a key in a multi-line string could be taken for one, if the file has no other of that name
before it. Nothing but the line and column of an error message hangs on it.
"""

from __future__ import annotations

import re

Position = tuple[int, int]
"""Line and column, both from 1."""

_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


def key_place(text: str, path: tuple[str, ...]) -> Position | None:
    """Of the key or table ``path`` (its names from the top of the file down), None where it is not found."""
    inside: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        match, above = (header, ()) if header else (key, inside)
        if match is None:
            continue
        parts = [(part[0].strip("\"'"), match.start(1) + part.start()) for part in re.finditer(_PART, match[1])]
        names = (*above, *(name for name, _ in parts))
        if names[: len(path)] == path and len(path) > len(above):
            return number, parts[len(path) - len(above) - 1][1] + 1
        if header:
            inside = names
        elif names == path[: len(names)]:  # { … } behind the key
            found = re.compile(rf"""(?<![\w-])["']?{re.escape(path[-1])}["']?[ \t]*=""").search(line, match.end())
            if found:
                return number, found.start() + 1
    return None


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
