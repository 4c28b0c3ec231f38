"""French prepositions between two words, and English ones that never stand for them between the words' counterparts."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.model import Pair, Token

LEAST_LINK = 0.5
"""Probability of a word link below which it does not show what stands for a word."""

_FORMS = MappingProxyType(
    {
        "de": "de", "d'": "de", "d’": "de", "du": "de", "des": "de", "à": "à", "au": "à", "aux": "à", "en": "en",
        "dans": "dans", "sur": "sur", "par": "par", "pour": "pour", "avec": "avec", "après": "après", "avant": "avant",
    }
)  # fmt: skip
_NEVER = MappingProxyType(
    {
        "de": "amid until till without below beneath beside despite except since toward above outside inside",
        "à": "amid without despite beside beneath below beyond except since",
        "dans": "without despite except beside until till since above behind below",
        "sur": "without despite since until till below beneath under except",
        "en": "despite since until till above beneath beside below except",
        "pour": "without despite since beneath below amid beside behind above except",
        "par": "without despite since until till beneath below except beside",
        "avec": "without despite since until till below beneath above behind except off amid beside",
        "après": "before until",
        "avant": "after since",
    }
)
_USUAL = MappingProxyType(
    {
        "de": "of", "à": "to", "dans": "in", "sur": "on", "en": "in", "pour": "for", "par": "by", "avec": "with",
        "après": "after", "avant": "before",
    }
)  # fmt: skip
_REACH = 5
"""So many English words may lie between the counterparts."""

_BREAKS = ("PUNCT", "VERB", "AUX", "CCONJ")


class Wrong(NamedTuple):
    """A French preposition, the English one in its place, and what it most often is in English."""

    french: Token
    english: Token
    usual: str


def wrong_prepositions(pair: Pair) -> Iterator[Wrong]:
    """English prepositions right behind the counterpart of the word before a French one that never render it."""
    best: dict[int, list[int]] = {}
    for link in pair.links:
        if link.probability >= LEAST_LINK:
            best.setdefault(link.source, []).append(link.target)
    for before, french in zip(pair.source.tokens, pair.source.tokens[1:], strict=False):
        kind = _FORMS.get(french.text.lower())
        if kind is None or french.pos != "ADP" or before.index not in best:
            continue
        start = max(best[before.index])
        noun = _noun_behind(pair, french)
        end = min((place for place in best.get(-1 if noun is None else noun.index, ()) if place > start), default=None)
        if end is None or end - start > _REACH:
            continue
        between = [token for place in range(start + 1, end) if (token := pair.target.token(place)) is not None]
        if not between or any(token.pos in _BREAKS for token in between) or sum(t.pos == "ADP" for t in between) != 1:
            continue
        english = between[0]
        if english.text.lower() == "under" and len(between) == 1:
            continue  # "under fire", "under pressure": a bare noun names a state, and French has its own phrase for it
        if any(token.text.lower() == english.text.lower() for token in pair.target.tokens if token.index < start):
            continue  # "to do without their hooker and probably without their captain"
        if english.pos == "ADP" and english.text.lower() in _NEVER[kind].split():
            yield Wrong(french, english, _USUAL[kind])


def _noun_behind(pair: Pair, preposition: Token) -> Token | None:
    after = (pair.source.token(preposition.index + step) for step in (1, 2, 3))
    return next((t for t in after if t is not None and t.pos in ("NOUN", "PROPN", "NUM", "ADJ")), None)
