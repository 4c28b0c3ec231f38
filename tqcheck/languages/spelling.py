"""How alike two words are: by their letters, without accents, and by their sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SPELT_OUT = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "’": "'", "ʼ": "'"}
)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The word in lower case without its accents, ligatures spelt out.

    >>> fold("Élysée"), fold("Œuvre"), fold("Kovač")
    ('elysee', 'oeuvre', 'kovac')
    """
    plain = unicodedata.normalize("NFD", word.lower().translate(_SPELT_OUT))
    return "".join(c for c in plain if not unicodedata.combining(c))


def distance(one: str, other: str, limit: int) -> int | None:
    """Insertions, deletions, substitutions and swaps of neighbours between two words, None if more than ``limit``.

    The optimal string alignment of Damerau (1964): "Drain" is one swap from "Drian".
    """
    if abs(len(one) - len(other)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def slips(word: str) -> Iterator[str]:
    """What ``word`` may be a slip for: every word that is one letter more, less or other, or two swapped, away."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters if letter != tail[0])
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


# How French and English write the sounds of Arabic, Russian and other alphabets -> one sign, in this order. Only what
# differs regularly: s and z, or a and o, stay apart, since "Lopez" for « Lopes » is another name.
_ROMANISED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"[^a-z]", ""),
        (r"^(?:ie|ye)", "e"),
        (r"t?s?chtch|tsch|tch|shch|sch|sh|cz|ch", "C"),
        (r"dj|dzh|zh|j", "J"),
        (r"kh|gh|qu(?=[eiy])|ck|q|c(?![eiy])", "k"),
        (r"gu(?=[eiy])", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"ou|oo|w", "u"),
        (r"ine$", "in"),
        (r"(?:ij|iy|yi|yy|ii|y)", "i"),
        (r"(?<=[aeiou])ie", "e"),
        (r"[ae]i", "ai"),
        (r"o[fv]+$", "ov"),
        (r"(.)\1+", r"\1"),
    )
)
_FOREIGN_SOUNDS = re.compile(
    r"kh|tch|dj|gh|zh|ï|aou|oua|ouï|ou(?=(?:ss|[bdkmnrs])[aio])|[dnmt]ou$|sk[iy]+$|[eo]v$|tsine$|outine|^(?:abou|abd|ben|bin|ibn|al-|el-)"
)


@lru_cache(maxsize=16_384)
def romanised(name: str) -> str:
    """A key that the French and the English spelling of a name from another alphabet share.

    >>> romanised("Zelensky") == romanised("Zelenskyy"), romanised("Sahraoui") == romanised("Sahrawi")
    (True, True)
    """
    key = fold(name)
    for pattern, sign in _ROMANISED:
        key = pattern.sub(sign, key)
    return key


@lru_cache(maxsize=16_384)
def consonants(name: str) -> str:
    """The consonants of a name in the spelling of ``romanised``: "Oussama" and "Osama" have the same."""
    return re.sub(r"[aeiouh]", "", romanised(name)).replace("v", "f")


def is_transliterated(name: str) -> bool:
    """Whether the French spelling of a name looks like one of Arabic or Russian, whose vowels vary in English."""
    return _FOREIGN_SOUNDS.search(name.lower()) is not None
