"""A file fetched: taken up where it was left, checked by its hash, and only then given its name."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from tqcheck.errors import UserError
from tqcheck.translate.models import http
from tqcheck.translate.models.files import RemoteFile, is_right

PART = ".part"
_UNPACKED = ".unpacked"
_TRIES = 5
"""In a row without a new byte."""
_BLOCK = 1 << 20

Tell = Callable[[int, int], None]
"""Called with the bytes of a file that have come, and with the number of all."""


def fetch(
    file: RemoteFile, folder: Path, tell: Tell, token: str | None = None, pause: Callable[[float], None] = time.sleep
) -> None:
    """Put a file at its path in ``folder``, unless it is there; what came earlier of it is not fetched again.

    Raises UserError where it cannot be had or is not what was published; an OSError of the writing is the caller's.
    """
    place = folder / file.path
    if is_right(place, file):
        tell(file.size, file.size)
        return
    part = place.with_name(place.name + PART)
    place.parent.mkdir(parents=True, exist_ok=True)
    # What was there before may be at fault: then once more, from the first byte.
    for _ in range(2 if part.exists() else 1):
        _complete(file, part, tell, token, pause)
        if _settled(file, part, place):
            return
    raise _other(file)


def _complete(file: RemoteFile, part: Path, tell: Tell, token: str | None, pause: Callable[[float], None]) -> None:
    """Bring ``part`` to its full length, in as many connections as it takes."""
    failures = 0
    begun = False
    while file.packed or _length(part) != file.size:
        before = _length(part)
        try:
            _receive(file, part, tell, token)
        except http.NothingMore as nothing:
            if before == nothing.total:
                return
            part.unlink(missing_ok=True)
            failures += 1
            if failures >= _TRIES:
                raise _given_up(part, str(nothing)) from nothing
        except http.Broken as broken:
            begun = begun or broken.begun
            failures = 1 if _length(part) > before else failures + 1
            if failures >= _TRIES or not begun:
                raise _given_up(part, str(broken)) from broken
            pause(0.5 * 2**failures)
        else:
            return


def _receive(file: RemoteFile, part: Path, tell: Tell, token: str | None) -> None:
    """The rest of a file, in one connection. A server that cannot go on in the middle sends all of it again."""
    start = _length(part)
    # Packing may make a file a little longer.
    limit = file.size + (file.size // 100 + 4096 if file.packed else 0)
    # A packed file is wanted as it is stored: a server that may unpack on the way is told not to.
    headers = {"Accept-Encoding": "gzip" if file.packed else "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    with http.opened(file.url, headers, token) as response:
        goes_on = response.status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {start}-")
        if response.status == 206 and not goes_on:
            part.unlink(missing_ok=True)
            raise http.Broken("the server sent another part than was asked for", begun=True)
        done = start if goes_on else 0
        length = response.headers.get("Content-Length", "")
        total = done + int(length) if length.isdecimal() else None
        with part.open("ab" if goes_on else "wb") as written:
            while (received := http.block(response)) and done <= limit:
                done += len(received)
                written.write(received)
                tell(done, total or file.size)
    if done > limit:
        part.unlink()
        raise _other(file)
    expected = total if file.packed else file.size
    if expected is not None and done < expected:
        raise http.Broken("the connection ended early", begun=True)


def _settled(file: RemoteFile, part: Path, place: Path) -> bool:
    """Give the file its name if it is the right one; else there is nothing of it any more."""
    ready = part
    if file.packed:
        ready = part.with_name(place.name + _UNPACKED)
        if not _unpack(file, part, ready):
            part.unlink()
            ready.unlink(missing_ok=True)
            return False
    right = is_right(ready, file)
    if right:
        ready.replace(place)
    ready.unlink(missing_ok=True)
    part.unlink(missing_ok=True)
    return right


def _unpack(file: RemoteFile, part: Path, to: Path) -> bool:
    """Whether it could be unpacked, into no more bytes than it should be."""
    done = 0
    with gzip.open(part) as packed, to.open("wb") as written:
        while done <= file.size:
            try:
                unpacked = packed.read(_BLOCK)
            except (gzip.BadGzipFile, EOFError, zlib.error):
                return False
            if not unpacked:
                return True
            done += len(unpacked)
            written.write(unpacked)
    return False


def _other(file: RemoteFile) -> UserError:
    return UserError(
        f"{file.url} is not what was published: {file.size:,} bytes with the hash {file.digest}",
        hint="nothing was installed; try again, or another connection: something on the way may alter files",
    )


def _given_up(part: Path, reason: str) -> UserError:
    got = f" after {_length(part) / 1e6:.1f} MB of {part.name.removesuffix(PART)}" if _length(part) else ""
    hint = "the same command goes on from there" if got else "it needs a network; --from names a mirror"
    return UserError(f"{reason}{got}", hint=hint)


def _length(part: Path) -> int:
    try:
        return part.stat().st_size
    except FileNotFoundError:
        return 0
