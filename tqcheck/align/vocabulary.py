"""Words as evidence that sentences belong together: how much better a text is explained by its supposed counterpart.

In the terms of IBM's model 1 (Brown et al. 1993; used so by Moore 2002, "Fast and Accurate Sentence Alignment of
Bilingual Corpora"): a word is either drawn from its frequency in the language, or is a rendering of one of the words of
the other side. The evidence of a word is the logarithm of (half its frequency plus half its probability as a rendering)
over its frequency: about -0.7 for a word with nothing behind it, +5 for a rare word whose rendering is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy

from tqcheck.align.cognates import number_value, without_accents
from tqcheck.align.dynamic import MOST_A_SIDE, SHAPES, Lattice
from tqcheck.align.lexicon import Lexicon, normalise_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The share of words taken to have something behind them.
RENDERED = 0.5
# The probability of a rendering that the lexicon does not know but that begins with the same letters, or is the same
# number.
ALIKE = 0.3
_LETTERS_ALIKE = 5
# The frequency of a word is half that of the lexicon's text, half that of the document: a name that is in every
# sentence says little. A word the lexicon has not seen counts as seen this often.
_UNSEEN = 0.5

_WORDS = re.compile(
    r"""\d+(?:[.,]\d+)*        # a number
      | aujourd'hui
      | [^\W\d_]+?(?=n't\b)    # "does" of "doesn't"
      | n't\b
      | (?<=\w)'(?:s|ll|re|ve|d|m)\b
      | [^\W\d_]+'(?=\w)       # « l' », « qu' »
      | [^\W_]+""",
    re.VERBOSE,
)


def words(sentence: str) -> list[str]:
    """The words of a French or English sentence as the lexicon writes them, without marks.

    >>> words("L'homme n’a que 12,5 %.")
    ["l'", 'homme', "n'", 'a', 'que', '12,5']
    """
    plain = sentence.lower().replace("\u2019", "'").replace("\u02bc", "'")
    return [normalise_word(word) for word in _WORDS.findall(plain)]


class Vocabulary:
    """The words of one text: ``sentences`` holds for each sentence the numbers of its words in ``known``."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.known: dict[str, int] = {}
        self.sentences = [
            numpy.array([self.known.setdefault(word, len(self.known)) for word in words(sentence)], dtype=numpy.int64)
            for sentence in sentences
        ]

    def counts(self) -> NDArray[numpy.float64]:
        """How often each word stands in the text."""
        numbers = numpy.concatenate([*self.sentences, numpy.empty(0, dtype=numpy.int64)])
        return numpy.bincount(numbers, minlength=len(self.known)).astype(numpy.float64)


class Renderings(NamedTuple):
    """For each word of one text the words of the other that may render it, and how probably (``shares``).

    ``frequencies``: of the words of the other text.
    """

    words: list[NDArray[numpy.int64]]
    shares: list[NDArray[numpy.float64]]
    frequencies: NDArray[numpy.float64]


def renderings(source: Vocabulary, target: Vocabulary, lexicon: Lexicon) -> tuple[Renderings, Renderings]:
    """English words for French ones, and the other way about."""
    ahead: list[dict[int, float]] = [{} for _ in source.known]
    back: list[dict[int, float]] = [{} for _ in target.known]
    alike: dict[str, list[int]] = {}
    for word, number in target.known.items():
        for shape in _shape(word):
            alike.setdefault(shape, []).append(number)
    for french, number in source.known.items():
        for english, (forward, backward) in lexicon.forms.row(french).items():
            other = target.known.get(english)
            if other is not None:
                ahead[number][other], back[other][number] = forward, backward
        for shape in _shape(french):
            for other in alike.get(shape, ()):
                ahead[number][other] = max(ahead[number].get(other, 0.0), ALIKE)
                back[other][number] = max(back[other].get(number, 0.0), ALIKE)
    totals = lexicon.totals()
    french_counts = [lexicon.source_count(word) for word in source.known]
    english_counts = [lexicon.target_count(word) for word in target.known]
    return (
        _renderings(ahead, _frequencies(target, english_counts, totals[1])),
        _renderings(back, _frequencies(source, french_counts, totals[0])),
    )


def _shape(word: str) -> tuple[str, ...]:
    """What words that look alike share: a number's value, the first letters; nothing for a short word."""
    number = number_value(word)
    if number is not None:
        return (number,)
    plain = without_accents(word)
    return (plain[:_LETTERS_ALIKE],) if len(plain) >= _LETTERS_ALIKE - 1 else ()


def _frequencies(text: Vocabulary, counts: list[float], total: float) -> NDArray[numpy.float64]:
    known = (numpy.array(counts, dtype=numpy.float64) + _UNSEEN) / (total + _UNSEEN)
    here = text.counts()
    found: NDArray[numpy.float64] = (known + here / max(here.sum(), 1.0)) / 2
    return found


def _renderings(rows: list[dict[int, float]], frequencies: NDArray[numpy.float64]) -> Renderings:
    return Renderings(
        [numpy.array(list(row), dtype=numpy.int64) for row in rows],
        [numpy.array(list(row.values()), dtype=numpy.float64) for row in rows],
        frequencies,
    )


def explained(
    given: Sequence[NDArray[numpy.int64]],
    text: Sequence[NDArray[numpy.int64]],
    rendered: Renderings,
    lattice: Lattice,
) -> dict[tuple[int, int], NDArray[numpy.float64]]:
    """How well sentences of ``text`` (the lattice's columns) are explained by those of ``given`` (its rows).

    For each shape of bead with two sides an array over the lattice's cells: the evidence of the bead that *begins* in
    the cell, 0 where none can.
    """
    lengths = numpy.array([len(numbers) for numbers in text], dtype=numpy.int64)
    ends = numpy.concatenate([[0], numpy.cumsum(lengths)])
    flat = numpy.concatenate([*text, numpy.empty(0, dtype=numpy.int64)])
    low = lattice.low
    high = numpy.minimum(lattice.high + MOST_A_SIDE, len(text))
    sums = _evidence_sums(given, flat, rendered, ends[low], ends[high])
    bases = numpy.concatenate([[0], numpy.cumsum(ends[high] - ends[low])])[lattice.rows] - ends[low][lattice.rows]
    found = {}
    for rows, columns in SHAPES[2:]:
        possible = (lattice.rows + rows <= len(given)) & (lattice.columns + columns <= len(text))
        first = bases + ends[lattice.columns]
        last = bases + ends[numpy.minimum(lattice.columns + columns, len(text))]
        found[rows, columns] = numpy.where(possible, sums[rows][last] - sums[rows][first], 0.0)
    return found


def _evidence_sums(
    given: Sequence[NDArray[numpy.int64]],
    flat: NDArray[numpy.int64],
    rendered: Renderings,
    starts: NDArray[numpy.int64],
    ends: NDArray[numpy.int64],
) -> dict[int, NDArray[numpy.float64]]:
    """Running sums of the evidence of words, for 1, 2, … sentences given.

    Row i gives sentences from i on; its part of the array holds the words ``starts[i]`` to ``ends[i]`` of ``flat``. The
    last row of ``starts`` gives none.
    """
    dense = numpy.zeros(len(rendered.frequencies))
    parts: dict[int, list[NDArray[numpy.float64]]] = {size: [] for size in range(1, MOST_A_SIDE + 1)}
    recent: list[tuple[int, NDArray[numpy.float64]]] = []
    for row in reversed(range(len(starts))):
        if row < len(given):
            # The later rows begin at no earlier word, but this row's words must cover those of rows that begin before.
            reach = int(starts[max(row - MOST_A_SIDE + 1, 0)])
            recent.insert(0, (reach, _shares(given[row], rendered, flat[reach : int(ends[row])], dense)))
        del recent[MOST_A_SIDE:]
        start, end = int(starts[row]), int(ends[row])
        total = numpy.zeros(end - start)
        count = 0
        for size in range(1, MOST_A_SIDE + 1):
            if size <= len(recent):
                reach, shares = recent[size - 1]
                total = total + shares[start - reach : end - reach]
                count += len(given[row + size - 1]) if row + size - 1 < len(given) else 0
            parts[size].append(total / max(count, 1))
    places = numpy.concatenate([numpy.arange(start, end) for start, end in zip(starts, ends, strict=True)])
    frequencies = rendered.frequencies[flat[places]].astype(numpy.float32)
    sums = {}
    for size, rows in parts.items():
        shares = numpy.concatenate(rows[::-1]).astype(numpy.float32)
        evidence = numpy.log1p(numpy.float32(RENDERED) * (shares / frequencies - 1))
        sums[size] = numpy.concatenate([[0.0], numpy.cumsum(evidence, dtype=numpy.float64)])
    return sums


def _shares(
    sentence: NDArray[numpy.int64],
    rendered: Renderings,
    others: NDArray[numpy.int64],
    dense: NDArray[numpy.float64],
) -> NDArray[numpy.float64]:
    """For each of the words ``others`` the summed probability of rendering a word of the sentence."""
    words = sentence.tolist()
    for word in words:
        dense[rendered.words[word]] += rendered.shares[word]
    found: NDArray[numpy.float64] = dense[others]
    for word in words:
        dense[rendered.words[word]] = 0.0
    return found
