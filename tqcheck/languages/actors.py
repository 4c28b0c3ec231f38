"""Who does it and to whom: the subject and the object of a verb in both languages, and where the two changed places.

A French relative clause hides its subject behind the verb (« dont dépend le projet ») or between « que » and the verb
(« que Paris soupçonne »); English puts it in front. The functions read it from the parse and the order of the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.model import Pair, Segment, Token

FIRM = 0.5
"""Probability of a word link from which on two verbs are taken for one another's rendering."""
FAIR = 0.45
"""The same of their subjects and objects."""

_CONVERSE = frozenset(
    """plaire déplaire manquer falloir appartenir convenir rester revenir intéresser inquiéter préoccuper étonner
    surprendre amuser ennuyer réjouir fasciner passionner échapper suffire arriver succéder précéder suivre vendre
    acheter louer prêter emprunter hériter recevoir donner devoir coûter valoir rappeler souvenir tarder tenter
    rapporter opposer marier épouser rencontrer croiser ressembler toucher apprendre rejoindre retrouver réunir
    affronter jouer égaler côtoyer entourer accompagner partager relier lier séparer remplacer composer constituer
    être avoir faire dire signifier compter former comprendre contenir inclure représenter évoquer concerner regarder
    permettre montrer attendre sembler paraître occuper habiter""".split()
)
"""Verbs that English turns round (« cela me plaît », "I like it"), or that say the same both ways (« croiser »)."""

_RELATIVE = frozenset("which that who whom".split())
_TURNING = frozenset("dont que qu' qu’".split())
"""Relative pronouns after which the subject may stand behind the verb."""
_CLITICS = frozenset("me m' m’ te t' t’ nous vous le la l' l’ les lui leur".split())
_OBJECTS = ("obj", "iobj", "obl:arg")
_PASSIVE = ("aux:pass", "auxpass", "nsubjpass", "nsubj:pass")
_REACHING = {"depend": ("on", "upon"), "rely": ("on", "upon"), "look": ("for",), "search": ("for",), "wait": ("for",)}
"""Verbs whose object stands behind a preposition."""


class Exchanged(NamedTuple):
    """A French verb and its subject, the English verb, and the English object that renders that subject."""

    verb: Token
    subject: Token
    english: Token
    object_: Token
    first: Token
    """The English word that stands where the subject should."""


def exchanged(pair: Pair) -> Iterator[Exchanged]:
    """The verbs of a pair whose subject and object have changed places; verbs that may be turned round left out."""
    for link in pair.links:
        verb, english = pair.source.token(link.source), pair.target.token(link.target)
        if link.probability < FIRM or verb is None or english is None or verb.pos != "VERB" or english.pos != "VERB":
            continue
        if {verb.lemma, f"{verb.lemma}r"} & _CONVERSE or not (
            _is_active(pair.source, verb) and _is_active(pair.target, english)
        ):
            continue
        found = _exchanged(pair, verb, english)
        if found is not None:
            yield found


def _exchanged(pair: Pair, verb: Token, english: Token) -> Exchanged | None:
    subject = _subject(pair.source, verb)
    first = [child for child in pair.target.children(english) if child.dep == "nsubj"]
    objects = _objects(pair.target, english)
    if subject is None or len(first) != 1 or len(objects) != 1:
        return None
    if not _stands_for(pair, subject, objects[0]) or _is_linked(pair, subject, first[0]):
        return None
    others = [child for child in pair.source.children(verb) if child.index != subject.index and _is_object(child)]
    if any(_stands_for(pair, other, first[0]) for other in others):
        return Exchanged(verb, subject, english, objects[0], first[0])
    return None


def _subject(segment: Segment, verb: Token) -> Token | None:
    """The one subject of a verb; in a relative clause without one before the verb that which stands behind it."""
    children = segment.children(verb)
    relative = next((child for child in children if child.text.lower() in _TURNING), None)
    if relative is not None:
        children = tuple(child for child in children if child.index > relative.index)
    subjects = [child for child in children if child.dep == "nsubj"]
    ahead = [child for child in children if child.index < verb.index and (child.pos == "PRON" or child in subjects)]
    if relative is not None and not ahead:
        subjects = [child for child in children if child.dep in ("nsubj", "obj") and child.index > verb.index]
    elif any(subject.index > verb.index for subject in subjects):
        return None
    return subjects[0] if len(subjects) == 1 else None


def _is_object(token: Token) -> bool:
    text = token.text.lower()
    return token.dep in _OBJECTS or text in _CLITICS or text in _TURNING


def _objects(segment: Segment, verb: Token) -> list[Token]:
    """The objects of an English verb, those behind the preposition of a few verbs among them."""
    found = [child for child in segment.children(verb) if child.dep in ("dobj", "obj")]
    prepositions = _REACHING.get(verb.lemma, ())
    for child in segment.children(verb):
        if not found and child.dep == "prep" and child.text.lower() in prepositions:
            found += [below for below in segment.children(child) if below.dep == "pobj"]
    return found


def _stands_for(pair: Pair, french: Token, english: Token) -> bool:
    """Whether a word renders another; a relative pronoun any relative, where neither has another link."""
    if _is_linked(pair, french, english):
        return True
    relative = french.text.lower() in {*_TURNING, "qui"} and english.text.lower() in _RELATIVE
    return relative and not pair.rendered(french) and not pair.behind(english)


def _is_linked(pair: Pair, french: Token, english: Token) -> bool:
    ends = french.index, english.index
    return any((link.source, link.target) == ends and link.probability >= FAIR for link in pair.links)


def _is_active(segment: Segment, verb: Token) -> bool:
    return not any(child.dep in _PASSIVE or child.lemma == "être" for child in segment.children(verb))
