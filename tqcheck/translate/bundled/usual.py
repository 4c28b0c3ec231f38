"""How unusual a text is in its own language, by the trigrams of the package's translator. No translation is made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from tqcheck.translate.bundled.engine import language
from tqcheck.translate.bundled.language_model import BEGIN, END, UNKNOWN
from tqcheck.translate.bundled.options import sentence


def strangeness(texts: Sequence[str], lang: str) -> tuple[float, ...] | None:
    """Of each text the mean over its words of how much less usual each is after the two before it than anywhere.

    Nats, 0 at least, and 0 of a text without words. None where the package has no words of that language.
    """
    side = language(lang)
    if side is None:
        return None
    found = []
    for text in texts:
        numbers = [max(number, UNKNOWN) for number in sentence(text, side).numbers]
        row = numpy.array([BEGIN, BEGIN, *numbers, END])
        given = side.model.score(row[:-2], row[1:-1], row[2:])
        lost = numpy.maximum(side.model.unigram[row[2:]] - given, 0.0)
        found.append(float(lost.mean()) if numbers else 0.0)
    return tuple(found)
