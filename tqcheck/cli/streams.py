"""Standard streams that are closed, or have no room."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tqcheck.errors import Place, UserError


def open_closed() -> None:
    """Where a stream was closed by who started us (``>&-``), what is written there is lost, and nothing fails."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # as long as we run


def leave() -> None:
    """Write no more to standard output: the interpreter must not complain when it flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def no_room(error: OSError) -> UserError:
    """For the user, where standard output cannot be written to: a full disk behind it."""
    leave()
    reason = (error.strerror or str(error)).lower()
    return UserError(f"cannot write the report: {reason}", Place("standard output"))


def private_folder() -> Path:
    """A folder of this user's own among the temporary ones, for who has no home. Raises UserError for another's."""
    import tempfile

    path = Path(tempfile.gettempdir()) / f"tqcheck-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.lstat()
    if not path.is_dir() or path.is_symlink() or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        raise UserError(
            f"there is no home folder, and {path} is somebody else's",
            hint="set HOME, or name a folder with --cache-dir or TQCHECK_CACHE_DIR",
        )
    return path
