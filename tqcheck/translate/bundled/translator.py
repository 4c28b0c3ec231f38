"""Sentences to sentences with the phrase model: cut into words, search, words to text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from tqcheck.translate.bundled import words
from tqcheck.translate.bundled.options import Sentence, Table, choices, sentence, spelt_out
from tqcheck.translate.bundled.search import MOST, Search


class Translator:
    """One direction."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._read: dict[str, Sentence] = {}

    def fits(self, text: str) -> bool:
        """Whether a sentence is short enough for one search."""
        return len(text) < 20 or (len(text) < 3000 and len(self._sentence(text).written) <= MOST)

    def translate(self, texts: Sequence[str]) -> list[str]:
        """One translation a sentence, none of which is blank or longer than fits."""
        sources = [self._sentence(text) for text in texts]
        made = choices(self._table, sources)
        lengths = numpy.array([len(source.written) for source in sources])
        best = Search(lengths, made.options, self._table.target.model, self._table.weights).run()
        found = []
        for text, source, way in zip(texts, sources, best.phrases, strict=True):
            target = words.text(spelt_out(self._table, source, made, way, str), self._table.target.lang)
            found.append(_as_written(text, target))
        return found

    def _sentence(self, text: str) -> Sentence:
        """A text in words; it is asked for twice, by `fits` and by `translate`."""
        if text not in self._read:
            self._read[text] = sentence(text, self._table.source)
        return self._read[text]


def _as_written(source: str, target: str) -> str:
    """The target with a capital where the source begins with one, and in capitals where the source is."""
    letters = [character for character in source if character.isalpha()]
    if len(letters) > 3 and all(character.isupper() for character in letters):
        return target.upper()
    first = next(iter(letters), "A")
    return words.capital(target) if first.isupper() else target
