"""Where a false friend's French words stand in a sentence, and in which sense.

The table itself is read by ``tqcheck.languages.tables``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages.tables import FalseFriend, Precision, false_friends, phrase_words
from tqcheck.model import Segment, Token

_PLAIN = MappingProxyType(
    {"au": "à", "aux": "à", "du": "de", "des": "de", "d'": "de", "qu'": "que", "l'": "le", "la": "le", "les": "le"}
)
"""Contracted and elided words, and what a phrase of the table has in their place."""

_CLITICS = frozenset("s' s’ se m' m’ me t' t’ te ne n' n’".split())
"""What stands before a verb: « s'indigne » is not the adjective, whatever the tagger says."""

ALIKE = MappingProxyType(
    {
        "NOUN": frozenset({"NOUN", "PROPN"}),
        "VERB": frozenset({"VERB", "AUX"}),
        "ADJ": frozenset({"ADJ"}),
        "ADV": frozenset({"ADV"}),
    }
)
"""Parts of speech of the table, and those that the models may give in their place."""

NEAR, FAR = 8, 25
"""Tokens between a French word and one that must show its sense, or one that may excuse the English."""


class Word(NamedTuple):
    """A token as the table's phrases are cut, in lower case: its form, its lemma, and the token."""

    form: str
    lemma: str
    token: Token


class Sentence(NamedTuple):
    """The words of a French sentence without its marks, and the places of every form and lemma among them."""

    words: tuple[Word, ...]
    places: Mapping[str, tuple[int, ...]]


@cache
def traps() -> Mapping[str, tuple[FalseFriend, ...]]:
    """The rows by their English traps in lower case; those whose precision is low are left out."""
    rows: dict[str, list[FalseFriend]] = {}
    for row in false_friends():
        if row.precision is not Precision.LOW:
            for wrong in row.wrong:
                rows.setdefault(wrong.lower(), []).append(row)
    return MappingProxyType({wrong: tuple(found) for wrong, found in rows.items()})


def read(segment: Segment) -> Sentence:
    """The words of a French segment, ready to be searched."""
    words: list[Word] = []
    places: dict[str, list[int]] = {}
    for token in segment.tokens:
        pieces = phrase_words(token.text) if token.is_word else ()
        for piece in pieces:
            lemma = token.lemma.lower() if len(pieces) == 1 else piece
            for key in {piece, lemma, _PLAIN.get(piece, piece)}:
                places.setdefault(key, []).append(len(words))
            words.append(Word(piece, lemma, token))
    return Sentence(tuple(words), MappingProxyType({key: tuple(found) for key, found in places.items()}))


def find(phrase: str, sentence: Sentence) -> tuple[tuple[Token, ...], ...]:
    """The tokens of every place where a word or phrase stands, by lemma or by form."""
    wanted = _phrase(phrase)
    starts = sentence.places.get(wanted[0], ()) or sentence.places.get(_PLAIN.get(wanted[0], wanted[0]), ())
    return tuple(
        tuple(dict.fromkeys(word.token for word in sentence.words[start : start + len(wanted)]))
        for start in starts
        if len(wanted) == 1 or _follows(wanted, sentence.words[start : start + len(wanted)])
    )


def occurrences(row: FalseFriend, sentence: Sentence) -> tuple[tuple[Token, ...], ...]:
    """Where the row's French stands, with the part of speech that it asks for (of a phrase, none is asked)."""
    return tuple(
        tokens
        for french in row.french
        for tokens in find(french, sentence)
        if len(tokens) > 1 or row.pos is None or _has_part_of_speech(tokens[0], row.pos, sentence)
    )


def is_meant(row: FalseFriend, french: Sequence[Token], sentence: Sentence) -> bool:
    """Whether the sentence speaks for the sense in which the English is wrong.

    One word that is required must be near, and one that allows the English may stand farther off: the rest of a long
    sentence says little of it.
    """
    return not _beside(row.allow, french, sentence, FAR) and (
        not row.require or _beside(row.require, french, sentence, NEAR)
    )


def _beside(phrases: Iterable[str], french: Sequence[Token], sentence: Sentence, distance: int) -> bool:
    """Whether one of the phrases stands within ``distance`` tokens, or around the French with a word of its own."""
    near = range(french[0].index - distance, french[-1].index + distance + 1)
    return any(
        token.index in near and token not in french
        for phrase in phrases
        for tokens in find(phrase, sentence)
        for token in tokens
    )


@cache
def _phrase(phrase: str) -> tuple[str, ...]:
    return phrase_words(phrase)


def _follows(wanted: Sequence[str], words: Sequence[Word]) -> bool:
    return len(words) == len(wanted) and all(
        want in (word.form, word.lemma) or _PLAIN.get(want, want) == _PLAIN.get(word.form, word.form)
        for want, word in zip(wanted, words, strict=True)
    )


def _has_part_of_speech(token: Token, pos: str, sentence: Sentence) -> bool:
    if token.pos not in ALIKE[pos]:
        return False
    before = next((word.form for word in sentence.words if word.token.index == token.index - 1), "")
    return pos == "VERB" or before not in _CLITICS
