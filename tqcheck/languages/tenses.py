"""The tense of a French and of an English verb with its auxiliaries, in terms that both languages share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tqcheck.model import Pair, Segment, Token


class Tense(StrEnum):
    """When something happens, as the verb says it. ``PERFECT``: « a dit », "has said"; ``PAST``: « dit », "said"."""

    PRESENT = "present"
    FUTURE = "future"
    PAST = "past"
    PERFECT = "perfect"
    PLUPERFECT = "pluperfect"
    CONDITIONAL = "conditional"
    CONDITIONAL_PAST = "conditional past"
    MODAL = "modal"


class Clause(NamedTuple):
    """A verb, the first of its words that shows the tense, the tense, and whether it is a passive."""

    verb: Token
    shown: Token
    tense: Tense
    passive: bool


_FRENCH = {
    "Pres": Tense.PRESENT, "Fut": Tense.FUTURE, "Imp": Tense.PAST, "Past": Tense.PAST,
}  # fmt: skip
_COMPOUND = {
    Tense.PRESENT: Tense.PERFECT,
    Tense.PAST: Tense.PLUPERFECT,
    Tense.CONDITIONAL: Tense.CONDITIONAL_PAST,
}
_ENGLISH_AUXILIARIES = {
    "will": Tense.FUTURE, "'ll": Tense.FUTURE, "’ll": Tense.FUTURE, "wo": Tense.FUTURE, "shall": Tense.FUTURE,
    "would": Tense.CONDITIONAL, "can": Tense.MODAL, "ca": Tense.MODAL, "could": Tense.MODAL, "may": Tense.MODAL,
    "might": Tense.MODAL, "must": Tense.MODAL, "should": Tense.MODAL, "ought": Tense.MODAL, "cannot": Tense.MODAL,
    "is": Tense.PRESENT, "are": Tense.PRESENT, "am": Tense.PRESENT, "'m": Tense.PRESENT, "’m": Tense.PRESENT,
    "'re": Tense.PRESENT, "’re": Tense.PRESENT, "do": Tense.PRESENT, "does": Tense.PRESENT, "did": Tense.PAST,
    "was": Tense.PAST, "were": Tense.PAST, "has": Tense.PERFECT, "have": Tense.PERFECT, "'ve": Tense.PERFECT,
    "’ve": Tense.PERFECT, "had": Tense.PLUPERFECT,
}  # fmt: skip


def french_clause(segment: Segment, verb: Token) -> Clause | None:
    """The tense of a French verb, participle, or adjective or noun with a copula; None where it has none of its own."""
    children = segment.children(verb)
    tense_word = next((t for t in children if t.dep in ("aux:tense", "aux") and t.lemma in ("avoir", "être")), None)
    passive = next((t for t in children if t.dep == "aux:pass"), None)
    copula = next((t for t in children if t.dep == "cop"), None)
    shown = tense_word or passive or copula or (verb if verb.pos in ("VERB", "AUX") else None)
    simple = None if shown is None else _simple(shown)
    if shown is None or simple is None:
        return None
    if tense_word is None:
        return Clause(verb, shown, simple, passive is not None)
    compound = _COMPOUND.get(simple)
    return None if compound is None else Clause(verb, shown, compound, passive is not None)


def _simple(token: Token) -> Tense | None:
    if token.feature("VerbForm") != "Fin":
        return None
    mood = token.feature("Mood")
    if mood == "Cnd":
        return Tense.CONDITIONAL
    return _FRENCH.get(token.feature("Tense") or "") if mood == "Ind" else None


def english_clause(segment: Segment, verb: Token) -> Clause | None:
    """The tense of an English verb, or of "be" with what it links; None for infinitives, gerunds and the like."""
    children = segment.children(verb)
    helpers = [t for t in children if t.dep in ("aux", "auxpass") and t.index < verb.index]
    passive = any(t.dep == "auxpass" for t in children)
    if any(t.text.lower() == "to" for t in helpers):
        return None
    if helpers:
        tense = _ENGLISH_AUXILIARIES.get(helpers[0].text.lower())
        if helpers[0].text.lower() in ("'s", "’s", "'d", "’d") or tense is None:
            return None
        if tense is Tense.CONDITIONAL and any(t.lemma == "have" for t in helpers[1:]):
            tense = Tense.CONDITIONAL_PAST
        return Clause(verb, helpers[0], tense, passive)
    if verb.feature("VerbForm") != "Fin":
        return None
    tense = {"Pres": Tense.PRESENT, "Past": Tense.PAST}.get(verb.feature("Tense") or "")
    return None if tense is None else Clause(verb, verb, tense, False)


_WITH_ETRE = frozenset(
    """aller arriver décéder descendre devenir entrer intervenir monter mourir naître partir parvenir passer rentrer
    repartir rester retourner revenir sortir survenir tomber venir""".split()
)
_LASTING = frozenset(
    "être avoir vivre habiter attendre chercher essayer tenter durer penser croire porter parler".split()
)
"""Verbs of what lasts: « il a longtemps vécu », "he was living"."""
_LOOKS_FUTURE = re.compile(r"\w+r(?:ai|as|a|ons|ez|ont)")
_LOOKS_IMPERFECT = re.compile(r"\w+(?:ais|ait|ions|iez|aient)")
_LOOKS_CONDITIONAL = re.compile(r"\w+r(?:ais|ait|ions|iez|aient)")
_PAST = (Tense.PAST, Tense.PERFECT, Tense.PLUPERFECT)


def is_past(clause: Clause) -> bool:
    """Whether a French clause is about the past beyond doubt; the tagger's word alone does not do for every form."""
    shown = clause.shown.text.lower()
    if clause.tense not in _PAST or _LOOKS_FUTURE.fullmatch(shown) or _LOOKS_CONDITIONAL.fullmatch(shown):
        return False
    if clause.verb is clause.shown:
        return _LOOKS_IMPERFECT.fullmatch(shown) is not None or shown.endswith(("èrent", "urent", "irent", "é", "a"))
    if clause.verb.pos in ("VERB", "AUX") and clause.verb.feature("VerbForm") != "Part":
        return clause.tense is Tense.PAST
    if clause.tense is Tense.PERFECT and clause.shown.lemma == "être":
        return clause.verb.lemma in _WITH_ETRE
    return clause.tense is not Tense.PERFECT or clause.verb.pos == "VERB"


def is_future(clause: Clause) -> bool:
    """Whether a French clause is in the simple future, by tag and by form."""
    return clause.tense is Tense.FUTURE and _LOOKS_FUTURE.fullmatch(clause.shown.text.lower()) is not None


def is_conditional(clause: Clause) -> bool:
    """Whether a French clause is in the conditional, by tag and by form."""
    tenses = (Tense.CONDITIONAL, Tense.CONDITIONAL_PAST)
    return clause.tense in tenses and _LOOKS_CONDITIONAL.fullmatch(clause.shown.text.lower()) is not None


_BEING = frozenset("was were been".split())
_GOING_ON = re.compile(
    r"\b(?:en train de|pendant (?:que|qu)|tandis que|alors que|lorsque|lorsqu|quand|toujours|encore|sans cesse"
    r"|longtemps)\b"
)


def is_finished(segment: Segment, clause: Clause) -> bool:
    """Whether a French verb tells an act as done once, by its tense, with nothing by it that says how long it took."""
    if clause.verb.pos != "VERB" or clause.verb.lemma in _LASTING or _GOING_ON.search(segment.text.lower()):
        return False
    compound = clause.tense is Tense.PERFECT and clause.verb.feature("VerbForm") == "Part"
    simple = clause.tense is Tense.PAST and clause.shown is clause.verb
    return (compound or (simple and clause.verb.feature("Tense") == "Past")) and is_past(clause)


def is_going_on(segment: Segment, clause: Clause) -> bool:
    """Whether an English verb tells what was going on: "was falling", "was being built"."""
    helpers = {child.text.lower() for child in segment.children(clause.verb) if child.dep in ("aux", "auxpass")}
    ending = clause.verb.text.lower().endswith("ing") and clause.verb.feature("VerbForm") != "Fin"
    return clause.tense is Tense.PAST and bool(helpers & _BEING) and (ending or "being" in helpers)


def clauses(pair: Pair, least: float) -> Iterator[tuple[Clause, Clause]]:
    """The verbs that render each other by a link of at least ``least``, with the tenses of both."""
    linked: dict[int, list[Token]] = {}
    for link in pair.links:
        token = pair.target.token(link.target)
        if link.probability >= least and token is not None:
            linked.setdefault(link.source, []).append(token)
    for verb in pair.source.tokens:
        if verb.pos not in ("VERB", "AUX", "ADJ", "NOUN") or verb.index not in linked:
            continue
        french = french_clause(pair.source, verb)
        if french is None:
            continue
        for token in linked[verb.index]:
            finite = _finite(pair.target, token, nominal=verb.pos in ("ADJ", "NOUN"))
            english = None if finite is None else english_clause(pair.target, finite)
            if english is not None:
                yield french, english


def _finite(segment: Segment, token: Token, nominal: bool) -> Token | None:
    """The English verb that says ``token`` of something: itself, or the "be" on which an adjective hangs."""
    if token.pos in ("VERB", "AUX"):
        return token
    head = segment.head(token)
    return head if nominal and head is not None and head.lemma == "be" and token.dep in ("acomp", "attr") else None
