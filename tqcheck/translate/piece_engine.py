"""The engine over subword pieces that opus-mt and ctranslate2 share: parts, batches, order, places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

from tqcheck.model import Translation
from tqcheck.translate.pieces import Piece, Tokenizer
from tqcheck.translate.protocol import Direction, Progress, ScoredPiece, ScoredText, unsupported
from tqcheck.translate.splitting import halves, split, split_together

J = TypeVar("J")
R = TypeVar("R")

AT_ONCE = 200
"""Pieces that are translated as one text. A model takes about 500, but was trained on single sentences."""

BATCH = 512
"""Pieces of a batch, padding counted: small enough for a bar that moves, and this many rows of probabilities over a
vocabulary of 60,000 pieces fit in 0.15 GB."""

SHORT = 8
"""A part of this few pieces is not cut any further where a model goes on and on."""

DIGITS = 4
"""Log-probabilities are rounded: their last digits depend on what else was in the batch."""


class Hypothesis(NamedTuple):
    """What a model makes of one source. ``finished``: it ended by itself, not for want of room."""

    pieces: tuple[str, ...]
    log_probabilities: tuple[float, ...]
    finished: bool


class PieceModel(Protocol):
    """A loaded model of one direction, over pieces without their end token.

    ``longest`` is the number of pieces it can take on either side.
    """

    @property
    def longest(self) -> int: ...

    def generate(self, sources: Sequence[Sequence[str]]) -> Sequence[Hypothesis]:
        """The best translation of each."""

    def score(self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]) -> Sequence[tuple[float, ...]]:
        """The natural log-probability of each piece of each target, and last that of its end."""


class Loaded(NamedTuple):
    """A direction that is ready to work."""

    tokenizer: Tokenizer
    model: PieceModel


class PieceEngine:
    """An ``Engine`` out of one loader for each direction, called when the direction is first used."""

    can_score = True
    worth_caching = True

    def __init__(self, name: str, identity: str, loaders: Mapping[Direction, Callable[[], Loaded]]) -> None:
        self.name = name
        self.identity = identity
        self._loaders = dict(loaders)
        self._loaded: dict[Direction, Loaded] = {}

    def supports(self, source: str, target: str) -> bool:
        return (source, target) in self._loaders

    def _direction(self, source: str, target: str) -> Loaded:
        direction = source, target
        if direction not in self._loaders:
            raise unsupported(self, source, target)
        if direction not in self._loaded:
            self._loaded[direction] = self._loaders[direction]()
        return self._loaded[direction]

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        tokenizer, model = self._direction(source, target)
        room = min(AT_ONCE, model.longest)

        def fits(part: str) -> bool:
            return len(tokenizer.source(part)) <= room

        parts = [split(text, fits) if text.strip() else () for text in texts]
        hypotheses = iter(_translate(tokenizer, model, [part for some in parts for part in some], progress))
        return tuple(self._joined(tokenizer, [next(hypotheses) for _ in some]) for some in parts)

    def _joined(self, tokenizer: Tokenizer, hypotheses: Sequence[Hypothesis]) -> Translation:
        return Translation(
            text=" ".join(filter(None, (tokenizer.text(hypothesis.pieces) for hypothesis in hypotheses))),
            engine=self.identity,
            pieces=tuple(piece for hypothesis in hypotheses for piece in hypothesis.pieces),
            log_probabilities=tuple(
                round(value, DIGITS) for hypothesis in hypotheses for value in hypothesis.log_probabilities
            ),
        )

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        tokenizer, model = self._direction(source, target)
        jobs: list[_Job] = []
        for number, texts in enumerate(zip(sources, targets, strict=True)):
            jobs += _jobs(number, texts, tokenizer, model.longest)
        results = _in_batches(
            jobs,
            lambda job: max(len(job.source), len(job.target)) + 1,
            lambda batch: model.score([job.source for job in batch], [[p.text for p in job.target] for job in batch]),
            progress,
        )
        pieces: list[list[tuple[Piece, tuple[float]]]] = [[] for _ in targets]
        ends: list[float | None] = [None for _ in targets]
        for job, values in zip(jobs, results, strict=True):
            pieces[job.number] += ((piece, (value,)) for piece, value in zip(job.target, values[:-1], strict=True))
            ends[job.number] = round(values[-1], DIGITS)
        return tuple(tiled(text, found, end) for text, found, end in zip(targets, pieces, ends, strict=True))


class _Job(NamedTuple):
    """A part of the text ``number`` to score: the places of the target's pieces are those in the whole text."""

    number: int
    source: tuple[str, ...]
    target: tuple[Piece, ...]


def _jobs(number: int, texts: tuple[str, str], tokenizer: Tokenizer, longest: int) -> Iterator[_Job]:
    def fits(source: str, target: str) -> bool:
        return len(tokenizer.source(source)) <= longest and len(tokenizer.target(target)) <= longest

    offset = 0
    for source, target in split_together(*texts, fits):
        pieces = tuple(Piece(text, offset + start) for text, start in tokenizer.target(target))
        offset += len(target)
        if pieces:
            yield _Job(number, tokenizer.source(source), pieces)


def tiled(text: str, pieces: Sequence[tuple[Piece, Sequence[float | None]]], end: float | None) -> ScoredText:
    """A scored text out of its pieces, each with its log-probability, and what else is known of it."""
    if not pieces:
        return ScoredText((), None)
    starts = [0, *(piece.start for piece, _ in pieces[1:]), len(text)]
    return ScoredText(
        tuple(
            ScoredPiece(start, stop, piece.text, round(value or 0.0, DIGITS), *map(_rounded, more))
            for (start, stop), (piece, (value, *more)) in zip(pairwise(starts), pieces, strict=True)
        ),
        end,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _translate(
    tokenizer: Tokenizer, model: PieceModel, parts: Sequence[str], progress: Progress | None
) -> list[Hypothesis]:
    """The hypothesis of each part; one that ran out of room is made anew from the two halves of its part.

    A model that does so has begun to repeat itself: shorter sources lead it out, and its output would be cut.
    """
    sources = [tokenizer.source(part) for part in parts]
    found = _in_batches(sources, lambda pieces: len(pieces) + 1, model.generate, progress)
    for index, (hypothesis, source) in enumerate(zip(found, sources, strict=True)):
        cut = None if hypothesis.finished or len(source) <= SHORT else halves(parts[index])
        if cut is not None:
            first, second = _translate(tokenizer, model, cut, None)
            found[index] = Hypothesis(
                first.pieces + second.pieces, first.log_probabilities + second.log_probabilities, second.finished
            )
    return found


def _in_batches(
    jobs: Sequence[J], size: Callable[[J], int], work: Callable[[Sequence[J]], Sequence[R]], progress: Progress | None
) -> list[R]:
    """The result of each job, in the order of the jobs; they are worked on the longest first, like with like."""
    sizes = [size(job) for job in jobs]
    results: dict[int, R] = {}
    for batch in _batches(sizes):
        results |= zip(batch, work([jobs[index] for index in batch]), strict=True)
        if progress is not None:
            progress(len(results), len(jobs))
    return [results[index] for index in range(len(jobs))]


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in sorted(range(len(sizes)), key=lambda index: -sizes[index]):
        # The first of a batch is its longest, to which the others are padded.
        if batch and sizes[batch[0]] * (len(batch) + 1) > BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
