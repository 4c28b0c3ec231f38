"""What the letters of a word say about its language: typical endings, letters, and the parts of a compound.

For the words that no frequency list has, above all the compounds that German and Dutch write in one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

COMPOUNDING = ("de", "nl")
"""The languages that write their compounds in one word."""

_SIGNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "de": re.compile(r"\w{4,}(?:ungen|ung|heiten|heit|keiten|keit|schaften|schaft)|\w*[äöüß]\w*"),
        "es": re.compile(r"\w{3,}(?:ción|ciones|idades)|\w*ñ\w*"),
        "it": re.compile(r"\w{3,}(?:zione|zioni|aggio|aggi|ecchi[oa]|eggi[oa])"),
        "nl": re.compile(r"\w{3,}(?:heid|heden|lijk|lijke|ijen|ijden)|\w*ij\w*(?:ing|ingen)"),
        "pt": re.compile(r"\w{2,}(?:ção|ções|ão|ões|ães)|\w*[ãõ]\w*"),
    }
)
_LINKING = ("", "s", "es", "n", "en", "er", "e")
_ENGLISH_ENDING = re.compile(r"\w+(?:ists?|ness|ances?|ences?|wares?|ed|ly|ably|able|ize[dr]?|ings|ers)")
_SHORTEST_PART = 4


def looks_like(word: str) -> str | None:
    """The language whose letters and endings ``word`` shows, if it is one alone of German, Spanish, Italian, Dutch and
    Portuguese."""
    found = [lang for lang, pattern in _SIGNS.items() if pattern.fullmatch(word.lower())]
    return found[0] if len(found) == 1 else None


def splits(word: str) -> Iterator[tuple[str, str]]:
    """The ways to read a word (lower case) as a compound: its parts of 4 letters or more, without a linking sound.

    >>> ("nachtrag", "haushalt") in splits("nachtragshaushalt")
    True
    """
    for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        for link in _LINKING:
            head = word[: place - len(link)]
            if word[:place].endswith(link) and len(head) >= _SHORTEST_PART:
                yield head, word[place:]


def compounds(words: Iterable[str], known: Mapping[str, float], own: Mapping[str, float]) -> dict[str, tuple[str, str]]:
    """Those of ``words`` that are two words of a language written in one, with the parts.

    ``known``: frequencies in that language of the parts that ``splits`` gives, ``own``: those in English. Both parts
    must be words there, one of them a common one, and one unknown in English: "homewear" is English.
    """
    found: dict[str, tuple[str, str]] = {}
    for word in words:
        if _ENGLISH_ENDING.fullmatch(word):
            continue
        parts = [
            (min(known[head], known[tail]), head, tail)
            for head, tail in splits(word)
            if all(known.get(part, 0.0) >= (3.0 if len(part) <= _SHORTEST_PART else 2.3) for part in (head, tail))
            and max(known[head], known[tail]) >= 3.0
            and any(own.get(part, 0.0) <= min(2.5, known[part] - 1.0) for part in (head, tail))
        ]  # fmt: skip
        if parts:
            found[word] = max(parts)[1:]
    return found
