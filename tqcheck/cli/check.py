"""``tqcheck check``: what is wrong with a translation, or with all of a desk's."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_cache, add_texts, article
from tqcheck.cli.equipment import Equipment, add_settings, settings
from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError
from tqcheck.render import FORMATS

if TYPE_CHECKING:
    from tqcheck.config import Settings
    from tqcheck.desk import Work
    from tqcheck.manifest import Article
    from tqcheck.model import Desk, Report
    from tqcheck.suppressions import Suppressor


def add_arguments(check: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_texts(check)
    check.add_argument(
        "--pairs", metavar="FILE", help="pairs already aligned: French TAB English, one a line; '-' is standard input"
    )
    check.add_argument(
        "--changed-since", metavar="REV", help="of the settings' pairs only those that git says have changed since REV"
    )
    check.add_argument("--format", choices=[*FORMATS], default="terminal", help="how to report (%(default)s)")
    check.add_argument(
        "--report",
        metavar="FORMAT=FILE",
        action="append",
        help="write this report too (repeated for several): sarif=out.sarif",
    )
    check.add_argument("--baseline", metavar="FILE", help="old findings, which do not fail the gate")
    add_settings(check)
    check.add_argument("--details", action="store_true", help="add signatures and versions to the terminal report")
    add_cache(check)
    check.add_argument("--no-cache", action="store_true", help="check everything anew, keep no results")


def run(options: argparse.Namespace) -> Exit:
    """Read, check, report, and say whether the gate passed."""
    chosen = settings(options)
    outputs = _outputs(options, chosen)
    with environment.progress(options) as progress:
        equipment = Equipment(options, progress)
        work = environment.work(options, chosen, equipment, _suppressors(options))
        if options.pairs is None and options.french is None:
            found = _articles(options, chosen)
            return _desk(options, outputs, found.articles, work, found.notes)
        report = _pairs(options, work, equipment) if options.pairs is not None else _one(options, work)
    for name, file in outputs.items():
        environment.write(file, FORMATS[name].report(report, environment.look(options, file)))
    environment.put(options, FORMATS[options.format].report(report, environment.look(options)))
    return Exit.PASSED if report.verdict.passed else Exit.GATE_FAILED
