"""Settings: defaults < ``tqcheck.toml`` or ``[tool.tqcheck]`` in ``pyproject.toml`` < its folders < flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from tqcheck.config.checking import checked
from tqcheck.config.keys import KEYS
from tqcheck.config.origin import Origin, find, open_file, table
from tqcheck.config.settings import Folder, Pairs, Settings
from tqcheck.gate import Limits

__all__ = ["KEYS", "Folder", "Pairs", "Settings", "load"]


def load(config: str | None, start: Path, flags: Mapping[str, object], rules: Iterable[str]) -> Settings:
    """The settings of a run.

    ``config`` is the file that ``--config`` names; without one, the nearest of ``start`` and the directories above it
    that has a ``tqcheck.toml``, or a ``pyproject.toml`` with the table, is taken. ``flags`` have the same names as the
    keys of the file. ``rules`` are all that there are.

    Raises UserError, with file, line and column, for a file that cannot be read or is not TOML, and for an unknown key,
    rule or severity, or a value of another kind.
    """
    known = frozenset(rules)
    origin = find(start) if config is None else open_file(Path(config))
    merged = {} if origin is None else checked(table(origin), origin, KEYS, known)
    given = checked(flags, Origin(), KEYS, known)
    settings = Settings(file=None if origin is None else origin.path)
    settings = replace(settings, **_without(merged, given), **given)  # type: ignore[arg-type]  # checked, key by key
    folders = (folder._replace(changes=_without(folder.changes, given)) for folder in settings.folders)
    return replace(settings, folders=tuple(folders))


def _without(below: Mapping[str, object], given: Mapping[str, object]) -> Mapping[str, object]:
    """What is left of a table of the file when the flags are ``given``.

    What the command asks for by name runs, whatever the file switches off. ``--fail-on`` takes the place of what the
    file allows of each severity; its other limits stay.
    """
    left = {name: value for name, value in below.items() if name not in given}
    if (only := given.get("only")) and isinstance(only, tuple) and isinstance(below.get("disable"), tuple):
        left["disable"] = tuple(rule for rule in below["disable"] if rule not in only)  # type: ignore[attr-defined]
        if "disable" in given:
            del left["disable"]
    if "fail_on" in given and isinstance(limits := left.get("limits"), Limits):
        left["limits"] = replace(limits, severities=MappingProxyType({}))
    return left
