"""How warm a word is shown: how little the other text calls for it, by the embedded language model."""

from __future__ import annotations

from tqcheck.model import TextScores, WordScore

STEPS = (-4.6, -5.9, -7.9)
"""Natural logarithms of the probability a piece, given the other text: below the first a word is warm, below the last
hot. Of the words of right translations a tenth, a twentieth, a fiftieth are so improbable (951 words of
corpora/{mali,budget}/clean.en.txt, Gemma 3 270M)."""


def levels(scores: TextScores) -> list[int]:
    """A level from 0 (expected) to 3 (hardly foreseen) for every word, parallel to ``scores.words``; unknown is 0."""
    return [0 if word is None else _level(word) for word in scores.words]


def _level(word: WordScore) -> int:
    mean = word.given / max(1, word.pieces)
    return sum(mean < step for step in STEPS)
