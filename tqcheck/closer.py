"""Linked pairs -> pairs whose words are doubted, and that a language model has read: all of them, or a share.

The model takes ten times as long as all the rest, so it may be told to read those pairs only that the other evidence
doubts most, once and without the second look, which costs more there than to read another pair. Which ones these are
depends on their texts alone, neither on the clock nor on what was kept of other runs, and what comes of reading a pair
does not depend on the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.model import Bitext, Pair
from tqcheck.translate.bundled.usual import strangeness
from tqcheck.translate.cache import Cache
from tqcheck.translate.protocol import Progress, Scorer
from tqcheck.translate.second_look import look_again
from tqcheck.translate.word_scores import score_words

ALL = 1.0
"""The share where every pair is read."""
STRANGE_ENGLISH, STRANGE_FRENCH = 5.4, -2.9
"""What speaks for reading a pair beside the log odds of its most doubted English word: unusual English, less where the
French is so too. Set by hand: all three spread alike, the French counts half (docs/scorer.md: what that is worth)."""
_LEAST, _MOST = 1e-3, 1 - 1e-3

Doubt = Callable[[Bitext], Bitext]
"""Fills in the doubts of words, after all that is known of each pair."""


class Plan(NamedTuple):
    """What reads, where answers are kept, the ``share`` of the pairs of each article, and how many precede each."""

    scorer: Scorer | None
    cache: Cache | None = None
    share: float = ALL
    before: int = 0


def doubt_and_read(
    bitext: Bitext, plan: Plan, doubt: Doubt, progress: Callable[[str], Progress], own: slice = slice(None)
) -> Bitext:
    """Fill in the doubts of all pairs, and the scores of those that are read; where all are, their second look too.

    With a share below `ALL` that share of the ``own`` pairs of each article, rounded up, is read. ``progress`` makes
    the progress of a stage out of its name. Raises UserError from the scorer.
    """
    if plan.scorer is None:
        return doubt(bitext)
    step = progress("reading word by word")
    if plan.share >= ALL:
        scored = doubt(score_words(bitext, plan.scorer, plan.cache, step, plan.before))
        return look_again(scored, plan.scorer, plan.cache, progress("looking again"))
    known = doubt(bitext)
    chosen = most_doubted(known.pairs[own], plan.share)
    scored = score_words(known, plan.scorer, plan.cache, step, plan.before, chosen)
    read = {pair.index: pair for pair in doubt(_only(scored, chosen)).pairs}
    return replace(scored, pairs=tuple(read.get(pair.index, pair) for pair in scored.pairs))


def _only(bitext: Bitext, numbers: frozenset[int]) -> Bitext:
    return replace(bitext, pairs=tuple(bitext.pairs[number] for number in sorted(numbers)))


def most_doubted(pairs: Sequence[Pair], share: float) -> frozenset[int]:
    """The numbers of the pairs to read, which are doubted already: that share of each article's, rounded up.

    Those of which a side is empty are not counted; of two that are doubted alike the earlier one is read.
    """
    both = [pair for pair in pairs if pair.source.text.strip() and pair.target.text.strip()]
    by_article: dict[int, list[tuple[float, int]]] = {}
    for pair, worth in zip(both, worth_reading(both), strict=True):
        by_article.setdefault(pair.document, []).append((-worth, pair.index))
    wanted = ((found, math.ceil(share * len(found) - 1e-9)) for found in by_article.values())
    return frozenset(index for found, count in wanted for _, index in sorted(found)[:count])


def worth_reading(pairs: Sequence[Pair]) -> tuple[float, ...]:
    """How much speaks for reading each pair: higher is more."""
    english = strangeness([pair.target.text for pair in pairs], "en") or [0.0] * len(pairs)
    french = strangeness([pair.source.text for pair in pairs], "fr") or [0.0] * len(pairs)
    return tuple(
        round(_log_odds(_worst(pair)) + STRANGE_ENGLISH * here + STRANGE_FRENCH * there, 6)
        for pair, here, there in zip(pairs, english, french, strict=True)
    )


def count(pairs: Sequence[Pair]) -> int:
    """How many of the pairs were read."""
    return sum(pair.target_scores is not None for pair in pairs)


def of_all(read: int, pairs: int, plan: Plan) -> Mapping[str, int] | None:
    """How many pairs were read, ``of`` how many, where a share of them was to be; None of any other run."""
    if plan.scorer is None or plan.share >= ALL:
        return None
    return MappingProxyType({"pairs": read, "of": pairs})


def notes(read: Mapping[str, int] | None) -> tuple[str, ...]:
    """The same in words."""
    if read is None:
        return ()
    return (
        f"the language model read {read['pairs']} of {read['of']} pairs, those that the other evidence doubts most",
    )


def _worst(pair: Pair) -> float:
    both = zip(pair.target.tokens, pair.target_doubts, strict=False)
    return max((doubt.differs for token, doubt in both if token.is_word), default=0.0)


def _log_odds(probability: float) -> float:
    inside = min(max(probability, _LEAST), _MOST)
    return math.log(inside / (1 - inside))
