"""The keys of the settings and what their values must be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tqcheck.mqm import Severity

NEVER = "never"


class Wrong(Exception):
    """Says what a value must be."""


def shown(value: object) -> str:
    """A value as the file has it, for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    return "a table" if isinstance(value, Mapping) else repr(value).replace("'", '"')


def parse_severity(value: object) -> Severity:
    """The severity of that name. Raises Wrong."""
    if not isinstance(value, str) or value not in list(Severity):
        raise Wrong("neutral, minor, major or critical")
    return Severity(value)


def _fail_on(value: object) -> Severity | None:
    if value == NEVER:
        return None
    try:
        return parse_severity(value)
    except Wrong as wrong:
        raise Wrong(f"never, {wrong}") from None


def _engine(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong('the name of an engine, such as "auto" or "none"')
    return value.strip()


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise Wrong('a list of rules, such as ["negation", "acronym"]')
    return tuple(dict.fromkeys(value))


def _table_of_severities(value: object) -> Mapping[str, Severity]:
    if not isinstance(value, Mapping):
        raise Wrong('a table of rules and severities, such as {typography = "neutral"}')
    return MappingProxyType(dict(value))


def _directory(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value):
        raise Wrong("the name of a directory")
    return Path(value).expanduser()


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Wrong("a number from 0 to 1")
    return float(value)


def _beam(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 32:
        raise Wrong("a whole number from 1 to 32")
    return value


KEYS: Mapping[str, tuple[str, Callable[[object], object]]] = MappingProxyType(
    {
        "mt": ("mt", _engine),
        "only": ("only", _names),
        "disable": ("disable", _names),
        "fail-on": ("fail_on", _fail_on),
        "severity": ("severity", _table_of_severities),
        "cache-dir": ("cache_dir", _directory),
        "min-confidence": ("minimum_confidence", _share),
        "beam": ("beam", _beam),
    }
)
"""Every key: the field of Settings that it fills, and what makes its value or raises Wrong."""
