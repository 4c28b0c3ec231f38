"""Log-probabilities of pieces as those of words."""

from __future__ import annotations

from collections.abc import Iterable

from tqcheck.model import Segment, Span
from tqcheck.translate.protocol import ScoredText


def by_token(scored: ScoredText, segment: Segment) -> tuple[float | None, ...]:
    """The log-probability of each token of a segment whose text was scored, in nats; None for one without a piece.

    That of a word is the sum of its pieces', in other words of the word as a whole given all before it.
    """
    start = segment.span.start
    spans = [Span(token.span.start - start, token.span.end - start) for token in segment.tokens]
    return by_span(scored, segment.text, spans)


def by_span(scored: ScoredText, text: str, spans: Iterable[Span]) -> tuple[float | None, ...]:
    """The log-probability of each of the spans, which are in order and apart; ``text`` is what was scored.

    A piece belongs to the first span in which a character of it stands, blanks before it apart: a quotation mark and
    the full stop after it can be one piece, which is then the mark's. A lone blank belongs to the word after it.
    """
    ordered = tuple(spans)
    found: list[float | None] = [None] * len(ordered)
    number = 0
    for piece in scored.pieces:
        written = text[piece.start : piece.end]
        begin = piece.start + len(written) - len(written.lstrip())
        while number < len(ordered) and ordered[number].end <= begin:
            number += 1
        if number < len(ordered) and ordered[number].start < max(piece.end, begin + 1):
            found[number] = (found[number] or 0.0) + piece.log_probability
    return tuple(found)
