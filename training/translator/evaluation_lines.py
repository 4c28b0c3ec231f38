"""The texts that must not be learned from, as hashes: whole lines, and runs of nine words.

A line of the evaluation data is recognised whatever its case, blanks and punctuation; a longer text is recognised by
any nine words in a row that it shares with them, on either side.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy

RUN = 9
"""Words in a row, as the corpora's own check counted."""

_WORDS = re.compile(r"\w+")
_FACTOR = numpy.uint64(0x9E3779B97F4A7C15)


def words(text: str) -> list[str]:
    """The words of a text, case folded."""
    return _WORDS.findall(text.casefold())


def strings(value: Any) -> Iterator[str]:
    """Every line of text in a JSON value, however deep."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def read(folder: Path) -> list[str]:
    """Every line of the records (``*.jsonl.gz``) of a folder."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                found.update(dict.fromkeys(strings(json.loads(line))))
    if not found:
        raise SystemExit(f"no evaluation records (*.jsonl.gz) in {folder}: nothing could be checked against them")
    return list(found)


class Forbidden:
    """``lines``: texts of three words or more; ``in_any`` says of texts whether they share one or a run with them."""

    def __init__(self, lines: Iterable[str]) -> None:
        split = [found for found in map(words, lines) if len(found) >= 3]
        self._lines = {_digest(found) for found in split}
        self._numbers: dict[str, int] = {}
        for found in split:
            for word in found:
                self._numbers.setdefault(word, len(self._numbers) + 1)
        self._runs = numpy.unique(self._hashes(split)[0])

    def _hashes(self, texts: Sequence[Sequence[str]]) -> tuple[Any, Any]:
        """The hash of every run of words in every text, and the number of the text that each is in.

        A word that no forbidden line has is 0 in all of them: such a run is no run of theirs.
        """
        lengths = numpy.fromiter((len(text) for text in texts), numpy.int64, len(texts))
        flat = numpy.fromiter(
            (self._numbers.get(word, 0) for text in texts for word in text), numpy.uint64, int(lengths.sum())
        )
        owner = numpy.repeat(numpy.arange(len(texts)), lengths)
        if len(flat) < RUN:
            return flat[:0], owner[:0]
        end = len(flat) - RUN + 1
        total = numpy.zeros(end, numpy.uint64)
        known = numpy.ones(end, bool)
        for place in range(RUN):
            part = flat[place : place + end]
            total = (total ^ part) * _FACTOR
            total ^= total >> numpy.uint64(29)
            known &= part > 0
        known &= owner[:end] == owner[RUN - 1 :]
        return total[known], owner[:end][known]

    def in_any(self, texts: Sequence[str]) -> list[bool]:
        """For each text whether it is, or has in it, something of the forbidden lines."""
        split = [words(text) for text in texts]
        found = [_digest(text) in self._lines for text in split]
        hashes, owner = self._hashes(split)
        for number in numpy.unique(owner[numpy.isin(hashes, self._runs)]):
            found[int(number)] = True
        return found


def _digest(split: Sequence[str]) -> bytes:
    return hashlib.blake2b("".join(split).encode(), digest_size=12).digest()
