"""Word links inside a pair: which French word stands behind which English one.

From the agreement of two translation models (``tqcheck.align.agreement``), competitive linking (Melamed 2000) takes the
best links one by one, words that were left join a link beside them, and slots that face each other between links are
filled. ``coverage`` and ``lexical_score`` say how well a pair is explained, as evidence of its quality.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy

from tqcheck.align.agreement import Side, agreed
from tqcheck.align.association import Association, associate, is_content
from tqcheck.align.lexicon import Lexicon
from tqcheck.model import Link, Segment, Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Least agreement (0 to 1) for a link, and what it is worth as a probability: 0.45 + 0.55 * agreement, fitted to the
# share of links that a statistical aligner confirms on 831 sentences (training/lexicon).
LEAST_CONTENT = 0.12
LEAST_FUNCTION = 0.3
WORTH_OF_NONE, WORTH_OF_ALL = 0.45, 1.0
FIRM = 0.7
# Least lexical probability for a word to join another's link.
LEAST_JOIN = 0.02
LEAST_FUNCTION_JOIN = 0.1
FILLED = 0.5
RAREST = 1e8
LEAST_WORD_PROBABILITY = 1e-4

_ROLES = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject", "expl": "subject", "obj": "object",
    "dobj": "object", "iobj": "object", "dative": "object", "amod": "modifier", "nummod": "number", "ROOT": "root",
    "root": "root", "xcomp": "clause", "ccomp": "clause", "advcl": "clause", "acl": "clause", "relcl": "clause",
    "conj": "conjunct", "appos": "apposition", "obl": "oblique", "pobj": "oblique", "nmod": "oblique",
}  # fmt: skip


def link_words(
    source: Segment, target: Segment, lexicon: Lexicon, known: Association | None = None
) -> tuple[Link, ...]:
    """The links of a pair, in the order of the source, then of the target.

    ``Link.source`` and ``Link.target`` number the tokens of the two documents; ``Link.probability`` is how likely the
    link is right: above ``FILLED`` (0.5) where the words themselves speak for it, ``FILLED`` where only their place
    does, so that a wrong translation is still linked to what it stands for. A word may have several links, or none;
    marks without letters or digits have none. ``known``: what `associate` gives for the two, where it is there already.
    """
    if not source.tokens or not target.tokens:
        return ()
    association = known or associate(source.tokens, target.tokens, lexicon)
    sides = Side(source), Side(target)
    chosen = _compete(*sides, agreed(*sides, association))
    _join(*sides, association, chosen)
    _fill(*sides, chosen)
    first, second = source.tokens[0].index, target.tokens[0].index
    return tuple(
        Link(first + i, second + j, round(float(probability), 4)) for (i, j), probability in sorted(chosen.items())
    )


def _compete(source: Side, target: Side, scores: NDArray[numpy.float64]) -> dict[tuple[int, int], float]:
    """The best links one by one, each word once."""
    both = source.content[:, None] & target.content[None, :]
    places = numpy.argwhere(scores >= numpy.where(both, LEAST_CONTENT, LEAST_FUNCTION)).tolist()
    chosen: dict[tuple[int, int], float] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    for score, i, j in sorted((-float(scores[i, j]), i, j) for i, j in places):
        if i not in rows and j not in columns:
            chosen[i, j] = WORTH_OF_NONE - (WORTH_OF_ALL - WORTH_OF_NONE) * score
            rows.add(i)
            columns.add(j)
    return chosen


def _join(source: Side, target: Side, association: Association, chosen: dict[tuple[int, int], float]) -> None:
    """Let a word that was left join the link of a neighbour or of its syntactic kin, if the lexicon has the two.

    A function word joins only a word of its own part of speech (« ne … pas » / not).
    """
    strength = numpy.maximum(association.forward, association.backward)
    both = source.content[:, None] & target.content[None, :]
    alike = numpy.equal.outer(source.groups, target.groups) & ~(source.content[:, None] | target.content[None, :])
    enough = (both & (strength >= LEAST_JOIN)) | (alike & (strength >= LEAST_FUNCTION_JOIN))
    rows, columns = {i for i, _ in chosen}, {j for _, j in chosen}
    left, right = {j: i for i, j in chosen}, dict(chosen.keys())
    joined = []
    for i, j in numpy.argwhere(enough).tolist():
        beside_left = i not in rows and j in columns and _kin(i, left[j], source.heads)
        beside_right = j not in columns and i in rows and _kin(j, right[i], target.heads)
        if beside_left or beside_right:
            joined.append((-float(strength[i, j]), i, j))
    for value, i, j in sorted(joined):
        if (i in rows) != (j in columns):
            chosen[i, j] = min(0.8, FILLED + 0.05 - value)
            rows.add(i)
            columns.add(j)


def _kin(one: int, other: int, heads: NDArray[numpy.int64]) -> bool:
    return abs(one - other) <= 2 or heads[one] == other or heads[other] == one


def _fill(source: Side, target: Side, chosen: dict[tuple[int, int], float]) -> None:
    """Link what is left where the rest of the sentence leaves one place for it: the same role, or the same slot.

    This is how a wrong translation is still linked to the word it stands for, with a low probability.
    """
    rows, columns = {i for i, _ in chosen}, {j for _, j in chosen}
    heads = source.heads.tolist(), target.heads.tolist()
    roles = [_role(token) for token in source.tokens], [_role(token) for token in target.tokens]
    found: set[tuple[int, int]] = set()
    for (i, j), probability in chosen.items():
        if probability < FIRM or not source.content[i]:
            continue
        below = [
            [k for k, head in enumerate(side) if head == place and k not in taken and roles[n][k]]
            for n, (side, place, taken) in enumerate(zip(heads, (i, j), (rows, columns), strict=True))
        ]
        for role in {roles[0][k] for k in below[0]}:
            left = [k for k in below[0] if roles[0][k] == role]
            right = [k for k in below[1] if roles[1][k] == role]
            if len(left) == len(right) == 1:
                found.add((left[0], right[0]))
        above, over = heads[0][i], heads[1][j]
        free = min(above, over) >= 0 and above not in rows and over not in columns
        if free and roles[0][i] == roles[1][j] != "" and _same_kind(source.tokens[above], target.tokens[over]):
            found.add((above, over))
    for i, j in [*sorted(found), *_facing(source, target, chosen)]:
        if i not in rows and j not in columns:
            chosen[i, j] = FILLED
            rows.add(i)
            columns.add(j)
    for i, j in _light_verbs(source, target, chosen):
        chosen[i, j] = FILLED


def _same_kind(one: Token, other: Token) -> bool:
    if not (one.is_word and other.is_word):
        return False
    return one.pos == other.pos == "VERB" or (one.pos in ("NOUN", "PROPN") and other.pos in ("NOUN", "PROPN"))


def _light_verbs(source: Side, target: Side, chosen: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """A verb without a link whose object is rendered by a verb: « prendre sa retraite » / retire, hold talks."""
    found = []
    rows, columns = {i for i, _ in chosen}, {j for _, j in chosen}
    for (i, j), probability in chosen.items():
        if probability < FIRM:
            continue
        left, right = source.tokens[i], target.tokens[j]
        above, over = int(source.heads[i]), int(target.heads[j])
        if right.pos == "VERB" and above not in rows and _carries(source.tokens, above, left):
            found.append((above, j))
        elif left.pos == "VERB" and over not in columns and _carries(target.tokens, over, right):
            found.append((i, over))
    return found


def _carries(tokens: Sequence[Token], head: int, token: Token) -> bool:
    return (
        head >= 0
        and tokens[head].pos == "VERB"
        and tokens[head].is_word
        and token.pos == "NOUN"
        and token.dep in ("obj", "dobj")
    )


def _role(token: Token) -> str:
    """A coarse name for what a token does to its head, the same in both parsers' terms; "" where they differ."""
    if not token.is_word:
        return ""
    if token.pos in ("DET", "PRON") and (token.feature("Poss") == "Yes" or token.dep == "poss"):
        return "possessive"
    if token.pos == "NUM":
        return "number"
    if token.pos == "PRON" or is_content(token):
        kind = "pronoun" if token.pos == "PRON" else "content"
        role = _ROLES.get(token.dep.split(":")[0], "")
        return f"{kind} {role}" if role else ""
    return ""


def _facing(source: Side, target: Side, chosen: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Two content words without a link, alone between content words that are linked to each other."""
    facing = []
    partner = {i: j for (i, j), probability in sorted(chosen.items(), key=lambda item: item[1]) if probability >= FIRM}
    left, right = numpy.flatnonzero(source.content).tolist(), numpy.flatnonzero(target.content).tolist()
    taken = {i for i, _ in chosen}, {j for _, j in chosen}
    for n, i in enumerate(left):
        if i in taken[0]:
            continue
        before = partner.get(left[n - 1]) if n else -1
        after = partner.get(left[n + 1]) if n + 1 < len(left) else target.size
        if before is None or after is None or (before == -1 and after == target.size):
            continue
        between = [j for j in right if min(before, after) < j < max(before, after)]
        if len(between) == 1 and between[0] not in taken[1]:
            facing.append((i, between[0]))
    return facing


def coverage(source: Segment, target: Segment, links: Sequence[Link], lexicon: Lexicon) -> tuple[float, float]:
    """The weighted share of content words that are linked, 0 to 1: of the source, and of the target.

    A word weighs more the rarer it is in the lexicon's training text (minus the logarithm of its frequency), and a
    link counts with its probability. A side without content words is covered: 1.
    """
    best: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for link in links:
        best[0][link.source] = max(link.probability, best[0].get(link.source, 0.0))
        best[1][link.target] = max(link.probability, best[1].get(link.target, 0.0))
    counts = lexicon.source_count, lexicon.target_count
    shares = []
    for segment, count, linked in zip((source, target), counts, best, strict=True):
        total = covered = 0.0
        for token in segment.tokens:
            if is_content(token):
                weight = math.log(RAREST / (1 + count(token.text)))
                total += weight
                covered += weight * linked.get(token.index, 0.0)
        shares.append(covered / total if total else 1.0)
    return shares[0], shares[1]


def lexical_score(
    source: Segment, target: Segment, lexicon: Lexicon, known: Association | None = None
) -> tuple[float, float]:
    """Mean natural log-probability of a word given the other side: of the target's words, and of the source's.

    IBM's model 1 without its factor for length: a word's probability is the sum over the words of the other side, at
    least ``LEAST_WORD_PROBABILITY``, at most 1. Between ``log(LEAST_WORD_PROBABILITY)`` and 0; a side without words
    gives 0 if both have none, else the lowest.
    """
    words = [numpy.array([token.is_word for token in segment.tokens], dtype=bool) for segment in (source, target)]
    lowest = math.log(LEAST_WORD_PROBABILITY)
    if not words[0].any() or not words[1].any():
        return (lowest, lowest) if words[0].any() or words[1].any() else (0.0, 0.0)
    association = known or associate(source.tokens, target.tokens, lexicon)
    ahead = numpy.clip(association.forward.sum(axis=0)[words[1]], LEAST_WORD_PROBABILITY, 1.0)
    back = numpy.clip(association.backward.sum(axis=1)[words[0]], LEAST_WORD_PROBABILITY, 1.0)
    return max(lowest, float(numpy.log(ahead).mean())), max(lowest, float(numpy.log(back).mean()))
