"""The English words of a pair that are worth a closer look: those that are doubted most, where any are."""

from __future__ import annotations

from tqcheck.model import Pair, Token

DOUBTED = 0.12
"""The doubt from which on the most doubted word of a pair is tried out."""
MORE_DOUBTED = 0.25
"""That of a second one."""


def suspects(pair: Pair) -> tuple[Token, ...]:
    """At most two words, in their order; none where no language model has read the pair."""
    if pair.target_scores is None:
        return ()
    both = zip(pair.target.tokens, pair.target_doubts, strict=False)
    ranked = sorted(((doubt.differs, token) for token, doubt in both if token.is_word), key=_most_doubted)
    chosen = [token for least, (doubt, token) in zip((DOUBTED, MORE_DOUBTED), ranked, strict=False) if doubt >= least]
    return tuple(sorted(chosen, key=lambda token: token.index))


def _most_doubted(one: tuple[float, Token]) -> tuple[float, int]:
    doubt, token = one
    return -doubt, token.index
