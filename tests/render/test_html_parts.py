"""The parts of the HTML page: passages cut to pieces, word differences, the strip and the chart, plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render import reports
from tests.render.reports import LAW
from tqcheck.model import PairScores, Segment, Span
from tqcheck.mqm import Category, Severity
from tqcheck.render.html import difference, overview, passages, prose, wording
from tqcheck.render.visible import visible

TEXT = st.text(st.characters() | st.sampled_from("a\u200b\U0001f600 é"), max_size=30)


@st.composite
def marked(draw: st.DrawFn) -> tuple[Segment, list[passages.Mark]]:
    """A segment somewhere in a document, and marks in and around it."""
    text = draw(TEXT)
    start = draw(st.integers(0, 5))
    places = st.integers(0, start + len(text) + 3)
    spans = draw(st.lists(st.tuples(places, places), max_size=5))
    marks = [
        passages.Mark(number, Span(min(span), max(span)), draw(st.sampled_from(Severity)))
        for number, span in enumerate(spans, 1)
    ]
    return Segment(Span(start, start + len(text)), text, (), (0,), 0), marks


@LAW
@given(marked())
def test_pieces_joined_are_the_text_and_every_mark_ends_once(case: tuple[Segment, list[passages.Mark]]) -> None:
    segment, marks = case
    pieces = passages.pieces(segment, marks)
    assert "".join(piece.text for piece in pieces) == visible(segment.text)
    assert sorted(number for piece in pieces for number in piece.ends) == [mark.number for mark in marks]
    for piece in pieces:
        assert set(piece.ends) <= set(piece.numbers)
        worst = [mark.severity.rank for mark in marks if mark.number in piece.numbers]
        assert (None if piece.severity is None else piece.severity.rank) == max(worst, default=None)


def test_the_shortest_mark_of_a_piece_comes_first() -> None:
    segment = Segment(Span(0, 9), "un deux 3", (), (0,), 0)
    marks = [passages.Mark(1, Span(0, 9), Severity.MINOR), passages.Mark(2, Span(3, 7), Severity.MAJOR)]
    assert [(p.text, p.numbers, p.ends) for p in passages.pieces(segment, marks)] == [
        ("un ", (1,), ()),
        ("deux", (2, 1), (2,)),
        (" 3", (1,), (1,)),
    ]


def units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@LAW
@given(TEXT, st.data())
def test_places_are_those_of_the_browser(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    spans = [Span(*sorted(data.draw(st.tuples(ends, ends)))) for _ in range(3)]
    segment = Segment(Span(0, len(text)), text, (), (0,), 0)
    for span, (start, end) in zip(spans, passages.places(segment, spans), strict=True):
        assert units(visible(text))[2 * start : 2 * end] == units(visible(span.of(text)))
    for span, (start, end) in zip(spans, passages.utf16(text, spans), strict=True):
        assert units(text)[2 * start : 2 * end] == units(span.of(text))


@LAW
@given(TEXT, TEXT)
def test_what_is_the_same_and_what_is_new_give_the_text_back(old: str, new: str) -> None:
    changes = difference.changes(old, new)
    assert "".join(change.text for change in changes if change.kind != "gone") == visible(new)
    assert {change.kind for change in difference.changes(new, new)} <= {"same"}


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("She left.", "It left.", "[She]{It} left."),
        ("the old bridge", "the bridge", "the [old ]bridge"),
        ("the bridge", "the old bridge", "the {old }bridge"),
        ("a big old house", "a small new house", "a [big old]{small new} house"),
        ("He said: “Go.”", "He said: “Go.”", "He said: “Go.”"),
        ("Don't go", "don’t go", "don’t go"),
        ("gone for good", "", "[gone for good]"),
    ],
)
def test_differences_read_as_tracked_changes(old: str, new: str, wanted: str) -> None:
    signs = {"same": "{}", "gone": "[{}]", "new": "{{{}}}"}
    assert "".join(signs[c.kind].format(c.text) for c in difference.changes(old, new)) == wanted


def test_a_very_long_text_is_not_compared() -> None:
    long = "word " * difference.LONGEST
    assert difference.changes("other", long) == (difference.Change("same", long),)


@pytest.mark.parametrize("pairs", [1, 2, 47, 48, 49, 1000, 5000])
def test_the_strip_covers_every_pair_with_cells_that_can_be_hit(pairs: int) -> None:
    text = reports.bitext([("un", "one")] * pairs)
    finding = reports.finding(text, pairs - 1, "negation", Severity.CRITICAL, target="one")
    cells = overview.strip(reports.report(text, [finding]))
    assert len(cells) <= overview.CELLS
    assert all(len(cell.bars) <= overview.BARS_A_CELL for cell in cells)
    assert [cell.worst for cell in cells] == [None] * (len(cells) - 1) + [Severity.CRITICAL]
    assert cells[-1].bars[-1] is Severity.CRITICAL
    assert cells[-1].to == "finding-1"
    assert cells[-1].label.startswith("Passage")
    assert str(pairs) in cells[-1].label


@pytest.mark.parametrize("pairs", [1, 7, 240, 241, 5000])
def test_the_chart_fills_its_width_and_names_the_lowest(pairs: int) -> None:
    chart = overview.chart([PairScores(0.9)] * (pairs - 1) + [PairScores(0.2)])
    assert chart is not None
    assert len(chart.bars) <= overview.BARS
    assert chart.bars[0].x == 0
    assert 990 < chart.bars[-1].x + chart.bars[-1].width <= 1000
    assert (chart.lowest, chart.quality) == (pairs, 0.2)
    assert [bar.low for bar in chart.bars] == [False] * (len(chart.bars) - 1) + [True]


def test_without_pairs_there_is_no_chart_and_no_strip() -> None:
    assert overview.chart(()) is None
    assert overview.strip(reports.report(reports.bitext(()))) == ()


def test_french_and_quoted_words_are_told_apart() -> None:
    assert prose.inline('« elle » is a thing: "it", not "she"; see `word` and ``code``.') == (
        ("french", "«\u00a0elle\u00a0»"),
        ("text", " is a thing: "),
        ("english", "“it”"),
        ("text", ", not "),
        ("english", "“she”"),
        ("text", "; see "),
        ("code", "word"),
        ("text", " and "),
        ("code", "code"),
        ("text", "."),
    )


def test_a_section_of_a_docstring_in_blocks() -> None:
    assert prose.blocks("One\ntwo.\n\nThree:\n- a\n  b\n- c\n\n    code") == (
        ("paragraph", ("One two.",)),
        ("paragraph", ("Three:",)),
        ("list", ("a b", "c")),
        ("lines", ("code",)),
    )


def test_every_category_and_severity_has_plain_words() -> None:
    assert len({wording.category(category) for category in Category}) == len(Category)
    assert all(wording.category(category)[0].isupper() for category in Category)
    assert set(wording.SEVERITIES) == set(Severity)


@pytest.mark.parametrize("name", ["quality", "adequacy", "length-ratio", "coverage", "back-chrf", "bleu", "ter"])
def test_every_score_is_explained(name: str) -> None:
    assert wording.explained(name).endswith(".")
    assert "{" not in wording.explained(name)
    assert ("English words" in wording.explained("back-coverage")) is ("French words" in wording.explained("coverage"))
