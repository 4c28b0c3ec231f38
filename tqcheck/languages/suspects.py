"""What is worth a closer look: the English words of a pair that are doubted most, and the part of either side that
seems most to have no counterpart; neither where nothing is doubted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from tqcheck.languages import gaps
from tqcheck.model import Pair, Segment, Token, WordDoubt

DOUBTED = 0.2
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


MISSED, EVEN = 0.1, 0.15
"""How probable it must be of some word that it has no counterpart, and from which probability on it speaks for that."""
_LEAST, _MOST = 1e-3, 1 - 1e-3
LARGEST = 0.6
"""The share of a sentence that is taken out at most: of less than the rest nothing can be said."""


def constituent(segment: Segment, doubts: Sequence[WordDoubt]) -> tuple[Token, ...]:
    """The word of meaning, or what hangs from one, that seems most to have no counterpart; empty where none does.

    Each word speaks for it by the log odds of its doubt over those of ``EVEN``.
    """
    missing = [doubt.missing if token.is_word else 0.0 for token, doubt in zip(segment.tokens, doubts, strict=False)]
    if max(missing, default=0.0) < MISSED:
        return ()
    worth = [_log_odds(value) - _log_odds(EVEN) if value else 0.0 for value in missing]
    found = [(sum(worth[first : last + 1]), first, last) for first, last in dict.fromkeys(_constituents(segment))]
    if not found:
        return ()
    _, first, last = max(found)
    return segment.tokens[first : last + 1]


def _constituents(segment: Segment) -> Iterator[tuple[int, int]]:
    """First and last token, by place, of words of meaning and of the subtrees that stand together."""
    start = segment.tokens[0].index
    for token in segment.tokens:
        for tokens in ((token,), segment.subtree(token)) if token.is_word else ():
            places = [other.index - start for other in tokens]
            words = [place for place in places if segment.tokens[place].is_word]
            whole = words[-1] - words[0] + 1 == sum(words[0] <= place <= words[-1] for place in places)
            small = words[-1] - words[0] + 1 <= LARGEST * len(segment.tokens)
            if whole and small and any(map(gaps.is_content, tokens)):
                yield words[0], words[-1]


def _log_odds(probability: float) -> float:
    inside = min(max(probability, _LEAST), _MOST)
    return math.log(inside / (1 - inside))
