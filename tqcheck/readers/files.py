"""The bytes of a file or of standard input, or a clear word on why there are none."""

from __future__ import annotations

import difflib
import stat
from collections.abc import Callable
from pathlib import Path

from tqcheck.errors import Place, UserError

STANDARD_INPUT = "-"
LIMIT = 20_000_000
"""The most bytes of one text: a long book has two million, and twenty would take most of an hour to check."""

Stdin = Callable[[], bytes]


class Given:
    """Bytes that were read already, in the place of standard input: the path is only their name then."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __call__(self) -> bytes:
        return self._data


def load(path: str, stdin: Stdin | None = None) -> bytes:
    """The bytes of the file ``path``, or what ``stdin`` gives where that is "-", or where it is `Given`.

    Raises UserError where there is no such file, where it is a directory, may not be read, is empty or is longer than
    LIMIT. Pipes (``<(command)``) are read like files.
    """
    if isinstance(stdin, Given):
        data = stdin()
    elif path == STANDARD_INPUT:
        if stdin is None:
            raise UserError("standard input cannot be read here", hint="give the name of a file instead of -")
        data = stdin()
    else:
        data = _load_file(path)
    if len(data) > LIMIT:
        raise too_long(path)
    if not data:
        raise empty(path)
    return data


def empty(path: str) -> UserError:
    """The error for an input without any text."""
    if path == STANDARD_INPUT:
        return UserError("standard input holds no text", hint="pipe a text into it, or give the name of a file")
    return UserError("the file holds no text", Place(path), hint="give a file with a text to check")


def too_long(path: str) -> UserError:
    """The error for an input over LIMIT."""
    what = "standard input" if path == STANDARD_INPUT else "the file"
    return UserError(
        f"{what} is longer than the limit of {LIMIT // 1_000_000} MB of text",
        None if path == STANDARD_INPUT else Place(path),
        hint="cut the text into parts, article by article, and check each",
    )


def place(path: str, line: int | None = None, column: int | None = None, text: str | None = None) -> Place:
    """A place in the input as a reader sees it: standard input by its name."""
    return Place("standard input" if path == STANDARD_INPUT else path, line, column, text)


def _load_file(path: str) -> bytes:
    file = Path(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError("this is a directory, not a file", Place(path), hint="name one file in it")
        with file.open("rb") as stream:
            return stream.read(LIMIT + 1)
    except FileNotFoundError:
        raise UserError("there is no such file", Place(path), hint=_near(file)) from None
    except PermissionError:
        raise UserError("the file may not be read", Place(path), hint="check who is allowed to read it") from None
    except OSError as error:
        raise UserError(f"the file cannot be read: {error.strerror or error}", Place(path)) from None


def _near(file: Path) -> str:
    """What may have been meant: a file of nearly that name beside it."""
    try:
        beside = [entry.name for entry in file.parent.iterdir() if entry.is_file()]
    except OSError:
        return f"the directory {file.parent} cannot be read either"
    names = difflib.get_close_matches(file.name, beside, n=1, cutoff=0.75)
    return f"did you mean {file.with_name(names[0])}?" if names else "check the name and the directory"
