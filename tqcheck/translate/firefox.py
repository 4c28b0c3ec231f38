"""The engine firefox: Mozilla's translation models of Firefox, in eight bits on the processor, by fxtranslate.

That library can look for models and fetch them by itself; it is not asked to. It is given the bytes of files that were
pulled and checked (``tqcheck models pull firefox``), and runs what is in them.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tqcheck.errors import Place, UserError
from tqcheck.model import Translation
from tqcheck.translate.model_files import digest, require
from tqcheck.translate.protocol import BACK, FORWARD, Direction, Progress, ScoredText, cannot_score, unsupported

NAME = "firefox"
INSTALL = "pip install 'tqcheck[firefox]'"
_LIBRARY = "fxtranslate"
_FILES = ("model.bin", "lex.bin", "vocab.spm")


def missing() -> str | None:
    """The library it needs, where that is not installed."""
    return None if importlib.util.find_spec(_LIBRARY) else _LIBRARY


def from_directory(directory: Path) -> FirefoxEngine:
    """The engine with the models in ``fr-en`` and ``en-fr`` of a directory. Raises UserError where one is missing."""
    if missing():
        raise UserError(f"the library {_LIBRARY} is not installed", hint=INSTALL)
    places = {way: directory / "-".join(way) for way in (FORWARD, BACK)}
    for place in places.values():
        require(place, _FILES)
    return FirefoxEngine(places)


class FirefoxEngine:
    """An ``Engine`` that translates and cannot score. It keeps to the thread in which it is first used."""

    name = NAME
    can_score = False
    worth_caching = True

    def __init__(self, places: Mapping[Direction, Path]) -> None:
        self._places = dict(places)
        self._loaded: dict[Direction, Any] = {}
        hashes = (f"{'-'.join(way)}.{digest(place / name for name in _FILES)}" for way, place in places.items())
        self.identity = "+".join((NAME, *hashes, f"{_LIBRARY}.{importlib.metadata.version(_LIBRARY)}", "greedy"))

    def supports(self, source: str, target: str) -> bool:
        return (source, target) in self._places

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        """One translation a text, in order. A text of several sentences is translated sentence by sentence."""
        made = []
        for number, text in enumerate(texts):
            made.append(Translation(self._translated(text, (source, target)), self.identity))
            if progress is not None:
                progress(number + 1, len(texts))
        return tuple(made)

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        raise cannot_score(self)

    def _translated(self, text: str, direction: Direction) -> str:
        if not self.supports(*direction):
            raise unsupported(self, *direction)
        # By itself it would cut what is longer than 127 pieces; asked so, it takes such a sentence in parts.
        return str(self._model(direction).translate_long(text)).strip() if text.strip() else ""

    def _model(self, direction: Direction) -> Any:
        if direction not in self._loaded:
            from fxtranslate import Translator

            place = self._places[direction]
            model, shortlist, vocabulary = ((place / name).read_bytes() for name in _FILES)
            try:
                self._loaded[direction] = Translator(model, vocabulary, vocabulary, shortlist)
            except ValueError as error:
                raise UserError(f"not a Firefox translation model: {error}", Place(str(place))) from error
        return self._loaded[direction]
