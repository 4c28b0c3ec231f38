"""``tqcheck cache``: the caches of machine translations and of results."""

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
    """Say what they hold, or empty them."""
    from tqcheck import results
    from tqcheck.translate import cache

    folder = environment.cache_folder(options)
    if options.what == "clear":
        removed = f"{cache.clear(folder)} translations and {results.clear(folder)} results removed from {folder}"
        environment.put(options, f"{removed}\n")
    else:
        environment.put(options, f"{cache.info(folder)}\n{results.info(folder)}\n")
    return Exit.PASSED
