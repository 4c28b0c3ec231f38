"""The stage of the line that looks again at what is doubted: words are tried out, and parts of a side taken out."""

from __future__ import annotations

from tqcheck.model import Bitext
from tqcheck.translate.cache import Cache
from tqcheck.translate.contrasts import contrast
from tqcheck.translate.protocol import Progress, Scorer
from tqcheck.translate.word_trials import try_words


def look_again(
    bitext: Bitext, scorer: Scorer | None, cache: Cache | None = None, progress: Progress | None = None
) -> Bitext:
    """Fill ``trials`` and ``contrasts`` of the pairs of which something is doubted; without a scorer nothing changes.

    ``progress`` counts first what is tried out and then what is read again. Raises UserError from the scorer.
    """
    return contrast(try_words(bitext, scorer, cache, progress), scorer, cache, progress)
