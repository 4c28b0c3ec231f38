"""Any Gemma 3 of the hub as the model that judges words, by the name of its repository."""

from __future__ import annotations

import re
from collections.abc import Collection

from tqcheck.errors import UserError
from tqcheck.translate.gemma import engine as gemma
from tqcheck.translate.gemma.checkpoint import CONFIG, TOKENIZER
from tqcheck.translate.gemma.weights import INSTALL
from tqcheck.translate.models import sources
from tqcheck.translate.models.catalogue import Entry

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_GATED = "google"
"""The owner whose models are given to those who accepted their terms."""


def is_repository(name: str) -> bool:
    """Whether a name can be that of a repository: ``google/gemma-3-270m``."""
    return _REPOSITORY.fullmatch(name) is not None


def of_repository(repository: str) -> Entry:
    """What there is to pull for a repository: its GGUF file, or its safetensors with config and tokenizer."""
    return Entry(
        name=repository.replace("/", "--"),
        what="a language model that judges words",
        use=f"--lm {repository}",
        licence="its own",
        terms=f"{sources.HUB}/{repository}",
        fetched=0,
        room=0,
        quality="not measured here",
        needs="the libraries that run it",
        install=INSTALL,
        missing=gemma.missing,
        plan=lambda site: sources.repositories({"": (repository, _wanted)}, site),
        gated=repository.partition("/")[0] == _GATED,
    )


def _wanted(there: Collection[str]) -> Collection[str]:
    # What is for pictures is left out.
    packed = [name for name in there if name.endswith(".gguf") and not name.startswith("mmproj")]
    if len(packed) == 1:
        return packed
    weights = [name for name in there if name.endswith(".safetensors") and "/" not in name]
    if weights and {CONFIG, TOKENIZER} <= set(there):
        return [CONFIG, TOKENIZER, *weights]
    raise UserError(
        f"the repository has {len(packed)} GGUF files, not one, nor safetensors with {CONFIG} and {TOKENIZER}"
    )
