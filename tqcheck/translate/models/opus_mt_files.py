"""The files of OPUS-MT on the hub, and how they are converted, once, into what runs fast on a processor."""

from __future__ import annotations

import importlib.util
import pickle
from collections.abc import Callable, Collection
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate import opus_mt
from tqcheck.translate.protocol import BACK, FORWARD

_NEEDED = ("config.json", "source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
_OPTIONAL = ("generation_config.json",)
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_PIECES = ("source.spm", "target.spm")


def _directory(source: str, target: str) -> str:
    return f"{opus_mt.NAME}-{source}-{target}"


def _chosen(there: Collection[str]) -> Collection[str]:
    """The files that the converter reads; of the weights, those that cannot be a program where there are such."""
    weights = next((name for name in _WEIGHTS if name in there), None)
    absent = [name for name in _NEEDED if name not in there]
    if weights is None or absent:
        raise UserError(f"the repository has no {', '.join(absent) or _WEIGHTS[0]}: not a Marian model of transformers")
    return [*_NEEDED, *(name for name in _OPTIONAL if name in there), weights]


WANTED = {_directory(*way): (opus_mt.HUB.format(source=way[0], target=way[1]), _chosen) for way in (FORWARD, BACK)}
"""Directory -> repository and choice of files, for either direction."""


def missing() -> str | None:
    """The first library that fetching and converting takes and that is not installed."""
    names = ("ctranslate2", "torch", "transformers", "sentencepiece")
    return next((name for name in names if importlib.util.find_spec(name) is None), None)


def convert(fetched: Path, made: Path, tell: Callable[[str, int, int], None]) -> None:
    """Write each model in eight bits for CTranslate2, with its tokenizer. Raises UserError where one cannot be read."""
    from ctranslate2.converters import TransformersConverter

    for number, name in enumerate(WANTED):
        tell(f"converting {name}", number, len(WANTED))
        # The same look at the files as when they are used without converting: what is not a Marian model is refused.
        opus_mt.check(fetched / name, trusted=True)
        try:
            with opus_mt.quiet():
                converter = TransformersConverter(str(fetched / name), copy_files=list(_PIECES))
                converter.convert(str(made / name), quantization="int8")
        except (OSError, RuntimeError, ValueError, KeyError, ImportError, pickle.UnpicklingError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk's, not the library's
            raise UserError(f"{name} cannot be converted: {error}", Place(str(fetched / name))) from error
        tell(f"converting {name}", number + 1, len(WANTED))


def path(directory: Path) -> str:
    """The installed models as ``ctranslate2:`` takes them."""
    return str(directory / _directory("{source}", "{target}"))
