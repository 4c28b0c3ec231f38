"""How familiar the words of a pair are to the phrase model: in their own sentence, and as a translation of the other.

No translation is made. Of each word the trigrams of its language say how usual it is where it stands, and whether the
sentence would be more usual without it or with its neighbour before it; the phrase table says whether it is part of a
phrase that stands for one of the other text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from tqcheck.model import Pair, Token
from tqcheck.translate.bundled import words
from tqcheck.translate.bundled.language_model import BEGIN, END, UNKNOWN
from tqcheck.translate.bundled.options import Side, Table, nodes_of, number_of, rows_of
from tqcheck.translate.bundled.phrases import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float64]

IN_PLACE = (
    "after-two", "alone", "gained", "next", "next-gained", "pair-before", "pair-behind", "triples", "without",
    "swapped", "swapped-before", "gained-near",
)  # fmt: skip
"""Nats, but for the counts of known pairs and triples that the word is in."""
ACROSS = ("where", "rendered", "own-words", "other-words", "renderings", "behind-best", "by-itself")
"""Of the phrases across that have the word: the nearest place, the best score (nats), the most words on either side,
how many, how far it is behind the best (nats), and whether one is of this word alone."""
NAMES = IN_PLACE + ACROSS
NEAR = 2
NO_SWAP = -20.0


class Seen(NamedTuple):
    """The texts of one side as the model sees them: numbers of all words, and for each its text and its token."""

    numbers: NDArray[numpy.int64]
    text: NDArray[numpy.int64]
    token: NDArray[numpy.int64]
    tokens: tuple[int, ...]

    @property
    def place(self) -> NDArray[numpy.int64]:
        """The place of each word in its text."""
        return numpy.arange(len(self.text)) - numpy.searchsorted(self.text, self.text)

    @property
    def length(self) -> NDArray[numpy.int64]:
        """How many words each text has."""
        return numpy.bincount(self.text, minlength=len(self.tokens))


def unknown(pairs: Sequence[Pair]) -> list[tuple[Matrix, Matrix]]:
    """What is said where there is no phrase model."""

    def rows(tokens: Sequence[Token]) -> Matrix:
        return numpy.full((len(tokens), len(NAMES)), numpy.nan)

    return [(rows(pair.source.tokens), rows(pair.target.tokens)) for pair in pairs]


def familiar(pairs: Sequence[Pair], table: Table) -> list[tuple[Matrix, Matrix]]:
    """Rows of `NAMES` for every token of the French and of the English of each pair; NaN where nothing is known."""
    if not pairs:
        return []
    french = seen([pair.source.tokens for pair in pairs], table.source)
    english = seen([pair.target.tokens for pair in pairs], table.target)
    across = _across(french, english, table)
    both = []
    for side, known, other in ((table.source, french, across[0]), (table.target, english, across[1])):
        both.append(_by_token(numpy.hstack([_in_place(known, side), other]), known))
    return list(zip(*both, strict=True))


def seen(texts: Sequence[Sequence[Token]], side: Side) -> Seen:
    """Texts in the words that the model knows, each with the token that it is (a part) of; -1: unknown."""
    numbers: list[int] = []
    text: list[int] = []
    token: list[int] = []
    for place, tokens in enumerate(texts):
        cut = [(word, k) for k, one in enumerate(tokens) for word in _cut(one.text, side.lang)]
        found = words.cased([word for word, _ in cut], side.frequency)
        numbers += [number_of(words.masked(word), side) for word in found]
        text += [place] * len(cut)
        token += [k for _, k in cut]
    arrays = [numpy.array(part, dtype=numpy.int64) for part in (numbers, text, token)]
    return Seen(arrays[0], arrays[1], arrays[2], tuple(map(len, texts)))


@lru_cache(maxsize=50_000)
def _cut(text: str, lang: str) -> tuple[str, ...]:
    return tuple(words.tokens(text, lang))


def _by_token(rows: Matrix, known: Seen) -> list[Matrix]:
    """The least of the rows of the words of each token, text by text."""
    ends = numpy.cumsum([0, *known.tokens])
    found = numpy.full((int(ends[-1]), rows.shape[1]), numpy.nan)
    numpy.fmin.at(found, ends[known.text] + known.token, rows)
    return numpy.split(found, ends[1:-1])


# -------------------------------------------------------------------------------------------- in its own sentence


def _in_place(known: Seen, side: Side) -> Matrix:
    """Rows of `IN_PLACE` for every word; all texts stand in a row, with two beginnings before and three ends behind."""
    at = numpy.arange(len(known.numbers)) + 5 * known.text + 2
    size = len(known.numbers) + 5 * len(known.tokens)
    row = numpy.full(size + 3, END, dtype=numpy.int64)
    starts = numpy.cumsum(known.length + 5) - known.length - 5
    row[starts] = row[starts + 1] = BEGIN
    row[at] = numpy.where(known.numbers < 0, UNKNOWN, known.numbers)
    real = numpy.zeros(size + 3, dtype=bool)
    real[at] = real[starts + known.length + 2] = True
    model = side.model

    def score(*steps: int) -> Any:
        """The log-probability of the words ``steps`` away from each word, the last after the two before it."""
        return numpy.where(real[at + max(steps)], model.score(*(row[at + step] for step in steps)), 0.0)

    given = [score(step - 2, step - 1, step) for step in range(4)]
    alone, alone_next = model.unigram[row[at]], model.unigram[row[at + 1]]
    triples = sum(model.knows(*(row[at + first + k] for k in range(3))) for first in (-2, -1, 0))
    swapped = score(-2, -1, 1) + score(-1, 1, 0) + score(1, 0, 2) + score(0, 2, 3) - sum(given)
    is_word = real[at + 2] & real[at + 1]
    swapped = numpy.where(is_word, swapped, NO_SWAP)
    gained = given[0] - alone
    columns = (
        given[0], alone, gained, given[1], given[1] - alone_next,
        model.knows_pair(row[at - 1], row[at]), model.knows_pair(row[at], row[at + 1]), triples,
        score(-2, -1, 1) + score(-1, 1, 2) - given[1] - given[2],
        swapped, numpy.where(known.place > 0, numpy.concatenate([[NO_SWAP], swapped[:-1]]), NO_SWAP)[: len(at)],
        _near(gained, known),
    )  # fmt: skip
    return numpy.stack([numpy.asarray(column, dtype=numpy.float64) for column in columns], axis=1)


def _near(gained: Matrix, known: Seen) -> Matrix:
    """The mean over the words up to `NEAR` places away, in the same text."""
    sums = numpy.concatenate([[0.0], numpy.cumsum(gained)])
    here, behind = numpy.arange(len(gained)), known.length[known.text] - known.place
    low, high = here - numpy.minimum(known.place, NEAR), here + numpy.minimum(behind, NEAR + 1)
    found: Matrix = (sums[high] - sums[low]) / (high - low)
    return found


# ------------------------------------------------------------------------------------- as a translation of the other


class _Matches(NamedTuple):
    """Phrase pairs of the table that stand in both texts: the text, score, what is lost to the best, places, words."""

    text: Any
    score: Any
    behind: Any
    start: tuple[Any, Any]
    size: tuple[Any, Any]


def _across(french: Seen, english: Seen, table: Table) -> tuple[Matrix, Matrix]:
    """Rows of `ACROSS` for every word of both sides."""
    matches = _matches(french, english, table)
    sides = (french, english)
    middle = [
        (start + size / 2) / numpy.maximum(side.length, 1)[matches.text]
        for side, start, size in zip(sides, matches.start, matches.size, strict=True)
    ]
    nearness = 1 - numpy.abs(middle[0] - middle[1])
    found = []
    for own, side in enumerate(sides):
        rows = numpy.zeros((len(side.numbers), len(ACROSS)))
        rows[:, [1, 5]] = numpy.nan
        first = numpy.searchsorted(side.text, matches.text) + matches.start[own]
        size = matches.size[own]
        for step in range(LONGEST):
            some = numpy.flatnonzero(size > step)
            at = first[some] + step
            for column, values in ((0, nearness), (1, matches.score), (2, size), (3, matches.size[1 - own])):
                numpy.fmax.at(rows[:, column], at, values[some])
            numpy.add.at(rows[:, 4], at, 1)
            numpy.fmin.at(rows[:, 5], at, matches.behind[some])
        rows[first[size == 1], 6] = 1
        found.append(rows)
    return found[0], found[1]


def _matches(french: Seen, english: Seen, table: Table) -> _Matches:
    here, there = _nodes(french, table.source), _nodes(english, table.target)
    run, row = rows_of(table.rows, here)
    target, score = table.rows.targets(row).astype(numpy.int64), table.rows.scores(row)
    best = numpy.full(here.size, -numpy.inf, dtype=score.dtype)
    numpy.maximum.at(best, run, score)
    _, size, start = here.shape
    wanted = run // (size * start) * table.target.trie.nodes + target
    place = numpy.flatnonzero(there.ravel() >= 0)
    text = place // (there.shape[1] * there.shape[2])
    keys = text * table.target.trie.nodes + there.ravel()[place]
    order = numpy.argsort(keys, kind="stable")
    keys, place = keys[order], place[order]
    first, last = numpy.searchsorted(keys, wanted), numpy.searchsorted(keys, wanted, side="right")
    many = last - first
    each = numpy.repeat(numpy.arange(len(wanted)), many)
    which = numpy.arange(len(each)) - numpy.repeat(many.cumsum() - many, many) + first[each]
    runs, places = run[each], place[which]
    return _Matches(
        text=runs // (size * start),
        score=score[each],
        behind=(best[run] - score)[each],
        start=(runs % start, places % there.shape[2]),
        size=(runs // start % size + 1, places // there.shape[2] % size + 1),
    )


def _nodes(known: Seen, side: Side) -> Any:
    """The phrase of each (text, length - 1, start), -1 where the model has none."""
    longest = max(1, int(known.length.max(initial=1)))
    numbers = numpy.full((len(known.tokens), longest + LONGEST), -1, dtype=numpy.int64)
    numbers[known.text, known.place] = known.numbers
    return nodes_of(side.trie, numbers, longest)
