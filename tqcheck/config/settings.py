"""The settings of a run as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.gate import Limits, limits
from tqcheck.mqm import Severity
from tqcheck.suppressions import Ignore


class Pairs(NamedTuple):
    """Which files are pairs: two patterns whose wildcards stand for the same, a pattern of files that hold ``both``
    languages, or a manifest. Seen from ``folder``.
    """

    folder: Path
    french: str | None = None
    english: str | None = None
    manifest: Path | None = None
    both: str | None = None


class Folder(NamedTuple):
    """What is different for the articles in a folder, or under a pattern: fields of Settings, seen from its file."""

    path: str
    changes: Mapping[str, object]

    def has(self, article: str) -> bool:
        """Whether the article of that name (with ``/``, seen from the settings' file) is in it."""
        pattern = self.path.strip("/")
        return pattern in ("", ".") or fnmatchcase(article, pattern) or fnmatchcase(article, f"{pattern}/*")


@dataclass(frozen=True)
class Settings:
    """What a run is asked to do. ``fail_on`` None: the gate never fails. ``file``: where settings were read, if at all.

    ``only`` empty: every rule that is on by default and those of ``enable``, less those of ``disable``. ``severity``:
    rule -> severity instead of its own. ``cache_dir`` None: the usual one. ``minimum_confidence``: 0 to 1. ``beam``:
    hypotheses that the translator keeps, 1 is greedy. ``lm``: the language model that judges words; ``lm_share``:
    the share of the pairs of an article that it reads, those that are doubted most, 1 is all; ``lm_before``:
    pairs that it reads before each. ``glossaries``: files of terms. ``reports``: format -> file.
    """

    mt: str = "auto"
    only: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.MAJOR
    severity: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    limits: Limits = field(default_factory=Limits)
    cache_dir: Path | None = None
    minimum_confidence: float = 0.0
    beam: int = 4
    lm: str = "auto"
    lm_share: float = 1.0
    lm_before: int = 0
    pairs: tuple[Pairs, ...] = ()
    folders: tuple[Folder, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    baseline: Path | None = None
    glossaries: tuple[Path, ...] = ()
    reports: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    file: Path | None = None

    @property
    def allowed(self) -> Limits:
        """What the gate lets pass."""
        return limits(self.fail_on, self.limits)

    def name(self, article: Path) -> str:
        """An article's path seen from the settings' file (else as it is), with ``/`` whatever the system."""
        if self.file is None:
            return article.as_posix()
        path = article.absolute()
        folder = self.file.parent.absolute()
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()

    def at(self, article: Path) -> Settings:
        """The settings for one article: those of every folder that has it laid over these, later ones over earlier.

        Severities and limits are laid over each other key by key, everything else takes the other's place.
        """
        settings = self
        for folder in self.folders:
            if not folder.has(self.name(article)):
                continue
            changes = dict(folder.changes)
            if isinstance(above := changes.get("limits"), Limits):
                changes["limits"] = above.over(settings.limits)
            if isinstance(severities := changes.get("severity"), Mapping):
                changes["severity"] = MappingProxyType({**settings.severity, **severities})
            settings = replace(settings, **changes)  # type: ignore[arg-type]  # checked by KEYS, key by key
        return settings

    def runs(self, rule: str, on: bool) -> bool:
        """Whether a rule runs that is ``on`` or off by default."""
        wanted = rule in self.only if self.only else on or rule in self.enable
        return wanted and rule not in self.disable
