"""Time that grows with the length of a text and not with its square: each of these took minutes once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bitexts import bitext_of
from tqcheck import readers, suppressions
from tqcheck.annotate import annotate
from tqcheck.languages import sentences
from tqcheck.languages.renderings import Renderings
from tqcheck.model import Bitext, Block, Comment, Document, Report, Span, Verdict

ALLOWED = 8.0
"""How much longer four times as much may take: 4 is a line, 16 a square. The machine is shared, so it is no 5."""


def seconds(work: Callable[[], object], times: int) -> float:
    """Of processor, the least of some: what else runs here can only add to it."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def grows_like_a_line(work: Callable[[int], Callable[[], object]], count: int) -> None:
    short, longer = seconds(work(count), 3), work(4 * count)
    allowed = ALLOWED * max(short, 0.01)
    if (long := seconds(longer, 1)) < allowed:
        return
    long = min(long, seconds(longer, 2))
    assert long < allowed, f"{short:.3f} s for {count}, {long:.3f} s for four times as much"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize(
    "piece", ["<!--", "<a", "<![CDATA[", "[a](", "*a_", "«", "mot ", "a\n", ". ", "&a", "<div>", "`a"]
)
def test_readers(tmp_path: Path, suffix: str, piece: str) -> None:
    def reading(count: int) -> Callable[[], object]:
        path = tmp_path / f"{count}{suffix}"
        path.write_text(f"mot {piece * count} mot", "utf-8")
        return lambda: readers.read(str(path), "fr")

    grows_like_a_line(reading, 2_000)


@pytest.mark.parametrize("piece", [".", "!»", ". »", "*", ".*", "._", "…\u00a0", ". A", "a", "« "])
def test_the_segmenter(piece: str) -> None:
    grows_like_a_line(lambda count: lambda: sentences.split(f"Mot.{piece * count}b", "fr"), 4_000)


def test_a_row_of_stars_is_no_riddle() -> None:
    """Every way to part it into ones and twos was tried: 60 stars would have taken a year."""
    assert sentences.split(f"Il dort.{'*' * 60}b", "fr") == ((0, 69),)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_marks_without_a_blank(lang: str) -> None:
    def reading(count: int) -> Callable[[], object]:
        text = "«" * count
        return lambda: annotate(Document("x", lang, text, blocks=(Block(Span(0, count), "paragraph"),)))

    annotate(Document("x", lang, "mot", blocks=(Block(Span(0, 3), "paragraph"),)))
    grows_like_a_line(reading, 500)


def many(count: int) -> Bitext:
    """The same pair again and again."""
    one = bitext_of("Le syndicat attend.", "The syndicat is waiting.")
    return replace(one, pairs=tuple(replace(one.pairs[0], index=number) for number in range(count)))


def test_what_stands_for_a_word_elsewhere() -> None:
    def asking(count: int) -> Callable[[], object]:
        bitext = many(count)

        def work() -> None:
            rendered = Renderings(bitext)
            for pair in bitext.pairs:
                rendered.elsewhere(pair, pair.source.tokens[1])

        return work

    grows_like_a_line(asking, 250)


def test_comments_in_the_text() -> None:
    def asking(count: int) -> Callable[[], object]:
        text = "mot\n\n" * count
        blocks = tuple(Block(Span(5 * n, 5 * n + 3), "paragraph") for n in range(count))
        comments = tuple(Comment(Span(5 * n, 5 * n), "tqcheck: ignore negation: seen") for n in range(count))
        document = Document("x.html", "fr", text, blocks=blocks, comments=comments)
        report = Report(Bitext(document, replace(document, comments=()), ()), (), (), (), Verdict(True))
        return lambda: suppressions.apply(report, [suppressions.comments(frozenset({"negation"}))])

    grows_like_a_line(asking, 1_000)
