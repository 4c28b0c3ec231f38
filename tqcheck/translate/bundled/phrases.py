"""The phrase table: which runs of words one language has for those of the other, and how good each is.

The phrases of a language are a trie in level order: those of one word are the words themselves, those of two words come
next, sorted by their first word and then by their second, and so on. A node is its word and the number of its children.
A phrase pair is two nodes and a score for each direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
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
    """The phrases of one language. ``size``: words of its vocabulary, ``nodes``: phrases in all.

    What is asked of the source alone, or of the target alone, is made when it is asked for.
    """

    def __init__(self, words: Any, children: Any, size: int) -> None:
        self.size = size
        self.nodes = size + len(words)
        self._words, self._children = words, children

    @cached_property
    def word(self) -> Any:
        """The last word of each phrase."""
        words = three_bytes(self._words).view(numpy.int32)
        return numpy.concatenate([numpy.arange(self.size, dtype=numpy.int32), words])

    @cached_property
    def _starts(self) -> list[int]:
        """The first phrase of one word, of two, and so on, and the end of all."""
        starts, count = [0], self.size
        while count and starts[-1] + count < self.nodes:
            starts.append(starts[-1] + count)
            count = int(self._children[starts[-2] : starts[-1]].sum(dtype=numpy.int64))
        return [*starts, self.nodes]

    @cached_property
    def parent(self) -> Any:
        """The phrase without its last word, -1 for one of a word."""
        inner = numpy.arange(self._starts[-2], dtype=numpy.int32)
        behind = numpy.repeat(inner, self._children[: len(inner)])
        return numpy.concatenate([numpy.full(self.size, -1, numpy.int32), behind])

    @cached_property
    def _levels(self) -> list[tuple[int, Any]]:
        """Of phrases of two words, of three, and so on the number of the first, and all parents with the last words."""
        bounds = self._starts[1:]
        return [
            (start, self.parent[start:end].astype(numpy.int64) * self.size + self.word[start:end])
            for start, end in pairwise(bounds)
            if end > start
        ]

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
    """Phrase pairs by their source: those of node ``i`` are ``start[i]:start[i + 1]``.

    ``target`` and ``cost`` are kept as they are in the file, which has the pairs sorted by the French; ``order`` says
    where each is in it, None where they are in this order.
    """

    start: Any
    target: Any
    cost: Any
    order: Any

    def targets(self, rows: Any) -> Any:
        """The target's node of some pairs."""
        found = self.target[self._stored(rows)]
        return three_bytes(found) if found.ndim == 2 else found

    def scores(self, rows: Any) -> Any:
        """How good some pairs are, in nats."""
        return STEP * (OFFSET - self.cost[self._stored(rows)].astype(numpy.float32))

    def _stored(self, rows: Any) -> Any:
        return rows if self.order is None else three_bytes(self.order[rows])


def rows(arrays: Mapping[str, Any], source: Trie, source_lang: str, target: Trie) -> Rows:
    """The pairs of one direction."""
    counts, english, cost = arrays["french_pairs"], arrays["english_node"], arrays[f"score.{source_lang}"]
    if source_lang == "fr":
        start = numpy.concatenate([[0], counts.cumsum(dtype=numpy.int64)])
        return Rows(start, english, cost, None)
    french = numpy.repeat(numpy.arange(target.nodes, dtype=numpy.int32), counts)
    start = numpy.concatenate([[0], numpy.bincount(three_bytes(english), minlength=source.nodes).cumsum()])
    return Rows(start, french, cost, arrays["english_order"])
