"""An engine that remembers: asks the cache first and the engine for what is not there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from tqcheck.model import Translation
from tqcheck.translate.cache import Cache, key
from tqcheck.translate.protocol import (
    Engine,
    Passage,
    Progress,
    Question,
    Reading,
    ScoredPiece,
    ScoredText,
    Scorer,
    Trial,
    within,
)

CHUNK = 64
"""Texts after which what was made is kept: a run that is interrupted loses no more."""

READINGS, TRIALS = "2", "1"
"""The versions of what is known of the words of a passage, and of how words are tried out: parts of the keys."""

A = TypeVar("A")


class CachedEngine:
    """An ``Engine`` around another, of the same name and identity. What the cache knows loads no model."""

    worth_caching = False

    def __init__(self, engine: Engine, cache: Cache) -> None:
        self._engine = engine
        self._cache = cache
        self.name = engine.name
        self.identity = engine.identity
        self.can_score = engine.can_score

    def supports(self, source: str, target: str) -> bool:
        return self._engine.supports(source, target)

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        return _remembered(
            self._cache,
            self.identity,
            [key("translate", self.identity, source, target, text) for text in texts],
            [len(text) for text in texts],
            lambda some, tell: self._engine.translate([texts[place] for place in some], source, target, tell),
            _write_translation,
            self._read_translation,
            progress,
        )

    def unknown(self, texts: Sequence[str], source: str, target: str) -> tuple[str, ...]:
        """Those that the engine will be asked for."""
        names = [key("translate", self.identity, source, target, text) for text in texts]
        known = self._cache.read(names)
        return tuple(text for name, text in zip(names, texts, strict=True) if name not in known)

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        def ask(some: Sequence[int], tell: Progress | None) -> Sequence[ScoredText]:
            chosen = [sources[place] for place in some], [targets[place] for place in some]
            return self._engine.score(*chosen, source, target, tell)

        return _remembered(
            self._cache,
            self.identity,
            [key("score", self.identity, source, target, *texts) for texts in zip(sources, targets, strict=True)],
            [len(text) for text in targets],
            ask,
            json.dumps,
            _read_score,
            progress,
        )

    def _read_translation(self, value: str) -> Translation:
        text, pieces, numbers = json.loads(value)
        return Translation(
            text, self.identity, None if pieces is None else tuple(pieces), None if numbers is None else tuple(numbers)
        )


class CachedScorer:
    """A ``Scorer`` around another, of the same name and identity. What the cache knows loads no model."""

    worth_caching = False

    def __init__(self, scorer: Scorer, cache: Cache) -> None:
        self._scorer = scorer
        self._cache = cache
        self.name = scorer.name
        self.identity = scorer.identity

    def read(
        self, passages: Sequence[Passage], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Reading, ...]:
        return _remembered(
            self._cache,
            self.identity,
            [key("read", self.identity, READINGS, source, target, json.dumps(passage)) for passage in passages],
            [len(passage.source) + len(passage.target) for passage in passages],
            lambda some, tell: self._scorer.read([passages[place] for place in some], source, target, tell),
            json.dumps,
            _read_reading,
            progress,
        )

    def try_out(
        self, questions: Sequence[Question], source: str, target: str, progress: Progress | None = None
    ) -> tuple[tuple[Trial | None, ...], ...]:
        return _remembered(
            self._cache,
            self.identity,
            [key("try", self.identity, TRIALS, source, target, json.dumps(question)) for question in questions],
            [len(question.source) + len(question.target) for question in questions],
            lambda some, tell: self._scorer.try_out([questions[place] for place in some], source, target, tell),
            json.dumps,
            _read_trials,
            progress,
        )


def _remembered(
    cache: Cache,
    identity: str,
    keys: Sequence[bytes],
    lengths: Sequence[int],
    ask: Callable[[Sequence[int], Progress | None], Sequence[A]],
    write: Callable[[A], str],
    read: Callable[[str], A],
    progress: Progress | None,
) -> tuple[A, ...]:
    known = dict(_understood(cache.read(keys), read))
    first = {name: place for place, name in reversed(list(enumerate(keys)))}
    # The longest first, as the engines themselves do: each chunk has texts of a length, and the bar does not stall.
    absent = sorted((place for name, place in first.items() if name not in known), key=lambda p: (-lengths[p], p))
    for start in range(0, len(absent), CHUNK):
        some = absent[start : start + CHUNK]
        answers = ask(some, progress and within(progress, len(known), len(some), len(first)))
        made: Mapping[bytes, A] = dict(zip((keys[place] for place in some), answers, strict=True))
        cache.write(identity, {name: write(answer) for name, answer in made.items()})
        known |= made
    return tuple(known[name] for name in keys)


def _understood(values: Mapping[bytes, str], read: Callable[[str], A]) -> Iterator[tuple[bytes, A]]:
    """The answers that are whole: one that is not is asked for again."""
    for name, value in values.items():
        with suppress(ValueError, TypeError, LookupError, RecursionError):
            yield name, read(value)


def _write_translation(made: Translation) -> str:
    return json.dumps((made.text, made.pieces, made.log_probabilities))


def _read_score(value: str) -> ScoredText:
    return _scored(*json.loads(value))


def _read_reading(value: str) -> Reading:
    return Reading(*(_scored(*side) for side in json.loads(value)))


def _read_trials(value: str) -> tuple[Trial | None, ...]:
    return tuple(None if trial is None else Trial(*trial) for trial in json.loads(value))


def _scored(pieces: Sequence[Sequence[Any]], end: float | None) -> ScoredText:
    return ScoredText(tuple(ScoredPiece(*piece) for piece in pieces), end)
