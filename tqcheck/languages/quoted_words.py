"""The words of a pair that stand in quotation marks: their places in the documents, and what renders them."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from tqcheck.languages import quotations
from tqcheck.languages.quotations import Quotation
from tqcheck.model import Bitext, Pair, Segment, Span, Token

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "ADV"})
LINKED = 0.6
"""Least probability of a word link that speaks for a quotation's limits."""
SHORT_TITLE = 8
"""Fewer words than these behind « son livre » or « intitulé » are a title."""


def read(text: str, segments: Sequence[Segment]) -> tuple[Quotation, ...]:
    """The quotations of one article of a document."""
    starts = sorted(segment.span.start for segment in segments)
    first, last = starts[0], max(segment.span.end for segment in segments)
    return tuple(
        replace(q, start=q.start + first, end=q.end + first, inner=(q.inner[0] + first, q.inner[1] + first))
        for q in quotations.read(text[first:last], [start - first for start in starts])
    )


def clip(quotation: Quotation, span: Span) -> Span:
    """The words of a quotation that lie in ``span``, without its marks."""
    start = max(quotation.inner[0], span.start)
    return Span(start, max(start, min(quotation.inner[1], span.end)))


def within(quoted: Sequence[Quotation], span: Span) -> tuple[Quotation, ...]:
    """Those of the quotations (in order, none overlapping) that share a character with ``span``."""
    first = bisect.bisect_right(quoted, span.start, key=lambda q: q.end)
    last = bisect.bisect_left(quoted, span.end, key=lambda q: q.start)
    return tuple(quoted[first:last])


def quoted_in_french(pair: Pair, token: Token, quoted: Span, said: Sequence[Span]) -> bool | None:
    """Whether the French behind a word of meaning is quoted (reporting words are not); None where no link tells."""
    behind = [t for t in pair.behind(token) if t.pos in CONTENT]
    if token.pos not in CONTENT or not behind:
        return None
    return all(quoted.contains(t.span) and not any(s.overlaps(t.span) for s in said) for t in behind)


def meant(pair: Pair, quoted: Span, said: Sequence[Span]) -> tuple[Token, ...]:
    """The French words of meaning inside a quotation, without those that report it."""
    return tuple(
        token
        for token in pair.source.tokens
        if token.pos in CONTENT and quoted.contains(token.span) and not any(s.overlaps(token.span) for s in said)
    )


def rendered(
    pair: Pair, quoted: Span, said: Sequence[Span], regions: Sequence[Span]
) -> tuple[list[Token], list[Token]]:
    """The English words of meaning that stand for quoted French ones: inside English quotations, and outside."""
    inside: list[Token] = []
    outside: list[Token] = []
    for link in pair.links:
        source, target = pair.source.token(link.source), pair.target.token(link.target)
        if source is None or target is None or link.probability < LINKED or source.pos not in CONTENT:
            continue
        if quoted.contains(source.span) and not any(s.overlaps(source.span) for s in said):
            (inside if any(r.overlaps(target.span) for r in regions) else outside).append(target)
    return inside, outside


def is_title(bitext: Bitext, pair: Pair, quoted: Span) -> bool:
    """Whether the quoted words are a title or name: they begin with capitals, or stand in the English as they are."""
    text = quoted.of(bitext.source.text)
    before = bitext.source.text[pair.source.span.start : quoted.start].rstrip(' «“"\u00a0\u202f')
    if len(words(text)) < SHORT_TITLE and quotations.names_a_work(before):
        return True
    long = [word for word in words(text) if len(word) > 3]
    return text.strip() in pair.target.text or (bool(long) and 2 * sum(w[0].isupper() for w in long) > len(long))


def is_capitalised(tokens: Sequence[Token]) -> bool:
    """Whether most of the English words are those of a title."""
    return bool(tokens) and 2 * sum(token.text[0].isupper() for token in tokens) > len(tokens)


def words(text: str) -> list[str]:
    """The words and numbers of a text, without its marks."""
    return re.findall(r"[^\W_]+", text)


def incises(bitext: Bitext, span: Span) -> tuple[Span, ...]:
    """The reporting words inside a French quotation, as places in the document."""
    return tuple(Span(span.start + a, span.start + b) for a, b in quotations.incises(span.of(bitext.source.text)))
