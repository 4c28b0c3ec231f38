"""``tqcheck detectors``: the rules."""

from __future__ import annotations

import argparse

from tqcheck.cli import environment
from tqcheck.cli.exits import Exit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace) -> Exit:
    """Print the rules."""
    from tqcheck.detectors import all_detectors
    from tqcheck.render import rules

    environment.put(options, rules.detector_list(all_detectors(), environment.look(options)))
    return Exit.PASSED
