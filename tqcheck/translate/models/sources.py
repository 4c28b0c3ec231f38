"""Where models are published, and what is there of each: Mozilla's storage, repositories of the Hugging Face hub."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from tqcheck.errors import UserError
from tqcheck.translate.models import http
from tqcheck.translate.models.files import GIT, SHA256, Plan, RemoteFile

HUB = "https://huggingface.co"
MOZILLA = "https://storage.googleapis.com/moz-fx-translations-data--303e-prod-translations-data"


class Site(NamedTuple):
    """The servers to ask, or mirrors of the same layout, and a token of the hub for what it gives to few."""

    hub: str = HUB
    mozilla: str = MOZILLA
    token: str | None = None


class _Pinned(NamedTuple):
    """A file of Mozilla's: its place, its name there, and the size and SHA-256 of its content."""

    path: str
    name: str
    size: int
    sha256: str


# The release of either direction, the same one since 2024. The SHA-256 of the models are in Mozilla's own metadata.json
# (github.com/mozilla/firefox-translations-models, models/base-memory/fren and enfr); those of the other files are in
# the records that Firefox itself downloads by (Remote Settings, translations-models, version 2.0).
_VOCABULARY = "783abf3abe075afdf8d85d233994bef2c3a064e935ab1bed946820aff6ac002a"
_FIREFOX = {
    "models/fr-en/retrain_hr_EFgIftH_RrCyzl5gjemVNg/exported": (
        _Pinned(
            "fr-en/model.bin",
            "model.fren.intgemm.alphas.bin.gz",
            31_561_787,
            "15f997bc0d13808b0b0fbd0786e684a3c8a52adcd8071844b76123fdacbf2b90",
        ),
        _Pinned(
            "fr-en/lex.bin",
            "lex.50.50.fren.s2t.bin.gz",
            4_824_120,
            "87c6752ea908f5f0347c10ac0cf7d80d9c2f4f20c81c90168f3e8230b56d4440",
        ),
        _Pinned("fr-en/vocab.spm", "vocab.fren.spm.gz", 814_404, _VOCABULARY),
    ),
    "models/en-fr/retrain_hr_NLIxDbE1TBGyOTI-zwZagw/exported": (
        _Pinned(
            "en-fr/model.bin",
            "model.enfr.intgemm.alphas.bin.gz",
            31_561_787,
            "6322e296d4fecfe395a8d5723da4ec37ecbe6d7613bb1dfcf4b28e2a47498b68",
        ),
        _Pinned(
            "en-fr/lex.bin",
            "lex.50.50.enfr.s2t.bin.gz",
            4_372_936,
            "2585ed98d3af0bc949865aedeb390493d591f56870814376e73e4144c41ed059",
        ),
        _Pinned("en-fr/vocab.spm", "vocab.enfr.spm.gz", 814_404, _VOCABULARY),
    ),
}


def firefox(site: Site) -> Plan:
    """Mozilla's models of both directions, always the same release: everybody has the same translations of them."""
    return Plan(
        tuple(
            RemoteFile(file.path, f"{site.mozilla}/{folder}/{file.name}", file.size, f"{SHA256}:{file.sha256}", True)
            for folder, files in _FIREFOX.items()
            for file in files
        ),
        "release 2.0, base-memory",
    )


Choice = Callable[[Collection[str]], Collection[str]]
"""Which of a repository's files are wanted, of those that it has. Raises UserError where one that is needed is not."""


def repositories(wanted: Mapping[str, tuple[str, Choice]], site: Site) -> Plan:
    """Files of repositories of the hub as they are now: the commits they are at, the hashes that the hub has of them.

    ``wanted``: the directory that files go to -> their repository, and which of them. Raises UserError.
    """
    files: list[RemoteFile] = []
    commits = []
    for directory, (repository, choice) in wanted.items():
        commit, listing = _listed(repository, site)
        commits.append(f"{repository}@{commit}")
        for name in sorted(choice(listing)):
            size, digest = _described(repository, name, listing[name])
            url = f"{site.hub}/{repository}/resolve/{commit}/{quote(name)}"
            files.append(RemoteFile(f"{directory}/{name}" if directory else name, url, size, digest))
    return Plan(tuple(files), ", ".join(commits))


def _listed(repository: str, site: Site) -> tuple[str, dict[str, Mapping[str, Any]]]:
    """The newest commit of a repository, and what the hub says of each file in it."""
    url = f"{site.hub}/api/models/{repository}/revision/main?blobs=true"
    try:
        answer = json.loads(http.page(url, site.token))
        commit = answer["sha"]
        listing = {str(file["rfilename"]): file for file in answer["siblings"]}
    except http.Broken as broken:
        raise UserError(str(broken), hint="it needs a network; --from names a mirror") from broken
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{url} does not answer with a list of files", hint="is it a hub?") from error
    if not isinstance(commit, str) or not re.fullmatch("[0-9a-f]{40}", commit):
        raise UserError(f"{url} does not say which commit it describes")
    return commit, listing


def _described(repository: str, name: str, told: Mapping[str, Any]) -> tuple[int, str]:
    """The size of a file and the hash that the hub has of it. Raises UserError where it does not say."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+", name) or name.startswith("."):
        raise UserError(f"{repository} has a file with a name that is not expected: {name!r}")
    large = told.get("lfs") or {}
    size, sha256, git = large.get("size", told.get("size")), large.get("sha256"), told.get("blobId")
    if isinstance(size, int) and isinstance(sha256, str) and re.fullmatch("[0-9a-f]{64}", sha256):
        return size, f"{SHA256}:{sha256}"
    if isinstance(size, int) and not large and isinstance(git, str) and re.fullmatch("[0-9a-f]{40}", git):
        return size, f"{GIT}:{git}"
    raise UserError(f"the hub does not tell size and hash of {name} in {repository}: it cannot be checked")
