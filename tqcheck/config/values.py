"""What single values of the settings must be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from tqcheck.mqm import Severity

NEVER = "never"


class Wrong(Exception):
    """Says what a value must be."""


def shown(value: object) -> str:
    """A value as the file has it, for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    return "a table" if isinstance(value, Mapping) else repr(value).replace("'", '"')


def severity(value: object) -> Severity:
    """The severity of that name. Raises Wrong."""
    if not isinstance(value, str) or value not in list(Severity):
        raise Wrong("neutral, minor, major or critical")
    return Severity(value)


def fail_on(value: object) -> Severity | None:
    """A severity, or None for "never". Raises Wrong."""
    if value == NEVER:
        return None
    try:
        return severity(value)
    except Wrong as wrong:
        raise Wrong(f"never, {wrong}") from None


def engine(value: object) -> str:
    """The name of an engine. Raises Wrong."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong('the name of an engine, such as "auto" or "none"')
    return value.strip()


def rules(value: object) -> tuple[str, ...]:
    """Names of rules, each once. Raises Wrong."""
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise Wrong('a list of rules, such as ["negation", "acronym"]')
    return tuple(dict.fromkeys(value))


def rule(value: object) -> str:
    """The name of one rule. Raises Wrong."""
    if not isinstance(value, str):
        raise Wrong('the name of a rule, such as "negation"')
    return value


def words(what: str) -> Callable[[object], str]:
    """A text that is not blank. The message says that it must be ``what``."""

    def parse(value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Wrong(what)
        return value.strip()

    return parse


def share(value: object) -> float:
    """More than 0 and at most 1. Raises Wrong."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise Wrong("a share, more than 0 and at most 1")
    return float(value)


def path(what: str) -> Callable[[object], Path]:
    """The name of a file or directory."""

    def parse(value: object) -> Path:
        if not isinstance(value, str | Path) or not str(value):
            raise Wrong(f"the name of {what}")
        return Path(value).expanduser()

    return parse


def paths(what: str) -> Callable[[object], tuple[Path, ...]]:
    """The names of some files, each once. The message says that it must be ``what``."""

    def parse(value: object) -> tuple[Path, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(item, str | Path) and str(item) for item in value):
            raise Wrong(what)
        return tuple(dict.fromkeys(Path(item).expanduser() for item in value))

    return parse


def number(least: float, most: float) -> Callable[[object], float]:
    """A number from ``least`` to ``most``."""

    def parse(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise Wrong(f"a number from {least:g} to {most:g}")
        return float(value)

    return parse


def count(value: object) -> int:
    """How many at most. Raises Wrong."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Wrong("a whole number, 0 or more")
    return value


def whole(least: int, most: int) -> Callable[[object], int]:
    """A whole number from ``least`` to ``most``."""

    def parse(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(f"a whole number from {least} to {most}")
        return value

    return parse


def day(value: object) -> date:
    """A date of TOML, or the same in quotes. Raises Wrong."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Wrong("a date, such as 2027-03-31") from None
