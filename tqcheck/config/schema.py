"""The JSON schema of the settings, for editors that complete and check while one types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from tqcheck.config.keys import KEYS, Key, Rows, Spec, Table
from tqcheck.detectors import NAMES
from tqcheck.mqm import Severity
from tqcheck.render import FORMATS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, object]

_STRING: Schema = {"type": "string", "minLength": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SEVERITY: Schema = {"enum": [severity.value for severity in Severity]}
_RULE: Schema = {"$ref": "#/$defs/rule"}
_RULES: Schema = {"type": "array", "items": _RULE, "uniqueItems": True}

VALUES: Mapping[str, Schema] = {
    "mt": {**_STRING, "description": "The translator: auto, none, or the name of an engine.", "default": "auto"},
    "only": {**_RULES, "description": "Run these rules and no others."},
    "enable": {**_RULES, "description": "Run these rules too, which are off by default."},
    "disable": {**_RULES, "description": "Do not run these rules."},
    "fail-on": {
        "enum": ["never", *(severity.value for severity in Severity)],
        "description": "The lowest severity that fails the run.",
        "default": "major",
    },
    "severity": {**_SEVERITY, "description": "Another severity for a rule."},
    "limits": {"description": "What an article may have at most and must have at least."},
    "critical": {**_COUNT, "description": "Findings of exactly this severity, at most."},
    "major": {**_COUNT, "description": "Findings of exactly this severity, at most."},
    "minor": {**_COUNT, "description": "Findings of exactly this severity, at most."},
    "neutral": {**_COUNT, "description": "Findings of exactly this severity, at most."},
    "omissions": {**_COUNT, "description": "Findings of something that was left out, at most."},
    "quality": {**_SHARE, "description": "The quality of the whole article, at least."},
    "chrf": {"type": "number", "minimum": 0, "maximum": 100, "description": "chrF against the machine's, at least."},
    "rules": {**_COUNT, "description": "Findings of a rule, at most."},
    "min-confidence": {**_SHARE, "description": "Leave out findings with a lower confidence.", "default": 0.0},
    "beam": {
        "type": "integer",
        "minimum": 1,
        "maximum": 32,
        "description": "Hypotheses that the translator keeps.",
        "default": 4,
    },
    "lm": {
        **_STRING,
        "description": "The language model that judges words: auto, none, or a GGUF file.",
        "default": "auto",
    },
    "lm-share": {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": 1,
        "description": "The share of an article's pairs that the language model reads, those that are doubted most.",
        "default": 1.0,
    },
    "lm-before": {
        "type": "integer",
        "minimum": 0,
        "maximum": 10,
        "description": "Pairs that the language model reads before each.",
        "default": 0,
    },
    "glossaries": {
        "type": "array",
        "items": _STRING,
        "description": "Files of terms: CSV, TSV, TBX, or a list (.txt).",
    },
    "cache-dir": {**_STRING, "description": "Where translations and results are kept."},
    "pairs": {"description": "Which files are pairs: two patterns with the same wildcards, or a manifest."},
    "french": {**_STRING, "description": "A pattern of the French files: articles/**/*.fr.md"},
    "english": {**_STRING, "description": "The same of the English ones: articles/**/*.en.md"},
    "both": {**_STRING, "description": "A pattern of files that hold both languages: l10n/*.xlf"},
    "manifest": {**_STRING, "description": "A file of lines: the French file, a tab, the English file."},
    "folder": {"description": "Other settings for the articles in a folder or under a pattern."},
    "path": {**_STRING, "description": "A folder, or a pattern of the translation's name."},
    "ignore": {"description": "Findings that do not count until a day."},
    "rule": {**_RULE, "description": "The rule of the finding."},
    "words": {**_STRING, "description": "Words of the finding, French or English."},
    "fingerprint": {**_STRING, "description": "The fingerprint of the finding."},
    "reason": {**_STRING, "description": "Why it does not count."},
    "until": {"description": "The last day on which it does not count: 2027-03-31."},
    "baseline": {**_STRING, "description": "The file of the old findings, which do not count."},
    "reports": {**_STRING, "description": "The file to write."},
}
"""What is to be said of each key, wherever it stands."""

_REQUIRED = {"folder": ["path"], "ignore": ["reason", "until"]}


def schema() -> Schema:
    """The schema as JSON values, made from the keys themselves."""
    rules = [name.replace("_", "-") for name in NAMES]
    return {
        "$schema": DIALECT,
        "title": "Settings of tqcheck",
        **_table(KEYS),
        "$defs": {"rule": {"enum": rules, "description": "A rule; tqcheck explain tells more."}},
    }


def text() -> str:
    """The schema as a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _table(keys: Mapping[str, Spec], required: Iterable[str] = ()) -> Schema:
    found: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _spec(name, spec) for name, spec in keys.items()},
    }
    return {**found, "required": list(required)} if required else found


_EITHER: Schema = {"oneOf": [{"required": ["french", "english"]}, {"required": ["both"]}, {"required": ["manifest"]}]}


def _spec(name: str, spec: Spec) -> Schema:
    own = VALUES[name]
    if isinstance(spec, Key):
        return own
    if isinstance(spec, Rows):
        names: Schema = {"enum": list(FORMATS)} if spec.names else _RULE
        return {"type": "object", "propertyNames": names, "additionalProperties": own}
    assert isinstance(spec, Table)
    table = _table(spec.keys(), _REQUIRED.get(name, ())) | (_EITHER if name == "pairs" else {})
    return {"type": "array", "items": table, **own} if spec.many else {**table, **own}
