"""Marks never move, lose or change a word, and a cut keeps what is marked."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.render.reports import LAW
from tqcheck.model import Span
from tqcheck.mqm import Severity
from tqcheck.render.marks import Kind, Mark, Piece, cut, joined, pieces
from tqcheck.render.visible import visible

TEXTS = st.text(st.sampled_from("ab é\n\x1b日\u0301⟦⟧¹"), max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> tuple[str, tuple[Mark, ...]]:
    text = draw(texts)
    found = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        found.append(Mark(Span(start, end), draw(st.sampled_from(list(Severity))), (number + 1,)))
    return text, joined(found)


def words(row: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in row if piece.kind is Kind.TEXT)


@LAW
@given(marked_texts())
def test_law_the_text_of_the_pieces_is_the_text(case: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = case
    assert words(pieces(text, marks)) == visible(text)


@LAW
@given(marked_texts())
def test_law_every_mark_opens_and_closes_once_around_its_words(case: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = case
    row = pieces(text, marks)
    for mark in marks:
        opens = [i for i, piece in enumerate(row) if piece.kind is Kind.OPEN and piece.mark is mark]
        closes = [i for i, piece in enumerate(row) if piece.kind is Kind.CLOSE and piece.mark is mark]
        assert len(opens) == len(closes) == 1
        assert words(row[opens[0] : closes[0]]) == visible(mark.span.of(text))


@LAW
@given(marked_texts())
def test_law_words_have_the_worst_severity_of_the_marks_around_them(case: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = case
    around: list[Mark] = []
    for piece in pieces(text, marks):
        if piece.kind is Kind.OPEN and piece.mark is not None:
            around.append(piece.mark)
        elif piece.kind is Kind.CLOSE and piece.mark is not None:
            around.remove(piece.mark)
        elif piece.kind is Kind.TEXT:
            assert piece.severity == max((m.severity for m in around), key=lambda s: s.rank, default=None)


def test_inner_marks_close_first_and_marks_that_cross_say_so() -> None:
    outer, inner, crossing = (Mark(Span(*s), Severity.MINOR) for s in ((0, 5), (2, 4), (4, 7)))
    row = pieces("abcdefgh", joined([inner, outer]))
    assert [(p.kind.value, p.text) for p in row if p.kind is not Kind.GAP] == [
        ("open", ""), ("text", "ab"), ("open", ""), ("text", "cd"), ("close", ""), ("text", "e"), ("close", ""),
        ("text", "fgh"),
    ]  # fmt: skip
    assert not any(piece.crossing for piece in row)
    row = pieces("abcdefgh", joined([outer, crossing]))
    assert all(piece.crossing for piece in row if piece.kind in (Kind.OPEN, Kind.CLOSE))


def test_marks_of_the_same_words_are_one_with_all_numbers() -> None:
    same = Span(1, 3)
    one = joined([Mark(same, Severity.MINOR, (2,)), Mark(same, Severity.MAJOR, (1,)), Mark(Span(0, 1), Severity.MINOR)])
    assert one == (Mark(Span(0, 1), Severity.MINOR), Mark(same, Severity.MAJOR, (1, 2)))


def test_an_empty_mark_has_a_place() -> None:
    row = pieces("ab", (Mark(Span(1, 1), Severity.MAJOR),))
    assert [piece.kind for piece in row] == [Kind.TEXT, Kind.OPEN, Kind.CLOSE, Kind.TEXT]


LONG = st.text(st.sampled_from("abc  "), min_size=60, max_size=900)


@LAW
@given(marked_texts(LONG), st.integers(40, 300))
def test_law_a_cut_keeps_the_ends_of_marks_with_words_around(case: tuple[str, tuple[Mark, ...]], limit: int) -> None:
    text, marks = case
    kept = cut(text, [mark.span for mark in marks], limit)
    assert all(a.end < b.start for a, b in pairwise(kept))
    assert kept[0].start >= 0
    assert kept[-1].end <= len(text)
    for mark in marks:
        for end in (mark.span.start, mark.span.end):
            near = range(max(0, end - 30), min(len(text), end + 30))
            assert all(any(span.start <= place < span.end for span in kept) for place in near)
    row = pieces(text, marks, kept)
    assert words(row) == "".join(visible(span.of(text)) for span in kept)
    inner = row[1:-1]
    gaps = sum(piece.kind is Kind.GAP for piece in row)
    assert gaps == len(kept) - 1 + (kept[0].start > 0) + (kept[-1].end < len(text))
    assert all(not (a.kind is b.kind is Kind.GAP) for a, b in pairwise(inner))


def test_a_short_text_is_not_cut_and_a_long_one_between_words() -> None:
    text = "word " * 100
    assert cut(text[:100], [Span(3, 4)], 100) == (Span(0, 100),)
    (kept,) = cut(text, [Span(250, 254)], 100)
    assert kept.of(text).startswith("word ")
    assert kept.of(text).endswith(" word")
    assert kept.length < 130
    (beginning,) = cut(text, [], 100)
    assert beginning.start == 0
    assert beginning.length < 110
