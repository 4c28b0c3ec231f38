"""Who says what, and how: French verbs of saying and English ones that say it otherwise; « selon » and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages import tables
from tqcheck.languages.opposites import is_turned
from tqcheck.model import Pair, Segment, Token

LEAST_LINK = 0.5
"""Probability of a word link below which it does not show what stands behind a word."""

_SOURCES = frozenset(
    """police policier gendarmerie gendarme parquet procureur justice avocat juge enquêteur enquête source ministère
    ministre président présidente gouvernement porte-parole autorité autorités mairie maire préfecture préfet armée
    état-major syndicat direction entreprise groupe association organisation ong agence presse média journal quotidien
    hebdomadaire télévision radio site expert spécialiste économiste analyste chercheur étude sondage rapport témoin
    habitant voisin proche famille victime responsable dirigeant élu député sénateur opposition observateur
    diplomate médecin hôpital scientifique historien auteur institut banque commission organisateur manifestant
    communiqué document estimation bilan rumeur""".split()
)
"""Lemmas of those who vouch for a statement behind « selon »."""

_TELLS = re.compile(
    r"\b(?:accord\w+|sa(?:id|ys?|ying)|told|tells?|report\w*|claim\w*|announc\w+|stat(?:e[sd]?|ement|ing)|declar\w+|believ\w+"
    r"|think\w*|thought|estimat\w+|sources?|show\w*|f(?:ind|ound)\w*|suggest\w*|indicat\w+|reveal\w*|explain\w*|argu\w+"
    r"|survey\w*|polls?|stud(?:y|ies)|witness\w*|allege\w*|quot\w+|cit\w+|add(?:s|ed)|not(?:es|ed)|view|opinion|per"
    r"|consider\w*|insist\w*|maintain\w*|contend\w*|reckon\w*|predict\w*|expect\w*|put|puts|based|under|depending)\b",
    re.I,
)


class Manner(NamedTuple):
    """English verbs that do not render a French verb of saying, and how that says it."""

    wrong: frozenset[str]
    says: str


@cache
def _manners() -> Mapping[str, Manner]:
    """By French lemma."""
    found: dict[str, Manner] = {}
    for row in tables.load("attribution"):
        manner = Manner(frozenset(row["wrong"].split("|")), row["says"])
        found.update(dict.fromkeys(row["french"].split("|"), manner))
    return MappingProxyType(found)


def misreported(pair: Pair) -> Iterator[tuple[Token, Token, str]]:
    """French verbs of saying, the English verbs that say it otherwise, and how the French says it."""
    for french in pair.source.tokens:
        manner = _manners().get(french.lemma.lower()) if french.pos == "VERB" else None
        if manner is None:
            continue
        rendered = pair.rendered(french)
        english = next((token for token in rendered if token.lemma.lower() in manner.wrong and _is_verb(token)), None)
        if english is None or len(pair.behind(english)) != 1 or len([t for t in rendered if t.pos == "VERB"]) != 1:
            continue
        if is_turned(pair.source, french, "fr") or is_turned(pair.target, english, "en"):
            continue
        yield french, english, manner.says


def _is_verb(token: Token) -> bool:
    return token.pos == "VERB"


def lost_sources(pair: Pair) -> Iterator[tuple[Token, ...]]:
    """« selon » or « d'après » with the source behind it, where the English names no source and tells of no saying."""
    if _TELLS.search(pair.target.text) or '"' in pair.target.text or "“" in pair.target.text:
        return
    for token in pair.source.tokens:
        source = _source(pair.source, token)
        if source and not any(pair.rendered(word) for word in source if word.pos in ("NOUN", "PROPN", "VERB", "ADJ")):
            yield source


def _source(segment: Segment, token: Token) -> tuple[Token, ...]:
    """The words from « selon » to the end of its source, () for other words and other senses (« selon le cas »)."""
    if token.text.lower() not in ("selon", "après"):
        return ()
    first = token
    if token.text.lower() == "après":
        before = segment.token(token.index - 1)
        if before is None or before.text.lower().replace("’", "'") != "d'":
            return ()
        first = before
    head = segment.head(token)
    if head is None or head.index <= token.index or head.index - token.index > 4:
        return ()
    names = head.pos == "PROPN" and head.entity in ("PER", "ORG")
    if not names and head.lemma.lower() not in _SOURCES:
        return ()
    start = first.index - segment.tokens[0].index
    return segment.tokens[start : head.index - segment.tokens[0].index + 1]
