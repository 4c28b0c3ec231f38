"""Encoders for tests: fast, and the same on every machine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray


class WordEncoder:
    """Texts with the same words have the same vector: a sum of one random vector a word, of length 1."""

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        vectors = numpy.array([self._vector(text) for text in texts], dtype=numpy.float32).reshape(-1, 64)
        found: NDArray[numpy.float32] = vectors / numpy.maximum(
            numpy.linalg.norm(vectors, axis=1, keepdims=True), numpy.float32(1e-6)
        )
        return found

    def _vector(self, text: str) -> NDArray[numpy.float64]:
        total = numpy.zeros(64)
        for word in re.findall(r"\w+", text.lower()):
            digest = hashlib.blake2b(word.encode(), digest_size=64).digest()
            total += numpy.frombuffer(digest, dtype=numpy.uint8) / 127.5 - 1.0
        return total
