"""Engines for tests that are not about engines."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.model import Translation
from tqcheck.translate.protocol import Progress, ScoredPiece, ScoredText


class Echo:
    """An ``Engine`` that says the text backwards, and remembers what it was asked."""

    name = "echo"
    can_score = True
    worth_caching = True

    def __init__(self, identity: str = "echo:1", directions: Sequence[tuple[str, str]] = (("fr", "en"), ("en", "fr"))):
        self.identity = identity
        self.directions = directions
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def supports(self, source: str, target: str) -> bool:
        return (source, target) in self.directions

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        self.asked.append((f"{source}-{target}", tuple(texts)))
        if progress is not None:
            progress(len(texts), len(texts))
        return tuple(Translation(text[::-1], self.identity, (text[::-1],), (-0.5,)) for text in texts)

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        self.asked.append((f"{source}-{target}", tuple(targets)))
        return tuple(
            ScoredText((ScoredPiece(0, len(text), text, -float(len(text + given))),), -0.25)
            for given, text in zip(sources, targets, strict=True)
        )
