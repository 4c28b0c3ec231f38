"""Who or what a French pronoun stands for: candidates by syntax, salience and agreement, weighed together.

For « il », « elle » and for « son », « sa », « ses » every noun phrase, name and earlier pronoun that could be meant is
a candidate; so is somebody, or something, not named here. A candidate's weight is the exponential of a sum of features
of its salience (how near, subject or not, mentioned again…) and of how well it goes with what is said of the pronoun
(`tqcheck.languages.predicates`): a log-linear model in the line of Lappin & Leass 1994 (An Algorithm for Pronominal
Anaphora Resolution) and Denis & Baldridge 2008 (Specialized Models and Ranking for Coreference Resolution). The weights
stand in coreference.tsv and were fitted by training/coreference.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tqcheck.languages import predicates, pronouns
from tqcheck.languages.mentions import Kind, Mention, mentions_of
from tqcheck.model import Bitext, Pair, Segment, Token

REACH = 4
"""Pairs before the pronoun's own in which antecedents are looked for."""

_THING_SHARE: Mapping[Kind, float] = {Kind.PERSON: 0.02, Kind.GROUP: 0.93, Kind.THING: 0.97, Kind.UNSURE: 0.4}
"""How likely a noun of this kind is an "it" in English."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a pronoun may stand for: a noun phrase, or an earlier pronoun and what that one stands for.

    ``mention`` is None for what is not named within reach. ``thing``: the probability (0 to 1) that it is a thing, a
    place or an organisation; ``gender`` that of the word, None where unknown. ``share``: the probability that it is
    meant.
    """

    mention: Mention | None
    thing: float
    gender: str | None
    features: tuple[str, ...]
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Referent:
    """The reading of one French pronoun.

    ``thing`` is the probability (0 to 1) that it stands for no person; ``said`` the log odds of that from what is said
    of it alone; ``candidates`` begin with the likeliest.
    """

    pronoun: Token
    thing: float
    said: float
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Mention | None:
        """The likeliest noun phrase or name, None where none is within reach."""
        return next((c.mention for c in self.candidates if c.mention is not None), None)

    def share(self, kinds: Sequence[Kind]) -> float:
        """The probability that a noun of one of these kinds is meant."""
        return sum(c.share for c in self.candidates if c.mention is not None and c.mention.kind in kinds)

    def gender(self, gender: str) -> float:
        """The probability that a word of this gender (Masc or Fem) is meant."""
        return sum(c.share for c in self.candidates if c.gender == gender)


class Reader:
    """Reads the pronouns of one bitext, each when it is asked for.

    ``weights``: of the features (`coreference.tsv`); ``said``: log odds of what is said (`predicates.tsv`). An earlier
    pronoun that the English renders as "it" is a thing; one that it renders as "he" or "she" is a person unless the
    French refutes that.
    """

    def __init__(
        self, bitext: Bitext, weights: Mapping[str, float] | None = None, said: Mapping[str, float] | None = None
    ) -> None:
        self.bitext = bitext
        self._weights = predicates.table("coreference.tsv") if weights is None else weights
        self._said = predicates.table("predicates.tsv") if said is None else said
        self._mentions: dict[int, tuple[Mention, ...]] = {}
        self._answers: dict[int, tuple[pronouns.Answer, ...]] = {}
        self._read: dict[int, Referent] = {}
        self._done = 0

    def mentions(self, pair: Pair) -> tuple[Mention, ...]:
        """The noun phrases and names of a pair's French."""
        if pair.index not in self._mentions:
            self._mentions[pair.index] = mentions_of(pair.source, pair.index)
        return self._mentions[pair.index]

    def answers(self, pair: Pair) -> tuple[pronouns.Answer, ...]:
        """Which « il » or « elle » each he, she and it of a pair stands for."""
        if pair.index not in self._answers:
            self._answers[pair.index] = pronouns.answers(pair)
        return self._answers[pair.index]

    def read(self, pair: Pair, pronoun: Token) -> Referent:
        """What a singular « il », « elle », « son », « sa » or « ses » of the pair's French stands for."""
        if pronoun.index not in self._read:
            self._read_up_to(pair)
            place = self.place(pair, pronoun)
            found = candidates(place, self.spoken(place))
            self._read[pronoun.index] = weigh(place, found, self.said(place), self._weights)
        return self._read[pronoun.index]

    def _read_up_to(self, pair: Pair) -> None:
        """Read what stands before, in order, so that a long chain of pronouns is no deep recursion."""
        for earlier in self.bitext.pairs[self._done : pair.index]:
            self._done = earlier.index + 1
            for pronoun in pronouns.french_subjects(earlier.source):
                if not pronouns.is_impersonal(earlier.source, pronoun):
                    self.read(earlier, pronoun)

    def place(self, pair: Pair, pronoun: Token) -> Place:
        """The pronoun among the mentions within reach."""
        before = self.bitext.before(pair, REACH)
        return Place(pair, before, tuple(m for p in (*before, pair) for m in self.mentions(p)), pronoun)

    def said(self, place: Place) -> float:
        """The log odds that what both languages say of the pronoun is said of a thing."""
        pair, pronoun = place.pair, place.pronoun
        if place.possessive:
            return predicates.evidence(predicates.possession_features(pair, pronoun), self._said)
        features = predicates.french_features(pair.source, pronoun)
        for answer in self.answers(pair):
            if answer.source == pronoun:
                features += predicates.english_features(pair.target, answer.target)
        return predicates.evidence(features, self._said)

    def spoken(self, place: Place) -> Iterator[tuple[Pair, Referent, float]]:
        """Earlier personal pronouns within reach, their pair, what they stand for, and how likely it is a thing."""
        for pair in (*place.before, place.pair):
            rendered = {a.source.index: pronouns.english_gender(a.target) for a in self.answers(pair)}
            for earlier in pronouns.french_subjects(pair.source):
                if earlier.index >= place.pronoun.index:
                    break
                if not pronouns.is_impersonal(pair.source, earlier):
                    referent = self.read(pair, earlier)
                    english = rendered.get(earlier.index)
                    thing = referent.thing
                    if english == "Neut":
                        thing = 0.97
                    elif english is not None and thing < 0.8:
                        thing = 0.03
                    yield pair, referent, thing


@dataclass(frozen=True)
class Place:
    """A pronoun where it stands: its pair and those before it, from the earliest, with all their mentions."""

    pair: Pair
    before: tuple[Pair, ...]
    mentions: tuple[Mention, ...]
    pronoun: Token

    @property
    def possessive(self) -> bool:
        return self.pronoun.text.lower() in ("son", "sa", "ses")

    @cached_property
    def gender(self) -> str | None:
        """The gender that an antecedent must have, None for a possessive, which agrees with what is possessed."""
        if self.possessive:
            return None
        return "Fem" if pronouns.french_form(self.pronoun) == "elle" else "Masc"

    @cached_property
    def verb(self) -> Token | None:
        """The predicate of the pronoun's clause."""
        source = self.pair.source
        if not self.possessive:
            return pronouns.governor(source, self.pronoun)
        token = source.head(self.pronoun)
        while token is not None and token.pos not in ("VERB", "AUX") and not any(c.dep == "cop" for c in source.children(token)):
            token = source.head(token)
        return token

    @cached_property
    def _numbers(self) -> Mapping[int, Mapping[int, int]]:
        return {p.index: sentence_numbers(p.source) for p in (*self.before, self.pair)}

    def distance(self, pair: int, token: Token) -> int:
        """Sentences between a token and the pronoun; 0 in the same sentence."""
        home = self._numbers[pair][token.index]
        own = self._numbers[self.pair.index][self.pronoun.index]
        if pair == self.pair.index:
            return own - home
        between = (p.index for p in self.before if p.index >= pair)
        return own - home + sum(1 + max(self._numbers[i].values(), default=0) for i in between)


def sentence_numbers(segment: Segment) -> dict[int, int]:
    """Number of the sentence within the segment, from 0, by token index: a pair may hold several."""
    numbers: dict[int, int] = {}
    number = 0
    previous = ""
    for token in segment.tokens:
        if previous in (".", "!", "?", "...", "…", ";"):
            number += token.text[:1].isupper() or token.text in ("-", "–", "—", "«", '"')
        numbers[token.index] = number
        previous = token.text
    return numbers


def candidates(place: Place, spoken: Iterator[tuple[Pair, Referent, float]]) -> tuple[Candidate, ...]:
    """All that a pronoun may stand for, not weighed yet."""
    prefix = "own " if place.possessive else ""
    counts = Counter(m.token.lemma.lower() for m in place.mentions)
    fitting = [
        m for m in place.mentions
        if not m.plural and (place.gender is None or m.gender in (place.gender, None)) and may_be(place, m)
    ]  # fmt: skip
    earlier = [(pair, referent, thing) for pair, referent, thing in spoken if _may_be_pronoun(place, referent.pronoun)]
    order = [m.token.index for m in fitting] + [referent.pronoun.index for _, referent, _ in earlier]
    found: list[Candidate] = []
    for mention in fitting:
        nearer = sum(mention.token.index < index < place.pronoun.index for index in order)
        names = tuple(prefix + name for name in _features(place, mention, nearer, counts))
        found.append(Candidate(mention, _THING_SHARE[mention.kind], mention.gender, names))
    for pair, referent, thing in earlier:
        nearer = sum(referent.pronoun.index < index < place.pronoun.index for index in order)
        distance = place.distance(pair.index, referent.pronoun)
        names = ("pronoun", f"pronoun sentences {min(distance, 4)}", f"pronoun nearer {min(nearer, 4)}")
        if place.verb is not None and referent.pronoun.head == place.verb.index:
            names += ("pronoun of the clause",)
        gender = "Fem" if pronouns.french_form(referent.pronoun) == "elle" else "Masc"
        found.append(Candidate(referent.best, thing, gender, tuple(prefix + name for name in names)))
    start = f" start {len(place.before)}" if len(place.before) < 2 else ""
    for who, thing in (("somebody", 0.02), ("something", 0.97)):
        names = (who, f"{who} {place.gender}") + ((f"{who}{start}",) if start else ())
        found.append(Candidate(None, thing, place.gender, tuple(prefix + name for name in names)))
    return tuple(found)


def _may_be_pronoun(place: Place, earlier: Token) -> bool:
    if place.possessive:
        return True
    same = pronouns.french_form(earlier) == pronouns.french_form(place.pronoun)
    return same and (place.verb is None or earlier.head != place.verb.index)


def may_be(place: Place, mention: Mention) -> bool:
    """Whether syntax lets the mention be the pronoun's antecedent."""
    source, token, verb = place.pair.source, mention.token, place.verb
    if not place.possessive and _named_beside(source, place.pronoun, token):
        return False
    if mention.pair != place.pair.index:
        return True
    doubled = None if place.possessive else pronouns.resumed(source, place.pronoun)
    if doubled is not None:
        return doubled.index == token.index
    if token.index > place.pronoun.index:
        return _announced(place, mention)
    if place.possessive:
        return token.index != place.pronoun.head
    if _put_in_front(place, mention):
        return True
    return verb is not None and token.index != verb.index and (token.head != verb.index or mention.role == "dislocated")


def _named_beside(segment: Segment, pronoun: Token, noun: Token) -> bool:
    """« La maison est fermée. Elle devait être à la maison »: what is named beside the pronoun is not the pronoun."""
    for step in range(1, 9):
        token = segment.token(pronoun.index + step)
        if token is None or token.text in (".", "!", "?", ";", ",", ":"):
            return False
        if token.lemma == noun.lemma and any(child.dep == "case" for child in segment.children(token)):
            return True
    return False


def _within(place: Place, mention: Mention) -> bool:
    """Whether the pronoun's clause hangs from the mention: « la lettre qu'elle a écrite », « le fait qu'il parte »."""
    source = place.pair.source
    climbing = place.verb
    for _ in range(6):
        if climbing is None:
            break
        if climbing.dep.startswith("acl") and climbing.head == mention.token.index:
            return True
        climbing = source.head(climbing) if climbing.dep in ("xcomp", "ccomp", "acl:relcl", "acl", "conj", "cop") else None
    return False


def _put_in_front(place: Place, mention: Mention) -> bool:
    """« Le filet, il te gêne ? »: a noun phrase, a comma, and the pronoun that takes it up again."""
    comma = place.pair.source.token(place.pronoun.index - 1)
    last = place.pair.source.token(place.pronoun.index - 2)
    starts = mention.span.start == place.pair.source.span.start or mention.role in ("dislocated", "subject")
    return comma is not None and comma.text == "," and last is not None and last.span.end == mention.span.end and starts


def _announced(place: Place, mention: Mention) -> bool:
    """« Lorsqu'elle arrive, la voiture… »: the subject of the main clause behind a subordinate one."""
    verb = place.verb
    if verb is None or mention.role != "subject":
        return False
    if place.possessive:
        return mention.token.head == verb.index and place.pronoun.head != mention.token.index
    return verb.dep == "advcl" and verb.head == mention.token.head and verb.index < mention.token.index


def _features(place: Place, mention: Mention, nearer: int, counts: Mapping[str, int]) -> Iterator[str]:
    if mention.token.index > place.pronoun.index:
        yield "after"
    else:
        distance = place.distance(mention.pair, mention.token)
        yield f"sentences {min(distance, 4)}"
        yield f"nearer {min(nearer, 4)}"
        yield f"role {mention.role} {min(distance, 2)}"
        if not place.possessive and distance == 0 and _within(place, mention):
            yield "within"
        if not place.possessive and _put_in_front(place, mention):
            yield "put in front"
        if not place.possessive and pronouns.resumed(place.pair.source, place.pronoun) == mention.token:
            yield "doubled"
    yield f"role {mention.role}"
    yield f"determiner {mention.determiner}"
    yield f"kind {mention.kind}"
    if place.possessive and place.verb is not None and mention.token.head == place.verb.index:
        yield f"clause {mention.role}"
    if mention.weak:
        yield "weak"
    if mention.gender is None:
        yield f"gender unknown {mention.kind}"
    if counts[mention.token.lemma.lower()] > 1:
        yield "repeated"


def weigh(place: Place, found: Sequence[Candidate], said: float, weights: Mapping[str, float]) -> Referent:
    """Share the probability among the candidates, in the light of what is ``said`` of the pronoun (log odds)."""
    said_weighed = said * weights.get("own said" if place.possessive else "said", 1.0)
    scores = [sum(weights.get(name, 0.0) for name in candidate.features) for candidate in found]
    top = max(scores)
    as_thing = [math.exp(s - top + said_weighed / 2) * c.thing for s, c in zip(scores, found, strict=True)]
    as_person = [math.exp(s - top - said_weighed / 2) * (1 - c.thing) for s, c in zip(scores, found, strict=True)]
    total = sum(as_thing) + sum(as_person)
    shared = (
        replace(c, thing=t / (t + p), share=(t + p) / total)
        for c, t, p in zip(found, as_thing, as_person, strict=True)
    )
    return Referent(place.pronoun, sum(as_thing) / total, said, tuple(sorted(shared, key=lambda c: -c.share)))
