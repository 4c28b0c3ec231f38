"""Document -> Document with sentences and tokens. spaCy lives in this room and nowhere else (`parsers`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from tqcheck.annotate import apart
from tqcheck.annotate.parsers import LONGEST, MODELS, Row, is_loaded, parse
from tqcheck.languages import sentences
from tqcheck.model import Block, Document, Segment, Span, Token

__all__ = ["LONGEST", "MODELS", "annotate", "annotate_both", "model_versions", "segment"]

Progress = Callable[[int, int], None]
Parse = Callable[[Sequence[str], str], Iterable[list[Row]]]

LONG = 100_000
"""Code points from which a text is worth a process of its own where its parser is loaded here already."""


def segment(document: Document, *, split: bool = True) -> Document:
    """Fill in ``segments``, a sentence each, without tokens. Loads no model.

    With ``split`` false every block is one segment, an empty one too: the text came in sentences already.
    """
    segments = tuple(
        Segment(Span(start, end), document.text[start:end], (), (number,), block)
        for number, (start, end, block) in enumerate(_sentences(document, split))
    )
    return replace(document, segments=segments)


def annotate(
    document: Document, *, split: bool = True, progress: Progress | None = None, parse: Parse = parse
) -> Document:
    """Fill in ``segments`` (as `segment` does) and ``tokens``. Equal texts give equal tokens, whatever else runs."""
    cut = segment(document, split=split)
    segments: list[Segment] = []
    tokens: list[Token] = []
    parsed = parse([sentence.text for sentence in cut.segments], document.lang)
    for sentence, rows in zip(cut.segments, parsed, strict=True):
        first = len(tokens)
        own = tuple(_token(row, first + index, first, sentence.span.start) for index, row in enumerate(rows))
        tokens += own
        segments.append(replace(sentence, tokens=own))
        if progress is not None:
            progress(len(segments), len(cut.segments))
    return replace(cut, segments=tuple(segments), tokens=tuple(tokens))


def annotate_both(
    first: Document,
    second: Document,
    progress: tuple[Progress | None, Progress | None] = (None, None),
    *,
    split: bool = True,
    beside: bool = False,
) -> tuple[Document, Document]:
    """Two documents, as `annotate` makes them; with ``beside`` the second in a process of its own where that pays."""
    if not beside or (is_loaded(second.lang) and len(second.text) < LONG):
        return annotate(first, split=split, progress=progress[0]), annotate(second, split=split, progress=progress[1])
    with apart.Parsing([sentence.text for sentence in segment(second, split=split).segments], second.lang) as there:
        done = annotate(first, split=split, progress=progress[0])
        return done, annotate(second, split=split, progress=progress[1], parse=there.rows)


def model_versions() -> dict[str, str]:
    """Name and version of each language's model, without loading it."""
    from importlib import metadata

    return {lang: f"{name} {metadata.version(name.replace('_', '-'))}" for lang, name in MODELS.items()}


def _sentences(document: Document, split: bool) -> Iterator[tuple[int, int, int]]:
    blocks = document.blocks or (Block(Span(0, len(document.text)), "paragraph"),)
    for number, block in enumerate(blocks):
        text = block.span.of(document.text)
        places = sentences.split(text, document.lang) if split else ((0, len(text)),)
        for start, end in places:
            yield block.span.start + start, block.span.start + end, number


def _token(row: Row, index: int, first: int, offset: int) -> Token:
    start, end, text, lemma, pos, morph, dep, head, entity = row
    return Token(index, Span(offset + start, offset + end), text, lemma, pos, morph, dep, first + head, entity)
