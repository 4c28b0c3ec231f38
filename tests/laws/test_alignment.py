"""Laws of sentence alignment, for any texts."""

from __future__ import annotations

import functools
from itertools import pairwise

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.align.encoders import WordEncoder
from tqcheck.align.anchors import Band
from tqcheck.align.beads import Bead
from tqcheck.align.dynamic import MOST_A_SIDE, MOST_TOGETHER, SHAPES, Lattice
from tqcheck.align.sentences import align_sentences

WORDS = "le la chat chien 1 2 maison the cat dog house : — « ! ? Oui Yes".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=12)


@functools.cache
def encoder() -> WordEncoder:
    return WordEncoder()


def aligned(source: list[str], target: list[str], paragraphs: bool) -> tuple[Bead, ...]:
    left = [k // 2 for k in range(len(source))] if paragraphs else None
    right = [k // 3 for k in range(len(target))] if paragraphs else None
    return align_sentences(source, target, left, right, encoder())


@settings(max_examples=60, deadline=None)
@given(source=TEXTS, target=TEXTS, paragraphs=st.booleans())
def test_every_sentence_is_in_exactly_one_bead(source: list[str], target: list[str], paragraphs: bool) -> None:
    beads = aligned(source, target, paragraphs)
    assert sorted(k for bead in beads for k in bead.source) == list(range(len(source)))
    assert sorted(k for bead in beads for k in bead.target) == list(range(len(target)))


@settings(max_examples=60, deadline=None)
@given(source=TEXTS, target=TEXTS)
def test_beads_are_small_and_without_gaps(source: list[str], target: list[str]) -> None:
    for bead in aligned(source, target, False):
        assert 1 <= len(bead.source) + len(bead.target) <= MOST_TOGETHER
        assert max(len(bead.source), len(bead.target)) <= MOST_A_SIDE
        for numbers in (bead.source, bead.target):
            assert all(other == one + 1 for one, other in pairwise(numbers))


@settings(max_examples=60, deadline=None)
@given(source=TEXTS, target=TEXTS)
def test_what_is_not_moved_is_in_order_on_both_sides(source: list[str], target: list[str]) -> None:
    beads = [bead for bead in aligned(source, target, False) if not bead.moved]
    for order in ([k for bead in beads for k in bead.source], [k for bead in beads for k in bead.target]):
        assert order == sorted(order)


@settings(max_examples=60, deadline=None)
@given(source=TEXTS, target=TEXTS)
def test_confidence_is_a_probability_and_similarity_a_cosine(source: list[str], target: list[str]) -> None:
    for bead in aligned(source, target, False):
        assert 0.0 <= bead.confidence <= 1.0
        assert (bead.similarity is None) == (not bead.source or not bead.target)
        assert bead.similarity is None or -1.0 <= bead.similarity <= 1.0


@settings(max_examples=20, deadline=None)
@given(source=TEXTS, target=TEXTS, paragraphs=st.booleans())
def test_the_same_texts_give_the_same_beads(source: list[str], target: list[str], paragraphs: bool) -> None:
    assert aligned(source, target, paragraphs) == aligned(source, target, paragraphs)


@st.composite
def lattices(draw: st.DrawFn) -> tuple[Lattice, numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    lattice = Lattice(Band.whole(rows, columns))
    generator = numpy.random.default_rng(draw(st.integers(0, 10_000)))
    scores = generator.normal(size=(len(SHAPES), lattice.cells))
    return lattice, numpy.where(lattice.before < lattice.cells, scores, -numpy.inf)


def every_path(lattice: Lattice, cell: int) -> list[list[tuple[int, int]]]:
    """All ways to a cell as (shape, cell) steps, by trying them out."""
    if cell == 0:
        return [[]]
    return [
        [*path, (shape, cell)]
        for shape in range(len(SHAPES))
        if lattice.before[shape, cell] < lattice.cells
        for path in every_path(lattice, int(lattice.before[shape, cell]))
    ]


@settings(max_examples=25, deadline=None)
@given(drawn=lattices())
def test_sums_over_alignments_are_those_of_trying_all(
    drawn: tuple[Lattice, numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]],
) -> None:
    lattice, scores = drawn
    paths = every_path(lattice, lattice.cells - 1)
    weights = numpy.array([sum(scores[step] for step in path) for path in paths])
    everything = numpy.logaddexp.reduce(weights)
    expected = numpy.zeros_like(scores)
    for path, weight in zip(paths, weights, strict=True):
        for step in path:
            expected[step] += numpy.exp(weight - everything)
    probabilities, total = lattice.probabilities(scores)
    assert numpy.isclose(total, everything)
    assert numpy.allclose(probabilities, expected, atol=1e-9)
    best = [(step.shape, step.cell) for step in lattice.best(scores)]
    assert best == paths[int(weights.argmax())]
