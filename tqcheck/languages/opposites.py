"""Pairs of opposites in both languages, from a table, and French words that the English renders by the other one.

« augmenter » and "fall", « épouse » and "husband": the word links show which English word stands for which French one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages import tables
from tqcheck.languages.polarity import is_negative, is_outright, may_deny
from tqcheck.languages.sides import apart
from tqcheck.model import Pair, Segment, Token

LEAST_LINK = 0.5
"""Probability of a word link below which it does not show what stands behind a word."""

FARTHEST = 0.15
"""How far apart, as a share of the sentence, two words without links may stand."""

_NONE = "-"
_REACH = 4
"""So many words on either side of a word may deny it."""

_CLASSES = ("NOUN", "VERB", "ADJ", "ADV", "ADP", "AUX", "SCONJ", "PROPN", "DET", "PRON")

End = tuple[int, int]
"""A pair of opposites by its number in the table, and which of its ends, 0 or 1."""


class Opposites(NamedTuple):
    """A table by word: the ends at which a French word stands, and an English one."""

    french: Mapping[str, frozenset[End]]
    english: Mapping[str, frozenset[End]]

    def of_french(self, token: Token) -> frozenset[End]:
        """The ends of a French word, by its form or, failing that, its lemma."""
        return _ends(self.french, token)

    def of_english(self, segment: Segment, token: Token) -> frozenset[End]:
        """The ends of an English word; the "old" of "21 years old" has none."""
        return frozenset() if _is_age(segment, token) else _ends(self.english, token)


def _ends(words: Mapping[str, frozenset[End]], token: Token) -> frozenset[End]:
    if token.pos not in _CLASSES:
        return frozenset()
    return words.get(token.text.lower()) or words.get(token.lemma.lower(), frozenset())


@cache
def opposites(table: str) -> Opposites:
    """The opposites of a table whose columns are French, English, French and English words, by ``|``; ``-``: none."""
    french: dict[str, set[End]] = {}
    english: dict[str, set[End]] = {}
    for number, row in enumerate(tables.load(table)):
        for place, cell in enumerate(row.values()):
            side = english if place % 2 else french
            for word in cell.split("|"):
                if word != _NONE:
                    side.setdefault(word, set()).add((number, place // 2))
    return Opposites(
        MappingProxyType({word: frozenset(found) for word, found in french.items()}),
        MappingProxyType({word: frozenset(found) for word, found in english.items()}),
    )


def meanings(table: str, french: Token, english: Token) -> tuple[str, ...]:
    """Up to three English words of a table for a French word: those of the pair of opposites of the ``english`` one."""
    known = opposites(table)
    own = {end for end in known.of_french(french) if (end[0], 1 - end[1]) in _ends(known.english, english)}
    rows = [tuple(row.values()) for row in tables.load(table)]
    words = [word for axis, end in sorted(own)[:1] for word in rows[axis][2 * end + 1].split("|") if word != _NONE]
    kin = {word[:4]: word for word in reversed(words)}  # the first of "adopt" and "adoption"
    return tuple(word for word in words if kin[word[:4]] == word)[:3]


def swapped(pair: Pair, table: Opposites) -> Iterator[tuple[Token, Token]]:
    """French words and the English ones that stand for them and are at the other end of the same pair."""
    there = {token.index: found for token in pair.target.tokens if (found := table.of_english(pair.target, token))}
    if not there:
        return
    here = {token.index: found for token in pair.source.tokens if (found := table.of_french(token))}
    for french in pair.source.tokens:
        for axis, end in sorted(here.get(french.index, ())):
            english = _opposite(pair, french, (axis, end), here, there)
            if english is not None:
                yield french, english
                break


def _opposite(
    pair: Pair, french: Token, own: End, here: Mapping[int, frozenset[End]], there: Mapping[int, frozenset[End]]
) -> Token | None:
    """The English word at the other end that stands for ``french``, None where that is not plain."""
    other = (own[0], 1 - own[1])
    linked = [link for link in pair.links if link.source == french.index and link.probability >= LEAST_LINK]
    rendered = [token for link in linked if (token := pair.target.token(link.target)) is not None]
    if not linked:
        loose = (token for token in pair.target.tokens if other in there.get(token.index, ()))
        rendered = [token for token in loose if _faces(pair, french, token)]
    root = _unlinked_root(pair, french, rendered)
    if root is not None and other in there.get(root.index, ()) and not there[root.index] & here[french.index]:
        return root
    words = [token for token in rendered if token.index in there] or _beside(pair, french, rendered, other, there)
    if len(words) != 1 or other not in there[words[0].index] or there[words[0].index] & here[french.index]:
        return None
    behind = len(pair.behind(words[0]))
    return (
        None
        if behind != len(linked[:1]) * (words[0] in rendered) or _is_open(pair, own, french, here, there)
        else words[0]
    )


def _unlinked_root(pair: Pair, french: Token, rendered: Sequence[Token]) -> Token | None:
    """The verb of the English sentence, which has no link, where the French one's verb is linked to a noun only.

    « ont voté la grève par 287 voix » and "rejected the strike by 287 votes": the nouns attract each other.
    """
    if french.pos != "VERB" or french.dep != "ROOT" or any(token.pos in ("VERB", "AUX") for token in rendered):
        return None
    root = next((token for token in pair.target.tokens if token.dep == "ROOT" and token.pos == "VERB"), None)
    return None if root is None or pair.behind(root) else root


def _beside(
    pair: Pair, french: Token, rendered: Sequence[Token], other: End, there: Mapping[int, frozenset[End]]
) -> list[Token]:
    """Adjectives without links, of the noun that the adjective ``french`` shares a link with.

    « homicide involontaire » and "voluntary manslaughter": both French words are linked to the English noun.
    """
    return [
        token
        for token in pair.target.tokens
        if french.pos == token.pos == "ADJ"
        and other in there.get(token.index, ())
        and not pair.behind(token)
        and pair.target.head(token) in rendered
    ]


def _faces(pair: Pair, french: Token, english: Token) -> bool:
    """Whether two words without a link stand at the same place in their sentences."""
    return not pair.behind(english) and apart(pair, french, english) <= FARTHEST


def _is_open(
    pair: Pair, own: End, french: Token, here: Mapping[int, frozenset[End]], there: Mapping[int, frozenset[End]]
) -> bool:
    """Whether a word of the French word's own end, or a French one of the other end, may belong to either of the two.

    Those that are surely linked to one another do not: "larger lakes and small boats".
    """
    other = (own[0], 1 - own[1])
    sure = {(link.source, link.target) for link in pair.links if link.probability > LEAST_LINK}
    answered = {ends for ends in sure if here.get(ends[0], frozenset()) & there.get(ends[1], frozenset())}
    sources, targets = {source for source, _ in answered}, {target for _, target in answered}
    loose = any(own in found and index not in targets for index, found in there.items())
    return loose or any(
        other in found and index not in sources and index != french.index for index, found in here.items()
    )


def _is_age(segment: Segment, token: Token) -> bool:
    """The "old" of "21 years old"."""
    if token.text.lower() != "old":
        return False
    before = (segment.token(token.index - step) for step in (1, 2))
    return any(other is not None and other.lemma.lower() in ("year", "month", "week", "day") for other in before)


def is_turned(segment: Segment, token: Token, lang: str) -> bool:
    """Whether a word near ``token`` may turn it into its opposite: "not", "less", "unable", « sans », « moins »."""
    place = token.index - segment.tokens[0].index
    near = segment.tokens[max(0, place - _REACH) : place + _REACH + 1]
    return any(_turns(other, lang) for other in near if other.index != token.index) or any(
        _turns(other, lang) for other in _above(segment, token)
    )


def _above(segment: Segment, token: Token) -> Iterator[Token]:
    head = segment.head(token)
    if head is not None:
        yield head
        yield from (child for child in segment.children(head) if child.index != token.index)


def _turns(token: Token, lang: str) -> bool:
    words = ("moins", "moindre") if lang == "fr" else ("less", "least", "fewer", "lower")
    if token.pos in ("NOUN", "PROPN") and is_negative(token, lang):
        return False  # "unemployment" and « inégalité » turn nothing
    return token.text.lower() in words or is_outright(token, lang) or may_deny(token, lang)
