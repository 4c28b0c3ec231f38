"""What the names of an article are judged by: its words, and how common they are in either language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tqcheck.languages import names
from tqcheck.languages.spelling import fold
from tqcheck.model import Bitext


@dataclass(frozen=True)
class Article:
    """The words of both sides of an article without accents, counted, and those that the French has in lower case."""

    french: Counter[str]
    english: Counter[str]
    common: frozenset[str]


@dataclass(frozen=True)
class Known:
    """The Zipf frequencies of all words of both texts in both languages."""

    french: Mapping[str, float]
    english: Mapping[str, float]

    def surplus(self, word: str) -> float:
        """How much commoner a word is in French than in English."""
        return self.french.get(word.lower(), 0.0) - self.english.get(word.lower(), 0.0)

    def is_same(self, french: str, english: str) -> bool:
        """Whether an English word is the French name; "Davaid" is none, since English knows "David"."""
        odd = not self.in_english(english) and self.in_english(french) >= 2.5
        return fold(french) == fold(english) if odd else names.is_same(french, english)

    def in_english(self, word: str) -> float:
        return self.english.get(word.lower(), 0.0)


def articles(bitext: Bitext) -> dict[int, Article]:
    """The words of each article of a bitext, by its number."""
    found: dict[int, tuple[Counter[str], Counter[str], set[str]]] = {}
    for pair in bitext.pairs:
        french, english, common = found.setdefault(pair.document, (Counter(), Counter(), set()))
        french.update(part for token in pair.source.tokens for part in names.forms(token))
        english.update(part for token in pair.target.tokens for part in names.forms(token))
        common.update(token.text for token in pair.source.tokens if token.text.islower())
    return {number: Article(french, english, frozenset(common)) for number, (french, english, common) in found.items()}
