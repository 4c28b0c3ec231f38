"""What a translation must not lose: numbers, names and addresses that are the same on both sides."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[\w,] )[A-ZÀ-Þ][\w-]{2,}")
ADDRESSES = ("https://www.exemple.fr/page-{}?x=1&y=a_b", "redaction.{}@journal-exemple.fr", "www.exemple.org/a/{}.html")


def share(pattern: re.Pattern[str], sources: Sequence[str], references: Sequence[str], made: Sequence[str]) -> float:
    """The share of what the pattern finds in a source and in its reference that the translation has as well."""
    wanted = kept = 0
    for source, reference, text in zip(sources, references, made, strict=True):
        both = set(pattern.findall(source)) & set(pattern.findall(reference))
        ours = set(re.findall(r"\d+|[\w-]+", text)) | set(_NUMBER.findall(text))
        wanted += len(both)
        kept += len(both & ours)
    return kept / max(1, wanted)


def line(sources: Sequence[str], references: Sequence[str], made: Sequence[str]) -> str:
    """One line about numbers and names."""
    shares = (share(pattern, sources, references, made) for pattern in (_NUMBER, _NAME))
    return "kept: numbers {:.1%}, names {:.1%}".format(*shares)


def with_addresses(sources: Sequence[str]) -> tuple[list[str], list[str]]:
    """Sentences with an address put in before their last mark, and the addresses."""
    addresses = [ADDRESSES[number % len(ADDRESSES)].format(number) for number in range(len(sources))]
    texts = [f"{source.rstrip(' .!?')} ({address})." for source, address in zip(sources, addresses, strict=True)]
    return texts, addresses
