"""Writing a report to a file: whole or not at all."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import secrets
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from tqcheck.errors import Place, UserError

STALE = 86400.0
"""Seconds after which a half-written file is taken for what a killed run has left: a write takes moments."""
_HALF_WRITTEN = re.compile(r"\.tqcheck-[0-9a-f]{12}\.tmp")


def write_whole(path: str | os.PathLike[str], text: str | bytes | Iterable[str]) -> None:
    """Write ``text`` (UTF-8, line ends as they are; bytes, or pieces) to ``path``, so that nobody ever sees half of it.

    The text goes to a new file in the same folder, is forced to the disk, and takes the name in one step; on any
    failure the old file is untouched and the new one removed. What a killed run left there a day ago goes too. A file
    that is there keeps its permissions, a link stays and its target is written; a device or pipe is written to
    directly. Raises UserError where that cannot be done.
    """
    pieces = (text,) if isinstance(text, (str, bytes)) else text
    data = (piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace") for piece in pieces)
    given = Path(path)
    try:
        target = Path(os.path.realpath(given))
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            _write_into(given, data, mode)
        else:
            _replace(target, data, mode)
    except OSError as error:
        raise UserError(f"cannot write the report: {_reason(error)}", Place(str(path)), _hint(error, given)) from error


def _mode(path: Path) -> int | None:
    """The mode of an existing file, None where there is none."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _write_into(path: Path, data: Iterable[bytes], mode: int) -> None:
    """Write to what cannot be replaced, such as /dev/stdout."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(21, "Is a directory", str(path))
    with path.open("wb") as file:
        file.writelines(data)


def _replace(path: Path, data: Iterable[bytes], mode: int | None) -> None:
    if mode is not None and not os.access(path, os.W_OK):
        # Taking its name would be allowed, but whoever made the file read-only did not mean that.
        raise PermissionError(13, "the file is read-only", str(path))
    temporary = path.with_name(f".tqcheck-{secrets.token_hex(6)}.tmp")
    try:  # from before the file is there: Ctrl-C may come between its making and the next line
        # Opened with the mode of any new file, so that the umask of the user decides.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(path)
    finally:
        # After the step that gives the name there is nothing of that name; after any failure, Ctrl-C too, there is.
        temporary.unlink(missing_ok=True)
    _settle(path.parent)
    _sweep(path.parent)


@functools.lru_cache(maxsize=256)
def _sweep(folder: Path) -> None:
    """Remove what killed runs of this user have left in ``folder``, once in a process: an archive's folder is long."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _HALF_WRITTEN.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    own = stat.S_ISREG(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())
                    if own and time.time() - status.st_mtime > STALE:
                        Path(entry.path).unlink()


def _settle(folder: Path) -> None:
    """Force the new name to the disk where the system lets a folder be opened; the file itself is safe already."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "its folder does not exist"
    if isinstance(error, IsADirectoryError):
        return "that is a folder"
    if isinstance(error, NotADirectoryError):
        return "a part of its path is a file, not a folder"
    if isinstance(error, PermissionError):
        return "no permission"
    return (error.strerror or str(error)).lower()


def _hint(error: OSError, path: Path) -> str | None:
    if isinstance(error, FileNotFoundError):
        return f"make the folder first: mkdir -p {path.parent}"
    if isinstance(error, IsADirectoryError):
        return f"name a file in it, such as {path / 'report.txt'}"
    return None
