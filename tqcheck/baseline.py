"""The old findings: those that were there when the gate was put up, which do not fail it.

A finding is known by its fingerprint (`tqcheck.detector`), which has its words and the French sentence around them and
no place: it survives text that moves, and dies when its words change. An entry holds for its own article; one whose
article is gone holds for any, so that a file may be renamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

from tqcheck.errors import Place, UserError
from tqcheck.model import Finding, Report, Suppression
from tqcheck.suppressions import Suppressed, Suppressor

SCHEMA = "tqcheck-baseline/1"
KIND = "baseline"
USUAL = "tqcheck-baseline.json"
_HINT = "tqcheck baseline write makes it anew"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An old finding. ``article``: the translation seen from the baseline's folder. The rest is for who reads it."""

    article: str
    rule: str
    fingerprint: str
    severity: str = ""
    words: str = ""


def entry(finding: Finding, report: Report, article: str) -> Entry:
    """The entry of a finding in the translation ``article``."""
    bitext = report.bitext
    sides = ((finding.source, bitext.source.text, "« {} »"), (finding.target, bitext.target.text, '"{}"'))
    words = " ".join(form.format(" ".join(span.of(text).split())) for span, text, form in sides if span is not None)
    return Entry(article, finding.rule, finding.fingerprint, str(finding.severity), words)


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a file. Raises UserError for one that is not there or not a baseline."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise UserError("there is no such baseline", Place(str(path)), hint="tqcheck baseline write makes it") from None
    except OSError as error:
        raise UserError(f"the baseline cannot be read: {error.strerror or error}", Place(str(path)), _HINT) from None
    except json.JSONDecodeError as error:
        place = Place(str(path), error.lineno, error.colno)
        raise UserError(f"the baseline is not JSON: {error.msg}", place, _HINT) from None
    except (ValueError, RecursionError):  # not in UTF-8, a number of thousands of digits, or nested without end
        raise UserError("this is not a baseline", Place(str(path)), _HINT) from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("findings"), list):
        raise UserError(f'this is not a baseline: "schema" should be "{SCHEMA}"', Place(str(path)), _HINT)
    return tuple(_entry(row, number, path) for number, row in enumerate(data["findings"], 1))


def _entry(row: object, number: int, path: Path) -> Entry:
    names = ("article", "rule", "fingerprint", "severity", "words")
    if not isinstance(row, dict) or not all(isinstance(row.get(name, ""), str) for name in names):
        raise UserError(f"finding {number} of the baseline is not an object of texts", Place(str(path)), _HINT)
    if not row.get("fingerprint") or not row.get("article"):
        raise UserError(f"finding {number} of the baseline has no fingerprint or no article", Place(str(path)), _HINT)
    return Entry(**{name: row.get(name, "") for name in names})


def to_text(entries: Iterable[Entry]) -> str:
    """The file of a baseline: an entry a line, in a fixed order, so that a difference can be read."""
    rows = [json.dumps(asdict(item), ensure_ascii=False) for item in sorted(set(entries))]
    inside = "[\n" + ",\n".join(f"    {row}" for row in rows) + "\n  ]" if rows else "[]"
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": {inside}\n}}\n'


def article_name(target: str, folder: Path) -> str:
    """A translation's path as entries have it: seen from the folder of the baseline, with ``/``."""
    path, above = Path(target).absolute(), folder.absolute()
    return path.relative_to(above).as_posix() if path.is_relative_to(above) else path.as_posix()


@dataclass(frozen=True)
class Baseline:
    """The entries of a file in ``folder``; ``gone``: the articles among them that are no file any more."""

    entries: tuple[Entry, ...]
    folder: Path
    gone: frozenset[str]

    def covering(self, target: str) -> Mapping[str, Entry]:
        """Fingerprint -> the entry that holds in a translation: its own, or one of an article that is gone."""
        article = article_name(target, self.folder)
        own = {item.fingerprint: item for item in self.entries if item.article == article}
        return MappingProxyType({**{i.fingerprint: i for i in self.entries if i.article in self.gone}, **own})

    def old_findings(self, target: str) -> Suppressor:
        """What does not count in a translation, as it is old."""
        known = self.covering(target)

        def named(report: Report) -> Suppressed:
            found = (finding.fingerprint for finding in report.findings if finding.fingerprint in known)
            return Suppressed({fingerprint: Suppression(KIND, "in the baseline") for fingerprint in found})

        return named


def load(path: Path) -> Baseline:
    """The baseline in a file. Raises UserError as `read` does."""
    entries, folder = read(path), path.parent
    names = {item.article for item in entries}
    return Baseline(entries, folder, frozenset(name for name in names if not _is_file(folder / name)))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file can have such a name
        return False
