"""Where reports go: standard output or ``-o`` for one of them, files for as many as are asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.errors import UserError
from tqcheck.render import FORMATS

if TYPE_CHECKING:
    from tqcheck.config import Settings
    from tqcheck.decisions import Decision
    from tqcheck.model import Desk, Report
    from tqcheck.render.look import Look

STANDARD_OUTPUT = "-"


def add_formats(command: argparse.ArgumentParser) -> None:
    """How to report, and where to."""
    command.add_argument("--format", choices=[*FORMATS], default="terminal", help="how to report (%(default)s)")
    command.add_argument(
        "--report",
        metavar="FORMAT=FILE",
        action="append",
        help="write this report too; may be repeated: --report sarif=out.sarif --report junit=out.xml",
    )


def add_decisions(command: argparse.ArgumentParser) -> None:
    """What editors decided."""
    command.add_argument(
        "--decisions",
        metavar="FILE",
        action="append",
        type=_read_decisions,
        help="decisions that the HTML report exported: dismissed findings do not fail the gate; may be repeated",
    )


def _read_decisions(file: str) -> tuple[Decision, ...]:
    from tqcheck.decisions import read

    return read(file)


def decisions(options: argparse.Namespace) -> tuple[Decision, ...]:
    """Those of all files together."""
    given = getattr(options, "decisions", None)
    if not given:
        return ()
    from tqcheck.decisions import merged

    return merged(made for file in given for made in file)


def files(options: argparse.Namespace, settings: Settings, *, many: bool) -> Mapping[str, Path]:
    """Format -> the file to write, of the flags, and in a run over all pairs (``many``) of the settings.

    Raises UserError for a format that is not there.
    """
    found = dict(settings.reports) if many else {}
    for given in options.report or ():
        name, separator, file = given.partition("=")
        if name not in FORMATS or not separator or not file:
            raise UserError(
                f"--report must be a format and a file, and is {given!r}",
                hint=f"such as --report sarif=out.sarif; formats are {', '.join(FORMATS)}",
            )
        found[name] = Path(file).expanduser()
    return found


def put_report(options: argparse.Namespace, wanted: Mapping[str, Path], report: Report) -> None:
    """One report in every format that is wanted."""
    for name, file in wanted.items():
        _write(file, FORMATS[name].pieces(report, look(options, name, to_file=True)))
    environment.put(options, FORMATS[options.format].pieces(report, look(options, options.format)))


def put_desk(options: argparse.Namespace, wanted: Mapping[str, Path], desk: Desk, settings: Settings) -> None:
    """The reports of a desk: one file in a format that has many articles, a folder of files in one that has not."""
    for name, file in wanted.items():
        if FORMATS[name].each:
            _write_each(file, name, desk, settings, options)
        else:
            _write(file, FORMATS[name].desk(desk, look(options, name, to_file=True)))
    if not FORMATS[options.format].each:
        environment.put(options, FORMATS[options.format].desk(desk, look(options, options.format)))
    elif options.output is not None:
        _write_each(Path(options.output), options.format, desk, settings, options)
    else:
        raise UserError(
            f"{options.format} takes a file for each article", hint=f"--report {options.format}=FOLDER writes them"
        )


def file_names(desk: Desk, settings: Settings, suffix: str) -> tuple[str, ...]:
    """A name for each report, in their order: the translation's path without folders, each name once."""
    used: dict[str, int] = {}
    names: list[str] = []
    for report in desk.reports:
        parts = settings.name(Path(report.bitext.target.path)).strip("/").split("/")
        name = "__".join(part for part in parts if part not in ("", "."))
        used[name] = used.get(name, 0) + 1
        names.append(f"{name}{f'.{used[name]}' if used[name] > 1 else ''}{suffix}")
    return tuple(names)


def _write_each(folder: Path, name: str, desk: Desk, settings: Settings, options: argparse.Namespace) -> None:
    form = FORMATS[name]
    for file, report in zip(file_names(desk, settings, form.suffix), desk.reports, strict=True):
        _write(folder / file, form.pieces(report, look(options, name, to_file=True)))


def look(options: argparse.Namespace, name: str, *, to_file: bool = False) -> Look:
    """How a format is shown; one that explains the rules has them all."""
    shown = replace(environment.look(options, to_file=to_file), decisions=decisions(options))
    if not FORMATS[name].rules:
        return shown
    from tqcheck.detectors import all_detectors

    return replace(shown, rules=all_detectors())


def _write(file: Path, text: str | Iterable[str]) -> None:
    from tqcheck.errors import Place
    from tqcheck.render.output import write_whole

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"the folder of the report cannot be made: {reason}", Place(str(file.parent))) from None
    write_whole(file, text)
