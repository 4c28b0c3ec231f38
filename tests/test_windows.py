"""Long texts are checked a window at a time: the same report as in one, without the words that nobody asks for."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bitexts import tools
from tqcheck import pipeline, readers, windows
from tqcheck.detectors import all_detectors
from tqcheck.giants import MOST_CHARACTERS
from tqcheck.model import Bitext, Document, Finding, Pair, Report, Segment, Span
from tqcheck.results import packed

CORPORA = Path(__file__).parent.parent / "corpora"
OF_THE_WHOLE_TEXT = {"inconsistent-term", "acronym", "capitalisation", "misspelling", "untranslated", "name-mismatch"}
"""Rules that compare places of a text as far apart as any: in windows they may say something else."""


def everything() -> pipeline.Tools:
    """Every rule, on or off."""
    return replace(tools(), detectors=all_detectors())


def both(*articles: str) -> tuple[Document, Document]:
    """The texts of some articles in one."""
    texts = {
        lang: "\n\n".join((CORPORA / name / f"article.{lang}.txt").read_text("utf-8") for name in articles)
        for lang in ("fr", "en")
    }
    french, english = (readers.read("-", lang, texts[lang].encode) for lang in ("fr", "en"))
    return french, english


@functools.cache
def in_one() -> Report:
    return pipeline.check_documents(*both("brasserie", "naufrage"), everything())


@functools.cache
def in_windows() -> Report:
    patch = pytest.MonkeyPatch()
    with patch.context() as here:
        here.setattr(windows.cut, "__defaults__", (2_500, 8))
        here.setattr(windows, "LONG", 1_000)
        return pipeline.check_documents(*both("brasserie", "naufrage"), everything())


def places(report: Report) -> set[Finding]:
    return {finding for finding in report.findings if finding.rule not in OF_THE_WHOLE_TEXT}


def test_the_findings_are_those_of_a_text_that_is_read_in_one() -> None:
    assert places(in_windows()) == places(in_one())
    assert len(in_windows().findings) >= len(in_one().findings) - 2


def test_so_are_pairs_places_and_scores() -> None:
    def known(pair: Pair) -> tuple[object, ...]:
        sides = ((side.span, side.text, side.sentences, side.block) for side in (pair.source, pair.target))
        return (pair.index, *sides, pair.document, pair.alignment, pair.moved, pair.similarity, pair.lexical)

    one, other = in_one(), in_windows()
    assert list(map(known, one.bitext.pairs)) == list(map(known, other.bitext.pairs))
    assert [score.signature for score in one.scores] == [score.signature for score in other.scores]
    assert [score.value for score in one.scores] == pytest.approx([score.value for score in other.scores])
    changed = {f.pair for report in (one, other) for f in report.findings if f.rule in OF_THE_WHOLE_TEXT}
    for pair, left, right in zip(one.bitext.pairs, one.pair_scores, other.pair_scores, strict=True):
        assert left.scores == right.scores
        # Four digits: numbers that are added up in another batch differ in the last one.
        assert left.quality == pytest.approx(right.quality, abs=1e-4) or pair.index in changed


def test_words_are_kept_of_pairs_with_findings_alone() -> None:
    report = in_windows()
    found = {finding.pair for finding in report.findings}
    assert found
    for pair, whole in zip(report.bitext.pairs, in_one().bitext.pairs, strict=True):
        for side, document in ((pair.source, report.bitext.source), (pair.target, report.bitext.target)):
            assert bool(side.tokens) == (pair.index in found and bool(side.text))
            assert all(document.tokens[token.index] is token for token in side.tokens)
        assert across(pair) == (across(whole) if pair.index in found else [])
        wordy = (pair.links, pair.source_doubts, pair.target_doubts, pair.source_scores, pair.target_scores)
        assert pair.index in found or not any(wordy)
    assert packed.unpack(packed.pack(report)) == report  # it can be kept in the cache


def across(pair: Pair) -> list[tuple[str, list[str]]]:
    return [(token.text, [other.text for other in pair.rendered(token)]) for token in pair.source.tokens]


def test_the_report_says_so() -> None:
    assert any("checked in" in note and "parts" in note for note in in_windows().notes)
    assert not any("parts" in note for note in in_one().notes)


def test_words_have_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MOST_WORDS", 60)
    report = pipeline.check_windows(pipeline.align_alone(*both("brasserie"), tools()), everything())
    kept = len(report.bitext.source.tokens) + len(report.bitext.target.tokens)
    assert 0 < kept <= 60
    assert report.findings


def test_aligned_pairs_take_the_same_road(monkeypatch: pytest.MonkeyPatch) -> None:
    french = [f"Le maire a inauguré {n} écoles en 2021." for n in range(30)]
    english = [f"The mayor opened {n + (n == 20)} schools in 2021." for n in range(30)]
    french[3] = english[3] = "mot " * (MOST_CHARACTERS // 4) + "mot."
    documents = lines("fr", french), lines("en", english)
    articles = [number // 10 for number in range(30)]
    one = pipeline.check_pairs(*documents, articles, everything())
    monkeypatch.setattr(windows, "LONG", 1)
    monkeypatch.setattr(windows.cut, "__defaults__", (500, 8))
    other = pipeline.check_pairs(*documents, articles, everything())
    assert any(finding.rule == "number-mismatch" and finding.pair == 20 for finding in other.findings)
    assert places(one) == places(other)
    assert [pair.document for pair in other.bitext.pairs] == articles
    assert [pair.similarity for pair in one.bitext.pairs] == [pair.similarity for pair in other.bitext.pairs]
    assert [note for note in one.notes if "pair 4 is too long" in note] == [n for n in other.notes if "too long" in n]
    assert other.bitext.pairs[3].source.text == french[3]


def test_progress_only_rises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows.cut, "__defaults__", (1_500, 8))
    told: list[tuple[str, int, int]] = []
    watched = replace(tools(), progress=lambda *step: told.append(step))
    report = pipeline.check_windows(pipeline.align_alone(*both("brasserie"), watched), watched)
    steps = [(done, total) for stage, done, total in told if stage == "checking part by part"]
    assert steps == sorted(steps)
    assert len(set(steps)) > 2
    assert {total for _, total in steps} == {len(report.bitext.pairs)}


def lines(lang: str, texts: list[str]) -> Document:
    return readers.read("-", lang, "\n\n".join(texts).encode)


def bitext(lengths: list[int], blocks: list[int]) -> Bitext:
    """Pairs of so many characters, both sides together, in these paragraphs."""
    pairs = tuple(
        Pair(k, Segment(Span(0, n), "a" * n, (), (k,), block), Segment(Span(0, 0), "", (), (), 0))
        for k, (n, block) in enumerate(zip(lengths, blocks, strict=True))
    )
    return Bitext(Document("-", "fr", ""), Document("-", "en", ""), pairs)


def test_windows_cover_all_pairs_once() -> None:
    cut = windows.cut(bitext([10] * 100, list(range(100))), width=95, around=3)
    assert [window.start for window in cut] == [0, *(window.end for window in cut[:-1])]
    assert cut[-1].end == 100
    assert all(window.end - window.start == 9 for window in cut[:-1])
    assert (cut[1].first, cut[1].last) == (6, 21)
    assert windows.cut(bitext([], [])) == ()


def test_a_window_ends_with_a_paragraph_where_one_is_near() -> None:
    assert [w.end for w in windows.cut(bitext([10] * 40, [k // 9 for k in range(40)]), 100, 0)] == [9, 18, 27, 36, 40]
    assert [w.end for w in windows.cut(bitext([10] * 40, [k // 5 for k in range(40)]), 160, 0)][:2] == [15, 30]


def test_a_pair_wider_than_a_window_has_one_of_its_own() -> None:
    assert [w.end for w in windows.cut(bitext([10, 500, 10, 10], [0, 1, 2, 3]), 100, 0)] == [1, 2, 4]


def test_memory_is_spared_in_programs_of_our_own_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    class Beside:
        def ask(self, work: object) -> None:
            called.append("beside")
            assert callable(work)

    monkeypatch.setattr(pipeline, "hold_little", lambda: called.append("here"))
    pipeline._sparing(pipeline.Tools((), beside=None))
    assert not called
    pipeline._sparing(pipeline.Tools((), beside=Beside()))  # type: ignore[arg-type]
    assert called == ["here", "beside"]
