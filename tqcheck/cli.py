"""The command line: the only room that prints, reads the environment, and exits."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck import __version__
from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.config import Settings
    from tqcheck.detector import Detector
    from tqcheck.model import Bitext, Document, Report
    from tqcheck.pipeline import Progress, Tools
    from tqcheck.render.look import Look
    from tqcheck.translate.cache import Cache


class Exit(IntEnum):
    """What the exit status says. 130 is the shells' own number for Ctrl-C."""

    PASSED = 0
    GATE_FAILED = 1
    BAD_INPUT = 2
    FAULT = 3
    INTERRUPTED = 130


DATA_FORMATS = ("json", "vecalign")
"""Formats for programs: UTF-8 whatever the console is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; ``arguments`` are those of the process unless given."""
    _write_utf8()
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], Exit] = options.run
        return run(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return Exit.BAD_INPUT
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PASSED
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return Exit.INTERRUPTED
    except Exception:
        traceback.print_exc()
        print(
            f"\nThis is a fault of tqcheck {__version__}, not yours: please report it with the above.", file=sys.stderr
        )
        return Exit.FAULT


# ---------------------------------------------------------------------------------------------------- the commands


def _check(options: argparse.Namespace) -> Exit:
    rules, settings = _settings(options)
    with _progress(options) as progress:
        tools = _tools(options, settings, rules, progress)
        report = _checked(options, tools)
    _put(options, _rendered(options, report))
    return Exit.PASSED if report.verdict.passed else Exit.GATE_FAILED


def _checked(options: argparse.Namespace, tools: Tools) -> Report:
    from tqcheck import pipeline, readers
    from tqcheck.languages import identify

    if options.pairs is not None:
        if options.french is not None:
            raise UserError(
                "--pairs stands in place of the two files", hint="give either --pairs FILE or FRENCH ENGLISH"
            )
        pairs = readers.read_pairs(options.pairs, _standard_input)
        identify.verify(pairs.source, pairs.target)
        return pipeline.check_pairs(pairs.source, pairs.target, pairs.articles, tools)
    source, target = _two_documents(options, readers.read)
    identify.verify(source, target)
    notes = (readers.encoding_note(document.path, document.encoding) for document in (source, target))
    tools = replace(tools, notes=(*filter(None, notes), *tools.notes))
    return pipeline.check_documents(source, target, tools)


def _align(options: argparse.Namespace) -> Exit:
    from tqcheck import pipeline, readers
    from tqcheck.languages import identify

    with _progress(options) as progress:
        tools = pipeline.Tools(detectors=(), progress=progress)
        read = readers.read_segmented if options.segmented else readers.read
        source, target = _two_documents(options, read)
        identify.verify(source, target)
        align = pipeline.align_segmented if options.segmented else pipeline.align_alone
        bitext = align(source, target, tools)
    _put(options, _rendered_alignment(options, bitext))
    return Exit.PASSED


def _explain(options: argparse.Namespace) -> Exit:
    from tqcheck.render import rules

    _put(options, rules.explain(_rule(options.rule), _look(options)))
    return Exit.PASSED


def _detectors(options: argparse.Namespace) -> Exit:
    from tqcheck.detectors import all_detectors
    from tqcheck.render import rules

    _put(options, rules.detector_list(all_detectors(), _look(options)))
    return Exit.PASSED


def _doctor(options: argparse.Namespace) -> Exit:
    from tqcheck import doctor
    from tqcheck.render import rules

    rows = doctor.examine(_cache_folder(options))
    _put(options, rules.doctor(rows, _look(options)))
    return Exit.PASSED if all(row.state != "broken" for row in rows) else Exit.FAULT


def _cache(options: argparse.Namespace) -> Exit:
    from tqcheck.translate import cache

    folder = _cache_folder(options)
    if options.what == "clear":
        _put(options, f"{cache.clear(folder)} translations removed from {folder}\n")
    else:
        _put(options, f"{cache.info(folder)}\n")
    return Exit.PASSED


# ------------------------------------------------------------------------------------------------------- the pieces


def _two_documents(options: argparse.Namespace, read: Callable[..., Document]) -> tuple[Document, Document]:
    if options.french is None or options.english is None:
        raise UserError(
            "two files are needed: the French article and its English translation",
            hint=f"tqcheck {options.command} article.fr.txt article.en.txt",
        )
    if options.french == options.english == "-":
        raise UserError("standard input can be one of the two texts, not both", hint="name a file for the other one")
    return read(options.french, "fr", _standard_input), read(options.english, "en", _standard_input)


def _settings(options: argparse.Namespace) -> tuple[tuple[Detector, ...], Settings]:
    from tqcheck import config
    from tqcheck.detectors import all_detectors

    rules = all_detectors()
    flags: dict[str, object] = {
        name: value
        for name, value in (
            ("mt", "none" if options.no_mt else options.mt),
            ("only", _listed(options.only)),
            ("disable", _listed(options.disable)),
            ("fail-on", options.fail_on),
            ("cache-dir", options.cache_dir),
        )
        if value is not None
    }
    return rules, config.load(options.config, Path.cwd(), flags, frozenset(rule.rule for rule in rules))


def _tools(options: argparse.Namespace, settings: Settings, rules: Sequence[Detector], progress: Progress) -> Tools:
    from tqcheck.pipeline import Tools
    from tqcheck.translate import registry

    choice = registry.choose(
        settings.mt, registry.Options(beams=settings.beam, cache=settings.cache_dir or _cache_folder(options))
    )
    enabled = tuple(
        rule
        for rule in rules
        if (rule.rule in settings.only if settings.only else rule.on) and rule.rule not in settings.disable
    )
    return Tools(
        detectors=enabled,
        engine=choice.engine,
        cache=None if choice.engine is None else _open_cache(options, settings),
        fail_on=settings.fail_on,
        severities=tuple(settings.severity.items()),
        minimum_confidence=settings.minimum_confidence,
        notes=choice.notes,
        progress=progress,
    )


def _open_cache(options: argparse.Namespace, settings: Settings) -> Cache:
    from tqcheck.translate.cache import Cache

    return Cache(settings.cache_dir or _cache_folder(options))


def _rule(name: str) -> Detector:
    import difflib

    from tqcheck.detectors import all_detectors

    rules = {rule.rule: rule for rule in all_detectors()}
    if name not in rules:
        near = difflib.get_close_matches(name, rules, n=1)
        hint = f"did you mean {near[0]}?" if near else "tqcheck detectors lists them"
        raise UserError(f"there is no rule {name!r}", hint=hint)
    return rules[name]


def _rendered(options: argparse.Namespace, report: Report) -> str:
    if options.format == "json":
        from tqcheck.render import data

        return data.to_json(report)
    from tqcheck.render import terminal

    return terminal.render(report, _look(options), details=options.details)


def _rendered_alignment(options: argparse.Namespace, bitext: Bitext) -> str:
    from tqcheck.render import data

    if options.format == "json":
        return data.alignment_to_json(bitext)
    if options.format == "vecalign":
        return data.alignment_to_vecalign(bitext)
    from tqcheck.render import beads

    return beads.align_table(bitext, _look(options))


def _put(options: argparse.Namespace, text: str) -> None:
    """To the file that ``-o`` names, whole or not at all, else to standard output."""
    if options.output is not None:
        from tqcheck.render.output import write_whole

        write_whole(options.output, text)
        return
    if getattr(options, "format", None) in DATA_FORMATS:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    else:
        sys.stdout.write(text)
    sys.stdout.flush()


# -------------------------------------------------------------------------------------------------- the environment


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise UserError("standard input is the keyboard", hint="pipe a text in, or name a file instead of -")
    return sys.stdin.buffer.read()


def _look(options: argparse.Namespace) -> Look:
    import shutil

    from tqcheck.render.look import Look

    to_terminal = options.output is None and sys.stdout.isatty()
    color = options.color == "always" or (
        options.color == "auto" and to_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    encoding = sys.stdout.encoding if options.output is None else "utf-8"
    return Look(width=shutil.get_terminal_size((100, 24)).columns, color=color, encoding=encoding or "utf-8")


def _cache_folder(options: argparse.Namespace) -> Path:
    given = getattr(options, "cache_dir", None) or os.environ.get("TQCHECK_CACHE_DIR")
    if given:
        return Path(given)
    import platformdirs

    return platformdirs.user_cache_path("tqcheck", appauthor=False)


@contextmanager
def _progress(options: argparse.Namespace) -> Iterator[Progress]:
    """A bar on standard error for whatever takes over a second; none where nobody looks."""
    from tqcheck.pipeline import silent

    if options.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield silent
        return
    from tqcheck.render.progress import Bar

    with Bar(sys.stderr) as bar:
        yield bar


def _write_utf8() -> None:
    """Texts are written as they are: a console that cannot show a character gets an escape, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _listed(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """``--only a,b --only c`` as ("a", "b", "c")."""
    if values is None:
        return None
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


# ----------------------------------------------------------------------------------------------------- the arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tqcheck",
        description="Checks the English translation of a French article and says what is wrong, on the exact words.",
        epilog="Exit status: 0 passed, 1 the gate failed, 2 the input is wrong, 3 a fault of tqcheck.",
    )
    parser.add_argument("--version", action="version", version=f"tqcheck {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="command")
    _add_check(commands)
    _add_align(commands)
    _add_small(commands)
    return parser


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = _command(commands, "check", _check, "check a translation against its original")
    _add_texts(check)
    check.add_argument(
        "--pairs", metavar="FILE", help="pairs already aligned: French TAB English, one a line; '-' is standard input"
    )
    check.add_argument("--format", choices=("terminal", "json"), default="terminal", help="how to report (%(default)s)")
    check.add_argument(
        "--mt", metavar="ENGINE", help="machine translation: auto, none, opus-mt[:DIR], ctranslate2:DIR, recorded:FILE"
    )
    check.add_argument("--no-mt", action="store_true", help="the same as --mt none")
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
    _add_cache(check)


def _add_align(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    align = _command(commands, "align", _align, "show which sentences translate which")
    _add_texts(align)
    align.add_argument(
        "--segmented", action="store_true", help="one sentence a line already; blank lines end paragraphs"
    )
    align.add_argument(
        "--format", choices=("table", "json", "vecalign"), default="table", help="how to print (%(default)s)"
    )
    align.add_argument("--no-mt", action="store_true", help="taken as in check; aligning uses no machine translation")


def _add_small(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = _command(commands, "explain", _explain, "what a rule looks for, and when to ignore it")
    explain.add_argument("rule", metavar="RULE")
    _command(commands, "detectors", _detectors, "list the rules")
    doctor = _command(
        commands, "doctor", _doctor, "what is installed, which models are there, what to do about the rest"
    )
    _add_cache(doctor)
    cache = _command(commands, "cache", _cache, "the cache of machine translations")
    cache.add_argument("what", choices=("info", "clear"))
    _add_cache(cache)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], Exit],
    text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.set_defaults(run=run)
    command.add_argument("-o", "--output", metavar="FILE", help="write to FILE, whole or not at all")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours (%(default)s)")
    command.add_argument("-q", "--quiet", action="store_true", help="no progress bars")
    return command


def _add_texts(command: argparse.ArgumentParser) -> None:
    command.add_argument("french", metavar="FRENCH", nargs="?", help="the original: .txt or .md, '-' is standard input")
    command.add_argument("english", metavar="ENGLISH", nargs="?", help="its translation")


def _add_cache(command: argparse.ArgumentParser) -> None:
    command.add_argument("--cache-dir", metavar="DIR", help="where translations are kept between runs")


if __name__ == "__main__":
    sys.exit(main())
