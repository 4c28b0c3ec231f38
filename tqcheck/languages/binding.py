"""A French pronoun in its place, and which nouns syntax lets it stand for.

A pronoun is not what stands beside it as an object of the same verb, and seldom a noun from which its own clause
hangs; it may take up a noun put in front (« le filet, il te gêne ? »), double a subject (« le maire viendra-t-il ? »)
or announce one (« lorsqu'elle arrive, la voiture… »). After Reinhart 1976 (The Syntactic Domain of Anaphora), as far
as a parse shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tqcheck.languages import pronouns
from tqcheck.languages.mentions import Mention
from tqcheck.model import Pair, Segment, Token


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
        while (
            token is not None
            and token.pos not in ("VERB", "AUX")
            and not any(c.dep == "cop" for c in source.children(token))
        ):
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


def may_be_pronoun(place: Place, earlier: Token) -> bool:
    """Whether the pronoun may stand for what an earlier « il » or « elle » stands for."""
    if place.possessive:
        return True
    same = pronouns.french_form(earlier) == pronouns.french_form(place.pronoun)
    return same and (place.verb is None or earlier.head != place.verb.index)


def may_be(place: Place, mention: Mention) -> bool:
    """Whether syntax lets the mention be the pronoun's antecedent."""
    source, token, verb = place.pair.source, mention.token, place.verb
    if not place.possessive and _named_beside(source, place.pronoun, token):
        return False
    doubled = None if place.possessive else pronouns.resumed(source, place.pronoun)
    if doubled is not None:
        return doubled.index == token.index
    if mention.pair != place.pair.index:
        return True
    if token.index > place.pronoun.index:
        return _announced(place, mention)
    if place.possessive:
        return not _inside(source, place.pronoun, token)
    if is_put_in_front(place, mention):
        return True
    if _in_its_opening(place, token):
        return False
    if verb is None or verb.index == place.pronoun.index:
        return True
    if hangs_from(place, mention) and _has_relative(source, verb):
        return False
    return token.index != verb.index and (token.head != verb.index or mention.role == "dislocated")


def _in_its_opening(place: Place, noun: Token) -> bool:
    """« Oubliée dans une cave, elle a été achetée »: the participle is said of the pronoun, the cellar is not it."""
    source = place.pair.source
    comma = source.token(place.pronoun.index - 1)
    numbers = sentence_numbers(source)
    opening = next((t for t in source.tokens if numbers[t.index] == numbers[place.pronoun.index] and t.is_word), None)
    if comma is None or comma.text != "," or opening is None or not opening.index < noun.index < comma.index:
        return False
    return opening.feature("VerbForm") == "Part" and opening.feature("Gender") in (place.gender, None)


def owns_by_relative(place: Place, noun: Token) -> bool:
    """« le musée, qui a doublé sa surface »: the noun is the subject of the possessive's clause by way of « qui »."""
    verb = place.verb
    if verb is None or not verb.dep.startswith("acl") or verb.head != noun.index:
        return False
    return any(t.text.lower() == "qui" and t.dep.startswith("nsubj") for t in place.pair.source.children(verb))


def _inside(segment: Segment, possessive: Token, noun: Token) -> bool:
    """« la défense de son titre »: whose title it is, the defence is not; nor is the title."""
    token = segment.head(possessive)
    while token is not None:
        if token.index == noun.index:
            return True
        token = segment.head(token) if token.dep in ("nmod", "obl:arg", "case") and token.pos == "NOUN" else None
    return False


def _named_beside(segment: Segment, pronoun: Token, noun: Token) -> bool:
    """« La maison est fermée. Elle devait être à la maison »: what is named beside the pronoun is not the pronoun."""
    for step in range(1, 9):
        token = segment.token(pronoun.index + step)
        if token is None or token.text in (".", "!", "?", ";", ",", ":"):
            return False
        if token.lemma == noun.lemma and any(child.dep == "case" for child in segment.children(token)):
            return True
    return False


def hangs_from(place: Place, mention: Mention) -> bool:
    """Whether the pronoun's clause hangs from the mention: « la lettre qu'elle a écrite », « le fait qu'il parte »."""
    source = place.pair.source
    climbing = place.verb
    for _ in range(6):
        if climbing is None:
            break
        if climbing.dep.startswith("acl") and climbing.head == mention.token.index:
            return True
        climbing = (
            source.head(climbing) if climbing.dep in ("xcomp", "ccomp", "acl:relcl", "acl", "conj", "cop") else None
        )
    return False


def _has_relative(segment: Segment, verb: Token) -> bool:
    """Whether a clause has a relative pronoun that is its object: « la lettre qu'elle a écrite »."""
    relatives = ("que", "qu'", "dont", "où", "laquelle", "lequel")
    return any(
        t.pos == "PRON" and t.dep != "mark" and pronouns.french_form(t) in relatives for t in segment.children(verb)
    )


def is_put_in_front(place: Place, mention: Mention) -> bool:
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
