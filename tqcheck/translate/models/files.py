"""A file to fetch: where it is, how large, and the hash that it must have."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

SHA256 = "sha256"
GIT = "git"
"""The two kinds of hash. ``git``: SHA-1 over a header and the content, as Git names a file; what the hub publishes of
small files."""

_BLOCK = 1 << 20


class RemoteFile(NamedTuple):
    """``path`` is its place in the model's directory, with ``/``; ``size`` and ``digest`` are those of the content.

    ``digest`` is ``sha256:HEX`` or ``git:HEX``. ``packed``: the server has it gzipped.
    """

    path: str
    url: str
    size: int
    digest: str
    packed: bool = False


class Plan(NamedTuple):
    """The files of a model, and ``revision``: in words, which state of their repository they are."""

    files: tuple[RemoteFile, ...]
    revision: str

    @property
    def size(self) -> int:
        """Bytes of all files once they are unpacked."""
        return sum(file.size for file in self.files)


def hasher(file: RemoteFile) -> Any:
    """A hash of hashlib, ready for the content of a file."""
    kind = file.digest.partition(":")[0]
    if kind == SHA256:
        return hashlib.sha256()
    if kind == GIT:
        return hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)
    raise ValueError(f"no such kind of hash: {kind}")


def is_right(place: Path, file: RemoteFile) -> bool:
    """Whether what lies at ``place`` is the file."""
    try:
        if place.stat().st_size != file.size:
            return False
        total = hasher(file)
        with place.open("rb") as content:
            while block := content.read(_BLOCK):
                total.update(block)
    except FileNotFoundError:
        return False
    return f"{file.digest.partition(':')[0]}:{total.hexdigest()}" == file.digest


def sha256(place: Path) -> str:
    """Of the content of a file, in hexadecimal digits."""
    with place.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
