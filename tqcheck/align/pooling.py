"""Vectors of neighbouring sentences joined, for the price of adding: the encoder's inner sums.

The encoder sums the features of a text's tokens, divides by the root of their number and sends the result through a
small network. Sums can be added: the vector of several sentences joined costs only the network, a fiftieth of reading
them again. What is here holds for one release of the encoder, `KNOWN_VERSION`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    from numpy.typing import NDArray

KNOWN_VERSION = "0.2.1"
DIMENSIONS = 512
# A vector of 5,000 characters (a page) says nothing of any one sentence in it; more would only cost memory.
LONGEST_TEXT = 5_000
TEXTS_A_BATCH = 512
# So many places where two sentences meet are read in full to learn what joining changes in the sums.
_SEAMS = 16


class PooledRuns:
    """Runs out of the sums of each sentence's token features: added, then sent through the encoder's last layers.

    Where two sentences meet, the joined text has no end and no beginning, and their words see each other. What this
    takes from the sums varies little; its mean over some places of the text that are read in full is subtracted. Mean
    cosine with the vector of the really joined text: 0.99 for two sentences, 0.985 for four (``docs/alignment.md``).
    """

    def __init__(
        self, sentences: Sequence[str], model: Any, pooling: Pooling, progress: Callable[[int, int], None] | None
    ) -> None:
        self._pooling = pooling
        places = {text: place for place, text in enumerate(dict.fromkeys(sentences))}
        unique = [text[:LONGEST_TEXT] for text in places]
        # Half precision is exact to 0.05 %, and 100,000 sentences take 200 MB instead of 400.
        self._single = numpy.empty((len(unique), DIMENSIONS), dtype=numpy.float16)
        self._sums = numpy.empty((len(unique), DIMENSIONS), dtype=numpy.float16)
        self._counts = numpy.empty(len(unique), dtype=numpy.float32)
        for start in range(0, len(unique), TEXTS_A_BATCH):
            end = min(start + TEXTS_A_BATCH, len(unique))
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


class Pooling:
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
        self._own = threading.local()  # two threads may read at once

    def start(self) -> None:
        self._own.kept = []

    def stop(self) -> list[tuple[NDArray[numpy.float32], NDArray[numpy.float32]]]:
        kept: list[tuple[NDArray[numpy.float32], NDArray[numpy.float32]]] = self._own.kept
        self._own.kept = None
        return kept

    def _keep(self, left: NDArray[numpy.float32], product: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
        if getattr(self._own, "kept", None) is not None:
            self._own.kept.append((left, product.copy()))  # the encoder changes its own in place
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
