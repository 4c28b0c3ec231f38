"""From pairs of lines to batches of tokens: an epoch at a time, made by other processes while the last one is learned.

What an epoch holds depends on the seed, the number of the epoch and the data alone, so that a run that goes on sees
what it would have seen.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from noise import Noise, in_any_typography, in_one_typography, joined, shared_names
from pieces import BEGIN, END, TAGS, processor
from selection import Pair

CHUNK = 20_000
"""Pairs a task."""
LONGEST = 200
"""Pieces a side; a longer line is not learned from."""
STEP = 8
"""Lengths are padded to its multiples: fewer shapes, and what the hardware likes."""


class Lines(NamedTuple):
    """Token lines of both sides, flat: row ``i`` of a side is ``flat[ends[i - 1]:ends[i]]``."""

    source: Any
    source_ends: Any
    target: Any
    target_ends: Any


class _Worker(NamedTuple):
    pairs: Sequence[Pair]
    noise: Noise
    pieces: Any
    seed: int


_worker: _Worker | None = None


def _begin(pairs: Sequence[Pair], pieces: Path, seed: int) -> None:
    global _worker
    names = shared_names([(pair.french, pair.english) for pair in pairs])
    _worker = _Worker(pairs, Noise(names), processor(pieces), seed)


def _lines(places: Sequence[int], epoch: int, number: int) -> Lines:
    """The lines of some pairs, in both directions, with the noise of that epoch."""
    assert _worker is not None
    generator = random.Random(f"{_worker.seed}-{epoch}-{number}")
    rows: list[tuple[str, str, str]] = []
    for lang in ("en", "fr"):
        texts = [(_worker.pairs[i].french, _worker.pairs[i].english) for i in places]
        turned = texts if lang == "en" else [(english, french) for french, english in texts]
        for source, target in joined(turned, generator):
            source, target = _worker.noise.apply(source, target, generator)
            rows.append((lang, in_any_typography(source, generator), in_one_typography(target, lang)))
    encode = _worker.pieces.encode
    tags = {lang: _worker.pieces.piece_to_id(tag) for lang, tag in TAGS.items()}
    found = [
        ([tags[row[0]], *source, END], [BEGIN, *target, END])
        for row, source, target in zip(rows, encode([r[1] for r in rows]), encode([r[2] for r in rows]), strict=True)
    ]
    kept = [both for both in found if max(map(len, both)) <= LONGEST]
    return Lines(*_flat([source for source, _ in kept]), *_flat([target for _, target in kept]))


def _flat(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    lengths = numpy.array([len(row) for row in rows], numpy.int64)
    return numpy.array([token for row in rows for token in row], numpy.int32), lengths.cumsum()


class Epochs:
    """Makes epochs. Begin it before anything touches the GPU: its processes are forked."""

    def __init__(self, pairs: Sequence[Pair], pieces: Path, seed: int, workers: int) -> None:
        self._weights = [pair.weight for pair in pairs]
        self._seed = seed
        self._pool = ProcessPoolExecutor(workers, get_context("fork"), _begin, (pairs, pieces, seed))
        self._waiting: dict[int, list[Future[Lines]]] = {}

    def _ask(self, epoch: int) -> list[Future[Lines]]:
        if epoch not in self._waiting:
            places = [place for place, weight in enumerate(self._weights) for _ in range(weight)]
            random.Random(f"{self._seed}-{epoch}").shuffle(places)
            self._waiting[epoch] = [
                self._pool.submit(_lines, places[start : start + CHUNK], epoch, start)
                for start in range(0, len(places), CHUNK)
            ]
        return self._waiting[epoch]

    def batches(self, epoch: int, tokens: int) -> Iterator[tuple[Any, Any]]:
        """Batches of at most ``tokens`` tokens a side, padding counted, as two int64 arrays (rows, length)."""
        parts = [task.result() for task in self._ask(epoch)]
        del self._waiting[epoch]
        self._ask(epoch + 1)
        yield from shaped(parts, tokens, random.Random(f"{self._seed}-{epoch}-order"))

    def close(self) -> None:
        """End its processes."""
        self._pool.shutdown(cancel_futures=True)


def shaped(parts: Sequence[Lines], tokens: int, generator: random.Random) -> Iterator[tuple[Any, Any]]:
    """Lines of about one length together, the batches in random order."""
    buckets: dict[int, list[tuple[int, int]]] = {}
    for number, part in enumerate(parts):
        longest = numpy.maximum(numpy.diff(part.source_ends, prepend=0), numpy.diff(part.target_ends, prepend=0))
        for row, length in enumerate((-(-longest // STEP) * STEP).tolist()):
            buckets.setdefault(length, []).append((number, row))
    batches: list[tuple[int, list[tuple[int, int]]]] = []
    for length in sorted(buckets):
        rows = buckets[length]
        generator.shuffle(rows)
        size = max(1, tokens // length)
        batches += [(length, rows[start : start + size]) for start in range(0, len(rows), size)]
    generator.shuffle(batches)
    for length, rows in batches:
        yield _padded(parts, rows, length, 0), _padded(parts, rows, length + 1, 2)


def _padded(parts: Sequence[Lines], rows: Sequence[tuple[int, int]], length: int, side: int) -> Any:
    found = numpy.zeros((len(rows), length), numpy.int64)
    for place, (number, row) in enumerate(rows):
        flat, ends = parts[number][side], parts[number][side + 1]
        line = flat[ends[row - 1] if row else 0 : ends[row]]
        found[place, : len(line)] = line
    return found
