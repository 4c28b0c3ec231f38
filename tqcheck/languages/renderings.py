"""How the English renders a French word elsewhere in the same article, from the word links."""

from __future__ import annotations

from collections import Counter

from tqcheck.model import Bitext, Pair, Token

SURE = 0.5
"""The probability of a link from which it is taken for right."""


def elsewhere(bitext: Bitext, pair: Pair, token: Token) -> str | None:
    """The English word that most often stands for the lemma of a French token in the other pairs of the article.

    Only where it is a single word, linked with certainty, for the same form (number and gender) of the French word.
    """
    found: Counter[str] = Counter()
    for other in bitext.pairs:
        if other.document != pair.document or other.index == pair.index:
            continue
        for same in other.source.tokens:
            if same.text.lower() == token.text.lower():
                found.update(_sure(other, same))
    return found.most_common(1)[0][0] if found else None


def _sure(pair: Pair, token: Token) -> tuple[str, ...]:
    linked = [link for link in pair.links if link.source == token.index]
    if len(linked) != 1 or linked[0].probability < SURE:
        return ()
    target = pair.target.token(linked[0].target)
    if target is None or target.text.lower() == token.text.lower() or not target.text.islower():
        return ()
    return (target.text,)
