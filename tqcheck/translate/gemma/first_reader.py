"""A first reading of the French by the language model: no translator's work, and marked as what it is.

It takes the most probable piece again and again. It leaves things out and makes things up; into French it is not good
enough to be shown at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tqcheck.model import FIRST_READING, Translation
from tqcheck.translate.gemma.engine import GemmaEngine
from tqcheck.translate.protocol import FORWARD, Progress, ScoredText, unsupported


class FirstReader:
    """An ``Engine`` for French to English around the scorer, whose model it shares."""

    can_score = True
    worth_caching = True

    def __init__(self, scorer: GemmaEngine) -> None:
        self._scorer = scorer
        self.name = scorer.name

    @property
    def identity(self) -> str:
        """The scorer's, and the mark."""
        return self._scorer.identity + FIRST_READING

    def supports(self, source: str, target: str) -> bool:
        return (source, target) == FORWARD

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        if not self.supports(source, target):
            raise unsupported(self, source, target)
        made = self._scorer.translate(texts, source, target, progress)
        return tuple(replace(translation, engine=self.identity) for translation in made)

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        return self._scorer.score(sources, targets, source, target, progress)
