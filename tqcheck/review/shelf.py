"""The HTML reports of a folder: what each says of itself, and the pages as they are handed out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqcheck.decisions import SCHEMA
from tqcheck.errors import Place, UserError
from tqcheck.mqm import Severity
from tqcheck.render import html

LARGEST = 200_000_000
"""Bytes of a file above which it is left alone: no report is so large."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report on the shelf. ``findings``: fingerprint -> severity. ``ours``: made by this version of the program."""

    name: str
    report: str
    source: str
    target: str
    passed: bool
    verdict: str
    quality: float | None
    findings: dict[str, Severity]
    ours: bool


class Shelf:
    """The reports in ``folder``; a file is read again when it has changed."""

    def __init__(self, folder: Path) -> None:
        """Raises UserError where there is no such folder."""
        if not folder.is_dir():
            raise UserError("there is no such folder of reports", Place(str(folder)), _HINT)
        self._folder = folder
        self._read: dict[str, tuple[tuple[int, int], Filed | None]] = {}

    def reports(self) -> tuple[Filed, ...]:
        """All reports, by name. Files that are no reports are left out."""
        paths = sorted(path for path in self._folder.glob("*.html") if path.is_file() and _has_address(path.name))
        return tuple(filed for path in paths if (filed := self._filed(path)) is not None)

    def report(self, name: str) -> Filed | None:
        """The report of that name, None where there is none."""
        return next((filed for filed in self.reports() if filed.name == name), None)

    def page(self, filed: Filed, address: str) -> str | None:
        """Its page, which keeps its decisions at ``address``; None for one that this version has not made."""
        return html.served((self._folder / filed.name).read_text("utf-8"), address)

    def _filed(self, path: Path) -> Filed | None:
        state = path.stat()
        stamp = (state.st_mtime_ns, state.st_size)
        known = self._read.get(path.name)
        if known is None or known[0] != stamp:
            known = (stamp, None if state.st_size > LARGEST else _read(path))
            self._read[path.name] = known
        return known[1]


def _has_address(name: str) -> bool:
    """Whether an address can hold the name: not where its bytes are no text, which Python gives as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


_HINT = "tqcheck check --report html=FOLDER writes reports"


def _read(path: Path) -> Filed | None:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    island = html.island_of(text)
    if not isinstance(island, dict) or island.get("schema") != SCHEMA:
        return None
    try:
        return _of_island(path.name, island, ours=html.served(text, "") is not None)
    except (KeyError, TypeError, ValueError):
        return None


def _of_island(name: str, island: dict[str, Any], *, ours: bool) -> Filed:
    quality = island["quality"]
    return Filed(
        name=name,
        report=str(island["report"]),
        source=str(island["source"]["path"]),
        target=str(island["target"]["path"]),
        passed=bool(island["verdict"]["passed"]),
        verdict=str(island["verdict"]["sentence"]),
        quality=None if quality is None else float(quality),
        findings={str(finding["fingerprint"]): Severity(finding["severity"]) for finding in island["findings"]},
        ours=ours,
    )
