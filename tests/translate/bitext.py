"""Bitexts of plain texts, without annotation: all that translation and scores need."""

from __future__ import annotations

from tqcheck.model import Bitext, Document, Pair, Segment, Span


def bitext(*pairs: tuple[str, str]) -> Bitext:
    """Pairs of French and English texts; each text is a paragraph of its document."""
    french, english = (_document(lang, [pair[side] for pair in pairs]) for side, lang in enumerate(("fr", "en")))
    beside = zip(french.segments, english.segments, strict=True)
    return Bitext(french, english, tuple(Pair(index, *both) for index, both in enumerate(beside)))


def _document(lang: str, texts: list[str]) -> Document:
    segments = []
    start = 0
    for number, text in enumerate(texts):
        segments.append(Segment(Span(start, start + len(text)), text, (), (number,), number))
        start += len(text) + 1
    return Document(f"article.{lang}.txt", lang, "\n".join(texts), tuple(segments))
