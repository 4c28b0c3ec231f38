"""A megabyte in one line, and 100,000 lines of a word: whole reports, in time that grows with the length and in a GiB.

These two take minutes, so that they are asked for: ``TQCHECK_LONG=1 pytest tests/reliability/test_long_articles.py -s``
tells how long they took; ``docs/reliability.md`` has the times. Both are read and cut always, and a little of
them is checked.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tqcheck import pipeline, readers, windows
from tqcheck.annotate import segment
from tqcheck.detectors import all_detectors
from tqcheck.model import Document, Report

ARTICLE = Path(__file__).parent.parent.parent / "corpora" / "mali"
LONG = pytest.mark.skipif(not os.environ.get("TQCHECK_LONG"), reason="takes minutes: TQCHECK_LONG=1 asks for it")


def words(lang: str) -> list[str]:
    return (ARTICLE / f"article.{lang}.txt").read_text("utf-8").split()


def one_line(lang: str, length: int) -> str:
    """The article again and again, its numbers and names never the same twice, in one line."""
    text = " ".join(words(lang))
    copies = [re.sub(r"\b(Mali|Bamako|Wagner)\b", rf"\g<1>{n}", text) for n in range(length // len(text) + 2)]
    return " ".join(copies)[:length]


def a_word_a_line(lang: str, count: int) -> str:
    own = words(lang)
    return "\n\n".join((own * (count // len(own) + 1))[:count])


def read(lang: str, text: str) -> Document:
    return readers.read("-", lang, text.encode)


def checked(french: str, english: str) -> Report:
    start = time.process_time()
    tools = pipeline.Tools(tuple(rule for rule in all_detectors() if rule.on))
    report = pipeline.check_documents(read("fr", french), read("en", english), tools)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    took = f"{time.process_time() - start:.0f} s of processor, {memory} MiB"
    sys.stderr.write(f"\n{len(french)} and {len(english)} characters, {len(report.bitext.pairs)} pairs, {took}\n")
    return report


def whole(report: Report) -> None:
    """Pairs cover both texts, and findings stand on their words."""
    for document, side in ((report.bitext.source, 0), (report.bitext.target, 1)):
        sentences = [n for pair in report.bitext.pairs for n in (pair.source, pair.target)[side].sentences]
        assert sorted(sentences) == list(range(len(document.segments)))
    for finding in report.findings:
        assert finding.pair is not None
        pair = report.bitext.pairs[finding.pair]
        assert finding.source is None or pair.source.span.contains(finding.source)
        assert finding.target is None or pair.target.span.contains(finding.target)


def in_a_gibibyte() -> None:
    """The largest memory of this process so far, whatever ran in it before."""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss <= 1024 * 1024


@LONG
def test_a_megabyte_in_one_line() -> None:
    whole(checked(one_line("fr", 1_000_000), one_line("en", 1_000_000)))
    in_a_gibibyte()


@LONG
def test_100_000_lines_of_a_word() -> None:
    whole(checked(a_word_a_line("fr", 100_000), a_word_a_line("en", 100_000)))
    in_a_gibibyte()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_long_texts_are_read_and_cut_whole(lang: str) -> None:
    for text in (one_line(lang, 1_000_000), a_word_a_line(lang, 100_000)):
        document = segment(read(lang, text))
        assert all(one.span.end <= other.span.start for one, other in pairwise(document.segments))
        assert all(part.span.of(document.text) == part.text for part in document.segments)
        assert "".join("".join(part.text for part in document.segments).split()) == "".join(text.split())


def test_a_little_of_both_is_checked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """In windows, as the whole is."""
    monkeypatch.setattr(windows, "LONG", 1_500)
    monkeypatch.setattr(windows.cut, "__defaults__", (1_500, windows.AROUND))
    for report in (
        checked(one_line("fr", 3_000), one_line("en", 3_000)),
        checked(a_word_a_line("fr", 300), a_word_a_line("en", 300)),
    ):
        whole(report)
        assert any("checked in" in note for note in report.notes)
