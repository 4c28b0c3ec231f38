"""Which unknown English words are slips for a known one: the usual mistakes, and words one letter away from another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages import tables
from tqcheck.languages.frequency import zipf
from tqcheck.languages.spelling import slips

_KNOWN = 2.4
"""The Zipf frequency from which a word with a prefix or ending taken off counts as known."""

_KNOWN_SHORT = 3.3
"""The same of three letters: there are few that are no abbreviation of something."""

_RAREST = 1.95
"""Words up to this Zipf frequency may be slips: lists made of real text have the commoner slips as well."""

_VARIANT = 1.8
"""The Zipf frequency from which another spelling of a word shows that it is one: "smolder" for "smoulder"."""

_PREFIX = re.compile(
    r"^(?:un|re|non|anti|pre|post|over|under|mis|co|de|dis|sub|super|inter|multi|micro|mega|pro|ultra|out|up|down|bio|eco"
    r"|cyber|geo|neo|semi|trans|hyper|auto|counter|under|fore|mid|off|on|in|self)(?=\w{3})"
)
_ENDING = re.compile(
    r"(?<=\w{3})(?:'s|s|es|ed|d|ing|ly|ers?|ness|less|like|ish|able|ability|isms?|ists?|ful|fully|hood|ship|wise|y|ies|ied|ier"
    r"|iest|est|ation|ations|isation|ization|isations|izations|ising|izing|ised|ized|ise|ize|ises|izes|al|ally|ity|men|man"
    r"|woman|women|in)$"
)


@cache
def usual() -> Mapping[str, str]:
    """Common mistakes, in lower case, and what is meant."""
    return MappingProxyType({row["word"]: row["right"] for row in tables.load("misspellings")})


class Slip(NamedTuple):
    """The word that is meant, and its Zipf frequency where it was found by that, not in the table of usual slips."""

    right: str
    common: float | None


def slips_among(words: Collection[str], near: Iterable[str]) -> dict[str, Slip]:
    """Those of ``words`` (lower case) that are slips of the pen, with the word that is meant.

    ``near``: the French words of the text without accents, in lower case: of several English words that could be meant
    the one that begins like a French one is taken ("acused": « accusé »). Reads the frequency list twice.
    """
    known = zipf(words, "en")
    unknown = {word: known.get(word, 0.0) for word in words if word not in usual() and known.get(word, 0.0) <= _RAREST}
    made = {word: _stems(word) for word in unknown}
    meant = {word: {slip for slip in slips(word) if slip != word} for word in unknown}
    english = zipf(set().union(*made.values(), *meant.values()), "en")
    found = {word: Slip(usual()[word], None) for word in words if word in usual()}
    heads = frozenset(word[:4] for word in near if len(word) > 4)
    for word, frequency in unknown.items():
        if any(english.get(stem, 0.0) >= (_KNOWN if len(stem) > 3 else _KNOWN_SHORT) for stem in made[word]):
            continue
        if len(word) > 5 and any(
            english.get(slip, 0.0) >= _VARIANT and _plain(word) == _plain(slip) for slip in meant[word]
        ):
            continue
        best = max(meant[word], key=lambda slip: _likely(word, slip, heads) + english.get(slip, 0.0))
        if english.get(best, 0.0) - frequency >= _least(word, frequency) and best != word + "s":
            found[word] = Slip(best, english[best])
    return found


def _likely(word: str, slip: str, heads: frozenset[str]) -> float:
    """What speaks for ``slip`` besides its frequency: a French word that begins so, and letters merely swapped."""
    return 1.3 * (slip[:4] in heads) + 0.7 * (sorted(word) == sorted(slip))


def _least(word: str, frequency: float) -> float:
    """How much commoner (Zipf) the word that is meant must be: the shorter the word, the more words are near it."""
    if len(word) == 3:
        return 4.9
    if len(word) == 4:
        return 5.2 if frequency == 0 else 4.5
    if frequency == 0:
        return {5: 4.0, 6: 3.4}.get(len(word), 3.2)
    return 3.2 if len(word) <= 6 else 2.7


def _stems(word: str) -> set[str]:
    """What is left of a word without a prefix, an ending, or both: four letters at least, but of a plural."""
    bare = _ENDING.sub("", word)
    if bare == word[:-1] and word.endswith("d") and not bare.endswith("e"):
        bare = word  # "formd" is no form of "form"
    ends = {word, bare} | ({bare + "e"} if bare != word else set())
    both = {_PREFIX.sub("", stem) for stem in ends} | ends
    return {stem for stem in both if len(stem) >= 4 or stem + "s" == word} - {word}


def _plain(word: str) -> str:
    """One spelling for what British and American writers spell in two ways."""
    word = re.sub(r"ll(?=e[drs]|ing|or|ous|is|m|f|$)", "l", word.replace("ae", "e").replace("oe", "e"))
    word = re.sub(r"is(?=e|ing|ation)|yz(?=e|ing)", "iz", word)
    return re.sub(r"(?<=\w)re$", "er", word.replace("ou", "o"))
