"""The file of the settings: found, read, and where in it a value stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tqcheck.config.places import key_place, string_place
from tqcheck.errors import Place, UserError


class Origin(NamedTuple):
    """Where values come from: flags, or a table of a file whose text we have.

    ``table``: the names that lead to it from the top of the file, the number of a row in a list of tables among them.
    """

    path: Path | None = None
    text: str = ""
    table: tuple[str | int, ...] = ()

    def name(self, key: str) -> str:
        """A key as the user wrote it: in a file, or as a flag."""
        return f"--{key}" if self.path is None else key

    def inside(self, *keys: str | int) -> Origin:
        """The table of that name in this one."""
        return self._replace(table=(*self.table, *keys))

    def place(self, *keys: str | int, string: str | None = None) -> Place | None:
        """Of a key, or of a string in its value; None for flags, which have no file."""
        if self.path is None:
            return None
        path = (*self.table, *keys)
        found = None
        while path and found is None:
            found = key_place(self.text, path)
            path = path[:-1]
        if found and string is not None:
            found = string_place(self.text, found, string) or found
        if found is None:
            return Place(str(self.path))
        line, column = found
        return Place(str(self.path), line, column, self.text.split("\n")[line - 1])


def find(start: Path) -> Origin | None:
    """The nearest file of ``start`` and the directories above it, None where there is none."""
    for directory in (start.absolute(), *start.absolute().parents):
        if (directory / "tqcheck.toml").is_file():
            return open_file(directory / "tqcheck.toml")
        if _is_ours(directory / "pyproject.toml"):
            return open_file(directory / "pyproject.toml")
    return None


def open_file(path: Path) -> Origin:
    """The file of that name. Raises UserError where it cannot be read."""
    return Origin(path, _text(path), ("tool", "tqcheck") if path.name == "pyproject.toml" else ())


def _is_ours(project: Path) -> bool:
    """Whether a ``pyproject.toml`` has our table. One that cannot be read is somebody else's."""
    try:
        return re.search(rb"^\s*\[\[?\s*tool\s*\.\s*tqcheck\b", project.read_bytes(), re.MULTILINE) is not None
    except OSError:
        return False


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError("there is no such settings file", Place(str(path)), hint="check the name") from None
    except UnicodeDecodeError:
        raise UserError("the settings file is not in UTF-8", Place(str(path)), hint="save it as UTF-8") from None
    except OSError as error:
        raise UserError(f"the settings file cannot be read: {error.strerror or error}", Place(str(path))) from None


def table(origin: Origin) -> Mapping[str, object]:
    """The values of the file. Raises UserError for what is not TOML and where our table is missing."""
    try:
        values: object = tomllib.loads(origin.text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, origin) from None
    except (ValueError, RecursionError):
        raise UserError(
            "the settings file is nested too deep, or holds a number too long",
            Place(str(origin.path)),
            hint="see docs/configuration.md",
        ) from None
    for name in origin.table:
        values = values.get(name) if isinstance(values, dict) else None
    if not isinstance(values, dict):
        raise UserError(
            f"the settings file has no table [{'.'.join(map(str, origin.table))}]",
            Place(str(origin.path)),
            hint="add it, or name another file",
        )
    return values


def _not_toml(error: tomllib.TOMLDecodeError, origin: Origin) -> UserError:
    message = str(error)
    lines = origin.text.split("\n")
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line, column = (int(found[1]), int(found[2])) if found and found[1] else (len(lines), len(lines[-1]) + 1)
    reason = message[: found.start()] if found else message
    place = Place(str(origin.path), line, column, lines[line - 1])
    return UserError(
        f"the settings file is not TOML: {reason[:1].lower()}{reason[1:]}", place, hint="see docs/configuration.md"
    )
