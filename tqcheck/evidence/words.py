"""A linked pair -> a row of evidence for each of its words: how surely it has a counterpart in the other text.

The same names hold for both sides: "own" is the side of the word, "other" the one across. What is not known is NaN; the
trees of `tqcheck.evidence.trees` know what to do then.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy

from tqcheck.languages import gaps
from tqcheck.model import Pair, Segment, Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float64]
    Vectors = Mapping[str, NDArray[numpy.float32]]

_KINDS = ("NOUN PROPN VERB AUX ADJ ADV NUM PRON DET ADP SCONJ CCONJ PART INTJ X SYM PUNCT SPACE").split()
_KIND = {kind: number for number, kind in enumerate(_KINDS)}
_WINDOW = 3
_LEAST = 1e-4

NAMES = (
    "to", "from", "sum", "link", "by-place", "links", "link-to", "link-from", "kind", "content", "count", "letters",
    "capital", "entity", "alike", "alike-link", "alike-loose", "before", "after", "near", "around", "run", "head",
    "children", "facing", "own-loose", "other-loose", "similarity", "own-lexical", "other-lexical", "length", "words",
    "place", "repeated", "number", "tense", "same-kind", "same-form", "other-count", "known-there", "balance",
)  # fmt: skip


class Association(Protocol):
    """p(en|fr) and p(fr|en) of every two tokens, both of shape (source, target)."""

    @property
    def forward(self) -> Matrix: ...

    @property
    def backward(self) -> Matrix: ...


class Counts(NamedTuple):
    """How often the training text of the lexicon has a word: of the own language, and of the other one."""

    own: Mapping[str, float]
    other: Mapping[str, float]


@dataclass(frozen=True)
class _Side:
    """One side of a pair as the other evidence sees it; ``best`` holds the probability of each token's best link."""

    segment: Segment
    content: NDArray[numpy.bool_]
    best: Matrix
    partner: NDArray[numpy.int64]
    links: NDArray[numpy.int64]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.segment.tokens

    @property
    def loose(self) -> NDArray[numpy.bool_]:
        """Words of meaning for which no link by its words speaks."""
        found: NDArray[numpy.bool_] = self.content & (self.best <= gaps.BY_PLACE)
        return found


def wanted(pair: Pair) -> frozenset[str]:
    """The words whose vectors `evidence` asks for."""
    return frozenset(
        key(token) for side in (pair.source, pair.target) for token in side.tokens if gaps.is_content(token)
    )


def key(token: Token) -> str:
    """A word as its vector is kept."""
    return token.text if token.pos == "PROPN" else token.text.lower()


def evidence(pair: Pair, association: Association, vectors: Vectors, counts: Counts) -> tuple[Matrix, Matrix]:
    """Rows of `NAMES` for every token of the French and for every one of the English.

    ``vectors`` has length-1 vectors of the words that `wanted` names; ``counts`` is of the French words, then of the
    English ones, by their text in small letters.
    """
    french, english = _sides(pair)
    alike = _alike(french, english, vectors)
    ahead, back = association.forward, association.backward
    lexical = pair.lexical or (0.0, 0.0)
    similarity = math.nan if pair.similarity is None else pair.similarity
    source = _table(french, english, ahead, back, alike, counts, (similarity, lexical[1], lexical[0]))
    swapped = Counts(counts.other, counts.own)
    target = _table(english, french, back.T, ahead.T, alike.T, swapped, (similarity, lexical[0], lexical[1]))
    return source, target


def _sides(pair: Pair) -> tuple[_Side, _Side]:
    found = []
    for own, other in ((0, 1), (1, 0)):
        segment = (pair.source, pair.target)[own]
        best, partner = numpy.zeros(len(segment.tokens)), numpy.full(len(segment.tokens), -1)
        links = numpy.zeros(len(segment.tokens), dtype=numpy.int64)
        for link in pair.links:
            ends = link.source - pair.source.tokens[0].index, link.target - pair.target.tokens[0].index
            links[ends[own]] += 1
            if link.probability > best[ends[own]]:
                best[ends[own]], partner[ends[own]] = link.probability, ends[other]
        content = numpy.array([gaps.is_content(token) for token in segment.tokens], dtype=bool)
        found.append(_Side(segment, content, best, partner, links))
    return found[0], found[1]


def _alike(french: _Side, english: _Side, vectors: Vectors) -> Matrix:
    """Cosines of the words of meaning alone, zero elsewhere."""
    found = numpy.zeros((len(french.tokens), len(english.tokens)))
    rows, columns = numpy.flatnonzero(french.content), numpy.flatnonzero(english.content)
    if len(rows) and len(columns):
        left = numpy.stack([vectors[key(french.tokens[i])] for i in rows])
        right = numpy.stack([vectors[key(english.tokens[j])] for j in columns])
        found[numpy.ix_(rows, columns)] = left @ right.T
    return found


def _table(
    own: _Side, other: _Side, to: Matrix, back: Matrix, alike: Matrix, counts: Counts, known: tuple[float, float, float]
) -> Matrix:
    size = len(own.tokens)
    found = numpy.full((size, len(NAMES)), numpy.nan)
    columns: dict[str, Matrix | float] = {}
    columns |= _words(own, other, to, back, alike, counts)
    columns |= _surroundings(own, other)
    columns |= {"similarity": known[0], "own-lexical": known[1], "other-lexical": known[2]}
    lengths = len(own.segment.text.strip()) + 1, len(other.segment.text.strip()) + 1
    columns |= {"length": math.log(lengths[0] / lengths[1]), "words": math.log(1 + own.content.sum())}
    for number, name in enumerate(NAMES):
        if name in columns:
            found[:, number] = columns[name]
    return found


def _words(own: _Side, other: _Side, to: Matrix, back: Matrix, alike: Matrix, counts: Counts) -> dict[str, Matrix]:
    """What is known of each word by itself and with the words across."""
    size = len(own.tokens)
    rows = numpy.arange(size)
    linked = own.partner >= 0
    partner = numpy.maximum(own.partner, 0)
    texts = [token.text.lower() for token in own.tokens]
    forms = Counter(token.text.lower() for token in other.tokens)
    partners = [other.tokens[j] if j >= 0 else None for j in own.partner]
    together = list(zip(own.tokens, partners, strict=True))
    seen = [counts.own[text] for text in texts]
    there = [counts.other[text] for text in texts]
    return {
        "to": to.max(axis=1, initial=0.0),
        "from": back.max(axis=1, initial=0.0),
        "sum": numpy.log(numpy.maximum(back.sum(axis=1), _LEAST)),
        "link": own.best,
        "by-place": (linked & (own.best <= gaps.BY_PLACE)).astype(float),
        "links": own.links.astype(float),
        "link-to": numpy.where(linked, to[rows, partner], 0.0),
        "link-from": numpy.where(linked, back[rows, partner], 0.0),
        "kind": numpy.array([_KIND.get(token.pos, len(_KINDS)) for token in own.tokens], dtype=float),
        "content": own.content.astype(float),
        "count": numpy.log1p(seen),
        "letters": numpy.array([len(text) for text in texts], dtype=float),
        "capital": numpy.array([token.text[:1].isupper() for token in own.tokens], dtype=float),
        "entity": numpy.array([token.entity != "" for token in own.tokens], dtype=float),
        "alike": alike.max(axis=1, initial=0.0),
        "alike-link": numpy.where(linked, alike[rows, partner], 0.0),
        "alike-loose": (alike * other.loose[None, :]).max(axis=1, initial=0.0),
        "repeated": numpy.array([text in texts[max(0, i - 6) : i] for i, text in enumerate(texts)], dtype=float),
        "number": numpy.array([_differs(token, across, "Number") for token, across in together]),
        "tense": numpy.array([_differs(token, across, "Tense") for token, across in together]),
        "same-kind": numpy.array([float(across is not None and token.pos == across.pos) for token, across in together]),
        "same-form": numpy.array([float(forms[text]) for text in texts]),
        "other-count": numpy.log1p([counts.other[p.text.lower()] if p else 0.0 for p in partners]),
        "known-there": numpy.log1p(there),
        "place": (rows + 0.5) / max(size, 1),
    }  # fmt: skip


def _differs(token: Token, partner: Token | None, feature: str) -> float:
    """1 where two words say another number or time, 0 where the same, NaN where one says none."""
    if partner is None:
        return math.nan
    one, other = token.feature(feature), partner.feature(feature)
    return math.nan if one is None or other is None else float(one != other)


def _surroundings(own: _Side, other: _Side) -> dict[str, Matrix | float]:
    """How the neighbours are linked, in the text and in the tree, and what is loose across from here."""
    size = len(own.tokens)
    places = numpy.flatnonzero(own.content)
    at = numpy.searchsorted(places, numpy.arange(size))
    behind = at + own.content
    best = own.best[places]
    runs = numpy.array([0.0, *_runs(own.loose[places]), 0.0])
    left, right = _anchors(own, places, len(other.tokens))
    low, high = numpy.minimum(left[at], right[behind]), numpy.maximum(left[at], right[behind])
    loose = numpy.concatenate([[0], numpy.cumsum(other.loose)])
    low = numpy.minimum(low + 1, high)
    return {
        "before": numpy.concatenate([[1.0], best])[at], "after": numpy.concatenate([best, [1.0]])[behind],
        "near": _around(best, at, behind, _WINDOW), "around": _around(best, at, behind, 3 * _WINDOW),
        "run": numpy.where(own.content, runs[at + 1], numpy.minimum(runs[at], runs[behind + 1])),
        "facing": (loose[high] - loose[low]).astype(float),
        **_kin(own, size),
        "own-loose": own.loose.sum() / max(1, len(places)),
        "other-loose": other.loose.sum() / max(1, other.content.sum()),
        "balance": float(own.loose.sum()) - float(other.loose.sum()),
    }  # fmt: skip


def _around(best: Matrix, at: NDArray[numpy.int64], behind: NDArray[numpy.int64], width: int) -> Matrix:
    """The mean of the links of up to ``width`` words of meaning on either side, 1 where there are none."""
    sums = numpy.concatenate([[0.0], numpy.cumsum(best)])
    low, high = numpy.maximum(at - width, 0), numpy.minimum(behind + width, len(best))
    total, count = sums[at] - sums[low] + sums[high] - sums[behind], at - low + high - behind
    found: Matrix = numpy.where(count > 0, total / numpy.maximum(count, 1), 1.0)
    return found


def _kin(own: _Side, size: int) -> dict[str, Matrix]:
    """The link of each word's head, and the mean of those of the words of meaning that hang from it."""
    first = own.tokens[0].index if size else 0
    direct = [token.head - first for token in own.tokens]
    heads = numpy.array([head if 0 <= head < size else k for k, head in enumerate(direct)], dtype=numpy.int64)
    weights = own.content.astype(float)
    below = numpy.bincount(heads, weights * own.best, minlength=size)
    count = numpy.bincount(heads, weights, minlength=size)
    return {"head": own.best[heads], "children": numpy.where(count > 0, below / numpy.maximum(count, 1), 1.0)}


def _anchors(own: _Side, places: NDArray[numpy.int64], end: int) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64]]:
    """Across from the words of meaning before place k, and from k on, the nearest that is linked by its words.

    Both have an entry for each k from 0 to the number of words of meaning; past the ends stand -1 and ``end``.
    """
    left, right = numpy.full(len(places) + 1, -1), numpy.full(len(places) + 1, end)
    for k, index in enumerate(places.tolist()):
        left[k + 1] = own.partner[index] if own.best[index] > gaps.BY_PLACE else left[k]
    for k, index in reversed(list(enumerate(places.tolist()))):
        right[k] = own.partner[index] if own.best[index] > gaps.BY_PLACE else right[k + 1]
    return left, right


def _runs(loose: NDArray[numpy.bool_]) -> list[int]:
    """For every word of meaning how many loose ones in a row it stands in; 0 for those with a link."""
    found = [0] * len(loose)
    start = 0
    for index in range(len(loose) + 1):
        if index == len(loose) or not loose[index]:
            found[start:index] = [index - start] * (index - start)
            start = index + 1
    return found
