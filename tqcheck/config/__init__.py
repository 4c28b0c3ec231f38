"""Settings: defaults < ``tqcheck.toml`` or ``[tool.tqcheck]`` in ``pyproject.toml`` < flags of the command."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.config.places import key_place, string_place
from tqcheck.config.values import KEYS, Wrong, parse_severity, shown
from tqcheck.errors import Place, UserError
from tqcheck.mqm import Severity


@dataclass(frozen=True)
class Settings:
    """What a run is asked to do. ``fail_on`` None: the gate never fails. ``file``: where settings were read, if at all.

    ``only`` empty: every rule that is on by default, less those of ``disable``. ``severity``: rule -> severity instead
    of its own. ``cache_dir`` None: the usual one. ``minimum_confidence``: 0 to 1. ``beam``: hypotheses that the
    translator keeps, 1 is greedy.
    """

    mt: str = "auto"
    only: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.MAJOR
    severity: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    cache_dir: Path | None = None
    minimum_confidence: float = 0.0
    beam: int = 4
    file: Path | None = None


class _Origin(NamedTuple):
    """Where values come from: flags, or a table of a file whose text we have."""

    path: Path | None = None
    text: str = ""
    table: tuple[str, ...] = ()

    def name(self, key: str) -> str:
        return f"--{key}" if self.path is None else key

    def place(self, *keys: str, string: str | None = None) -> Place | None:
        """Of a key, or of a string in its value; None for flags, which have no file."""
        if self.path is None:
            return None
        found = key_place(self.text, (*self.table, *keys))
        if found and string is not None:
            found = string_place(self.text, found, string) or found
        if found is None:
            return Place(str(self.path))
        line, column = found
        return Place(str(self.path), line, column, self.text.split("\n")[line - 1])


def load(config: str | None, start: Path, flags: Mapping[str, object], rules: Iterable[str]) -> Settings:
    """The settings of a run.

    ``config`` is the file that ``--config`` names; without one, the nearest of ``start`` and the directories above it
    that has a ``tqcheck.toml``, or a ``pyproject.toml`` with the table, is taken. ``flags`` have the same names as the
    keys of the file. ``rules`` are all that there are.

    Raises UserError, with file, line and column, for a file that cannot be read or is not TOML, and for an unknown key,
    rule or severity, or a value of another kind.
    """
    known = frozenset(rules)
    origin = _find(start) if config is None else _open(Path(config))
    written = {} if origin is None else _table(origin)
    merged = {} if origin is None else _checked(written, origin, known)
    given = _checked(flags, _Origin(), known)
    if "only" in given:  # what the command asks for by name runs, whatever the file switches off
        asked = _tuple(given["only"])
        merged["disable"] = tuple(rule for rule in _tuple(merged.get("disable")) if rule not in asked)
    file = None if origin is None else origin.path
    return Settings(**{**merged, **given}, file=file)  # type: ignore[arg-type]  # checked by KEYS, key by key


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


# --------------------------------------------------------------------------------------------------------- the file


def _find(start: Path) -> _Origin | None:
    for directory in (start.absolute(), *start.absolute().parents):
        if (directory / "tqcheck.toml").is_file():
            return _open(directory / "tqcheck.toml")
        if _is_ours(directory / "pyproject.toml"):
            return _open(directory / "pyproject.toml")
    return None


def _is_ours(project: Path) -> bool:
    """Whether a ``pyproject.toml`` has our table. One that cannot be read is somebody else's."""
    try:
        return re.search(rb"^\s*\[\s*tool\s*\.\s*tqcheck\b", project.read_bytes(), re.MULTILINE) is not None
    except OSError:
        return False


def _open(path: Path) -> _Origin:
    return _Origin(path, _text(path), ("tool", "tqcheck") if path.name == "pyproject.toml" else ())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError("there is no such settings file", Place(str(path)), hint="check the name") from None
    except UnicodeDecodeError:
        raise UserError("the settings file is not in UTF-8", Place(str(path)), hint="save it as UTF-8") from None
    except OSError as error:
        raise UserError(f"the settings file cannot be read: {error.strerror or error}", Place(str(path))) from None


def _table(origin: _Origin) -> Mapping[str, object]:
    try:
        values: object = tomllib.loads(origin.text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, origin) from None
    for name in origin.table:
        values = values.get(name) if isinstance(values, dict) else None
    if not isinstance(values, dict):
        raise UserError(
            f"the settings file has no table [{'.'.join(origin.table)}]",
            origin.place(),
            hint="add it, or name another file",
        )
    return values


def _not_toml(error: tomllib.TOMLDecodeError, origin: _Origin) -> UserError:
    message = str(error)
    lines = origin.text.split("\n")
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line, column = (int(found[1]), int(found[2])) if found and found[1] else (len(lines), len(lines[-1]) + 1)
    reason = message[: found.start()] if found else message
    place = Place(str(origin.path), line, column, lines[line - 1])
    return UserError(
        f"the settings file is not TOML: {reason[:1].lower()}{reason[1:]}", place, hint="see docs/configuration.md"
    )


# --------------------------------------------------------------------------------------------------------- the keys


def _checked(values: Mapping[str, object], origin: _Origin, rules: frozenset[str]) -> dict[str, object]:
    """Fields of Settings from the keys of a file or from flags."""
    checked: dict[str, object] = {}
    for key, value in values.items():
        if key not in KEYS:
            message = f'there is no setting "{origin.name(key)}"'
            raise UserError(message, origin.place(key), hint=_near(key, KEYS, f"known are {', '.join(KEYS)}"))
        name, parse = KEYS[key]
        if key == "severity":
            value = _severities(value, origin)
        for rule in _rules_in(key, value):
            if rule not in rules:
                place = origin.place(key, rule) if key == "severity" else origin.place(key, string=rule)
                raise UserError(
                    f'there is no rule "{rule}"', place, hint=_near(rule, rules, "tqcheck detectors lists them")
                )
        try:
            checked[name] = parse(value)
        except Wrong as wrong:
            raise UserError(
                f"{origin.name(key)} must be {wrong}", origin.place(key), hint=f"it is {shown(value)}"
            ) from None
    if isinstance(cache := checked.get("cache_dir"), Path) and origin.path is not None:
        checked["cache_dir"] = origin.path.parent / cache
    return checked


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    names = difflib.get_close_matches(name.replace("_", "-").lower(), sorted(known), n=1)
    return f'did you mean "{names[0]}"?' if names else otherwise


def _rules_in(key: str, value: object) -> Sequence[str]:
    if key in ("only", "disable") and isinstance(value, list | tuple):
        return [item for item in value if isinstance(item, str)]
    return list(value) if key == "severity" and isinstance(value, Mapping) else []


def _severities(value: object, origin: _Origin) -> object:
    """The severity table with each of its values checked at its own place."""
    if not isinstance(value, Mapping):
        return value
    checked = {}
    for rule, name in value.items():
        try:
            checked[rule] = parse_severity(name)
        except Wrong as wrong:
            message = f"the severity of {rule} must be {wrong}"
            raise UserError(message, origin.place("severity", rule), hint=f"it is {shown(name)}") from None
    return checked
