"""``tqcheck doctor``: what is installed, and what to do about what is not."""

from __future__ import annotations

import argparse

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_cache
from tqcheck.cli.exits import Exit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The cache folder."""
    add_cache(parser)


def run(options: argparse.Namespace) -> Exit:
    """Examine the installation; what is broken fails."""
    from tqcheck import doctor
    from tqcheck.render import rules

    rows = doctor.examine(environment.cache_folder(options), environment.models_folder(options))
    environment.put(options, rules.doctor(rows, environment.look(options)))
    return Exit.PASSED if all(row.state != "broken" for row in rows) else Exit.FAULT
