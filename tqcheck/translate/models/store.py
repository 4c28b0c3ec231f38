"""The models that were pulled: a directory each, with a manifest of its files; put there whole or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from tqcheck.errors import Place, UserError
from tqcheck.translate.models.files import sha256

MANIFEST = "manifest.json"
FORMAT = 1
FETCHED = "files"
"""In the directory in which a model is gathered: what came over the network."""
_STAGING = ".pulling"


class Installed(NamedTuple):
    """A model that is there: ``size`` in bytes, and ``revision``, which state of its repository it is."""

    name: str
    directory: Path
    size: int
    revision: str


class State(NamedTuple):
    """``kind``: installed, damaged, partial or absent; ``size``: the bytes that are there."""

    kind: str
    size: int


def place(folder: Path, name: str) -> Path:
    """The directory of a model in the folder of all."""
    return folder / name


def staging(folder: Path, name: str) -> Path:
    """The directory in which a model is gathered: it stays after a break, and goes when the model is whole."""
    return folder / _STAGING / name


def installed(folder: Path, name: str, *, thoroughly: bool = False) -> Installed | None:
    """The model where it is there whole, else None. Sizes are compared; ``thoroughly``: hashes as well."""
    directory = place(folder, name)
    try:
        manifest = json.loads((directory / MANIFEST).read_text("utf-8"))
        files = {str(path): (int(size), str(digest)) for path, (size, digest) in manifest["files"].items()}
        if not files or manifest["format"] != FORMAT:
            return None
        for path, (size, digest) in files.items():
            if (directory / path).stat().st_size != size:
                return None
            if thoroughly and sha256(directory / path) != digest:
                return None
        return Installed(name, directory, sum(size for size, _ in files.values()), str(manifest["revision"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def checked(folder: Path, name: str) -> Installed | None:
    """The model where it is there; None where nothing is. Raises UserError where a file of it is not what it was."""
    if not place(folder, name).exists():
        return None
    found = installed(folder, name, thoroughly=True)
    if found is None:
        raise UserError(
            f"the model {name} is damaged", Place(str(place(folder, name))), f"get it again: tqcheck models pull {name}"
        )
    return found


def state(folder: Path, name: str) -> State:
    """What there is of a model, without reading its files."""
    found = installed(folder, name)
    if found is not None:
        return State("installed", found.size)
    if place(folder, name).exists():
        return State("damaged", _size(place(folder, name)))
    begun = _size(staging(folder, name) / FETCHED)
    return State("partial", begun) if begun else State("absent", 0)


def put(made: Path, folder: Path, name: str, facts: dict[str, str]) -> Installed:
    """Move the files of a model to their place, with a manifest; ``facts`` go into it, ``revision`` among them."""
    paths = sorted(path for path in made.rglob("*") if path.is_file())
    files = {path.relative_to(made).as_posix(): (path.stat().st_size, sha256(path)) for path in paths}
    manifest = {"format": FORMAT, "name": name, **facts, "files": files}
    (made / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")
    directory = place(folder, name)
    if directory.exists():
        _away(directory, folder, name)
    made.rename(directory)
    found = installed(folder, name)
    if found is None:
        raise OSError(f"{directory} is not as it was written")
    return found


def remove(folder: Path, name: str) -> int:
    """Remove a model and what was begun of it; how many bytes that were, 0 for none."""
    if not place(folder, name).exists() and not staging(folder, name).exists():
        return 0
    with alone(folder, name):
        freed = _size(place(folder, name)) + _size(staging(folder, name))
        shutil.rmtree(staging(folder, name), ignore_errors=True)
        if place(folder, name).exists():
            _away(place(folder, name), folder, name)
        with contextlib.suppress(OSError):
            (folder / _STAGING).rmdir()
    return freed


@contextlib.contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Keep other runs from the same model meanwhile; the system lets go when this one ends, however it does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{name}.lock").open("a+b") as file:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            raise UserError(
                f"another run is at work on the model {name}", Place(str(folder)), "wait for it, then try again"
            ) from error
        yield


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> None:
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: IO[bytes]) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _away(directory: Path, folder: Path, name: str) -> None:
    """Remove a directory in one step for whoever looks: it changes its name first."""
    aside = folder / _STAGING / f"{name}.old"
    shutil.rmtree(aside, ignore_errors=True)
    aside.parent.mkdir(parents=True, exist_ok=True)
    directory.rename(aside)
    shutil.rmtree(aside)


def _size(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
