"""The whole desk: the pairs that the settings name, or those of them that have changed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.config import Settings
    from tqcheck.desk import Work
    from tqcheck.manifest import Found
    from tqcheck.model import Desk
    from tqcheck.pipeline import Progress


def articles(settings: Settings) -> Found:
    """The pairs of the settings. Raises UserError where there are none."""
    from tqcheck import manifest

    if not settings.pairs:
        where = "there are no settings here" if settings.file is None else f"{settings.file} names no pairs"
        raise UserError(
            f"no files were given, and {where}",
            hint="tqcheck check article.fr.txt article.en.txt, or tqcheck init to write settings for a folder",
        )
    found = manifest.articles(settings.pairs, Path.cwd())
    if not found.articles:
        notes = "".join(f"; {note}" for note in found.notes[:3])
        raise UserError(
            f"the settings name no pair of files that is there{notes}",
            hint=f"look at [[pairs]] in {settings.file}; names are seen from its folder",
        )
    return found


def check(options: argparse.Namespace, task: Work, progress: Progress) -> Desk:
    """All of them, or those that git says have changed. Raises UserError."""
    from tqcheck import desk
    from tqcheck.manifest import Found

    found = articles(task.settings)
    if options.changed_since is not None:
        found = Found(*_changed(options.changed_since, found, task.settings))
    return desk.check(found.articles, task, found.notes, lambda done, total: progress("articles", done, total))


def _changed(revision: str, found: Found, settings: Settings) -> Found:
    """The articles of which a side has changed; all of them where the settings, the baseline or a glossary have."""
    from tqcheck.changes import changed_since
    from tqcheck.manifest import Found

    folder = Path.cwd() if settings.file is None else settings.file.parent
    changed = changed_since(revision, folder)
    for file in (settings.file, settings.baseline, *settings.glossaries):
        if file is not None and file.resolve() in changed:
            return found._replace(notes=(*found.notes, f"{file.name} has changed, so every pair is checked"))
    touched = tuple(a for a in found.articles if changed & {Path(a.source).resolve(), Path(a.target).resolve()})
    since = revision[:12] if len(revision) == 40 and revision.isalnum() else revision
    have = "has" if len(touched) == 1 else "have"
    note = f"{len(touched)} of {len(found.articles)} pairs {have} changed since {since}"
    return Found(touched, (*found.notes, note))
