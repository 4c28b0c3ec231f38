"""Where a phrase of a glossary stands in a text: any of its forms, whatever the case of a word that it writes small.

A word stands for itself, for every form whose dictionary form it is, and for its plural. A word that the glossary
writes with a capital needs one in the text. Hyphens and apostrophes part words as blanks do, other marks end a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from tqcheck.languages.spelling import fold
from tqcheck.model import Segment, Span, Token

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_SEPARATORS = frozenset("-‐‑'’ʼ&/+·")

Entry = TypeVar("Entry")


class Atom(NamedTuple):
    """A word without hyphens and apostrophes: the forms that it stands for (none: a mark that ends every phrase).

    ``text`` is as written; ``first`` and ``last`` say whether a token begins and ends with it.
    """

    text: str
    forms: frozenset[str]
    token: Token
    first: bool
    last: bool


class Found(NamedTuple, Generic[Entry]):
    """An occurrence: what was looked for and the tokens, in text order."""

    entry: Entry
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)


def words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, as `atoms` parts them; "U.S." is "US"."""
    return tuple(word.replace(".", "") for word in _WORD.findall(phrase))


def atoms(segment: Segment) -> tuple[Atom, ...]:
    """The words of a segment, and its marks but for hyphens and the like."""
    return _atoms(segment.tokens)


@lru_cache(maxsize=512)
def _atoms(tokens: Sequence[Token]) -> tuple[Atom, ...]:
    return tuple(atom for token in tokens for atom in _parts(token))


def _parts(token: Token) -> Iterator[Atom]:
    parts = words(token.text)
    if not parts:
        if token.text not in _SEPARATORS:
            yield Atom(token.text, frozenset(), token, True, True)
        return
    lemmas = words(token.lemma)
    for place, part in enumerate(parts):
        lemma = lemmas[place] if len(lemmas) == len(parts) else ""
        yield Atom(part, _forms(part, lemma), token, place == 0, place == len(parts) - 1)


@lru_cache(maxsize=65_536)
def _forms(word: str, lemma: str) -> frozenset[str]:
    """The words of a glossary that ``word`` may be a form of, as `_key` writes them."""
    lower = word.lower()
    found = {lower, lemma.lower()}
    if lower.endswith("aux"):
        found |= {lower[:-3] + "al", lower[:-3] + "ail"}
    if lower.endswith(("s", "x")) and (len(lower) > 3 or word[:-1].isupper()):
        found.add(lower[:-1])
    if lower.endswith("ies"):
        found.add(lower[:-3] + "y")
    if lower.endswith(("ches", "shes", "sses", "xes")):
        found.add(lower[:-2])
    return frozenset(_key(form) for form in found if form)


@lru_cache(maxsize=65_536)
def _key(word: str) -> str:
    """Small letters, the first without its accent: « Etat » is « État »."""
    lower = word.lower().replace("œ", "oe").replace("æ", "ae")
    return fold(lower[:1]) + lower[1:]


class Phrases(Generic[Entry]):
    """Phrases to look for, each with what it stands for. Those with the same words are all found."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for phrase, entry in entries:
            if parts := words(phrase):
                self._by_first.setdefault(_key(parts[0]), []).append((parts, entry))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def find(
        self, segment: Segment, *, exact: bool = False, capitals: bool = True, whole: bool = True
    ) -> Iterator[Found[Entry]]:
        """Occurrences from left to right, the longest first where several begin together; none inside another.

        ``exact``: letter for letter. ``capitals`` false: small letters may stand where the phrase has capitals.
        ``whole`` false: it may be a part of a word with hyphens, as "US" of "US-led".
        """
        row = atoms(segment)
        place = 0
        while place < len(row):
            size = 0
            for parts, entry in self._candidates(row[place]):
                if size and len(parts) != size:
                    break
                atoms_here = row[place : place + len(parts)]
                if (_is_whole(atoms_here) or not whole) and _matches(atoms_here, parts, exact, capitals):
                    size = len(parts)
                    tokens = dict.fromkeys(atom.token for atom in row[place : place + size])
                    yield Found(entry, tuple(tokens))
            place += size or 1

    def _candidates(self, atom: Atom) -> Sequence[tuple[tuple[str, ...], Entry]]:
        lists = [self._by_first[form] for form in atom.forms if form in self._by_first]
        if len(lists) < 2:
            return lists[0] if lists else ()
        return sorted((candidate for row in lists for candidate in row), key=lambda candidate: -len(candidate[0]))


def stands(
    phrase: str, segment: Segment, *, exact: bool = False, capitals: bool = True, whole: bool = True
) -> tuple[Found[str], ...]:
    """The occurrences of one phrase."""
    return tuple(Phrases([(phrase, phrase)]).find(segment, exact=exact, capitals=capitals, whole=whole))


def _is_whole(row: Sequence[Atom]) -> bool:
    return row[0].first and row[-1].last


def _matches(row: Sequence[Atom], parts: Sequence[str], exact: bool, capitals: bool) -> bool:
    return len(row) == len(parts) and all(
        _is(atom, part, exact, capitals) for atom, part in zip(row, parts, strict=True)
    )


def _is(atom: Atom, part: str, exact: bool, capitals: bool) -> bool:
    if exact:
        return atom.text == part
    return _key(part) in atom.forms and (not capitals or not part[0].isupper() or atom.text[0].isupper())
