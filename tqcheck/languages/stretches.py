"""Runs of words that are doubted together, out of the doubt of each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from tqcheck.languages import gaps
from tqcheck.model import Pair, Span, Token

_LEAST, _MOST = 1e-4, 1 - 1e-4


class Stretch(NamedTuple):
    """Neighbouring tokens from the first word to the last, and the mean of their doubts (0 to 1)."""

    tokens: tuple[Token, ...]
    doubt: float

    @property
    def words(self) -> int:
        """How many words it has, without marks."""
        return sum(token.is_word for token in self.tokens)

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)


def stretches(tokens: Sequence[Token], doubts: Sequence[float], even: float, price: float) -> tuple[Stretch, ...]:
    """The runs that are worth their price.

    Each token is worth the log odds of its doubt over those of ``even``; a run costs ``price``, so that one doubtful
    word among sure ones is none, and a small word inside of a run belongs to it. The best choice of all (Viterbi 1967).
    ``doubts`` is parallel to ``tokens``, or empty, which gives nothing.
    """
    if not doubts:
        return ()
    base = _log_odds(even)
    chosen = _best([_log_odds(doubt) - base for doubt in doubts], price)
    found, run = [], []
    for index in range(len(tokens) + 1):
        if index < len(tokens) and chosen[index]:
            run.append(index)
            continue
        words = [place for place in run if tokens[place].is_word]
        if words:
            own = range(words[0], words[-1] + 1)
            found.append(Stretch(tuple(tokens[k] for k in own), sum(doubts[k] for k in words) / len(words)))
        run = []
    return tuple(found)


def _log_odds(probability: float) -> float:
    inside = min(max(probability, _LEAST), _MOST)
    return math.log(inside / (1 - inside))


def _best(values: Sequence[float], price: float) -> list[bool]:
    """Which values are in a run, so that their sum minus the price of each run is greatest."""
    inside, outside = -math.inf, 0.0
    came: list[tuple[bool, bool]] = []
    for value in values:
        came.append((inside > outside - price, inside > outside))
        inside, outside = max(inside, outside - price) + value, max(inside, outside)
    state, found = inside > outside, []
    for from_inside, stays in reversed(came):
        found.append(state)
        state = from_inside if state else stays
    return found[::-1]


EVEN, PRICE = 0.3, 2.0
"""What a doubt must be above to speak for a run, and what a run costs, for words without a counterpart."""
WRONG_EVEN, WRONG_PRICE = 0.5, 0.1
"""The same for words without a right one."""


def left_out(pair: Pair) -> tuple[Stretch, ...]:
    """Words of the French that nothing in the English seems to render."""
    return stretches(pair.source.tokens, [doubt.missing for doubt in pair.source_doubts], EVEN, PRICE)


def put_in(pair: Pair) -> tuple[Stretch, ...]:
    """Words of the English that nothing in the French seems to call for."""
    return stretches(pair.target.tokens, [doubt.missing for doubt in pair.target_doubts], EVEN, PRICE)


def wrong(pair: Pair) -> tuple[Stretch, ...]:
    """Words of the English that do not seem to say what the French says."""
    return stretches(pair.target.tokens, [doubt.differs for doubt in pair.target_doubts], WRONG_EVEN, WRONG_PRICE)


LEAST = 0.58
"""The doubt from which on a wrong stretch is reported; of those below most were free renderings of what people said."""


def wrong_sense(pair: Pair) -> tuple[Stretch, ...]:
    """The wrong stretches that are doubted enough, with a word of meaning among them."""
    return tuple(one for one in wrong(pair) if one.doubt >= LEAST and any(map(gaps.is_content, one.tokens)))


ODD_EVEN, ODD_PRICE = 0.4, 0.1
"""The same where a language model has read the pair, for words that it did not expect."""


def odd(pair: Pair) -> tuple[Stretch, ...]:
    """Words of the English that a language model, knowing the French, did not expect; none where none has read it."""
    if pair.target_scores is None:
        return ()
    return stretches(pair.target.tokens, [doubt.differs for doubt in pair.target_doubts], ODD_EVEN, ODD_PRICE)


_KINDS = frozenset(
    "Palace River Lake Mount Island Islands County Square Airport Prison Bay Valley Mountains Desert Street".split()
)
"""What English says with a name and French without: the Élysée Palace, Mount Etna."""


def is_kind_of_name(pair: Pair, stretch: Stretch) -> bool:
    """Whether a stretch is one word that says what a name beside it is, where the French has that name."""
    if len(stretch.tokens) != 1 or stretch.tokens[0].text not in _KINDS:
        return False
    index = stretch.tokens[0].index
    beside = (pair.target.token(place) for place in (index - 1, index + 1))
    names = {token.text for token in pair.source.tokens}
    return any(token is not None and token.text[:1].isupper() and token.text in names for token in beside)


EXPLAINED, NEAR = 5, 3
"""Words by which a name is explained at most, and how far from these what stands next to it is rendered."""


def may_explain(pair: Pair, stretch: Stretch) -> bool:
    """Whether a French name or abbreviation may stand behind words: « le Samu » is "the emergency service".

    One that the English has not got, that no English word with a capital renders, and which stands next to a word whose
    rendering is near them.
    """
    if stretch.words > EXPLAINED:
        return False
    english = {token.text.casefold() for token in pair.target.tokens}
    inside = {token.index for token in stretch.tokens}
    first, last = stretch.tokens[0].index, stretch.tokens[-1].index
    near = {*range(first - NEAR, first), *range(last + 1, last + 1 + NEAR)}
    return any(
        token.text[:1].isupper()
        and before.is_word
        and token.text.casefold() not in english
        and not any(other.text[:1].isupper() and other.index not in inside for other in pair.rendered(token))
        and any(other.index in near for word in _beside(pair, token) for other in pair.rendered(word))
        for before, token in pairwise(pair.source.tokens)
    )


def _beside(pair: Pair, token: Token) -> Iterator[Token]:
    """The nearest words of meaning before and after a French word."""
    own = pair.source.tokens
    place = token.index - own[0].index
    for some in (own[:place][::-1], own[place + 1 :]):
        yield from islice((word for word in some if word.is_word and gaps.is_content(word)), 1)


def behind(pair: Pair, stretch: Stretch) -> Span | None:
    """From the first to the last French word behind an English stretch, where they stand together."""
    places = [token for own in stretch.tokens for token in pair.behind(own)]
    if not places:
        return None
    start, end = min(t.span.start for t in places), max(t.span.end for t in places)
    return Span(start, end) if end - start <= 3 * stretch.span.length + 20 else None
