"""Choose from parallel text the sentences whose English tells what a French pronoun stands for.

In: the folder of corpora (`europarl_v7.tsv.xz`, `various.tsv.xz`). Out: `Statement` values, the same ones for the same
files. Where the French has one « il » or « elle » and the English one "he", "she" or "it", the English word says
whether a person is meant; where the French has one « son », « sa » or « ses » and the English one "his", "her" or
"its", so too.
"""

from __future__ import annotations

import hashlib
import lzma
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

EUROPARL = 400_000
"""Lines of Europarl that are looked at, from the first."""
ORDERED = ("europarl", "literature", "games_po", "debian_web", "canada_gov_web", "bitcoin_newsletters")
"""Sources whose lines follow one another as in the text."""

_FRENCH = re.compile(r"\b(ils?|elles?|on|lui)\b", re.I)
_ENGLISH = re.compile(r"\b(he|she|it|its|him|her|his|himself|herself|itself|they)\b", re.I)
_FRENCH_OWN = re.compile(r"\b(?:son|sa|ses)\b", re.I)
_ENGLISH_OWN = re.compile(r"\b(?:his|her|its)\b", re.I)
_ADJECTIVES = (
    r"(?:(?:propres?|premi(?:er|ère)s?|nouve(?:au|lle)x?s?|grande?s?|petite?s?|derni(?:er|ère)s?|deux|trois|"
    r"excellente?s?|bon(?:ne)?s?|jeunes?|vieux|vieilles?|ancien(?:ne)?s?|meilleure?s?) )*"
)
_OWNED = re.compile(rf"\b(?:son|sa|ses) {_ADJECTIVES}([a-zà-ÿœ-]+)", re.I)
_ENGLISH_OWNED = re.compile(
    r"\b(?:his|her|its) (?:(?:own|first|new|great|big|little|last|two|three|good|young|old|former|best) )*([a-z-]+)",
    re.I,
)
_VERBS = "fau|fall|agi|convien|import|suffi|sembl|para[iî]|exist|rest|arriv|va[ul]|incomb|apparti|ressor|avèr|pleu|neig"
_NOBODY = re.compile(
    rf"\bil (?:n['e] ?)?(?:y |(?:(?:me|te|se|nous|vous|leur|lui|en) |s')?(?:{_VERBS}|peut (?:y|s'agir)))"
    r"|\bil (?:n')?(?:est|était|serait|sera|devient)(?: \w+){1,3} (?:que|qu'|de|d')",
    re.I,
)


class Statement(NamedTuple):
    """Lines in order, the last of which has the pronoun; ``answer`` is the English pronoun in lower case."""

    origin: str
    pronoun: str
    answer: str
    lines: tuple[tuple[str, str], ...]

    @property
    def thing(self) -> bool:
        return self.answer in ("it", "its")


def corpora(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Pairs of lines by source."""
    sources: dict[str, list[tuple[str, str]]] = {}
    for line in _lines(folder / "various.tsv.xz"):
        cells = line.split("\t")
        if len(cells) == 3 and not cells[0].startswith("canada_laws"):
            sources.setdefault(cells[0], []).append((cells[1], cells[2]))
    for number, line in enumerate(_lines(folder / "europarl_v7.tsv.xz")):
        if number == EUROPARL:
            break
        cells = line.split("\t")
        if len(cells) == 2:
            sources.setdefault("europarl", []).append((cells[0], cells[1]))
    return sources


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def subjects(sources: dict[str, list[tuple[str, str]]], before: int, caps: dict[str, int]) -> list[Statement]:
    """Statements with « il » or « elle », and ``before`` lines in front; at most ``caps`` a source and answer."""
    found: list[Statement] = []
    for origin, pairs in sources.items():
        if before and origin not in ORDERED:
            continue
        groups: dict[tuple[str, str], list[Statement]] = {}
        for place in range(before, len(pairs)):
            french, english = pairs[place]
            pronoun = [word.lower() for word in _FRENCH.findall(french)]
            answer = [word.lower() for word in _ENGLISH.findall(english) if word.lower() in ("he", "she", "it", "they")]
            if len(french) > 300 or pronoun not in (["il"], ["elle"]) or len(answer) != 1:
                continue
            if (pronoun[0], answer[0]) not in {("il", "he"), ("il", "it"), ("elle", "she"), ("elle", "it")}:
                continue
            if pronoun[0] == "il" and answer[0] == "it" and _NOBODY.search(french):
                continue
            lines = tuple(pairs[place - before : place + 1])
            groups.setdefault((pronoun[0], answer[0]), []).append(Statement(origin, pronoun[0], answer[0], lines))
        for group in groups.values():
            found += sample(group, caps.get(origin, caps[""]))
    return found


def owners(sources: dict[str, list[tuple[str, str]]], before: int, cap: int) -> list[Statement]:
    """Statements with « son », « sa » or « ses », and ``before`` lines in front."""
    found: list[Statement] = []
    for origin in ORDERED:
        pairs = sources.get(origin, [])
        groups: dict[str, list[Statement]] = {}
        for place in range(before, len(pairs)):
            french, english = pairs[place]
            answer = _ENGLISH_OWN.findall(english)
            if len(french) > 260 or len(_FRENCH_OWN.findall(french)) != 1 or len(answer) != 1:
                continue
            lines = tuple(pairs[place - before : place + 1])
            groups.setdefault(answer[0].lower(), []).append(Statement(origin, "son", answer[0].lower(), lines))
        for group in groups.values():
            found += sample(group, cap if origin == "europarl" else cap // 3)
    return found


def possessions(sources: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, bool, str, str | None]]:
    """Origin, whether it is a thing's, what is possessed in French and in English: every line with one possessive."""
    for origin, pairs in sources.items():
        for french, english in pairs:
            answer = _ENGLISH_OWN.findall(english)
            if len(french) > 400 or len(_FRENCH_OWN.findall(french)) != 1 or len(answer) != 1:
                continue
            owned = _OWNED.search(french)
            if owned is not None:
                other = _ENGLISH_OWNED.search(english)
                yield origin, answer[0].lower() == "its", owned[1].lower(), other and other[1].lower()


def sample(items: Sequence[Statement], size: int) -> list[Statement]:
    """A fixed part of the items, by the hash of their last line: the same whatever else is there."""
    return sorted(items, key=_hash)[:size]


def _hash(item: Statement) -> str:
    return hashlib.sha256("\t".join(item.lines[-1]).encode()).hexdigest()


def texts(statements: Iterable[Statement]) -> tuple[list[str], list[str]]:
    """The French and the English lines of statements, each once: of the English only lines that may hold an answer."""
    french = dict.fromkeys(line[0] for item in statements for line in item.lines)
    english = dict.fromkeys(
        line[1] for item in statements for line in item.lines if line is item.lines[-1] or _FRENCH.search(line[0])
    )
    return list(french), list(english)
