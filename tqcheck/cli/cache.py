"""``tqcheck cache``: the cache of machine translations."""

from __future__ import annotations

import argparse

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_cache
from tqcheck.cli.exits import Exit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which cache."""
    parser.add_argument("what", choices=("info", "clear"))
    add_cache(parser)


def run(options: argparse.Namespace) -> Exit:
    """Say what it holds, or empty it."""
    from tqcheck.translate import cache

    folder = environment.cache_folder(options)
    if options.what == "clear":
        environment.put(options, f"{cache.clear(folder)} translations removed from {folder}\n")
    else:
        environment.put(options, f"{cache.info(folder)}\n")
    return Exit.PASSED
