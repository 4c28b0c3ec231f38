"""Sentences to sentences: two documents -> the bitext of their beads.

The steps: vectors of all sentences (`embeddings`), a rough path (`anchors`), the score of every bead near it
(`evidence`), the most probable alignment with the probability of each of its beads (`dynamic`, `beads`), and the blocks
that stand in another order (`moved`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from tqcheck.align.beads import Bead, monotone, ordered
from tqcheck.align.embeddings import Encoder, Progress, Runs, one_processor, runs_of_both
from tqcheck.align.evidence import Texts, side
from tqcheck.align.lexicon import Lexicon
from tqcheck.align.moved import with_moved
from tqcheck.align.parts import in_parts
from tqcheck.align.vocabulary import Vocabulary, renderings
from tqcheck.model import Bitext, Document, Pair, Segment, Span
from tqcheck.stored import View

__all__ = ["Bead", "align", "align_sentences", "aligned"]


def align_sentences(
    source: Sequence[str],
    target: Sequence[str],
    source_paragraphs: Sequence[int] | None,
    target_paragraphs: Sequence[int] | None,
    encoder: Encoder,
    progress: Progress | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[Bead, ...]:
    """The beads of two texts, French and English, given as their sentences; every sentence is in exactly one.

    ``source_paragraphs`` and ``target_paragraphs``: the number of each sentence's paragraph, None where that is not
    known. ``progress`` is told how many of all sentences were read. ``lexicon``: None stands for the bundled one. Beads
    come in the order of the source; one without a source stands behind the bead of the target sentence before it.
    """

    return tuple(_beads(source, target, source_paragraphs, target_paragraphs, encoder, progress, lexicon))


def _beads(
    source: Sequence[str],
    target: Sequence[str],
    source_paragraphs: Sequence[int] | None,
    target_paragraphs: Sequence[int] | None,
    encoder: Encoder,
    progress: Progress | None,
    lexicon: Lexicon | None,
) -> Iterator[Bead]:
    def part(left: slice, right: slice) -> tuple[Bead, ...]:
        blocks = (source_paragraphs and source_paragraphs[left], target_paragraphs and target_paragraphs[right])
        step = progress and _after(progress, left.start + right.start, len(source) + len(target))
        return _at_once(source[left], target[right], *blocks, encoder, step, lexicon)

    return in_parts(len(source), len(target), part)


def _after(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


def _at_once(
    source: Sequence[str],
    target: Sequence[str],
    source_paragraphs: Sequence[int] | None,
    target_paragraphs: Sequence[int] | None,
    encoder: Encoder,
    progress: Progress | None,
    lexicon: Lexicon | None,
) -> tuple[Bead, ...]:
    if not source or not target:
        return tuple(Bead((k,), (), 1.0, False) for k in range(len(source))) + tuple(
            Bead((), (k,), 1.0, False) for k in range(len(target))
        )
    with one_processor():
        runs = runs_of_both(source, target, encoder, progress)
        texts = texts_of(source, target, source_paragraphs, target_paragraphs, runs, lexicon)
        return ordered(with_moved(texts, list(monotone(texts))))


def texts_of(
    source: Sequence[str],
    target: Sequence[str],
    source_paragraphs: Sequence[int] | None,
    target_paragraphs: Sequence[int] | None,
    runs: tuple[Runs, Runs],
    lexicon: Lexicon | None = None,
) -> Texts:
    """Two texts, neither of them empty, with all that the evidence is made of."""
    french, english = Vocabulary(source), Vocabulary(target)
    return Texts(
        source=side(source, source_paragraphs, runs[0], french.sentences),
        target=side(target, target_paragraphs, runs[1], english.sentences),
        rendered=renderings(french, english, lexicon or Lexicon.bundled()),
        ratio=max(1, sum(map(len, target))) / max(1, sum(map(len, source))),
    )


def align(
    source: Document,
    target: Document,
    encoder: Encoder,
    progress: Progress | None = None,
    lexicon: Lexicon | None = None,
) -> Bitext:
    """Two documents, each of whose segments is one sentence, as pairs of segments that translate each other.

    A pair's sides are slices of the documents; where one is missing it is empty, at the place where it would stand.
    """
    return Bitext(source, target, tuple(aligned(source, target, encoder, progress, lexicon)))


def aligned(
    source: Document,
    target: Document,
    encoder: Encoder,
    progress: Progress | None = None,
    lexicon: Lexicon | None = None,
) -> Iterator[Pair]:
    """The pairs of `align`, one after the other: of long texts not all are in memory."""
    french, english = (View(document.segments, lambda segment: segment.text) for document in (source, target))
    left, right = (array("q", (segment.block for segment in document.segments)) for document in (source, target))
    beads = _beads(french, english, left, right, encoder, progress, lexicon)
    source_place, target_place = _beginning(source), _beginning(target)
    for index, bead in enumerate(beads):
        one, other = _joined(source, bead.source, source_place), _joined(target, bead.target, target_place)
        yield Pair(index, one, other, alignment=bead.confidence, moved=bead.moved, similarity=bead.similarity)
        if not bead.moved:  # what is missing beside a moved block is not missing at the block's place
            source_place, target_place = _end(one), _end(other)


def _joined(document: Document, numbers: Sequence[int], place: Segment) -> Segment:
    """The sentences of a bead as one segment; ``place``, which is empty, where there are none."""
    if not numbers:
        return place
    if len(numbers) == 1:
        return document.segments[numbers[0]]
    parts = document.segments[numbers[0] : numbers[-1] + 1]
    span = Span(parts[0].span.start, parts[-1].span.end)
    return Segment(
        span=span,
        text=span.of(document.text),
        tokens=tuple(token for part in parts for token in part.tokens),
        sentences=tuple(number for part in parts for number in part.sentences),
        block=parts[0].block,
    )


def _beginning(document: Document) -> Segment:
    """The empty segment before the first sentence."""
    start = document.segments[0].span.start if document.segments else 0
    return Segment(Span(start, start), "", (), (), document.segments[0].block if document.segments else 0)


def _end(segment: Segment) -> Segment:
    """The empty segment at the end of another."""
    return Segment(Span(segment.span.end, segment.span.end), "", (), (), segment.block)
