"""Document -> Document with sentences and tokens. spaCy lives in this room and nowhere else (`parsers`)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from tqcheck import stored
from tqcheck.annotate import apart
from tqcheck.annotate.parsers import LONGEST, MODELS, Row, is_loaded, parse, parse_all
from tqcheck.apart import Apart
from tqcheck.languages import sentences
from tqcheck.model import Bitext, Block, Document, Segment, Span, Token

__all__ = [
    "LONGEST",
    "MODELS",
    "annotate",
    "annotate_both",
    "annotate_pairs",
    "model_versions",
    "parsing",
    "segment",
    "sentences_of",
]

Progress = Callable[[int, int], None]
Parse = Callable[[Sequence[str], str], Iterable[list[Row]]]

LONG = 100_000
"""Code points from which a text is worth a process of its own where its parser is loaded here already."""


def segment(document: Document, *, split: bool = True) -> Document:
    """Fill in ``segments``, a sentence each, without tokens, made when they are asked for. Loads no model.

    With ``split`` false every block is one segment, an empty one too: the text came in sentences already.
    """
    starts, ends, blocks = array("q"), array("q"), array("q")
    for start, end, block in _sentences(document, split):
        starts.append(start)
        ends.append(end)
        blocks.append(block)

    def sentence(number: int) -> Segment:
        span = Span(starts[number], ends[number])
        return Segment(span, span.of(document.text), (), (number,), blocks[number])

    return replace(document, segments=stored.View(range(len(starts)), sentence))


def annotate(
    document: Document, *, split: bool = True, progress: Progress | None = None, parse: Parse = parse
) -> Document:
    """Fill in ``segments`` (as `segment` does) and ``tokens``. Equal texts give equal tokens, whatever else runs."""
    cut = segment(document, split=split)
    found = _tokens(cut.segments, document.lang, progress, parse)
    segments = tuple(replace(sentence, tokens=own) for sentence, own in zip(cut.segments, found, strict=True))
    return replace(cut, segments=segments, tokens=tuple(chain.from_iterable(found)))


def annotate_both(
    first: Document,
    second: Document,
    progress: tuple[Progress | None, Progress | None] = (None, None),
    *,
    split: bool = True,
    beside: Apart | None = None,
) -> tuple[Document, Document]:
    """Two documents, as `annotate` makes them; the second by the other process, if there is one, where that pays."""
    if beside is None or not (beside.is_running or len(second.text) >= LONG or not is_loaded(second.lang)):
        return annotate(first, split=split, progress=progress[0]), annotate(second, split=split, progress=progress[1])
    asked = beside.ask(parse_all, [one.text for one in segment(second, split=split).segments], second.lang)
    done = annotate(first, split=split, progress=progress[0])
    return done, annotate(second, split=split, progress=progress[1], parse=lambda texts, lang: asked.answer())


def annotate_pairs(
    bitext: Bitext, progress: tuple[Progress | None, Progress | None] = (None, None), parse_target: Parse = parse
) -> Bitext:
    """Fill in the tokens of pairs without any, which may be a few of those of their documents; no other text is parsed.

    The documents must be cut (`segment`). Their tokens are those of the pairs, in the order of the text.
    """
    source, french = _annotated(bitext.source, [pair.source for pair in bitext.pairs], progress[0], parse)
    target, english = _annotated(bitext.target, [pair.target for pair in bitext.pairs], progress[1], parse_target)
    beside = zip(bitext.pairs, french, english, strict=True)
    return Bitext(source, target, tuple(replace(pair, source=one, target=other) for pair, one, other in beside))


def parsing(batches: Iterable[Iterable[Segment]], lang: str, beside: Apart | None) -> Parse:
    """What parses the texts of some batches of segments, one after the other: the other process, if there is one."""
    if beside is None:
        return parse
    return apart.Parsing(([part.text for part in batch] for batch in batches), lang, beside).rows


def sentences_of(document: Document, parts: Iterable[Segment]) -> tuple[Segment, ...]:
    """The sentences of a document that stand in ``parts``, in the order of the text."""
    return tuple(
        document.segments[number] for number in sorted({number for part in parts for number in part.sentences})
    )


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


def _annotated(
    document: Document, parts: Sequence[Segment], progress: Progress | None, parse: Parse
) -> tuple[Document, tuple[Segment, ...]]:
    own = sentences_of(document, parts)
    found = _tokens(own, document.lang, progress, parse)
    by_number = {sentence.sentences[0]: tokens for sentence, tokens in zip(own, found, strict=True)}
    filled = (replace(part, tokens=tuple(t for n in part.sentences for t in by_number[n])) for part in parts)
    return replace(document, tokens=tuple(chain.from_iterable(found))), tuple(filled)


def _tokens(segments: Sequence[Segment], lang: str, progress: Progress | None, parse: Parse) -> list[tuple[Token, ...]]:
    """The tokens of each segment, numbered from 0 on in the first."""
    found: list[tuple[Token, ...]] = []
    first = 0
    for sentence, rows in zip(segments, parse([part.text for part in segments], lang), strict=True):
        found.append(tuple(_token(row, first + k, first, sentence.span.start) for k, row in enumerate(rows)))
        first += len(rows)
        if progress is not None:
            progress(len(found), len(segments))
    return found


def _token(row: Row, index: int, first: int, offset: int) -> Token:
    start, end, text, lemma, pos, morph, dep, head, entity = row
    return Token(index, Span(offset + start, offset + end), text, lemma, pos, morph, dep, first + head, entity)
