"""What a pronoun's sentence says of it, and whether that is said of people or of things.

« elle pense », "he has married" are said of people, « il fonctionne », "it costs" of things. `features` names what is
said, `evidence` weighs it. The weights stand in predicates.tsv; training/coreference made them from parallel text, in
which "he" and "she" against "it" told the two apart: no text of it is here, only the words' log odds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from tqcheck.languages import pronouns
from tqcheck.languages.mentions import Kind, kind_of
from tqcheck.model import Pair, Segment, Token

_FRENCH_SUPPORT = frozenset(
    "pouvoir devoir aller venir commencer continuer finir sembler paraître risquer falloir cesser être avoir".split()
)
"""Verbs that say little of their subject: what is said is said by their infinitive."""
_ENGLISH_SUPPORT = frozenset(
    "can could may might must shall should will would go begin start continue stop seem appear need have use be get "
    "keep become happen tend come".split()
)
_SUBJECT = ("nsubj", "nsubj:pass", "nsubjpass", "expl:subj", "csubj")
_REFLEXIVE = frozenset(("se", "s'", "s’", "-se"))


def french_features(segment: Segment, pronoun: Token) -> tuple[str, ...]:
    """What French says of ``pronoun``: a subject's predicate and its complements, and what is said to be its own."""
    head = pronouns.governor(segment, pronoun)
    if head is None:
        return ()
    return tuple(dict.fromkeys((*_french(segment, pronoun, head), *_belongings(segment, pronoun, head))))


def _french(segment: Segment, pronoun: Token, head: Token) -> Iterator[str]:
    children = segment.children(head)
    if pronoun.text.startswith(("-", "‑")) and not any(t.text == "?" for t in segment.tokens[-3:]):
        yield "fr:inverted"
    copula = any(child.dep == "cop" for child in children)
    if not copula and head.pos in ("VERB", "AUX"):
        reflexive = any(
            child.text.lower() in _REFLEXIVE and child.dep.startswith(("expl", "obj", "iobj")) for child in children
        )
        passive = any(child.dep == "aux:pass" for child in children)
        yield f"fr:{'se ' if reflexive else ''}{pronouns.infinitive(head)}{'/passive' if passive else ''}"
        if head.lemma == "devenir":
            yield from (f for child in children if child.pos == "NOUN" for f in _predicate_noun(segment, child))
    elif head.pos in ("ADJ", "VERB"):
        yield f"fr:est {head.lemma.lower()}"
    elif head.pos == "NOUN":
        yield f"fr:est {head.lemma.lower()}"
        yield from _predicate_noun(segment, head)
    for child in children:
        yield from _french_complement(segment, head, child)


def _predicate_noun(segment: Segment, noun: Token) -> Iterator[str]:
    kind, _ = kind_of(noun.lemma.lower())
    preposition = next(
        (t.lemma.lower() for t in segment.children(noun) if t.dep == "case" and t.index < noun.index), None
    )
    yield f"fr:est-{preposition or kind}"


def _french_complement(segment: Segment, head: Token, child: Token) -> Iterator[str]:
    word = child.lemma.lower()
    if child.pos == "NOUN" and child.dep in ("obj", "obl:arg", "obl:mod", "obl", "xcomp") and child.index > head.index:
        yield f"fr:o {word}"
        marks = {t.text.lower() for t in segment.children(child)}
        if marks & {"comme", "que", "qu'", "tant"} and kind_of(word)[0] is Kind.PERSON:
            yield "fr:as a person"
    if child.pos == "ADJ" and child.dep in ("xcomp", "obj"):
        yield f"fr:est {word}"
    if child.dep in ("xcomp", "ccomp", "obj", "advcl") and child.pos in ("VERB", "AUX"):
        if any(grandchild.dep in _SUBJECT for grandchild in segment.children(child)):
            yield "fr:+clause"
        elif child.feature("VerbForm") == "Inf" and head.lemma in _FRENCH_SUPPORT:
            reflexive = any(t.text.lower() in _REFLEXIVE for t in segment.children(child))
            yield f"fr:{'se ' if reflexive else ''}{word}"
            for grandchild in segment.children(child):
                if grandchild.pos == "NOUN" and grandchild.index > child.index:
                    yield f"fr:o {grandchild.lemma.lower()}"
        elif child.feature("VerbForm") == "Inf":
            yield "fr:+infinitive"
    if (
        child.dep in ("iobj", "obj")
        and child.pos == "PRON"
        and word not in ("se", "le", "en", "y", "que", "qui", "dont")
    ):
        yield "fr:+person"


def _belongings(segment: Segment, pronoun: Token, head: Token) -> Iterator[str]:
    """Nouns with « son », « sa », « ses » in the pronoun's clause: careers and wives are people's."""
    for token in segment.subtree(head):
        if token.pos == "NOUN" and abs(token.index - pronoun.index) < 25:
            before = (segment.token(token.index - 1), segment.token(token.index - 2))
            if any(t is not None and t.text.lower() in ("son", "sa", "ses") and t.head == token.index for t in before):
                yield f"fr:own {token.lemma.lower()}"
                yield f"fr:own-{kind_of(token.lemma.lower())[0]}"


def english_features(segment: Segment, pronoun: Token) -> tuple[str, ...]:
    """The same of an English pronoun."""
    head = segment.head(pronoun)
    return () if head is None else tuple(dict.fromkeys(_english(segment, pronoun, head)))


def _english(segment: Segment, pronoun: Token, head: Token) -> Iterator[str]:
    if head.pos not in ("VERB", "AUX"):
        return
    children = segment.children(head)
    word = head.lemma.lower()
    particle = next((f" {child.text.lower()}" for child in children if child.dep == "prt"), "")
    if word not in ("be", "'s", "s"):
        yield f"en:{word}{particle}{'/passive' if pronoun.dep == 'nsubjpass' else ''}"
    for child in children:
        own = child.lemma.lower()
        if child.dep in ("acomp", "oprd") or (child.dep == "attr" and child.pos == "ADJ"):
            yield f"en:is {own}"
        elif child.dep == "attr" and child.pos in ("NOUN", "PROPN"):
            yield f"en:is {own}"
            determined = any(t.dep in ("det", "poss") for t in segment.children(child))
            yield f"en:is-{'a' if determined else '-'}"
        elif child.dep in ("dobj", "obj") and child.pos == "NOUN":
            yield f"en:o {own}"
        elif child.dep == "prep":
            yield from (f"en:o {noun.lemma.lower()}" for noun in segment.children(child) if noun.pos == "NOUN")
        elif child.dep in ("xcomp", "ccomp") and child.pos in ("VERB", "AUX"):
            if any(t.dep in _SUBJECT for t in segment.children(child)):
                yield "en:+clause"
            elif word in _ENGLISH_SUPPORT:
                yield f"en:{own}"
            else:
                yield "en:+infinitive"
        elif child.dep in ("dative", "dobj") and child.text.lower() in ("me", "you", "us", "him", "her", "them"):
            yield "en:+person"


def possession_features(pair: Pair, possessive: Token) -> tuple[str, ...]:
    """What is possessed, in both languages: a wife is somebody's, an engine something's."""
    noun = pair.source.head(possessive)
    if noun is None or noun.pos != "NOUN":
        following = pair.source.token(possessive.index + 1)
        noun = following if following is not None and following.pos == "NOUN" else None
    if noun is None:
        return ()
    return (f"fr:of {noun.text.lower()}", *(f"en:of {t.text.lower()}" for t in pair.rendered(noun) if t.pos == "NOUN"))


@cache
def table(name: str) -> Mapping[str, float]:
    """A table of weights that lies beside this file: a feature and its weight a line."""
    lines = files("tqcheck.languages").joinpath(name).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({feature: float(weight) for feature, weight in rows})


def evidence(features: tuple[str, ...], weights: Mapping[str, float]) -> float:
    """The log odds (natural logarithm) that what is said is said of a thing: above 0 a thing, below 0 a person."""
    return sum(weights.get(feature, 0.0) for feature in features)
