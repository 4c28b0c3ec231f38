"""French idioms and set phrases, the literal English that betrays them, and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages import tables
from tqcheck.languages.inflection import past
from tqcheck.languages.tables import phrase_words
from tqcheck.model import Pair, Token
from tqcheck.mqm import Severity

_GAP = "…"
_NUMBER = "#"
_WIDEST = 3
"""A gap of a French phrase is at most so many words wide."""

_ARTICLES = frozenset("a an the his her its their my your our".split())
_BETWEEN = frozenset("pas plus jamais bien aussi donc toujours également encore déjà tout très".split())
"""Words that may stand inside a French phrase: « il n'a pas raison »."""

_COUNTS = frozenset("one two three four five six seven eight nine ten twenty several many some few".split())
_SPELT_OUT = MappingProxyType({"du": ("de", "le"), "des": ("de", "les"), "au": ("à", "le"), "aux": ("à", "les")})


class Calque(NamedTuple):
    """``french`` and ``literal``: phrases, word by word; ``right``: what to write instead."""

    french: tuple[tuple[str, ...], ...]
    literal: tuple[tuple[str, ...], ...]
    right: str
    severity: Severity


class Found(NamedTuple):
    """A calque in a pair: the tokens of the French phrase and those of the English one."""

    calque: Calque
    french: tuple[Token, ...]
    english: tuple[Token, ...]


@cache
def _calques() -> Mapping[str, tuple[Calque, ...]]:
    """All rows by the first words of their literal English."""
    found: dict[str, list[Calque]] = {}
    for row in tables.load("calques"):
        calque = Calque(
            tuple(phrase_words(phrase) for phrase in row["french"].split("|")),
            tuple(_plain(phrase.lower().split()) for phrase in row["literal"].split("|")),
            row["right"],
            Severity(row["severity"]),
        )
        for first in {phrase[0] for phrase in calque.literal}:
            found.setdefault(first, []).append(calque)
    return MappingProxyType({first: tuple(rows) for first, rows in found.items()})


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    """The words of an English phrase without its articles, those with hyphens in parts."""
    return tuple(part for word in words for part in word.split("-") if part and part not in _ARTICLES)


def calques(pair: Pair) -> Iterator[Found]:
    """The literal renderings in a pair, each with the French phrase that stands behind it."""
    yield from _just_done(pair)
    english = [token for token in _words(pair.target.tokens) if token.text.lower() not in _ARTICLES]
    french: list[Token] | None = None
    for place, token in enumerate(english):
        rows = {row for key in (token.text.lower(), token.lemma.lower()) for row in _calques().get(key, ())}
        found = []
        for row in sorted(rows):
            words = max((_at(english, place, phrase) for phrase in row.literal), key=len)
            if not words or _is_ago(english, place + len(words)):
                continue
            french = _words(pair.source.tokens) if french is None else french
            behind = next((own for phrase in row.french if (own := _within(french, phrase))), ())
            if behind:
                found.append(Found(row, behind, words))
        if found:
            yield max(found, key=lambda one: (len(one.english), len(one.french)))


def _just_done(pair: Pair) -> Iterator[Found]:
    """« il vient de rouvrir » as "he comes to reopen"."""
    for come in pair.target.tokens:
        to, verb = pair.target.token(come.index + 1), pair.target.token(come.index + 2)
        if come.lemma != "come" or to is None or verb is None or to.text != "to" or verb.pos != "VERB":
            continue
        for french in pair.behind(come):
            of, done = pair.source.token(french.index + 1), pair.source.token(french.index + 2)
            recent = french.lemma == "venir" and french.feature("VerbForm") == "Fin"
            if recent and of is not None and of.text in ("de", "d'", "d’") and done in pair.behind(verb):
                calque = Calque((), (), f"have just {past(verb.lemma)[-1]}", Severity.MAJOR)
                if done is not None:
                    yield Found(calque, (french, of, done), (come, to, verb))


def _words(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.is_word or token.text in ("-",)]


def _is_ago(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].text.lower() in ("ago", "old")


def _at(tokens: Sequence[Token], place: int, phrase: tuple[str, ...]) -> tuple[Token, ...]:
    """The English words that are ``phrase`` from ``place`` on, hyphens apart; none where it is something else."""
    own = [token for token in tokens[place : place + 2 * len(phrase)] if token.text != "-"][: len(phrase)]
    if len(own) < len(phrase) or tokens[place].text == "-":
        return ()
    return tuple(own) if all(map(_is, own, phrase)) else ()


def _is(token: Token, word: str) -> bool:
    if word == _NUMBER:
        return token.pos == "NUM" or token.text.isdigit() or token.text.lower() in _COUNTS
    return word in (token.text.lower(), token.lemma.lower())


def _within(tokens: Sequence[Token], phrase: tuple[str, ...]) -> tuple[Token, ...]:
    """The first place of a French phrase among words, () where it does not stand there."""
    for start in range(len(tokens)):
        found = _from(tokens, start, phrase)
        if found:
            return found
    return ()


def _from(tokens: Sequence[Token], start: int, phrase: tuple[str, ...]) -> tuple[Token, ...]:
    place, gap, taken = start, 0, []
    wanted = list(phrase)
    while wanted:
        if place >= len(tokens):
            return ()
        if wanted[0] == _GAP:
            wanted.pop(0)
            gap = _WIDEST
            continue
        size = _matches(tokens[place], wanted)
        if size:
            taken.append(tokens[place])
            del wanted[:size]
            gap = 0
        elif gap and taken:
            gap -= 1
        elif not taken or tokens[place].text.lower() not in _BETWEEN:
            return ()
        place += 1
    return tuple(taken)


def _matches(token: Token, wanted: list[str]) -> int:
    """How many words of a phrase a token is: « du » may be two, a word with hyphens more; 0: another word."""
    text, lemma = token.text.lower().replace("’", "'"), token.lemma.lower().replace("’", "'")
    if wanted[0] in (text, lemma) or (wanted[0] == "d'" and text == "de"):
        return 1
    for size in (2, 3):
        if len(wanted) >= size and (
            _SPELT_OUT.get(text) == tuple(wanted[:size]) or "-".join(wanted[:size]) in (text, lemma)
        ):
            return size
    return 0
