"""The files of a translation model: where they are, which direction they do, what their hash is."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate.protocol import BACK, FORWARD, Direction

_CODES = {"fr": "fr", "fra": "fr", "fre": "fr", "en": "en", "eng": "en"}
_NAMED = re.compile(r"(?<![a-z])(fr|fra|fre|en|eng)[-_](fr|fra|fre|en|eng)(?![a-z])")


def missing_library(name: str) -> UserError:
    """The error for a library that only the extra ``hub`` installs."""
    return UserError(f"the library {name} is not installed", hint="pip install 'tqcheck[hub]'")


def directories(path: str) -> dict[Direction, Path]:
    """The directory of each direction that ``path`` names.

    ``{source}`` and ``{target}`` in the path stand for the codes ``fr`` and ``en``; without them it is one directory
    whose direction its ``tokenizer_config.json`` or its name (``opus-mt-fr-en``) tells. Raises UserError where there is
    no directory, or no direction can be told.
    """
    if "{source}" in path or "{target}" in path:
        named = {
            (source, target): Path(path.replace("{source}", source).replace("{target}", target)).expanduser()
            for source, target in (FORWARD, BACK)
        }
        found = {direction: place for direction, place in named.items() if place.is_dir()}
        if not found:
            raise UserError("no such directory", Place(" or ".join(str(place) for place in named.values())))
        return found
    place = Path(path).expanduser()
    if not place.is_dir():
        raise UserError("no such directory" if not place.exists() else "not a directory", Place(str(place)))
    direction = _configured_direction(place) or _named_direction(place)
    if direction is None:
        raise UserError(
            "it cannot be told from which language to which this model translates",
            Place(str(place)),
            "put the direction into its name, as in opus-mt-fr-en, or write the path with {source}-{target}",
        )
    return {direction: place}


def _configured_direction(directory: Path) -> Direction | None:
    configuration = read_json(directory / "tokenizer_config.json") or {}
    source = _CODES.get(str(configuration.get("source_lang")))
    target = _CODES.get(str(configuration.get("target_lang")))
    return (source, target) if source and target and source != target else None


def _named_direction(directory: Path) -> Direction | None:
    for name in (directory.name, directory.parent.name):
        directions = [(_CODES[source], _CODES[target]) for source, target in _NAMED.findall(name.lower())]
        if directions and directions[-1][0] != directions[-1][1]:
            return directions[-1]
    return None


def read_json(path: Path) -> Mapping[str, object] | None:
    """The object in a JSON file, None where there is no such file. Raises UserError where it holds no object."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(f"cannot be read: {error}", Place(str(path))) from error
    if not isinstance(content, dict):
        raise UserError("not a JSON object", Place(str(path)))
    return content


def require(directory: Path, names: Iterable[str]) -> None:
    """Raise a UserError that names the first of the files which is not in the directory."""
    for name in names:
        if not (directory / name).is_file():
            raise UserError(f"not a complete model: {name} is missing", Place(str(directory)))


def digest(paths: Iterable[Path]) -> str:
    """The first 16 hexadecimal digits of the SHA-256 over the names and contents of files.

    A file in the cache of the Hugging Face hub is a link to a blob whose name is its SHA-256 (or its Git hash, for a
    small one): there the content is not read again.
    """
    total = hashlib.sha256()
    for path in paths:
        blob = path.resolve()
        if blob.parent.name == "blobs" and re.fullmatch(r"[0-9a-f]{64}", blob.name):
            content = blob.name
        else:
            with blob.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.name}\0{content}\n".encode())
    return total.hexdigest()[:16]
