"""All phrase pairs that the word links allow, counted.

    python training/phrases/extraction.py --work WORK

A phrase pair is a run of words on each side that are linked to each other and to nothing outside (Koehn, Och and Marcu
2003). Runs are handled as hashes, all sentences of a part of the corpus at once. Writes `pairs.npz`: for each pair that
was seen often enough its count, those of its sides, and one place where it stands.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import alignment
import links
import numpy

LONGEST = 5
"""Words of a phrase."""
LOOSE = 1
"""Unlinked words that a phrase of the English side may take in at either end."""
ONCE = 4
"""Words of both sides together that a pair may have which was seen only once."""
PART = 100_000
"""Sentences at once."""

_FACTOR = numpy.uint64(0x9E3779B97F4A7C15)
_MIX = numpy.uint64(0xC2B2AE3D27D4EB4F)
_FAR = numpy.int32(2**30)


class Side(NamedTuple):
    """The words of one language: ``ids``, and the number of the ``sentence`` that each is in."""

    ids: Any
    sentence: Any

    def cut(self, start: int, end: int) -> Side:
        """The words of some sentences."""
        low, high = numpy.searchsorted(self.sentence, (start, end))
        return Side(self.ids[low:high], self.sentence[low:high])


class Found(NamedTuple):
    """Phrase pairs, sorted by ``key``: how often, and where one of them stands (``at`` French, English; ``size``)."""

    key: Any
    french: Any
    english: Any
    count: Any
    french_at: Any
    english_at: Any
    size: Any


def runs(side: Side) -> Iterator[tuple[Any, Any]]:
    """For the lengths 1 to ``LONGEST``: the hash of the run at each word, and whether it is within its sentence."""
    total = numpy.zeros(len(side.ids), numpy.uint64)
    for length in range(LONGEST):
        shifted = numpy.zeros(len(side.ids), numpy.uint64)
        inside = numpy.zeros(len(side.ids), bool)
        end = len(side.ids) - length
        shifted[:end] = side.ids[length:]
        inside[:end] = side.sentence[length:] == side.sentence[:end]
        total = (total ^ (shifted + numpy.uint64(1))) * _FACTOR
        total ^= total >> numpy.uint64(31)
        yield total, inside


def reaches(own: Any, other: Any, size: int) -> tuple[list[Any], list[Any]]:
    """For the lengths 1 to ``LONGEST``: the first and last word of the other side that a run is linked to."""
    low, high = numpy.full(size, _FAR, numpy.int32), numpy.full(size, -1, numpy.int32)
    numpy.minimum.at(low, own, other.astype(numpy.int32))
    numpy.maximum.at(high, own, other.astype(numpy.int32))
    lows, highs = [low], [high]
    for length in range(1, LONGEST):
        lower, higher = lows[-1].copy(), highs[-1].copy()
        numpy.minimum(lower[:-length], low[length:], out=lower[:-length])
        numpy.maximum(higher[:-length], high[length:], out=higher[:-length])
        lows.append(lower)
        highs.append(higher)
    return lows, highs


def extract(french: Side, english: Side, own: Any, other: Any) -> Found:
    """The pairs of a part of the corpus; ``own`` and ``other`` are the two words of each link, counted in the part."""
    lows, highs = reaches(own, other, len(french.ids))
    back_lows, back_highs = (numpy.stack(rows) for rows in reaches(other, own, len(english.ids)))
    english_runs = [(hashes.copy(), inside) for hashes, inside in runs(english)]
    hashes_of = numpy.stack([hashes for hashes, _ in english_runs])
    inside_of = numpy.stack([inside for _, inside in english_runs])
    free = back_highs[0] < 0
    words_in = numpy.bincount(french.sentence - french.sentence[0])[french.sentence - french.sentence[0]]
    rows = []
    for length, (hashes, inside) in enumerate(runs(french)):
        low, high = lows[length], highs[length]
        # No phrase of two words or more is a whole line, with or without its final mark: lines stay out of the table.
        part = (words_in > length + 2) | (length == 0)
        at = numpy.flatnonzero(inside & part & (high >= 0) & (high - low < LONGEST))
        start, size = low[at], high[at] - low[at]
        closed = (back_lows[size, start] >= at) & (back_highs[size, start] <= at + length)
        at, start, size = at[closed], start[closed], size[closed]
        for left in range(LOOSE + 1):
            for right in range(LOOSE + 1):
                begin, whole = start - left, size + left + right
                fits = (begin >= 0) & (whole < LONGEST) & (begin + whole < len(english.ids))
                begin, whole, here = begin[fits], whole[fits], at[fits]
                fits = inside_of[whole, begin]
                fits &= free[begin] if left else True
                fits &= free[begin + whole] if right else True
                begin, whole, here = begin[fits], whole[fits], here[fits]
                rows.append((hashes[here], hashes_of[whole, begin], here, begin, length * LONGEST + whole))
    left_hash, right_hash, here, begin, size = (numpy.concatenate(column) for column in zip(*rows, strict=True))
    one = numpy.ones(len(here), numpy.int32)
    return merged(
        Found(left_hash * _MIX ^ right_hash, left_hash, right_hash, one, here, begin, size.astype(numpy.uint8))
    )


def merged(found: Found) -> Found:
    """Equal pairs added up, sorted by their key."""
    order = numpy.argsort(found.key, kind="stable")
    key = found.key[order]
    first = numpy.flatnonzero(numpy.concatenate([[True], key[1:] != key[:-1]]))
    count = numpy.add.reduceat(found.count[order], first)
    chosen = order[first]
    return found._replace(
        **{name: getattr(found, name)[chosen] for name in Found._fields if name not in ("count",)}, count=count
    )


def joined(parts: list[Found]) -> Found:
    """The pairs of several parts as one."""
    return merged(Found(*(numpy.concatenate(column) for column in zip(*parts, strict=True))))


def totals(hashes: Any, counts: Any) -> Any:
    """For each pair how often its side was seen in any pair."""
    _, number = numpy.unique(hashes, return_inverse=True)
    return numpy.bincount(number, counts).astype(numpy.int32)[number]


def worth_keeping(found: Found) -> Any:
    """Whether a pair was seen twice, or once and is short."""
    return (found.count > 1) | (found.size // LONGEST + found.size % LONGEST <= ONCE - 2)


def texts(work: Path) -> tuple[Side, Side, dict[str, list[str]]]:
    """Both sides, and the words by number."""
    sides, words = {}, {}
    with numpy.load(work / "tokens.npz") as arrays:
        for lang in ("fr", "en"):
            lengths = arrays[f"{lang}_lengths"]
            sentence = numpy.repeat(numpy.arange(len(lengths), dtype=numpy.int32), lengths)
            sides[lang] = Side(arrays[f"{lang}_ids"], sentence)
            words[lang] = str(arrays[f"{lang}_words"]).split("\n")
    return sides["fr"], sides["en"], words


def starts(side: Side) -> Any:
    """Where each sentence begins."""
    return numpy.searchsorted(side.sentence, numpy.arange(int(side.sentence[-1]) + 1)).astype(numpy.int64)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    began = time.process_time()
    french, english, _ = texts(options.work)
    both = [links.keys(some, starts(french), starts(english)) for some in alignment.load(options.work)]
    found = links.symmetrised(both[0], both[1], len(french.ids), len(english.ids))
    numpy.save(options.work / "symmetrised.npy", found)
    own, other = links.places(found)
    print(f"{len(found):,} links, {time.process_time() - began:.0f} s", flush=True)
    parts = []
    for start in range(0, int(french.sentence[-1]) + 1, PART):
        left, right = french.cut(start, start + PART), english.cut(start, start + PART)
        base = [int(numpy.searchsorted(side.sentence, start)) for side in (french, english)]
        low, high = numpy.searchsorted(own, (base[0], base[0] + len(left.ids)))
        part = extract(left, right, own[low:high] - base[0], other[low:high] - base[1])
        parts.append(part._replace(french_at=part.french_at + base[0], english_at=part.english_at + base[1]))
        print(f"{len(part.key):,} pairs, {time.process_time() - began:.0f} s", flush=True)
    pairs = joined(parts)
    sides = totals(pairs.french, pairs.count), totals(pairs.english, pairs.count)
    kept = worth_keeping(pairs)
    columns = {name: getattr(pairs, name)[kept] for name in Found._fields}
    numpy.savez(options.work / "pairs.npz", **columns, french_count=sides[0][kept], english_count=sides[1][kept])
    print(f"{kept.sum():,} of {len(kept):,} pairs kept, {time.process_time() - began:.0f} s of processor")


if __name__ == "__main__":
    main()
