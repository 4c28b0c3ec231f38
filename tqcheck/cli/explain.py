"""``tqcheck explain``: what a rule looks for, and when to ignore it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.detector import Detector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The rule."""
    parser.add_argument("rule", metavar="RULE")


def run(options: argparse.Namespace) -> Exit:
    """Print the page of a rule."""
    from tqcheck.render import rules

    environment.put(options, rules.explain(_rule(options.rule), environment.look(options)))
    return Exit.PASSED


def _rule(name: str) -> Detector:
    import difflib

    from tqcheck.detectors import all_detectors

    rules = {rule.rule: rule for rule in all_detectors()}
    if name not in rules:
        near = difflib.get_close_matches(name, rules, n=1)
        hint = f"did you mean {near[0]}?" if near else "tqcheck detectors lists them"
        raise UserError(f"there is no rule {name!r}", hint=hint)
    return rules[name]
