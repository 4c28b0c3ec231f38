"""The keys of the settings, and what each must hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.config import values
from tqcheck.config.origin import Origin
from tqcheck.config.settings import Folder, Pairs
from tqcheck.config.values import Wrong
from tqcheck.gate import Limits
from tqcheck.mqm import Severity
from tqcheck.render import FORMATS
from tqcheck.suppressions import Ignore

Fields = dict[str, object]


class Key(NamedTuple):
    """A value: the field that it fills and what makes it or raises Wrong. ``rules``: it names rules, which must exist.

    ``file``: it is a path, seen from the settings' file.
    """

    field: str
    parse: Callable[[object], object]
    rules: bool = False
    file: bool = False


class Rows(NamedTuple):
    """A table whose keys are names (rules, or one of ``names``), each with a value of the same kind.

    ``wrong`` says what the table must be, ``what`` names a value in a message.
    """

    field: str
    parse: Callable[[object], object]
    wrong: str
    what: str
    names: tuple[str, ...] = ()
    kind: str = "rule"
    file: bool = False


class Table(NamedTuple):
    """A table with keys of its own, or a list of such; ``make`` makes its value or raises Wrong."""

    field: str
    keys: Callable[[], Mapping[str, Spec]]
    make: Callable[[Fields, Origin], object]
    many: bool = False


Spec = Key | Rows | Table


def _limits(fields: Fields, origin: Origin) -> Limits:
    severities = {Severity(name): fields.pop(name) for name in list(fields) if name in list(Severity)}
    return Limits(severities=MappingProxyType(severities), **fields)  # type: ignore[arg-type]


def _pairs(fields: Fields, origin: Origin) -> Pairs:
    if ("manifest" in fields) + ("both" in fields) + ("french" in fields or "english" in fields) != 1:
        raise Wrong('french and english patterns, or a manifest, or both: french = "*.fr.md", english = "*.en.md"')
    if ("french" in fields) != ("english" in fields):
        raise Wrong('both patterns: french = "*.fr.md", english = "*.en.md"')
    folder = Path() if origin.path is None else origin.path.parent
    return Pairs(folder, **fields)  # type: ignore[arg-type]


def _folder(fields: Fields, origin: Origin) -> Folder:
    path = fields.pop("path", None)
    if path is None:
        raise Wrong('a table with a path, such as path = "sport"')
    return Folder(str(path), MappingProxyType(fields))


def _ignore(fields: Fields, origin: Origin) -> Ignore:
    if "reason" not in fields or "until" not in fields:
        raise Wrong("a table with a reason and the last day that it holds: until = 2027-03-31")
    if not fields.keys() & {"rule", "words", "fingerprint"}:
        raise Wrong("a table that says which findings it means: rule, words or fingerprint, and path if you want")
    place = origin.place()
    where = "" if place is None else str(replace(place, path=Path(place.path).name))
    return Ignore(place=where, **fields)  # type: ignore[arg-type]


_LIMITS: Mapping[str, Spec] = MappingProxyType(
    {
        **{severity.value: Key(severity.value, values.count) for severity in reversed(Severity)},
        "omissions": Key("omissions", values.count),
        "quality": Key("quality", values.number(0, 1)),
        "chrf": Key("chrf", values.number(0, 100)),
        "rules": Rows(
            "rules", values.count, "a table of rules and numbers, such as {typography = 10}", "the limit of {}"
        ),
    }
)
_SEVERITY = Rows(
    "severity",
    values.severity,
    'a table of rules and severities, such as {typography = "neutral"}',
    "the severity of {}",
)
_PAIRS: Mapping[str, Spec] = MappingProxyType(
    {
        "french": Key("french", values.words('a pattern of files, such as "articles/*.fr.md"')),
        "english": Key("english", values.words('a pattern of files, such as "articles/*.en.md"')),
        "both": Key("both", values.words('a pattern of files in both languages, such as "l10n/*.xlf"')),
        "manifest": Key("manifest", values.path("a file"), file=True),
    }
)
_CHECKING: Mapping[str, Spec] = MappingProxyType(
    {
        "mt": Key("mt", values.engine),
        "only": Key("only", values.rules, rules=True),
        "enable": Key("enable", values.rules, rules=True),
        "disable": Key("disable", values.rules, rules=True),
        "fail-on": Key("fail_on", values.fail_on),
        "severity": _SEVERITY,
        "limits": Table("limits", lambda: _LIMITS, _limits),
        "min-confidence": Key("minimum_confidence", values.number(0, 1)),
        "beam": Key("beam", values.whole(1, 32)),
        "lm": Key("lm", values.words('the name of a language model: "auto", "none", or the path of a GGUF file')),
        "lm-share": Key("lm_share", values.share),
        "lm-before": Key("lm_before", values.whole(0, 10)),
        "glossaries": Key("glossaries", values.paths('a list of glossary files, such as ["terms.tsv"]'), file=True),
    }
)
_FOLDER: Mapping[str, Spec] = MappingProxyType(
    {"path": Key("path", values.words('the name of a folder or a pattern, such as "sport"')), **_CHECKING}
)
_IGNORE: Mapping[str, Spec] = MappingProxyType(
    {
        "rule": Key("rule", values.rule, rules=True),
        "path": Key("path", values.words('the name of a file or a pattern, such as "sport/*"')),
        "words": Key("words", values.words("words of the finding, French or English")),
        "fingerprint": Key("fingerprint", values.words("the fingerprint of a finding")),
        "reason": Key("reason", values.words("a reason in words")),
        "until": Key("until", values.day),
    }
)
KEYS: Mapping[str, Spec] = MappingProxyType(
    {
        **_CHECKING,
        "cache-dir": Key("cache_dir", values.path("a directory"), file=True),
        "pairs": Table("pairs", lambda: _PAIRS, _pairs, many=True),
        "folder": Table("folders", lambda: _FOLDER, _folder, many=True),
        "ignore": Table("ignores", lambda: _IGNORE, _ignore, many=True),
        "baseline": Key("baseline", values.path("a file"), file=True),
        "reports": Rows(
            "reports",
            values.path("a file"),
            'a table of formats and files, such as {sarif = "tqcheck.sarif"}',
            "the file of {}",
            names=tuple(FORMATS),
            kind="format",
            file=True,
        ),
    }
)
"""Every key of the file. Those of `_CHECKING` may stand in a folder too."""
