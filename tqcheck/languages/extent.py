"""Articles of which the other language has only a part: one thing to say, not one for each sentence."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from tqcheck.model import Bitext

LEAST = 10
"""Sentences without a counterpart from which on a text can be a part of another."""
SHARE = 0.5
"""The share of a side's sentences that must be without a counterpart."""


class Extent(NamedTuple):
    """How many sentences of one side of an article stand alone, of how many; ``first``: the number of their pair."""

    alone: int
    sentences: int
    first: int


def partly(bitext: Bitext, side: str) -> dict[int, Extent]:
    """By article, where most of ``side`` ("source" or "target") has no counterpart."""
    alone: Counter[int] = Counter()
    sentences: Counter[int] = Counter()
    first: dict[int, int] = {}
    for pair in bitext.pairs:
        own, other = (pair.source, pair.target) if side == "source" else (pair.target, pair.source)
        count = max(1, len(own.sentences)) if own.text.strip() else 0
        sentences[pair.document] += count
        if count and not other.text.strip():
            alone[pair.document] += count
            first.setdefault(pair.document, pair.index)
    return {
        document: Extent(count, sentences[document], first[document])
        for document, count in alone.items()
        if count >= LEAST and count > SHARE * sentences[document]
    }
