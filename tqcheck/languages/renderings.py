"""How the English renders a French word elsewhere in the same article, from the word links."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from tqcheck.model import Bitext, Pair, Token

SURE = 0.5
"""The probability of a link from which it is taken for right."""


class Renderings:
    """Which English words stand for the French words of a bitext, read once, when it is first asked."""

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext

    @cached_property
    def _places(self) -> dict[tuple[int, str], list[tuple[Pair, Token]]]:
        found: dict[tuple[int, str], list[tuple[Pair, Token]]] = {}
        for pair in self._bitext.pairs:
            for token in pair.source.tokens:
                found.setdefault((pair.document, token.text.lower()), []).append((pair, token))
        return found

    @cached_property
    def _known(self) -> dict[tuple[int, str], tuple[Counter[str], dict[int, Counter[str]]]]:
        return {}

    def elsewhere(self, pair: Pair, token: Token) -> str | None:
        """The English word that most often stands for a French token in the other pairs of the article.

        Only where it is a single word, linked with certainty, for the same form (number and gender) of the French word.
        Of several that stand as often, the one that comes first.
        """
        form = (pair.document, token.text.lower())
        if form not in self._known:
            of_all: Counter[str] = Counter()
            of_pairs: dict[int, Counter[str]] = {}
            for other, same in self._places.get(form, ()):
                words = _sure(other, same)
                of_all.update(words)
                of_pairs.setdefault(other.index, Counter()).update(words)
            self._known[form] = of_all, of_pairs
        of_all, of_pairs = self._known[form]
        here = of_pairs.get(pair.index, Counter())
        word, count = max(
            ((word, of_all[word] - here[word]) for word in of_all), key=lambda item: item[1], default=("", 0)
        )
        return word if count else None


def _sure(pair: Pair, token: Token) -> tuple[str, ...]:
    linked = [link for link in pair.links if link.source == token.index]
    if len(linked) != 1 or linked[0].probability < SURE:
        return ()
    target = pair.target.token(linked[0].target)
    if target is None or target.text.lower() == token.text.lower() or not target.text.islower():
        return ()
    return (target.text,)
