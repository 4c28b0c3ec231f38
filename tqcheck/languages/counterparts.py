"""Match what one text has with what the other has, the strictest test first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")
MOST = 40_000
"""So many candidate pairs at most: beyond them stands a table, not a sentence, and nothing is matched or left."""


def match(
    sources: Sequence[S], targets: Sequence[T], tests: Sequence[Callable[[S, T], bool]]
) -> tuple[list[tuple[S, T, int]], list[S], list[T]]:
    """Take pairs that pass a test, from first to last test and in text order, and what is left on both sides.

    Every item is taken once. The number is that of the test passed. Among several candidates the one whose place in its
    list is nearest wins.
    """
    if len(sources) * len(targets) > MOST:
        return [], [], []
    taken: list[tuple[S, T, int]] = []
    left, right = list(enumerate(sources)), list(enumerate(targets))
    for number, test in enumerate(tests):
        for place, source in tuple(left):
            candidates = [(abs(place - other), other, target) for other, target in right if test(source, target)]
            if candidates:
                _, other, target = min(candidates, key=lambda c: c[:2])
                taken.append((source, target, number))
                left.remove((place, source))
                right.remove((other, target))
    return taken, [source for _, source in left], [target for _, target in right]
