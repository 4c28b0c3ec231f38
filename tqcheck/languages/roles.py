"""Names that both sides of a pair have, and what stands around them: who does what to whom, and who is what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.languages.spelling import fold
from tqcheck.model import Pair, Segment, Token

_NEAR = 3
"""So many words on either side of a name are its surroundings."""

_FIRM = 0.6
"""Probability of a word link from which on it shows where the surroundings went."""

_LEAST = 3
"""So many words around two names must have gone to the other name; of each, two where they stand close together."""

_APART = 7
"""So many words apart names do not stand close together: "LSU coach Will Wade" was only turned round."""

_OBJECTS = {"fr": ("obj", "obl:arg", "iobj"), "en": ("dobj", "obj", "dative")}


class Name(NamedTuple):
    """A run of words that are a name in one of the texts: ``first`` to ``last`` as places in the segment's tokens."""

    first: int
    last: int
    tokens: tuple[Token, ...]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(fold(token.text) for token in self.tokens if len(token.text) > 2)


class Twin(NamedTuple):
    """A name in the French and the same name in the English; each is there once."""

    french: Name
    english: Name


def twins(pair: Pair) -> tuple[Twin, ...]:
    """The names that stand once on each side, in the order of the French."""
    here, there = _names(pair.source), _names(pair.target)
    found = []
    for name in here:
        same = [other for other in there if other.words & name.words]
        back = [other for other in here if same and other.words & same[0].words]
        if len(same) == 1 and len(back) == 1:
            found.append(Twin(name, same[0]))
    return tuple(found)


def _names(segment: Segment) -> tuple[Name, ...]:
    found: list[Name] = []
    run: list[int] = []
    for place, token in enumerate((*segment.tokens, None)):
        if token is not None and token.pos == "PROPN" and token.text[:1].isupper():
            run.append(place)
        elif run:
            found.append(Name(run[0], run[-1], segment.tokens[run[0] : run[-1] + 1]))
            run = []
    return tuple(name for name in found if name.words)


def exchanged(pair: Pair) -> Iterator[tuple[Twin, Twin]]:
    """Two names of which each stands where the other should: by what is around them, or as subject and object."""
    found = twins(pair)
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            if _surroundings_changed(pair, one, other) or _roles_changed(pair, one, other):
                yield one, other


def _surroundings_changed(pair: Pair, one: Twin, other: Twin) -> bool:
    near, far = (
        _went(pair, one.french, one.english, other.english),
        _went(pair, other.french, other.english, one.english),
    )
    apart = min(abs(one.english.first - other.english.first), abs(one.french.first - other.french.first)) >= _APART
    least = 1 if apart else 2
    return near[0] == far[0] == 0 and min(near[1], far[1]) >= least and near[1] + far[1] >= _LEAST


def _went(pair: Pair, french: Name, own: Name, other: Name) -> tuple[int, int]:
    """How many words around a French name went to the surroundings of its own English name, and to the other's."""
    tokens = pair.source.tokens
    around = (*tokens[max(0, french.first - _NEAR) : french.first], *tokens[french.last + 1 : french.last + 1 + _NEAR])
    indices = {token.index for token in around if token.is_word}
    targets = [link.target for link in pair.links if link.source in indices and link.probability >= _FIRM]
    first = pair.target.tokens[0].index
    places = [target - first for target in targets]
    mine = sum(_is_near(place, own) and not _is_near(place, other) for place in places)
    theirs = sum(_is_near(place, other) and not _is_near(place, own) for place in places)
    return mine, theirs


def _is_near(place: int, name: Name) -> bool:
    return name.first - _NEAR <= place <= name.last + _NEAR


def _roles_changed(pair: Pair, one: Twin, other: Twin) -> bool:
    """Whether a verb has the one as subject and the other as object in French, and the other way round in English."""
    for link in pair.links:
        if link.probability < _FIRM:
            continue
        french, english = pair.source.token(link.source), pair.target.token(link.target)
        if french is None or english is None or french.pos != "VERB" or english.pos != "VERB":
            continue
        here, there = _roles(pair.source, french, "fr"), _roles(pair.target, english, "en")
        if here is None or there is None:
            continue
        for subject, object_ in ((one, other), (other, one)):
            if (
                here[0] in subject.french.tokens
                and here[1] in object_.french.tokens
                and there[0] in object_.english.tokens
                and there[1] in subject.english.tokens
            ):
                return True
    return False


def _roles(segment: Segment, verb: Token, lang: str) -> tuple[Token, Token] | None:
    """The subject and the object of an active verb."""
    children = segment.children(verb)
    if any(child.dep in ("aux:pass", "auxpass", "nsubjpass", "nsubj:pass") for child in children):
        return None
    subjects = [child for child in children if child.dep == "nsubj"]
    objects = [child for child in children if child.dep in _OBJECTS[lang]]
    return (subjects[0], objects[0]) if len(subjects) == len(objects) == 1 else None
