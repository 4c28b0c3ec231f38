"""The stage of the line that takes a second look at doubted words: what would a language model write there?

Only words that the evidence of both texts doubts are tried out, at most two a pair: of a good translation few.
"""

from __future__ import annotations

from dataclasses import replace

from tqcheck.languages.suspects import suspects
from tqcheck.model import Bitext, Pair, WordTrial
from tqcheck.translate.cache import Cache
from tqcheck.translate.cached import CachedScorer
from tqcheck.translate.protocol import Progress, Question, Scorer


def try_words(
    bitext: Bitext, scorer: Scorer | None, cache: Cache | None = None, progress: Progress | None = None
) -> Bitext:
    """Fill ``trials`` of the pairs with doubted words; without a scorer nothing changes.

    ``progress`` counts the pairs looked at again. Raises UserError from the scorer.
    """
    asked = [(pair, words) for pair in bitext.pairs if (words := suspects(pair))]
    if scorer is None or not asked:
        return bitext
    if cache is not None and scorer.worth_caching:
        scorer = CachedScorer(scorer, cache)
    questions = [
        Question(
            pair.source.text,
            pair.target.text,
            tuple((word.span.start - pair.target.span.start, word.span.end - pair.target.span.start) for word in words),
        )
        for pair, words in asked
    ]
    answers = scorer.try_out(questions, bitext.source.lang, bitext.target.lang, progress)
    tried: dict[int, Pair] = {}
    for (pair, words), trials in zip(asked, answers, strict=True):
        known = (WordTrial(word.index, *one) for word, one in zip(words, trials, strict=True) if one is not None)
        tried[pair.index] = replace(pair, trials=tuple(known))
    return replace(bitext, pairs=tuple(tried.get(pair.index, pair) for pair in bitext.pairs))
