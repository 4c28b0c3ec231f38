"""What can be pulled by name: what each model is, whose, under which licence, how large, and how good."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from tqcheck.errors import UserError
from tqcheck.translate import firefox
from tqcheck.translate.gemma import engine as gemma
from tqcheck.translate.models import opus_mt_files, sources
from tqcheck.translate.models.files import Plan
from tqcheck.translate.models.sources import Site

Make = Callable[[Path, Path, Callable[[str, int, int], None]], None]
"""Makes the model, in an empty directory, of the files that were fetched."""


class Entry(NamedTuple):
    """A model. ``use``: how it is named in a run.

    ``fetched`` and ``room``: bytes over the network and on the disk, about; ``quality``: as published. ``needs`` says
    what its libraries are for, ``install`` how they are installed, ``missing`` which is not. ``gated``: only with a
    token of an account that accepted the ``terms``. ``make`` None: the files are used as they are.
    """

    name: str
    what: str
    use: str
    licence: str
    terms: str
    fetched: int
    room: int
    quality: str
    needs: str
    install: str
    missing: Callable[[], str | None]
    plan: Callable[[Site], Plan]
    make: Make | None = None
    gated: bool = False


def _checkpoint(there: Collection[str]) -> Collection[str]:
    """What the scorer reads of a repository: its weights, as what cannot be a program, its sizes and its pieces."""
    weights = [name for name in there if name.endswith(".safetensors")]
    absent = [name for name in ("config.json", "tokenizer.json") if name not in there]
    if absent or not weights:
        raise UserError(f"the repository has no {', '.join(absent) or 'safetensors'}: not a model that can be read")
    return ["config.json", "tokenizer.json", *weights]


_GEMMA = "google/gemma-3-1b-pt"

ENTRIES = (
    Entry(
        name="firefox",
        what="Mozilla's translation models of Firefox, French to English and back",
        use="--mt firefox; --mt auto finds it",
        licence="MPL-2.0",
        terms="https://github.com/mozilla/translations",
        fetched=51_987_187,
        room=73_949_438,
        quality="BLEU 44.3 to English, 49.6 to French on flores, as Mozilla publishes of these very files",
        needs="the engine that runs it (fxtranslate, 2 MB)",
        install=firefox.INSTALL,
        missing=firefox.missing,
        plan=sources.firefox,
    ),
    Entry(
        name="opus-mt",
        what="the translation models of the University of Helsinki, French to English and back",
        use="--mt opus-mt; --mt auto finds it",
        licence="Apache-2.0",
        terms="https://huggingface.co/Helsinki-NLP/opus-mt-fr-en",
        fetched=610_000_000,
        room=160_000_000,
        quality="BLEU 41.7 to English, 47.8 to French on flores test; 33.6 and 33.2 on newstest2013, "
        "as Mozilla measured them",
        needs="converting it once takes torch and transformers (1 GB and more), using it takes ctranslate2",
        install="pip install 'tqcheck[hub]'",
        missing=opus_mt_files.missing,
        plan=lambda site: sources.repositories(opus_mt_files.WANTED, site),
        make=opus_mt_files.convert,
    ),
    Entry(
        name="gemma-3-1b",
        what="Gemma 3 1B by Google, four times the embedded language model: judges words",
        use="--lm gemma-3-1b",
        licence="Gemma Terms of Use",
        terms=f"https://huggingface.co/{_GEMMA}",
        fetched=2_030_000_000,
        room=2_030_000_000,
        quality="not measured here: no hub was in reach",
        needs="the libraries that run it",
        install="pip install 'tqcheck[lm]'",
        missing=gemma.missing,
        plan=lambda site: sources.repositories({"": (_GEMMA, _checkpoint)}, site),
        gated=True,
    ),
)


SCORERS = ("gemma-3-1b",)
"""Those that judge words: ``--lm`` takes them by name."""


def entry(name: str) -> Entry:
    """The model of a name. Raises UserError with a near one where there is none."""
    found = next((entry for entry in ENTRIES if entry.name == name), None)
    if found is None:
        names = [entry.name for entry in ENTRIES]
        near = difflib.get_close_matches(name.lower(), names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(names)}"
        raise UserError(f"there is no model {name!r} to pull", hint=hint)
    return found
