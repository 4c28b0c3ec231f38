"""What made a report: versions, models with their hashes, engine and rules. No times: same input, same bytes."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from importlib import metadata
from types import MappingProxyType

from tqcheck import __version__
from tqcheck.align.embeddings import SentenceEncoder
from tqcheck.align.lexicon import FILE_NAME, SHA256
from tqcheck.annotate import model_versions
from tqcheck.detector import Detector
from tqcheck.translate.protocol import Engine, Scorer

PACKAGES = ("numpy", "spacy", "sacrebleu", "langdetect", "wordfreq")


def provenance(
    encoder: SentenceEncoder,
    engine: Engine | None,
    detectors: Iterable[Detector],
    scorer: Scorer | None = None,
    read: Mapping[str, int] | None = None,
) -> Mapping[str, object]:
    """Names and versions of everything that a report's content depends on, as plain JSON values.

    ``read``: how many pairs the scorer read, and of how many, where these are not all.
    """
    return MappingProxyType(
        {
            "tqcheck": __version__,
            "python": platform.python_version(),
            "packages": {name: _version(name) for name in PACKAGES},
            "models": {
                "annotation": model_versions(),
                "embeddings": encoder.fingerprint,
                "lexicon": f"{FILE_NAME} sha256:{SHA256}",
            },
            "mt": None if engine is None else engine.identity,
            "lm": None if scorer is None else scorer.identity,
            **({} if read is None else {"lm-read": dict(read)}),
            "rules": [rule.rule for rule in detectors],
        }
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
