"""Who or what a French pronoun stands for, pronoun by pronoun, each in the light of those before it.

The candidates and how they are weighed stand in `tqcheck.languages.candidates`; the weights in coreference.tsv and
predicates.tsv, both made by training/coreference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tqcheck.languages import predicates, pronouns
from tqcheck.languages.binding import Place
from tqcheck.languages.candidates import Referent, candidates, weigh
from tqcheck.languages.mentions import Mention, mentions_of
from tqcheck.model import Bitext, Pair, Token

REACH = 4
"""Pairs before the pronoun's own in which antecedents are looked for."""

_WHO_SPEAKS = -5.0
"""The log odds that who says what is quoted is a thing."""

_SPEAKERS = frozenset("je j' j’ tu t' t’ me m' m’ te moi toi vous".split())


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

    def is_talk(self, pair: Pair) -> bool:
        """Whether people talk here, of somebody whom they need not name: « je » or « tu » here or in two pairs before.

        What is quoted in an article, between marks, is no such talk.
        """
        return any(
            token.text.lower() in _SPEAKERS and "«" not in near.source.text and "“" not in near.source.text
            for near in (*self.bitext.before(pair, 2), pair)
            for token in near.source.tokens
        )

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
        if not place.possessive and pronouns.is_reporting(pair.source, pronoun):
            return _WHO_SPEAKS
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
