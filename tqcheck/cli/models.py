"""``tqcheck models``: models from outside, fetched by name and by nothing else."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.translate.models.catalogue import Entry
    from tqcheck.translate.models.sources import Site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which model."""
    parser.add_argument("what", choices=("list", "pull", "remove"))
    parser.add_argument("name", metavar="NAME", nargs="?", help="the model to pull or to remove, as list names it")
    parser.add_argument(
        "--models-dir", metavar="DIR", help="where models are kept; else TQCHECK_MODELS_DIR, or the user's"
    )
    parser.add_argument("--from", metavar="URL", dest="mirror", help="a mirror, laid out as the place it stands for")


def run(options: argparse.Namespace) -> Exit:
    """List the models, pull one, or remove one."""
    from tqcheck.translate.models import catalogue

    if options.what == "list":
        return _list(options)
    if options.name is None:
        raise UserError(f"{options.what} needs the name of a model", hint="tqcheck models list")
    entry = catalogue.entry(options.name)
    return _pull(options, entry) if options.what == "pull" else _remove(options, entry)


def _list(options: argparse.Namespace) -> Exit:
    from tqcheck.render import models
    from tqcheck.translate.models import catalogue, store

    folder = environment.models_folder(options)
    rows = [models.Row(entry.name, *store.state(folder, entry.name), _facts(entry)) for entry in catalogue.ENTRIES]
    environment.put(options, models.page(rows, environment.look(options)))
    return Exit.PASSED


def _facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    library = entry.missing()
    return (
        ("what", entry.what),
        ("size", f"{_megabytes(entry.fetched)} to fetch, {_megabytes(entry.room)} on the disk"),
        (
            "licence",
            f"{entry.licence}, {entry.terms}{'; its terms must be accepted there first' if entry.gated else ''}",
        ),
        ("quality", entry.quality),
        ("needs", f"{entry.needs}; {'installed' if library is None else f'{library} is missing: {entry.install}'}"),
        ("use", entry.use),
    )


def _pull(options: argparse.Namespace, entry: Entry) -> Exit:
    from tqcheck.translate.models import pull, store

    folder = environment.models_folder(options)
    if store.installed(folder, entry.name) is None:
        _say(options, f"{entry.name}: {entry.what}; {_megabytes(entry.fetched)} to fetch into {folder}")
        _say(options, f"licence: {entry.licence}, {entry.terms}")
    try:
        with environment.progress(options) as progress:
            found = pull.pull(entry, folder, _site(options), progress)
    except KeyboardInterrupt:
        print(f"interrupted: tqcheck models pull {entry.name} goes on from where it was", file=sys.stderr)
        return Exit.INTERRUPTED
    said = f"{entry.name} is there: {_megabytes(found.size)} in {found.directory} ({found.revision})"
    environment.put(options, f"{said}\nuse it: {entry.use}\n")
    return Exit.PASSED


def _say(options: argparse.Namespace, line: str) -> None:
    """Beside the bar: standard output has only what came of it."""
    if not options.quiet and sys.stderr is not None:
        print(line, file=sys.stderr)


def _site(options: argparse.Namespace) -> Site:
    from tqcheck.translate.models.sources import HUB, MOZILLA, Site

    endpoint, token = environment.hub()
    return Site(
        hub=(options.mirror or endpoint or HUB).rstrip("/"),
        mozilla=(options.mirror or MOZILLA).rstrip("/"),
        token=token,
    )


def _remove(options: argparse.Namespace, entry: Entry) -> Exit:
    from tqcheck.translate.models import store

    folder = environment.models_folder(options)
    try:
        freed = store.remove(folder, entry.name)
    except OSError as error:
        raise UserError(f"the model {entry.name} cannot be removed: {error.strerror or error}") from error
    if not freed:
        raise UserError(f"the model {entry.name} is not in {folder}", hint="tqcheck models list")
    environment.put(options, f"{entry.name} removed: {_megabytes(freed)} of the disk are free again\n")
    return Exit.PASSED


def _megabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
