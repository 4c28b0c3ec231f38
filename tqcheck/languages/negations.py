"""The verbs that a sentence denies outright: « ne … pas » and "not", what they deny, and how far they reach.

Left out is what denies less than the verb: « ne … que » (only), the « ne » without a particle after « avant que » and
« craindre que », « plus grand que je ne l'ai jamais vu », « pas seulement », "not until", "whether or not".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.languages.polarity import NE, PARTICLES, QUE
from tqcheck.model import Segment, Token


class Negation(NamedTuple):
    """The words that deny (« n' » and « pas », or "not") in text order, and the word that they deny.

    ``scope`` is the « toujours » of « pas toujours », the "very" of "not very": it may be all that is denied.
    """

    words: tuple[Token, ...]
    host: Token
    scope: Token | None


_AFTER_MORE = frozenset("de tôt tard vite loin souvent longtemps haut bas cher fort".split())
"""What follows a « plus » that compares and denies nothing: « à moins qu'il n'arrive plus tôt »."""

_COMPARATIVES = frozenset("plus moins aussi mieux autant davantage pire".split())
_MEASURES = frozenset("de d' d’ du des que qu' qu’".split())
_WONDERING = frozenset("demander demande interroger examiner savoir voir vérifier".split())
_LITERARY = frozenset("pouvoir oser".split())
"""Verbs that « ne » denies alone."""

_ENGLISH = frozenset({"not", "n't", "n’t", "never", "cannot"})
_NOT_DENYING = {
    "fr": frozenset(
        "seulement uniquement simplement exclusivement que qu' qu’ moins mal loin même avant plus grand-chose".split()
    ),
    "en": frozenset("only just merely simply least to until solely even so as yet for".split()),
}
_SCOPED = {
    "fr": frozenset(
        """toujours tous toutes tout toute assez suffisamment si aussi autant trop forcément nécessairement très
        tellement vraiment beaucoup tant entièrement complètement totalement exactement particulièrement
        directement""".split()
    ),
    "en": frozenset(
        """all every everyone always necessarily enough too quite very exactly entirely completely totally really
        particularly directly much many""".split()
    ),
}
_LIGHT = frozenset(
    "be have do get in on at of under être avoir faire pouvoir devoir vouloir aller falloir savoir".split()
)
_COMPLEMENTS = (("xcomp", "acomp"), ("attr", "oprd"), ("obj", "dobj"), ("ccomp",), ("prep",), ("pobj",))
_OBJECT_FIRST = (("obj", "dobj"), *_COMPLEMENTS)


def negations(segment: Segment, lang: str) -> tuple[Negation, ...]:
    """The outright negations of a sentence, in order."""
    return tuple(_french(segment) if lang == "fr" else _english(segment))


def _french(segment: Segment) -> Iterator[Negation]:
    tokens = segment.tokens
    for place, ne in enumerate(tokens):
        if ne.text.lower() not in NE or _denies_nothing(segment, place):
            continue
        host = _denied_by_ne(segment, ne)
        if host is None:
            continue
        particle = _subject(segment, host, ne) or _particle(tokens[place + 1 : place + 8])
        if particle is None:
            if host.lemma in _LITERARY and not _limited(tokens, place):
                yield Negation((ne,), host, None)
        elif not _is_only(segment, particle):
            yield Negation(tuple(sorted((ne, particle), key=lambda t: t.index)), host, _scope(segment, particle, "fr"))


def _limited(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a « ne » without its particle belongs to « ne … que » or to an « aucun » that stands before it."""
    return any(token.text.lower() in QUE for token in tokens[place : place + 14]) or any(
        token.text.lower() in PARTICLES for token in tokens[max(0, place - 12) : place]
    )


def _denies_nothing(segment: Segment, place: int) -> bool:
    """« n'importe », « n'est-ce pas », « n'en peux plus », comparisons, « se demande si … ne », « tous … ne »."""
    tokens = segment.tokens
    after = [token.text.lower() for token in tokens[place + 1 : place + 4]]
    if after[:1] in (["importe"], ["importent"]) or "".join(after[:2]) in ("est-ce", "serait-ce", "enpeux", "enpeut"):
        return True
    if place and tokens[place - 1].text.lower() == "on" and after[:2] == ["peut", "plus"]:
        return True
    if after[:2] in (["en", "est"], ["en", "sont"], ["en", "était"]) and "à" in (
        t.text for t in tokens[place + 4 : place + 6]
    ):
        return True
    before = tokens[max(0, place - 12) : place]
    words = [token.text.lower() for token in before]
    if any(word in QUE for word in words[-3:]) and _COMPARATIVES.intersection(words):
        return True
    if any(word in ("si", "s'", "s’") for word in words[-5:]) and any(t.lemma in _WONDERING for t in before):
        return True
    return any(token.lemma.lower() == "tout" for token in before[-6:])


def _particle(window: tuple[Token, ...]) -> Token | None:
    """What closes « ne »; None if the « que » of "only" stands before it."""
    for place, token in enumerate(window):
        word = token.text.lower()
        if word in QUE or word in ("presque", "quasiment", "pratiquement"):
            return None
        compares = word == "plus" and any(after.text in _AFTER_MORE for after in window[place + 1 : place + 2])
        if word in PARTICLES and not compares:
            return token
    return None


def _subject(segment: Segment, host: Token, ne: Token) -> Token | None:
    """« aucun pays ne », « personne ne », « rien ne »: the subject that denies."""
    for subject in segment.children(host):
        if subject.dep.startswith("nsubj") and subject.index < ne.index:
            for token in (subject, *segment.children(subject)):
                if token.text.lower() in PARTICLES - {"pas", "plus", "point"} and token.index < ne.index:
                    return token
    return None


def _is_only(segment: Segment, particle: Token) -> bool:
    """« pas seulement », « ne … plus que », « rien d'autre que »."""
    word = particle.text.lower()
    after = [token.text.lower() for step in (1, 2, 3) if (token := segment.token(particle.index + step)) is not None]
    if after and (after[0] in _NOT_DENYING["fr"] or "moins" in after):
        return True
    return word in ("plus", "jamais", "rien", "aucun", "aucune") and any(a in QUE or a == "autre" for a in after)


def _denied_by_ne(segment: Segment, ne: Token) -> Token | None:
    """The verb that « ne » belongs to: its head, or the next verb where the parser thinks otherwise."""
    head = segment.head(ne)
    if head is not None and head.pos in ("VERB", "AUX", "ADJ", "NOUN"):
        return head
    following = (segment.token(ne.index + step) for step in range(1, 6))
    return next((t for t in following if t is not None and t.pos in ("VERB", "AUX")), None)


def _english(segment: Segment) -> Iterator[Negation]:
    for token in segment.tokens:
        if token.text.lower() not in _ENGLISH:
            continue
        before, after = segment.token(token.index - 1), segment.token(token.index + 1)
        if before is not None and (
            before.text.lower() in ("or", "if", "why", "and", "but") or _exclaims(segment, before)
        ):
            continue
        if after is not None and (after.text.lower() in _NOT_DENYING["en"] or _praises(segment, before, after)):
            continue
        head = segment.head(token)
        if head is not None and head.pos in ("VERB", "AUX"):
            yield Negation((token,), head, _scope(segment, token, "en"))


def _exclaims(segment: Segment, before: Token) -> bool:
    """Whether an auxiliary with "n't" opens the sentence ("Isn't love beautiful!"); "don't" may be an order."""
    first = next((token for token in segment.tokens if token.is_word), None)
    return before is first and before.pos == "AUX" and before.lemma != "do"


def _praises(segment: Segment, before: Token | None, after: Token) -> bool:
    """ "could not be more proud", "couldn't have picked a better one": says the most."""
    following = (segment.token(after.index + step) for step in range(6))
    return (
        before is not None
        and before.lemma.lower() in ("can", "could", "ca")
        and any(token is not None and token.feature("Degree") == "Cmp" for token in following)
    )


def _scope(segment: Segment, word: Token, lang: str) -> Token | None:
    after = segment.token(word.index + 1)
    return after if after is not None and after.text.lower() in _SCOPED[lang] else None


def denies_in_speech(segment: Segment) -> bool:
    """Whether a French verb may be denied without « ne » (« je me sentais plus chez moi »), or in English words."""
    tokens = segment.tokens
    if any(token.text == "not" for token in tokens):
        return True
    if NE.intersection(token.text.lower() for token in tokens):
        return False
    for verb, word, after in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False):
        if verb.pos in ("VERB", "AUX") and word.text.lower() in ("pas", "plus", "jamais", "rien"):
            compares = after is not None and (after.pos in ("ADJ", "ADV", "NUM") or after.text.lower() in _MEASURES)
            if word.text.lower() != "plus" or not compares:
                return True
    return False


def is_condition_of_order(french: Segment, english: Segment) -> bool:
    """Whether an order or ban is told with its consequence: « Ne bouge pas, il te verra » as "If you move, …"."""
    first = next((token.text.lower() for token in french.tokens if token.is_word), "")
    return first in NE and any(token.text.lower() in ("if", "unless", "when") for token in english.tokens)


def content(segment: Segment, host: Token) -> Token | None:
    """The word that carries the meaning of a denied verb: itself, or what « pouvoir », "be" and "have" lean on.

    None where there is no such word.
    """
    lemma = host.lemma.lower()
    if lemma not in _LIGHT:
        return host
    if host.dep == "cop" or host.dep.startswith("aux:"):
        return segment.head(host)
    children = segment.children(host)
    for labels in _OBJECT_FIRST if lemma in ("avoir", "have") else _COMPLEMENTS:
        for token in children:
            if token.dep in labels and token.pos in ("VERB", "ADJ", "NOUN", "AUX", "ADP"):
                return content(segment, token)
    return None


def near(segment: Segment, host: Token, *, steps: int = 3, words: int = 4) -> frozenset[int]:
    """The numbers of the tokens within ``steps`` of the syntax tree or within ``words`` of the text from ``host``."""
    found = {host.index}
    edge = found
    for _ in range(steps):
        beside = {token.head for token in segment.tokens if token.index in edge}
        beside.update(token.index for token in segment.tokens if token.head in edge)
        edge = beside - found
        found = found | edge
    return frozenset(found).union(range(host.index - words, host.index + words + 1))
