"""The candidates of a French pronoun, their features, and how they share its probability.

For « il », « elle » and for « son », « sa », « ses » every noun phrase, name and earlier pronoun that could be meant is
a candidate; so is somebody, or something, not named here. A candidate's weight is the exponential of a sum of features
of its salience (how near, subject or not, mentioned again…) and of how well it goes with what is said of the pronoun
(`tqcheck.languages.predicates`): a log-linear model in the line of Lappin & Leass 1994 (An Algorithm for Pronominal
Anaphora Resolution) and Denis & Baldridge 2008 (Specialized Models and Ranking for Coreference Resolution).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tqcheck.languages import pronouns
from tqcheck.languages.binding import Place, hangs_from, is_put_in_front, may_be, may_be_pronoun, owns_by_relative
from tqcheck.languages.mentions import Kind, Mention
from tqcheck.model import Pair, Token

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


def candidates(place: Place, spoken: Iterable[tuple[Pair, Referent, float]]) -> tuple[Candidate, ...]:
    """All that a pronoun may stand for, not weighed yet."""
    prefix = "own " if place.possessive else ""
    counts = Counter(m.token.lemma.lower() for m in place.mentions)
    fitting = [
        m for m in place.mentions
        if not m.plural and (place.gender is None or m.gender in (place.gender, None)) and may_be(place, m)
    ]  # fmt: skip
    earlier = [(pair, referent, thing) for pair, referent, thing in spoken if may_be_pronoun(place, referent.pronoun)]
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


def _features(place: Place, mention: Mention, nearer: int, counts: Mapping[str, int]) -> Iterator[str]:
    if mention.token.index > place.pronoun.index:
        yield "after"
    else:
        distance = place.distance(mention.pair, mention.token)
        yield f"sentences {min(distance, 4)}"
        yield f"nearer {min(nearer, 4)}"
        yield f"role {mention.role} {min(distance, 2)}"
        if not place.possessive and distance == 0 and hangs_from(place, mention):
            yield "within"
        if not place.possessive and is_put_in_front(place, mention):
            yield "put in front"
        if not place.possessive and pronouns.resumed(place.pair.source, place.pronoun) == mention.token:
            yield "doubled"
    yield f"role {mention.role}"
    yield f"determiner {mention.determiner}"
    yield f"kind {mention.kind}"
    if place.possessive and owns_by_relative(place, mention.token):
        yield "clause subject"
    elif place.possessive and place.verb is not None and mention.token.head == place.verb.index:
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
        replace(c, thing=t / (t + p), share=(t + p) / total) for c, t, p in zip(found, as_thing, as_person, strict=True)
    )
    return Referent(place.pronoun, sum(as_thing) / total, said, tuple(sorted(shared, key=lambda c: -c.share)))
