"""``tqcheck check``: what is wrong with a translation, or with all of a desk's."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from tqcheck.cli import environment, outputs
from tqcheck.cli.arguments import add_cache, add_texts, two_paths
from tqcheck.cli.equipment import Equipment, add_settings, settings, work
from tqcheck.cli.exits import Exit
from tqcheck.cli.limits import add_time_limit, limited
from tqcheck.errors import UserError
from tqcheck.render import FORMATS

if TYPE_CHECKING:
    from tqcheck.desk import Work
    from tqcheck.model import Report


def add_arguments(check: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_texts(check)
    check.add_argument(
        "--pairs", metavar="FILE", help="pairs already aligned: French TAB English, one a line; '-' is standard input"
    )
    check.add_argument(
        "--changed-since", metavar="REV", help="of the settings' pairs only those that git says have changed since REV"
    )
    outputs.add_formats(check)
    check.add_argument("--baseline", metavar="FILE", help="old findings, which do not fail the gate")
    outputs.add_decisions(check)
    add_settings(check)
    check.add_argument("--details", action="store_true", help="add signatures and versions to the terminal report")
    add_cache(check)
    add_time_limit(check)
    check.add_argument("--no-cache", action="store_true", help="check everything anew and keep no results")


def run(options: argparse.Namespace) -> Exit:
    """Read, check, report, and say whether the gate passed."""
    chosen = settings(options)
    many = options.pairs is None and options.french is None and options.english is None
    files = outputs.files(options, chosen, many=many)
    with environment.progress(options) as bar:
        progress = limited(bar, options.time_limit)
        equipment = Equipment(options, progress, single=not many)
        task = _with_decisions(work(options, chosen, equipment), options)
        if not many:
            report = _report(options, task, equipment)
        else:
            from tqcheck.cli import manifest

            wanted = [FORMATS[name] for name in (*files, options.format)]
            task = replace(task, words=any(form.words or form.each for form in wanted))
            desk = manifest.check(options, task, progress)
    if many:
        outputs.put_desk(options, files, desk, chosen)
        return Exit.BAD_INPUT if desk.failures else Exit.PASSED if desk.passed else Exit.GATE_FAILED
    outputs.put_report(options, files, report)
    return Exit.PASSED if report.verdict.passed else Exit.GATE_FAILED


def _with_decisions(task: Work, options: argparse.Namespace) -> Work:
    from tqcheck.decisions import dismissed

    return replace(task, others=(*task.others, dismissed(outputs.decisions(options))))


def _report(options: argparse.Namespace, task: Work, equipment: Equipment) -> Report:
    """On the two files, or on the file of pairs."""
    from tqcheck import desk
    from tqcheck.manifest import Article

    if options.changed_since is not None:
        raise UserError("--changed-since is for the pairs of the settings", hint="leave out the files, or the option")
    if options.pairs is None:
        report = desk.check_article(Article(*two_paths(options)), task)
    elif options.french is not None:
        raise UserError("--pairs stands in place of the two files", hint="give either --pairs FILE or FRENCH ENGLISH")
    else:
        article = Article(options.pairs, options.pairs)
        report = desk.judged(_checked_pairs(options.pairs, task, equipment), article, task, task.settings)
    return replace(report, notes=(*report.notes, *desk.remarks(task)))


def _checked_pairs(path: str, task: Work, equipment: Equipment) -> Report:
    from tqcheck import pipeline, readers
    from tqcheck.languages import identify

    pairs = readers.read_pairs(path, environment.standard_input)
    identify.verify(pairs.source, pairs.target)
    return pipeline.check_pairs(pairs.source, pairs.target, pairs.articles, equipment.tools(task.settings))
