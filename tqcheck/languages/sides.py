"""A pair looked at from one of its sides: what stands across, how sure the word links are, how much they cover."""

from __future__ import annotations

from typing import NamedTuple

from tqcheck.model import Pair, Segment, Token

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
"""Parts of speech that carry meaning."""


class Side(NamedTuple):
    """The side of a pair that is written in ``lang``, fr or en."""

    pair: Pair
    lang: str

    @property
    def other(self) -> str:
        return "en" if self.lang == "fr" else "fr"

    @property
    def here(self) -> Segment:
        return self.pair.source if self.lang == "fr" else self.pair.target

    @property
    def there(self) -> Segment:
        return self.pair.target if self.lang == "fr" else self.pair.source

    def across(self, token: Token) -> tuple[Token, ...]:
        """The words of the other side that are linked to one of this side."""
        return self.pair.rendered(token) if self.lang == "fr" else self.pair.behind(token)

    def back(self, token: Token) -> tuple[Token, ...]:
        """The words of this side that are linked to one of the other side."""
        return self.pair.behind(token) if self.lang == "fr" else self.pair.rendered(token)

    def probability(self, here: Token, there: Token) -> float:
        """Of the link between a word of this side and one of the other."""
        ends = (here.index, there.index) if self.lang == "fr" else (there.index, here.index)
        return next((link.probability for link in self.pair.links if (link.source, link.target) == ends), 0.0)


def apart(pair: Pair, french: Token, english: Token) -> float:
    """How far from each other two words stand in their sentences, as a share (0 to 1) of these."""
    source = (french.index - pair.source.tokens[0].index) / len(pair.source.tokens)
    target = (english.index - pair.target.tokens[0].index) / len(pair.target.tokens)
    return abs(source - target)


def covered(pair: Pair, least: float) -> float:
    """The share (0 to 1) of the words that carry meaning which have a link of at least ``least``.

    Of the side where it is smaller. A side without such words has none.
    """
    shares = []
    for segment, linked in (
        (pair.source, {link.source for link in pair.links if link.probability >= least}),
        (pair.target, {link.target for link in pair.links if link.probability >= least}),
    ):
        words = [token.index in linked for token in segment.tokens if token.pos in CONTENT]
        shares.append(sum(words) / max(1, len(words)))
    return min(shares)
