"""The words of each pair that a language model finds hardest to foresee given the other text, for --details."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.model import Pair, Report, Segment, TextScores, WordScore
from tqcheck.render.look import Look, hanging, language

if TYPE_CHECKING:
    from rich.text import Text

MOST = 4
"""Words a side."""
HARD = -4.6
"""Natural logarithm of a probability of 1 %: above it a word is not worth a line."""


def lines(report: Report, look: Look) -> Iterator[Text]:
    """A line a side of each pair that has such words; nothing where no model has read the texts."""
    from rich.text import Text

    bitext = report.bitext
    rows = [
        (pair, document, words)
        for pair in bitext.pairs
        for document, words in (
            (bitext.source, _hardest(pair.source, pair.source_scores)),
            (bitext.target, _hardest(pair.target, pair.target_scores)),
        )
        if words
    ]
    if not rows:
        return
    yield from (Text(""), Text("Words that are hard to foresee", style="bold"))
    meaning = "log-probability given the other text, and in brackets without it; -2.3 is one in ten, -6.9 one in 1,000"
    yield from hanging(Text(meaning, style="dim"), "  ", look.text_columns)
    for pair, document, words in rows:
        lead = f"  {_name(pair)} {language(document)}: "
        said = ", ".join(f"{text} {word.given:.1f} ({word.alone:.1f})" for text, word in words)
        yield from hanging(Text(look.shown(said)), lead, look.text_columns)


def _name(pair: Pair) -> str:
    return f"pair {pair.index + 1}"


def _hardest(segment: Segment, scores: TextScores | None) -> list[tuple[str, WordScore]]:
    """In the order of the text."""
    if scores is None:
        return []
    hard = [
        (token, word)
        for token, word in zip(segment.tokens, scores.words, strict=True)
        if word is not None and token.is_word and word.given < HARD
    ]
    some = sorted(hard, key=lambda found: found[1].given)[:MOST]
    return [(token.text, word) for token, word in sorted(some, key=lambda found: found[0].index)]
