"""Files of a folder, or of any filesystem by its URL (``s3://``, ``gs://``, …): read, and written whole."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from tqcheck.errors import Place, UserError
from tqcheck.readers import files
from tqcheck.render.output import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

INSTALL = 'pip install "tqcheck[cluster]"'
WAITS = (1.0, 4.0)
"""Seconds before the second and the third attempt at what may work a moment later."""

# What no second attempt changes. Everything else of the system's errors may be a network or a disk that is busy.
_LASTING = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, FileExistsError)
_LASTING_NUMBERS = frozenset({errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL, errno.ENOSPC, errno.EROFS})
# Stores that put an object whole or not at all; anywhere else it is written beside and then takes its name.
_OBJECT_STORES = frozenset("s3 s3a gs gcs abfs abfss az oci oss r2 memory".split())
_STALE = 3600.0


class Unreachable(UserError):
    """What cannot be read now, and perhaps can a moment later."""


class Unwritable(UserError):
    """Results cannot be kept, so that there is no use in going on."""


def is_url(path: str) -> bool:
    """Whether a path names a filesystem of its own; ``C:`` is none."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", path) is not None


def plain(path: str) -> str:
    """``file://`` addresses as paths; everything else as it is."""
    return url2pathname(urlsplit(path).path) if path.lower().startswith("file://") else path


def beside(listed: str, name: str) -> str:
    """Where the name in a list leads that stands at ``listed``."""
    name = plain(name)
    if is_url(name) or Path(name).is_absolute():
        return name
    if is_url(listed):
        return f"{listed.rsplit('/', 1)[0]}/{name}"
    return str(Path(listed).parent / name)


def read(path: str) -> bytes:
    """The bytes of a file. Raises UserError as `readers.files.load` does, and Unreachable."""
    if not is_url(path):
        try:
            return files.load(path)
        except UserError as error:
            cause = error.__context__
            if isinstance(cause, OSError) and _may_pass(cause):
                raise Unreachable(error.message, error.place, error.hint) from None
            raise
    filesystem, inner = _filesystem(path)
    try:
        with filesystem.open(inner, "rb") as stream:
            data: bytes = stream.read(files.LIMIT + 1)
    except FileNotFoundError:
        raise UserError("there is no such file", Place(path)) from None
    except OSError as error:
        kind = Unreachable if _may_pass(error) else UserError
        raise kind(f"the file cannot be read: {_reason(error)}", Place(path)) from None
    if len(data) > files.LIMIT:
        raise files.too_long(path)
    if not data:
        raise files.empty(path)
    return data


@contextlib.contextmanager
def lines(path: str) -> Iterator[TextIO]:
    """A text file to be read line by line, in UTF-8. Raises UserError where it cannot be opened."""
    try:
        if is_url(path):
            filesystem, inner = _filesystem(path)
            stream = filesystem.open(inner, "r", encoding="utf-8-sig", newline="")
        else:
            stream = Path(path).open(encoding="utf-8-sig", newline="")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UserError(f"the list cannot be read: {_reason(error)}", Place(path)) from None
    with stream:
        yield stream


class Storage:
    """A folder for results, here or at a URL. ``place`` is as the user wrote it."""

    def __init__(self, place: str) -> None:
        self.place = plain(place).rstrip("/") or "/"
        self.remote = is_url(self.place)

    def path(self, name: str) -> str:
        """Where a file of the folder is."""
        return f"{self.place}/{name}"

    def get(self, name: str) -> bytes | None:
        """The bytes of a file, None where it is not there or cannot be read: then it is made again."""
        with contextlib.suppress(OSError):
            if not self.remote:
                return Path(self.path(name)).read_bytes()
            filesystem, inner = _filesystem(self.path(name))
            return bytes(filesystem.cat_file(inner))
        return None

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        if not self.remote:
            return Path(self.path(name)).is_file()
        filesystem, inner = _filesystem(self.path(name))
        with contextlib.suppress(OSError):
            return bool(filesystem.exists(inner))
        return False

    def put(self, name: str, data: str | bytes) -> None:
        """Write a file: whole or not at all, and again where that may help. Raises Unwritable."""
        raw = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
        for wait in (*WAITS, None):
            try:
                return self._put_remote(name, raw) if self.remote else self._put(name, raw)
            except OSError as error:
                if wait is None or not _may_pass(error):
                    raise self._unwritable(name, error) from error
            time.sleep(wait)
        return None

    def _put(self, name: str, data: bytes) -> None:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write_whole(path, data)
        except UserError as error:
            raise error.__cause__ or error from None

    def _put_remote(self, name: str, data: bytes) -> None:
        filesystem, inner = _filesystem(self.path(name))
        if self.place.split("://", 1)[0].lower() in _OBJECT_STORES:
            filesystem.pipe_file(inner, data)
            return
        filesystem.makedirs(inner.rpartition("/")[0], exist_ok=True)
        temporary = f"{inner.rpartition('/')[0]}/.tqcheck-{secrets.token_hex(6)}.tmp"
        filesystem.pipe_file(temporary, data)
        filesystem.mv(temporary, inner)

    def _unwritable(self, name: str, error: OSError) -> Unwritable:
        hint = "what is finished is kept: the same command goes on from there"
        return Unwritable(f"the results cannot be written: {_reason(error)}", Place(self.path(name)), hint)

    def sweep(self, *folders: str) -> None:
        """Remove what runs that were killed have left of files half-written, in folders here."""
        if self.remote:
            return
        for folder in folders:
            for left in Path(self.path(folder)).glob(".tqcheck-*.tmp"):
                with contextlib.suppress(OSError):
                    if time.time() - left.stat().st_mtime > _STALE:
                        left.unlink()


def _may_pass(error: OSError) -> bool:
    return not isinstance(error, _LASTING) and error.errno not in _LASTING_NUMBERS


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).lower()


def _filesystem(url: str) -> tuple[Any, str]:
    """The filesystem of a URL and the path in it. One is made in each process: connections do not outlive a fork."""
    scheme, _, rest = url.partition("://")
    root, inner = _connected(os.getpid(), f"{scheme}://{rest.split('/', 1)[0]}", scheme)
    return root, inner(url)


@functools.cache
def _connected(process: int, start: str, scheme: str) -> tuple[Any, Callable[[str], str]]:
    """By fsspec; where the driver of a scheme is not installed, by pyarrow, which has some of its own."""
    try:
        import fsspec
    except ImportError:
        raise UserError(f"{scheme}:// needs fsspec", hint=INSTALL) from None
    try:
        filesystem = fsspec.filesystem(scheme)
        return filesystem, filesystem._strip_protocol
    except ValueError:
        raise UserError(f"there is no filesystem {scheme}://", hint="fsspec knows s3, gs, abfs, hdfs …") from None
    except ImportError as error:
        missing = str(error)
    try:
        from fsspec.implementations.arrow import ArrowFSWrapper
        from pyarrow.fs import FileSystem

        return ArrowFSWrapper(FileSystem.from_uri(start)[0]), lambda url: url.partition("://")[2]
    except (ImportError, OSError, ValueError):
        raise UserError(f"{scheme}:// cannot be used: {missing}") from None
