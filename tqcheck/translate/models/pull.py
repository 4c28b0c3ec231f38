"""A model pulled: fetched file by file, checked, prepared, and put in its place when all of it is there."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate.models import download, store
from tqcheck.translate.models.catalogue import Entry
from tqcheck.translate.models.files import Plan, RemoteFile
from tqcheck.translate.models.sources import Site

_PLAN = "plan.json"
_SPARE = 1 << 26
"""Bytes that a disk must have left over."""

Tell = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is; fetched files count in MB."""


def pull(
    entry: Entry, folder: Path, site: Site, tell: Tell, pause: Callable[[float], None] = time.sleep
) -> store.Installed:
    """Fetch a model into the folder of all, unless it is there whole. What an earlier run began is taken up.

    Raises UserError where it cannot be had, is not what was published, or cannot be stored; until the last step there
    is no model of that name, or the one that was there before.
    """
    try:
        with store.alone(folder, entry.name):
            found = store.installed(folder, entry.name, thoroughly=True)
            return found or _pulled(entry, folder, site, tell, pause)
    except OSError as error:
        raise UserError(
            f"the model {entry.name} cannot be stored: {error.strerror or error}",
            Place(str(folder)),
            f"it needs {entry.room / 1e6:.0f} MB there; --models-dir names another place. The same command goes on "
            "where it was",
        ) from error


def _pulled(entry: Entry, folder: Path, site: Site, tell: Tell, pause: Callable[[float], None]) -> store.Installed:
    _require(entry, site)
    # A token is shown for what needs it, and for nothing else.
    site = site if entry.gated else site._replace(token=None)
    work = store.staging(folder, entry.name)
    work.mkdir(parents=True, exist_ok=True)
    plan = _plan(entry, work, site)
    _room(entry, plan, work)
    fetched = work / store.FETCHED
    for file in plan.files:
        download.fetch(file, fetched, _told(tell, entry.name, file), site.token, pause)
    made = fetched
    if entry.make is not None:
        made = work / "made"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        entry.make(fetched, made, tell)
    facts = {"revision": plan.revision, "licence": entry.licence, "terms": entry.terms}
    found = store.put(made, folder, entry.name, facts)
    shutil.rmtree(work, ignore_errors=True)
    return found


def _require(entry: Entry, site: Site) -> None:
    """What is missing is said before anything is fetched."""
    library = entry.missing()
    if library is not None:
        raise UserError(f"the model {entry.name} needs the library {library}: {entry.needs}", hint=entry.install)
    if entry.gated and site.token is None:
        raise UserError(
            f"the model {entry.name} is given to those alone who accepted its terms",
            hint=f"read and accept them at {entry.terms} with an account there; make a token that may read "
            "(Settings, Access Tokens), put it into the environment as HF_TOKEN, and run this again",
        )


def _plan(entry: Entry, work: Path, site: Site) -> Plan:
    """What to fetch: what an earlier run had begun to fetch, so that all files are of one state."""
    kept = work / _PLAN
    try:
        told = json.loads(kept.read_text("utf-8"))
        begun = Plan(tuple(RemoteFile(**file) for file in told["files"]), told["revision"])
        if told["from"] == [site.hub, site.mozilla]:
            return begun
    except (OSError, ValueError, KeyError, TypeError):
        pass
    plan = entry.plan(site)
    told = {
        "from": [site.hub, site.mozilla],
        "revision": plan.revision,
        "files": [file._asdict() for file in plan.files],
    }
    kept.write_text(json.dumps(told, indent=1), "utf-8")
    return plan


def _room(entry: Entry, plan: Plan, work: Path) -> None:
    there = sum(path.stat().st_size for path in work.rglob("*") if path.is_file())
    needed = plan.size + (entry.room if entry.make else 0) + _SPARE
    free = shutil.disk_usage(work).free
    if free + there < needed:
        raise UserError(
            f"the model {entry.name} needs {needed / 1e6:.0f} MB while it is made, and {free / 1e6:.0f} MB are free",
            Place(str(work.parent.parent)),
            "make room, or name another place with --models-dir",
        )


def _told(tell: Tell, name: str, file: RemoteFile) -> download.Tell:
    stage = f"{name}: {file.path} (MB)"
    return lambda done, total: tell(stage, done // 1_000_000, max(1, total // 1_000_000))
