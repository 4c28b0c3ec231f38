"""Laws of the whole way from two texts to a report, for any articles."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.bitexts import tools
from tqcheck import pipeline, readers
from tqcheck.detectors import all_detectors
from tqcheck.model import Document, Finding, Report, Segment, Span

FRENCH = st.sampled_from(
    (
        "Elle n'a pas dit « oui » à M. Macron.",
        "Le 24 septembre 2021, 1 234 soldats sont morts au Mali !",
        "L'armée intervient aussi, selon l'ONU",
        "Les salariés de l'usine ont été ont été licenciés.",
        "- Non ? 🙂 مرحبا \u0301…",
        "Publié à 16 h 23",
    )
)
ENGLISH = st.sampled_from(
    (
        'She did not say "yes" to Mr Macron.',
        "On September 24, 2021, 1,243 soldiers died in in Mali!",
        "The army also intervenes, according to the ONU",
        "The factory's salariés were laid off.",
        "– No? 🙂 مرحبا \u0301…",
        "Published at 4:23 pm",
    )
)
GAPS = st.sampled_from((" ", "\n", "\n\n", "\n \n\n", "\u00a0\n\n"))


def articles(sentences: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(st.tuples(sentences, GAPS), min_size=1, max_size=6)
    return row.map(lambda parts: "".join(sentence + gap for sentence, gap in parts))


def check(french: str, english: str) -> Report:
    """By every rule, on or off."""
    source, target = (readers.read("-", lang, text.encode) for lang, text in (("fr", french), ("en", english)))
    everything = pipeline.Tools(detectors=all_detectors(), encoder=tools().encoder)
    return pipeline.check_documents(source, target, everything)


LAW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@example(
    "Elle n'a pas dit « oui » à M. Macron. Les salariés de l'usine ont été licenciés. ",
    "The factory's salariés were laid off. On September 24, 2021, 1,243 soldiers died in Mali! "
    'She did not say "yes" to Mr Macron. ',
)
@given(articles(FRENCH), articles(ENGLISH))
def test_segments_tile_and_pairs_cover_both_texts_once_and_in_order(french: str, english: str) -> None:
    bitext = check(french, english).bitext
    for document, segments in (
        (bitext.source, [pair.source for pair in bitext.pairs]),
        (bitext.target, [pair.target for pair in bitext.pairs]),
    ):
        assert all(one.span.end <= other.span.start for one, other in pairwise(document.segments))
        inside = "".join(part.span.of(document.text) for part in document.segments)
        blocks = "".join(block.span.of(document.text) for block in document.blocks)  # all but the marks of lists
        assert "".join(inside.split()) == "".join(blocks.split())
        assert sorted(n for part in segments for n in part.sentences) == list(range(len(document.segments)))
        assert all(part.span.of(document.text) == part.text for part in segments)
        assert all(token.span.of(document.text) == token.text for token in document.tokens)
    stays = [pair for pair in bitext.pairs if not pair.moved]
    for side in ("source", "target"):
        order = [number for pair in stays for number in getattr(pair, side).sentences]
        assert order == sorted(order)


@LAW
@given(articles(FRENCH), articles(ENGLISH))
def test_every_place_in_a_file_is_that_of_its_words(french: str, english: str) -> None:
    report = check(french, english)
    sides = (report.bitext.source, french), (report.bitext.target, english)
    for finding in report.findings:
        for (document, file), span in zip(sides, (finding.source, finding.target), strict=True):
            if span is None:
                continue
            line, column = document.line_column(span.start)
            assert file.split("\n")[line - 1 :][0][column - 1 :].startswith(span.of(document.text).split("\n")[0])


def shifted(finding: Finding, by: tuple[int, int]) -> Finding:
    spans = [
        None if span is None else Span(span.start - less, span.end - less)
        for span, less in zip((finding.source, finding.target), by, strict=True)
    ]
    return replace(finding, source=spans[0], target=spans[1])


@pytest.mark.parametrize(("before", "behind"), [("\n", ""), ("", "\n\n"), (" \n\n\n", "\n \n")])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles(FRENCH), articles(ENGLISH))
def test_blank_lines_shift_the_report_and_change_nothing(before: str, behind: str, french: str, english: str) -> None:
    one, other = check(french, english), check(before + french + behind, before + english + behind)
    by = (len(before), len(before))
    assert [shifted(finding, by) for finding in other.findings] == list(one.findings)
    for mine, its in zip(one.bitext.pairs, other.bitext.pairs, strict=True):
        assert _texts(mine.source, mine.target) == _texts(its.source, its.target)
        assert (mine.moved, mine.links) == (its.moved, its.links)
    assert [scores.quality for scores in other.pair_scores] == pytest.approx(
        [s.quality for s in one.pair_scores], abs=1e-4
    )
    for document, shift in ((other.bitext.source, one.bitext.source), (other.bitext.target, one.bitext.target)):
        _lines(document, shift, before.count("\n"))


def _texts(*sides: Segment) -> list[str]:
    return [side.text for side in sides]


def _lines(document: Document, before: Document, lines: int) -> None:
    for mine, its in zip(document.segments, before.segments, strict=True):
        line, column = before.line_column(its.span.start)
        assert document.line_column(mine.span.start) == (line + lines, column)
