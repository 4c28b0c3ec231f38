"""Pairs that are too long to be compared word by word: they are shown, and not checked.

What compares every word of one side with every word of the other takes the product of their numbers, in time and in
memory. A sentence has 30 words, and a paragraph 200; `tqcheck.languages.sentences` cuts running text so that none
comes near the limits. What does is a file of pairs with whole books in a line, or a line of nothing but marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from tqcheck.model import Bitext, Pair, Segment, Span

MOST_CHARACTERS = 20_000
"""Code points of one side."""
MOST_TOGETHER = 4_000_000
"""Words and marks of the one side times those of the other: 2,000 each, with 32 MB for a matrix of them."""


class Giant(NamedTuple):
    """One that is not checked: the number of the pair, and how many characters its longer side has."""

    pair: int
    length: int


def is_giant(pair: Pair) -> bool:
    """Whether a pair is beyond the limits."""
    sides = (pair.source, pair.target)
    return (
        max(len(side.text) for side in sides) > MOST_CHARACTERS
        or len(pair.source.tokens) * len(pair.target.tokens) > MOST_TOGETHER
    )


def without(bitext: Bitext) -> Bitext:
    """The bitext with nothing in the place of both sides of each giant: every stage passes over such a pair."""
    if not any(map(is_giant, bitext.pairs)):
        return bitext
    return replace(bitext, pairs=tuple(map(bare, bitext.pairs)))


def bare(pair: Pair) -> Pair:
    """The pair, with nothing in the place of both sides if it is a giant."""
    if not is_giant(pair):
        return pair
    return replace(pair, source=_nothing(pair.source), target=_nothing(pair.target), similarity=None)


def restored(checked: Bitext, whole: Bitext) -> Bitext:
    """What was checked, with the giants of ``whole`` in their places."""
    if not any(map(is_giant, whole.pairs)):
        return checked
    beside = zip(checked.pairs, whole.pairs, strict=True)
    return replace(checked, pairs=tuple(pair if is_giant(pair) else made for made, pair in beside))


def among(pairs: Iterable[Pair]) -> tuple[Giant, ...]:
    """The giants in some pairs."""
    return tuple(Giant(p.index, max(len(p.source.text), len(p.target.text))) for p in pairs if is_giant(p))


def notes(found: Sequence[Giant]) -> tuple[str, ...]:
    """One line for the report on giants, none where there is none."""
    if not found:
        return ()
    numbers = ", ".join(str(giant.pair + 1) for giant in found[:5]) + (", …" if len(found) > 5 else "")
    longest = max(giant.length for giant in found)
    what = f"pair {numbers} is" if len(found) == 1 else f"{len(found)} pairs ({numbers}) are"
    return (
        f"{what} too long to be checked, with up to {longest:,} characters on a side: at most {MOST_CHARACTERS:,}, or "
        f"2,000 words and marks on each side, are compared; cut the text into sentences or paragraphs",
    )


def _nothing(segment: Segment) -> Segment:
    return Segment(Span(segment.span.start, segment.span.start), "", (), (), segment.block)
