"""How well each French token of a pair and each English one go together, by what the two words are.

Two matrices in the terms of IBM's model 1 (Brown et al. 1993): p(en|fr) and p(fr|en), from the lexicon over forms and
over lemmas, or where it says less from letters and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

from tqcheck.align.cognates import likeness, number_value, without_accents
from tqcheck.align.lexicon import Lexicon, normalise_word
from tqcheck.model import Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})

# Probabilities for what the table does not say, on its own scale.
LEMMA_SHARE = 0.7
SAME_NUMBER = 0.8
SAME_WORD = 0.5
SAME_SHORT_WORD = 0.05
COGNATE = 0.35
LEAST_LIKENESS = 0.65
LEAST_NAME_LIKENESS = 0.5
_LEAST_LETTERS = 4


@dataclass(frozen=True)
class Association:
    """``forward[i, j]``: p(en j|fr i); ``backward[i, j]``: p(fr i|en j); both of shape (source, target) tokens."""

    forward: NDArray[numpy.float64]
    backward: NDArray[numpy.float64]


def is_content(token: Token) -> bool:
    """Whether the token is a noun, name, verb, adjective or number with a letter or digit in it."""
    return token.pos in CONTENT and token.is_word


def associate(source: Sequence[Token], target: Sequence[Token], lexicon: Lexicon) -> Association:
    """Both matrices for two runs of tokens. Marks without letters or digits go with nothing."""
    forward = numpy.zeros((len(source), len(target)))
    backward = numpy.zeros((len(source), len(target)))
    index = _Index(target)
    for i, (token, number) in enumerate(zip(source, number_values(source), strict=True)):
        if not token.is_word:
            continue
        form, lemma = normalise_word(token.text), normalise_word(token.lemma)
        found: dict[int, tuple[float, float]] = {}
        row = lexicon.forms.row(form)
        for word in row.keys() & index.forms.keys():
            for j in index.forms[word]:
                found[j] = row[word]
        row = lexicon.lemmas.row(lemma)
        for word in row.keys() & index.lemmas.keys():
            for j in index.lemmas[word]:
                ahead, back = found.get(j, (0.0, 0.0))
                found[j] = max(ahead, LEMMA_SHARE * row[word][0]), max(back, LEMMA_SHARE * row[word][1])
        for j, probability in index.by_letters(token, number, form, lemma):
            ahead, back = found.get(j, (0.0, 0.0))
            found[j] = max(ahead, probability), max(back, probability)
        for j, (ahead, back) in found.items():
            forward[i, j], backward[i, j] = ahead, back
    return Association(forward, backward)


def number_values(tokens: Sequence[Token]) -> list[str | None]:
    """The number each token is part of, None for words: « 783 562 » is two tokens of one number, as in 783,562."""
    values = [number_value(token.text) if token.is_word else None for token in tokens]
    start = 0
    while start < len(tokens):
        end = start + 1
        if tokens[start].text.isdigit() and len(tokens[start].text) <= 3:
            while end < len(tokens) and _continues(tokens[end - 1], tokens[end]):
                end += 1
        if end - start > 1:
            values[start:end] = ["".join(value or "" for value in values[start:end])] * (end - start)
        start = end
    return values


def _continues(before: Token, token: Token) -> bool:
    """Whether a group of three digits goes on a number, one blank behind its other groups."""
    digits = token.text.partition(",")[0]
    return len(digits) == 3 and token.text.replace(",", "").isdigit() and token.span.start - before.span.end == 1


class _Index:
    """The words of the target by form, lemma, number and first letter, so that a source word meets only likely ones."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.forms: dict[str, list[int]] = {}
        self.lemmas: dict[str, list[int]] = {}
        self._numbers: dict[str, list[int]] = {}
        self._initials: dict[str, list[tuple[int, str, str]]] = {}
        for j, (token, number) in enumerate(zip(tokens, number_values(tokens), strict=True)):
            if not token.is_word:
                continue
            form, lemma = normalise_word(token.text), normalise_word(token.lemma)
            self.forms.setdefault(form, []).append(j)
            self.lemmas.setdefault(lemma, []).append(j)
            if number is not None:
                self._numbers.setdefault(number, []).append(j)
            elif len(form) >= _LEAST_LETTERS and _may_be_cognate(token):
                self._initials.setdefault(without_accents(form[0]), []).append((j, form, lemma))

    def by_letters(self, french: Token, number: str | None, form: str, lemma: str) -> Iterator[tuple[int, float]]:
        """(place, probability) of the target's words that are the same number, the same word or a cognate."""
        if number is not None:
            yield from ((j, SAME_NUMBER) for j in self._numbers.get(number, ()))
            return
        for j in self.forms.get(form, ()):
            both = len(form) >= _LEAST_LETTERS or (is_content(french) and is_content(self.tokens[j]))
            yield j, SAME_WORD if both else SAME_SHORT_WORD
        if len(form) < _LEAST_LETTERS or not _may_be_cognate(french):
            return
        initial = without_accents(form[0])
        for letter in (initial, "s") if form[0] == "é" else (initial,):
            for j, english_form, english_lemma in self._initials.get(letter, ()):
                probability = _cognate(french, self.tokens[j], form, english_form, lemma, english_lemma)
                if probability > 0:
                    yield j, probability


def _may_be_cognate(token: Token) -> bool:
    return token.pos in CONTENT or token.pos in ("ADV", "X")


def _cognate(french: Token, english: Token, form: str, english_form: str, lemma: str, english_lemma: str) -> float:
    names = french.pos == english.pos == "PROPN"
    if (french.pos == "ADV") != (english.pos == "ADV"):
        return 0.0
    alike = likeness(form, english_form)
    if alike < 1.0 and (lemma, english_lemma) != (form, english_form) and lemma and english_lemma:
        alike = max(alike, likeness(lemma, english_lemma))
    least = LEAST_NAME_LIKENESS if names else LEAST_LIKENESS
    return COGNATE * ((alike - least) / (1 - least)) ** 2 if alike > least else 0.0
