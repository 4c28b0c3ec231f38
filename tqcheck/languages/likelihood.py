"""What the language model that read a pair makes of some of its words, in a sentence for an editor."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tqcheck.model import Pair, Token, WordScore

RARE = 1e6
"""Once in more words than this is said to be hardly ever."""


def remark(pair: Pair, tokens: Iterable[Token], side: str) -> tuple[str, ...]:
    """One sentence about the least expected of the tokens, which are of the ``source`` or the ``target`` of the pair.

    Nothing where no model has read the pair.
    """
    ask = pair.source_score if side == "source" else pair.target_score
    known = [(token, score) for token in tokens if token.is_word and (score := ask(token)) is not None]
    if not known:
        return ()
    token, score = min(known, key=lambda one: one[1].given)
    word = f"« {token.text} »" if side == "source" else f'"{token.text}"'
    other = "English" if side == "source" else "French"
    return (f"A language model that knows the {other} expects {word} here {_often(score.given)}; {_without(score)}.",)


def times(change: float) -> str:
    """A change of a natural logarithm as a person says it: 2.3 is "10 times"."""
    factor = math.exp(min(change, 50.0))
    if factor > RARE:
        return "more than a million times"
    digits = 10 ** max(0, math.floor(math.log10(factor)))
    return f"{max(2, round(factor / digits) * digits):,} times"


def _without(score: WordScore) -> str:
    if abs(score.gain) < math.log(2):
        return "without it as often"
    return f"without it {_often(score.alone)}"


def _often(logarithm: float) -> str:
    """A probability as a person says it: the natural logarithm -6.9 is "1 time in 1,000"."""
    if logarithm > math.log(0.5):
        return "more often than not"
    times = math.exp(-max(logarithm, -50.0))
    if times > RARE:
        return "hardly ever"
    digits = 10 ** max(0, math.floor(math.log10(times)))
    return f"1 time in {round(times / digits) * digits:,}"
