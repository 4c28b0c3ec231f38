"""The phrase table: which runs of words one language has for those of the other, and how good each is.

The phrases of a language are a trie in level order: those of one word are the words themselves, those of two words come
next, sorted by their first word and then by their second, and so on. A node is its word and the number of its children.
A phrase pair is two nodes and a score for each direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy

LONGEST = 5
"""Words of a phrase."""
STEP = 0.0625
"""A unit of a stored score."""
OFFSET = 96
"""Stored scores are costs above a reward of this many units."""


def three_bytes(array: Any) -> Any:
    """Numbers kept as their low 16 bits and, apart, their high 8: an array of bytes of shape (n, 3) as uint32."""
    found = numpy.zeros((len(array), 4), numpy.uint8)
    found[:, :3] = array
    return found.view("<u4")[:, 0]


class Trie:
    """The phrases of one language. ``size``: words of its vocabulary, ``nodes``: phrases in all."""

    def __init__(self, words: Any, children: Any, size: int) -> None:
        self.size = size
        self.nodes = size + len(words)
        self._levels: list[tuple[int, Any]] = []
        self.word = numpy.concatenate([numpy.arange(size, dtype=numpy.int32), three_bytes(words).astype(numpy.int32)])
        parents = [numpy.full(size, -1, numpy.int32)]
        start, count = 0, size
        while count and start + count < self.nodes:
            parent = numpy.repeat(
                numpy.arange(start, start + count, dtype=numpy.int32), children[start : start + count]
            )
            parents.append(parent)
            start, count = start + count, len(parent)
            self._levels.append((start, parent.astype(numpy.int64) * size + self.word[start : start + count]))
        self.parent = numpy.concatenate(parents)

    def step(self, nodes: Any, words: Any, level: int) -> Any:
        """The node of each phrase of ``level`` words with one more word behind it, -1 where there is none."""
        if level > len(self._levels):
            return numpy.full(len(nodes), -1)
        start, keys = self._levels[level - 1]
        wanted = numpy.where((nodes >= 0) & (words >= 0), nodes.astype(numpy.int64) * self.size + words, -1)
        at = numpy.minimum(numpy.searchsorted(keys, wanted), len(keys) - 1)
        return numpy.where(keys[at] == wanted, at + start, -1)

    def spelt(self, nodes: Any) -> Any:
        """The words of phrases: an array of shape (n, LONGEST) filled with -1 on the right, and their number."""
        back = numpy.full((len(nodes), LONGEST), -1, numpy.int32)
        here = nodes.astype(numpy.int64)
        length = numpy.zeros(len(nodes), numpy.int64)
        for _ in range(LONGEST):
            there = here >= 0
            back[there, length[there]] = self.word[here[there]]
            length += there
            here = numpy.where(there, self.parent[numpy.maximum(here, 0)], -1)
        order = length[:, None] - 1 - numpy.arange(LONGEST)
        found = numpy.take_along_axis(back, numpy.maximum(order, 0), axis=1)
        return numpy.where(order >= 0, found, -1), length


class Rows(NamedTuple):
    """Phrase pairs by their source: those of node ``i`` are ``start[i]:start[i + 1]`` of the others."""

    start: Any
    target: Any
    score: Any


def rows(arrays: Mapping[str, Any], source: Trie, source_lang: str, target: Trie) -> Rows:
    """The pairs of one direction. They are stored sorted by the French, with the order by the English beside."""
    french_counts = arrays["french_pairs"]
    english = three_bytes(arrays["english_node"])
    costs = arrays[f"score.{source_lang}"]
    score = STEP * (OFFSET - costs.astype(numpy.float32))
    if source_lang == "fr":
        start = numpy.concatenate([[0], french_counts.astype(numpy.int64).cumsum()])
        return Rows(start, english, score)
    french = numpy.repeat(numpy.arange(target.nodes, dtype=numpy.int32), french_counts)
    order = three_bytes(arrays["english_order"])
    start = numpy.concatenate([[0], numpy.bincount(english, minlength=source.nodes).cumsum()])
    return Rows(start, french[order], score[order])
