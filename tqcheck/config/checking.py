"""Values of a file or of flags -> fields of Settings, or the message for what is wrong, with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tqcheck.config.keys import Fields, Key, Rows, Spec, Table
from tqcheck.config.origin import Origin
from tqcheck.config.values import Wrong, shown
from tqcheck.errors import UserError


def checked(
    given: Mapping[str, object], origin: Origin, keys: Mapping[str, Spec], rules: frozenset[str]
) -> dict[str, object]:
    """Fields from ``given``. Raises UserError for an unknown key, rule or format and for a value of another kind."""
    fields: Fields = {}
    for key, value in given.items():
        if key not in keys:
            message = f'there is no setting "{origin.name(key)}"'
            raise UserError(message, origin.place(key), hint=_near(key, keys, f"known are {', '.join(keys)}"))
        spec = keys[key]
        if isinstance(spec, Key):
            fields[spec.field] = _value(key, value, spec, origin, rules)
        elif isinstance(spec, Rows):
            fields[spec.field] = _rows(key, value, spec, origin, rules)
        else:
            fields[spec.field] = _tables(key, value, spec, origin, rules)
    return fields


def _value(key: str, value: object, spec: Key, origin: Origin, rules: frozenset[str]) -> object:
    if spec.rules:
        for name in _names(value):
            if name not in rules:
                raise _unknown(name, "rule", rules, origin, key, string=name)
    try:
        return _seen(spec.parse(value), origin, spec.file)
    except Wrong as wrong:
        raise _wrong(origin.name(key), wrong, origin, (key,), value) from None


def _rows(key: str, value: object, spec: Rows, origin: Origin, rules: frozenset[str]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _wrong(origin.name(key), Wrong(spec.wrong), origin, (key,), value)
    known = frozenset(spec.names) or rules
    found: Fields = {}
    for name, item in value.items():
        if name not in known:
            raise _unknown(name, spec.kind, known, origin, key, name)
        try:
            found[name] = _seen(spec.parse(item), origin, spec.file)
        except Wrong as wrong:
            raise _wrong(spec.what.format(name), wrong, origin, (key, name), item) from None
    return MappingProxyType(found)


def _tables(key: str, value: object, spec: Table, origin: Origin, rules: frozenset[str]) -> object:
    if spec.many:
        if not isinstance(value, list):
            raise _wrong(origin.name(key), Wrong(f"a list of tables, each under [[{key}]]"), origin, (key,), value)
        return tuple(_table(key, item, spec, origin.inside(key, at), rules) for at, item in enumerate(value))
    return _table(key, value, spec, origin.inside(key), rules)


def _table(key: str, value: object, spec: Table, origin: Origin, rules: frozenset[str]) -> object:
    if not isinstance(value, Mapping):
        raise _wrong(key, Wrong("a table"), origin, (), value)
    try:
        return spec.make(checked(value, origin, spec.keys(), rules), origin)
    except Wrong as wrong:
        raise UserError(f"{key} must be {wrong}", origin.place(), hint="see docs/configuration.md") from None


def _seen(value: object, origin: Origin, file: bool) -> object:
    """Paths as seen from the directory of the settings' file; flags are seen from where the user is."""
    if not file or origin.path is None:
        return value
    if isinstance(value, tuple):
        return tuple(origin.path.parent / path for path in value)
    return origin.path.parent / value if isinstance(value, Path) else value


def _wrong(name: str, wrong: Wrong, origin: Origin, keys: tuple[str, ...], value: object) -> UserError:
    return UserError(f"{name} must be {wrong}", origin.place(*keys), hint=f"it is {shown(value)}")


def _unknown(
    name: str, kind: str, known: Iterable[str], origin: Origin, *keys: str, string: str | None = None
) -> UserError:
    otherwise = "tqcheck detectors lists them" if kind == "rule" else f"known are {', '.join(sorted(known))}"
    place = origin.place(*keys, string=string)
    return UserError(f'there is no {kind} "{name}"', place, hint=_near(name, known, otherwise))


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    names = difflib.get_close_matches(name.replace("_", "-").lower(), sorted(known), n=1)
    return f'did you mean "{names[0]}"?' if names else otherwise


def _names(value: object) -> Sequence[str]:
    items = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    return [item for item in items if isinstance(item, str)]
