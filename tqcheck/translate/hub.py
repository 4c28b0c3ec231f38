"""The Hugging Face hub: the directory of a model in its local cache, or downloaded into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tqcheck.errors import UserError


def cached(repository: str, files: Sequence[str], cache: Path | None) -> Path | None:
    """The directory in the local cache that has all of the files, or None. No network.

    ``cache`` is the cache's directory where it is not the usual one.
    """
    from huggingface_hub import try_to_load_from_cache

    def found(name: str) -> Path | None:
        path = try_to_load_from_cache(repository, name, cache_dir=cache)
        return Path(path) if isinstance(path, str) else None

    places = [found(name) for name in files]
    return places[0].parent if all(places) and places[0] is not None else None


def fetch(repository: str, files: Sequence[str], weights: str, cache: Path | None) -> Path:
    """Download the files and the weights into the local cache.

    The hub's own progress bars go to standard error. Raises UserError where they cannot be had.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    # The bases are those of the HTTP library underneath, another one in each version.
    failures = (OSError, ValueError, *HfHubHTTPError.__bases__)
    try:
        directory = Path(snapshot_download(repository, allow_patterns=[*files, weights], cache_dir=cache))
    except failures as error:
        lines = str(error.args[0] if error.args else error).strip().splitlines() or [repr(error)]
        raise UserError(
            f"{repository} is not in the local cache and cannot be downloaded: {lines[0]}",
            hint="try again with a connection, or name a directory that has it: --mt opus-mt:PATH",
        ) from error
    if not (directory / weights).is_file():
        raise UserError(
            f"{repository} has no {weights}, and other weights are not opened: a pickle can run any program",
            hint="tqcheck models pull opus-mt converts the two models, once, into files that hold numbers alone",
        )
    return directory
