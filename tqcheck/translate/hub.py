"""The Hugging Face hub: the directory of a model in its local cache, or downloaded into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tqcheck.errors import UserError


def cached(repository: str, files: Sequence[str], weights: Sequence[str], cache: Path | None) -> Path | None:
    """The directory in the local cache that has all of the files and one of the weights, or None. No network.

    ``cache`` is the cache's directory where it is not the usual one.
    """
    from huggingface_hub import try_to_load_from_cache

    def found(name: str) -> Path | None:
        path = try_to_load_from_cache(repository, name, cache_dir=cache)
        return Path(path) if isinstance(path, str) else None

    places = [found(name) for name in files]
    complete = all(places) and any(found(name) for name in weights)
    return places[0].parent if complete and places[0] is not None else None


def fetch(repository: str, files: Sequence[str], weights: Sequence[str], cache: Path | None) -> Path:
    """Download the files, and the first of the weights that the repository has, into the local cache.

    The hub's own progress bars go to standard error. Raises UserError where it cannot be had.
    """
    from huggingface_hub import hf_hub_download, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    # The bases are those of the HTTP library underneath, another one in each version.
    failures = (OSError, ValueError, *HfHubHTTPError.__bases__)
    try:
        directory = Path(snapshot_download(repository, allow_patterns=[*files, weights[0]], cache_dir=cache))
        if not (directory / weights[0]).is_file():
            hf_hub_download(repository, weights[1], cache_dir=cache)
    except failures as error:
        lines = str(error.args[0] if error.args else error).strip().splitlines() or [repr(error)]
        raise UserError(
            f"{repository} is not in the local cache and cannot be downloaded: {lines[0]}",
            hint="try again with a connection, or name a directory that has it: --mt opus-mt:PATH",
        ) from error
    return directory
