"""Two models of word translation that must agree, as in Liang, Taskar and Klein (2006), "Alignment by Agreement".

For every English word the posterior over the French ones, and the other way round, both under the same prior of
position. The first prior is the diagonal; the second is learned from the links that are already sure: what stands as
they do (Vogel, Ney and Tillmann 1996) or hangs from them in both trees is likelier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from tqcheck.align.association import Association, is_content
from tqcheck.model import Segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float64]

# Probability mass that stands for "no counterpart": function words often have none.
NULL_CONTENT = 0.002
NULL_FUNCTION = 0.03
DIAGONAL_STEEPNESS = 3.0
SURE = 0.5
ROUNDS = 2
NEIGHBOURS = 4
DISTANCE_STEEPNESS = 0.5
FARNESS_STEEPNESS = 0.15
LEAST_PRIOR = 0.02
SYNTAX_GAIN = 3.0

_GROUPS = {
    "NOUN": 0, "PROPN": 0, "VERB": 1, "AUX": 1, "ADJ": 2, "ADV": 3, "NUM": 4, "PRON": 5, "DET": 6, "ADP": 7, "SCONJ": 8,
    "CCONJ": 8, "PART": 9, "INTJ": 9, "X": 0, "SYM": 9, "PUNCT": 9, "SPACE": 9, "": 9,
}  # fmt: skip
_AGREEMENT = numpy.full((10, 10), 0.3)
numpy.fill_diagonal(_AGREEMENT, 1.0)
for _one, _other, _value in (
    (0, 1, 0.7), (0, 2, 0.8), (1, 2, 0.7), (2, 3, 0.8), (0, 3, 0.5), (1, 3, 0.5), (0, 4, 0.5), (2, 4, 0.9), (4, 6, 0.8),
    (5, 6, 0.9), (7, 8, 0.8), (3, 7, 0.7), (3, 8, 0.7), (3, 9, 0.9), (7, 9, 0.8), (2, 6, 0.7), (3, 6, 0.6), (0, 5, 0.5),
):  # fmt: skip
    _AGREEMENT[_one, _other] = _AGREEMENT[_other, _one] = _value


class Side:
    """What the linker asks of one side's tokens again and again."""

    def __init__(self, segment: Segment) -> None:
        self.tokens = segment.tokens
        self.size = len(segment.tokens)
        self.content = numpy.array([is_content(token) for token in segment.tokens], dtype=bool)
        self.groups = [_GROUPS.get(token.pos, 9) for token in segment.tokens]
        self.nothing = numpy.where(self.content, NULL_CONTENT, NULL_FUNCTION)
        self.heads = numpy.array(_heads(segment), dtype=numpy.int64)


def agreed(source: Side, target: Side, association: Association) -> Matrix:
    """The agreement of both models for every two tokens, 0 to 1: the geometric mean of the two posteriors."""
    rows, columns = source.size, target.size
    alike = _AGREEMENT[numpy.ix_(source.groups, target.groups)]
    forward, backward = association.forward * alike, association.backward * alike
    places = (numpy.arange(rows) + 0.5) / rows, (numpy.arange(columns) + 0.5) / columns
    prior = numpy.exp(-DIAGONAL_STEEPNESS * numpy.abs(places[0][:, None] - places[1][None, :]))
    for turn in range(ROUNDS + 1):
        ahead, back = forward * prior, backward * prior
        ahead /= ahead.sum(axis=0) + target.nothing
        back /= (back.sum(axis=1) + source.nothing)[:, None]
        scores: Matrix = numpy.sqrt(ahead * back)
        if turn == ROUNDS:
            break
        anchors = _anchors(scores, source.content)
        if not len(anchors):
            break
        prior = _near(anchors, rows, columns) * (1 + SYNTAX_GAIN * _beneath(anchors, source.heads, target.heads))
    return scores


def _heads(segment: Segment) -> list[int]:
    """Every token's head as a place in the segment, or -1. Prepositions are skipped: nouns hang from them."""
    first = segment.tokens[0].index
    direct = [token.head - first if token.head != token.index else -1 for token in segment.tokens]
    direct = [head if head < len(direct) else -1 for head in direct]
    found = []
    for head in direct:
        steps = 0
        while head >= 0 and segment.tokens[head].pos == "ADP" and steps < 3:
            head, steps = direct[head], steps + 1
        found.append(max(head, -1))
    return found


def _anchors(scores: Matrix, content: NDArray[numpy.bool_]) -> NDArray[numpy.int64]:
    """(source, target) places of content words that are each other's best and sure, in order of the source."""
    best_target = scores.argmax(axis=1)
    best_source = scores.argmax(axis=0)
    rows = numpy.arange(scores.shape[0])
    sure = (best_source[best_target] == rows) & (scores[rows, best_target] >= SURE) & content
    return numpy.stack([rows[sure], best_target[sure]], axis=1)


def _near(anchors: NDArray[numpy.int64], rows: int, columns: int) -> Matrix:
    """A prior from each word's nearest anchors, its own left out: high where it stands as they do."""
    distance = numpy.abs(numpy.arange(rows)[:, None] - anchors[None, :, 0]).astype(float)
    distance[distance == 0] = numpy.inf
    order = numpy.argsort(distance, axis=1, kind="stable")[:, :NEIGHBOURS]
    far = numpy.take_along_axis(distance, order, axis=1)
    expected = anchors[order, 1] + numpy.arange(rows)[:, None] - anchors[order, 0]
    off = numpy.abs(numpy.arange(columns)[None, :, None] - expected[:, None, :])
    cost = DISTANCE_STEEPNESS * off + FARNESS_STEEPNESS * far[:, None, :]
    prior: Matrix = numpy.maximum(numpy.exp(-cost.min(axis=2)), LEAST_PRIOR)
    return prior


def _beneath(
    anchors: NDArray[numpy.int64], source_heads: NDArray[numpy.int64], target_heads: NDArray[numpy.int64]
) -> Matrix:
    """1 where the heads of two words are linked for sure, or two of their dependents are; 0 elsewhere."""
    # The last row and column stand for "no head" (-1) and stay 0.
    linked = numpy.zeros((len(source_heads) + 1, len(target_heads) + 1))
    linked[anchors[:, 0], anchors[:, 1]] = 1.0
    beneath: Matrix = linked[numpy.ix_(source_heads, target_heads)]
    above = source_heads[anchors[:, 0]], target_heads[anchors[:, 1]]
    both = (above[0] >= 0) & (above[1] >= 0)
    beneath[above[0][both], above[1][both]] = 1.0
    return beneath
