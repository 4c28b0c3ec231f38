"""Which words of an English segment are borrowed ones that English accepts, alone or as a phrase ("coup d'état")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from tqcheck.languages import tables
from tqcheck.languages.spelling import fold
from tqcheck.model import Token

_PARTS = re.compile(r"[^\W_]+['’]?")


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """First part, without accents, -> the parts of all borrowed words and phrases that begin with it."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in tables.loan_words():
        parts = _parts(phrase)
        found.setdefault(parts[0], []).append(parts)
    return MappingProxyType({first: tuple(sorted(all_, key=len, reverse=True)) for first, all_ in found.items()})


def accepted(tokens: Sequence[Token]) -> frozenset[int]:
    """The numbers of the tokens that are, or are part of, accepted loan words; accents and plural -s do not matter."""
    parts = [(part, token.index) for token in tokens for part in _parts(token.text)]
    words = [part for part, _ in parts]
    found: set[int] = set()
    for place, word in enumerate(words):
        for phrase in (*_phrases().get(word, ()), *_phrases().get(_singular(word), ())):
            own = words[place : place + len(phrase)]
            if len(own) == len(phrase) and all(map(_same, own, phrase)):
                found.update(index for _, index in parts[place : place + len(phrase)])
    return frozenset(found)


def _same(word: str, listed: str) -> bool:
    return listed in (word, _singular(word))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith(("s", "x")) and len(word) > 3 else word


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.replace("’", "'") for part in _PARTS.findall(fold(text)))
