"""French noun phrases that may be terms, and the English that stands for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tqcheck.languages import glossaries, terms
from tqcheck.model import Pair, Segment, Token

LONGEST = 6
"""Words of a phrase, with the small ones."""

_OF = frozenset(("de", "d'", "d’", "du", "des"))
_LINKING = frozenset(("à", "au", "aux", "en"))
_NAME_SIGNS = ("PROPN", "X")


class Rendered(NamedTuple):
    """A French phrase and its English as they stand, and their dictionary forms, which tell what is the same.

    ``singular``: whether the phrase is in the form in which a glossary has it.
    """

    french: str
    english: str
    french_key: tuple[str, ...]
    english_key: tuple[str, ...]
    singular: bool


def phrases(segment: Segment, *, single: bool = False) -> Iterator[tuple[Token, ...]]:
    """The phrases of a French segment: a noun with adjectives, names and other nouns behind « de », « à » and the like.

    All that begin with the same noun, the shortest first; with ``single`` the noun alone too.
    """
    for token in segment.tokens:
        written_small = token.text.islower() or token.index == segment.tokens[0].index
        if token.pos != "NOUN" or not written_small or not token.text.isalpha() or not terms.may_be_head(token):
            continue
        if single:
            yield (token,)
        row = [token]
        while len(row) < LONGEST and (following := _next(segment, row[-1])):
            row += following
            if len(row) <= LONGEST:
                yield tuple(row)


def _next(segment: Segment, last: Token) -> tuple[Token, ...]:
    """What the phrase may go on with behind ``last``: an adjective, a name, or a preposition with a noun."""
    after = segment.token(last.index + 1)
    if after is None:
        return ()
    if after.pos == "ADJ" and after.text.islower() and terms.may_modify(after):
        return (after,)
    if after.pos in _NAME_SIGNS and after.text[:1].isupper():
        return (after,)
    if after.text.lower() not in _OF | _LINKING:
        return ()
    small = [after]
    noun = segment.token(after.index + 1)
    if noun is not None and noun.text.lower() in ("la", "l'", "l’") and after.text.lower() in _OF | {"à"}:
        small.append(noun)
        noun = segment.token(noun.index + 1)
    if noun is None or noun.pos not in ("NOUN", *_NAME_SIGNS) or not noun.text[0].isalpha():
        return ()
    return (*small, noun)


def rendered(pair: Pair, phrase: Sequence[Token]) -> Rendered | None:
    """How the English says a phrase, None where that is not clear: every word of weight must be linked into it."""
    english = glossaries.rendering(pair, phrase)
    if not english:
        return None
    there = {token.index for token in english}
    for token in phrase:
        linked = {
            link.target for link in pair.links if link.source == token.index and link.probability >= glossaries.SURE
        }
        if token.pos in glossaries.CONTENT and not linked & there:
            return None
    return Rendered(
        _text(pair.source, phrase),
        _text(pair.target, english),
        tuple(token.lemma.lower() for token in phrase),
        tuple(token.lemma.lower() for token in english),
        all(token.feature("Number") != "Plur" for token in (phrase[0], english[-1])),
    )


def _text(segment: Segment, tokens: Sequence[Token]) -> str:
    """The words as a glossary has them: a capital only where the word has one by itself."""
    start = segment.span.start
    text = segment.text[tokens[0].span.start - start : tokens[-1].span.end - start]
    opens = tokens[0].index == segment.tokens[0].index and tokens[0].pos != "PROPN"
    return " ".join((text[:1].lower() + text[1:] if opens else text).split())
