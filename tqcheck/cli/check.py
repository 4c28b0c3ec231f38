"""``tqcheck check``: what is wrong with a translation."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_cache, add_texts, listed, two_documents
from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.config import Settings
    from tqcheck.detector import Detector
    from tqcheck.model import Report
    from tqcheck.pipeline import Progress, Tools


def add_arguments(check: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_texts(check)
    check.add_argument(
        "--pairs", metavar="FILE", help="pairs already aligned: French TAB English, one a line; '-' is standard input"
    )
    check.add_argument("--format", choices=("terminal", "json"), default="terminal", help="how to report (%(default)s)")
    check.add_argument(
        "--mt", metavar="ENGINE", help="machine translation: auto, none, opus-mt[:DIR], ctranslate2:DIR, recorded:FILE"
    )
    check.add_argument("--no-mt", action="store_true", help="the same as --mt none")
    check.add_argument(
        "--lm", metavar="MODEL", help="language model that judges words: auto, none, or a GGUF file of a Gemma 3"
    )
    check.add_argument("--only", metavar="RULE", action="append", help="run these rules alone (a,b or repeated)")
    check.add_argument("--disable", metavar="RULE", action="append", help="do not run these rules (a,b or repeated)")
    check.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        help="lowest severity that fails the gate: minor, major, critical or never (major)",
    )
    check.add_argument(
        "--config", metavar="FILE", help="settings; else tqcheck.toml or [tool.tqcheck] in pyproject.toml"
    )
    check.add_argument("--details", action="store_true", help="add signatures and versions to the terminal report")
    add_cache(check)


def run(options: argparse.Namespace) -> Exit:
    """Read, check, report, and say whether the gate passed."""
    rules, settings = _settings(options)
    with environment.progress(options) as progress:
        tools = _tools(options, settings, rules, progress)
        report = _checked(options, tools)
    environment.put(options, _rendered(options, report))
    return Exit.PASSED if report.verdict.passed else Exit.GATE_FAILED


def _checked(options: argparse.Namespace, tools: Tools) -> Report:
    from tqcheck import pipeline, readers
    from tqcheck.languages import identify

    if options.pairs is not None:
        if options.french is not None:
            raise UserError(
                "--pairs stands in place of the two files", hint="give either --pairs FILE or FRENCH ENGLISH"
            )
        pairs = readers.read_pairs(options.pairs, environment.standard_input)
        identify.verify(pairs.source, pairs.target)
        return pipeline.check_pairs(pairs.source, pairs.target, pairs.articles, tools)
    source, target = two_documents(options, readers.read)
    identify.verify(source, target)
    notes = (readers.encoding_note(document.path, document.encoding) for document in (source, target))
    tools = replace(tools, notes=(*filter(None, notes), *tools.notes))
    return pipeline.check_documents(source, target, tools)


def _settings(options: argparse.Namespace) -> tuple[tuple[Detector, ...], Settings]:
    from tqcheck import config
    from tqcheck.detectors import all_detectors

    rules = all_detectors()
    flags: dict[str, object] = {
        name: value
        for name, value in (
            ("mt", "none" if options.no_mt else options.mt),
            ("lm", options.lm),
            ("only", listed(options.only)),
            ("disable", listed(options.disable)),
            ("fail-on", options.fail_on),
            ("cache-dir", options.cache_dir),
        )
        if value is not None
    }
    return rules, config.load(options.config, Path.cwd(), flags, frozenset(rule.rule for rule in rules))


def _tools(options: argparse.Namespace, settings: Settings, rules: Sequence[Detector], progress: Progress) -> Tools:
    from tqcheck.pipeline import Tools
    from tqcheck.translate import registry, scorers
    from tqcheck.translate.cache import Cache

    folder = settings.cache_dir or environment.cache_folder(options)
    choice = registry.choose(settings.mt, registry.Options(beams=settings.beam, cache=folder))
    reader = scorers.choose(settings.lm, folder, partial(progress, "preparing the language model, once"))
    enabled = tuple(
        rule
        for rule in rules
        if (rule.rule in settings.only if settings.only else rule.on) and rule.rule not in settings.disable
    )
    return Tools(
        detectors=enabled,
        engine=choice.engine,
        scorer=reader.scorer,
        before=settings.lm_before,
        cache=Cache(folder) if choice.engine or reader.scorer else None,
        fail_on=settings.fail_on,
        severities=tuple(settings.severity.items()),
        minimum_confidence=settings.minimum_confidence,
        notes=(*choice.notes, *reader.notes),
        progress=progress,
    )


def _rendered(options: argparse.Namespace, report: Report) -> str:
    if options.format == "json":
        from tqcheck.render import data

        return data.to_json(report)
    from tqcheck.render import terminal

    return terminal.render(report, environment.look(options), details=options.details)
