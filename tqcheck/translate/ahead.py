"""Translations that another process makes while this one does something else."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.apart import Apart, Asked
from tqcheck.model import Translation
from tqcheck.translate.protocol import BACK, FORWARD, Direction, Engine, Progress, ScoredText

Batch = tuple[tuple[str, ...], Direction]
"""Texts, and from which language into which."""


def load(engine: Engine, apart: Apart) -> None:
    """Have the other process load what the engine needs for both directions."""
    apart.ask(translate_all, engine, [((), way) for way in (FORWARD, BACK) if engine.supports(*way)])


def translate_all(engine: Engine, batches: Sequence[Batch]) -> list[tuple[Translation, ...]]:
    """The translations of each batch."""
    return [engine.translate(texts, *direction) for texts, direction in batches]


class AheadEngine:
    """An ``Engine`` around another, of the same name and identity, that was asked for some texts before."""

    def __init__(self, engine: Engine, apart: Apart, batches: Sequence[Batch]) -> None:
        self._engine = engine
        self._batches = batches
        self._begun: Asked[list[tuple[Translation, ...]]] = apart.ask(translate_all, engine, batches)
        self.name = engine.name
        self.identity = engine.identity
        self.can_score = engine.can_score
        self.worth_caching = engine.worth_caching

    def supports(self, source: str, target: str) -> bool:
        return self._engine.supports(source, target)

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        made = {
            text: translation
            for (own, direction), answers in zip(self._batches, self._begun.answer(), strict=True)
            if direction == (source, target)
            for text, translation in zip(own, answers, strict=True)
        }
        absent = [text for text in dict.fromkeys(texts) if text not in made]
        if absent:
            made |= zip(absent, self._engine.translate(absent, source, target, progress), strict=True)
        if progress is not None:
            progress(len(texts), len(texts))
        return tuple(made[text] for text in texts)

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        return self._engine.score(sources, targets, source, target, progress)
