"""What a command sees of the world, and where it writes: the terminal, standard input, the cache folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import streams
from tqcheck.errors import UserError
from tqcheck.render import FORMATS

if TYPE_CHECKING:
    from tqcheck.pipeline import Progress
    from tqcheck.render.look import Look

DATA_FORMATS = ("vecalign", *(name for name, form in FORMATS.items() if form.data))
"""Formats for programs: UTF-8 whatever the console is."""


def put(options: argparse.Namespace, text: str | Iterable[str]) -> None:
    """To the file that ``-o`` names, whole or not at all, else to standard output."""
    if options.output is not None:
        from tqcheck.render.output import write_whole

        write_whole(options.output, text)
        return
    pieces = (text,) if isinstance(text, str) else text
    try:
        if getattr(options, "format", None) in DATA_FORMATS:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)
        else:
            sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise streams.no_room(error) from error


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def put_words(options: argparse.Namespace, text: str) -> None:
    """Words out of the user's texts, for another program: as they are, but shown where a terminal would obey them."""
    from tqcheck.escapes import as_lines

    put(options, as_lines(text) if options.output is None and sys.stdout.isatty() else text)


def standard_input() -> bytes:
    """All of it. Raises UserError where a person would have to type it."""
    if sys.stdin is None or sys.stdin.isatty():
        raise UserError("standard input is the keyboard", hint="pipe a text in, or name a file instead of -")
    return sys.stdin.buffer.read()


def look(options: argparse.Namespace, *, to_file: bool = False) -> Look:
    """How a page for people is written: its width, and whether in colour. A file is in UTF-8 and has no colour."""
    import shutil

    from tqcheck.render.look import Look

    if to_file:
        return Look(width=100, details=getattr(options, "details", False))
    to_terminal = options.output is None and sys.stdout.isatty()
    color = options.color == "always" or (
        options.color == "auto" and to_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    encoding = sys.stdout.encoding if options.output is None else "utf-8"
    return Look(
        width=shutil.get_terminal_size((100, 24)).columns,
        color=color,
        encoding=encoding or "utf-8",
        details=getattr(options, "details", False),
    )


def cache_folder(options: argparse.Namespace) -> Path:
    """Where translations and prepared models are kept between runs."""
    given = getattr(options, "cache_dir", None) or os.environ.get("TQCHECK_CACHE_DIR")
    if given:
        return Path(given)
    import platformdirs

    try:
        return platformdirs.user_cache_path("tqcheck", appauthor=False)
    except RuntimeError:  # there is no home folder
        return streams.private_folder()


def models_folder(options: argparse.Namespace) -> Path:
    """Where the models are that were pulled."""
    given = getattr(options, "models_dir", None) or os.environ.get("TQCHECK_MODELS_DIR")
    if given:
        return Path(given)
    import platformdirs

    try:
        return platformdirs.user_data_path("tqcheck", appauthor=False) / "models"
    except RuntimeError:
        return streams.private_folder() / "models"


def hub() -> tuple[str | None, str | None]:
    """The address of the Hugging Face hub where it is not the usual one, and the user's token for it."""
    return os.environ.get("HF_ENDPOINT") or None, os.environ.get("HF_TOKEN") or None


def watched() -> bool:
    """Whether somebody looks at standard error while it is written.

    Some CI servers give a job a terminal, and read the log by lines: what a bar leaves behind would stand before the
    next line, and hide a command of it (``::error``). They all set ``CI``.
    """
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("CI", "").lower() in ("", "0", "false")


@contextmanager
def progress(options: argparse.Namespace) -> Iterator[Progress]:
    """A bar on standard error for whatever takes over a second; none where nobody looks."""
    if options.quiet or not watched():
        yield lambda stage, done, total: None
        return
    from tqcheck.render.progress import Bar

    with Bar(sys.stderr) as bar:
        yield bar


def write_utf8() -> None:
    """Texts are written as they are: a console that cannot show a character gets an escape, not a crash."""
    streams.open_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
