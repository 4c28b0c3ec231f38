"""A real article, cut, doubled, shuffled and worse: every report is whole, and every mark stands on the text."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tqcheck import pipeline, readers
from tqcheck.model import Report
from tqcheck.render import data, terminal
from tqcheck.render.look import Look

ARTICLE = Path(__file__).parent.parent.parent / "corpora" / "mali"
Mutation = Callable[[str, random.Random], str]


@functools.cache
def tools() -> pipeline.Tools:
    return pipeline.usual_tools()


def checked(french: str, english: str) -> Report:
    source, target = (readers.read("-", lang, text.encode) for lang, text in (("fr", french), ("en", english)))
    return pipeline.check_documents(source, target, tools())


def beginning(text: str) -> str:
    """A third of the article: enough of it for pairs of every kind, and for a translator to be busy with."""
    return "\n\n".join(text.split("\n\n")[:4])


def cut(text: str, chance: random.Random) -> str:
    return text[: len(text) // 3]


def cut_in_a_word(text: str, chance: random.Random) -> str:
    return text[7 : chance.randrange(len(text) // 2, len(text))]


def doubled(text: str, chance: random.Random) -> str:
    return text + "\n\n" + text


def shuffled(text: str, chance: random.Random) -> str:
    blocks = text.split("\n\n")
    chance.shuffle(blocks)
    return "\n\n".join(blocks)


def shuffled_words(text: str, chance: random.Random) -> str:
    words = text.split()
    chance.shuffle(words)
    return " ".join(words)


def one_line(text: str, chance: random.Random) -> str:
    return " ".join(text.split())


def a_word_a_line(text: str, chance: random.Random) -> str:
    return "\n".join(text.split())


def without_full_stops(text: str, chance: random.Random) -> str:
    return one_line(text.translate(dict.fromkeys(map(ord, '.!?…:;»«"”“'))), chance)


def other_scripts(text: str, chance: random.Random) -> str:
    return text + "\n\nقال الوزير إن القرار صدر أمس.\n\n首相は昨日、決定を発表した。\n\nМинистр объявил об этом вчера."


def right_to_left_marks(text: str, chance: random.Random) -> str:
    return text.replace(" ", " \u202e", 5).replace("a", "a\u200f", 9).replace("e", "\u2066e\u2069", 9)


def emoji(text: str, chance: random.Random) -> str:
    return text.replace(". ", " 😀👩‍👩‍👧🇫🇷. ").replace("i", "i\ufe0f", 7)


def control_characters(text: str, chance: random.Random) -> str:
    return text.replace("a", "\x1b[31ma", 1).replace("o", "o\x07\x7f", 1).replace("e", "e\u0301", 20)


def letters(text: str, chance: random.Random) -> str:
    return text + "\n\n" + "a" * 200_000


def blanks(text: str, chance: random.Random) -> str:
    return text.replace(" ", " " * 20_000, 2)


def marks(text: str, chance: random.Random) -> str:
    return text + "\n\n" + "«" * 300 + "\n\n" + '"' * 300 + "\n\n" + "- " * 300 + "\n\n" + "1 " * 300


MUTATIONS: tuple[Mutation, ...] = (
    cut,
    cut_in_a_word,
    doubled,
    shuffled,
    shuffled_words,
    one_line,
    a_word_a_line,
    without_full_stops,
    other_scripts,
    right_to_left_marks,
    emoji,
    control_characters,
    letters,
    blanks,
    marks,
)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_mutated_article_gets_a_whole_report(mutation: Mutation) -> None:
    chance = random.Random(7)
    french, english = (beginning((ARTICLE / f"article.{lang}.txt").read_text("utf-8")) for lang in ("fr", "en"))
    report = checked(mutation(french, chance), mutation(english, chance))
    for document in (report.bitext.source, report.bitext.target):
        for segment in document.segments:
            assert document.text[segment.span.start : segment.span.end] == segment.text
            for token in segment.tokens:
                assert document.text[token.span.start : token.span.end] == token.text
    for finding in report.findings:
        for document, span in ((report.bitext.source, finding.source), (report.bitext.target, finding.target)):
            assert span is None or 0 <= span.start <= span.end <= len(document.text)
    assert data.to_json(report).endswith("}\n")
    shown = terminal.render(report, Look(width=100, color=False, encoding="utf-8"))
    assert not {"\x1b", "\x07", "\x00", "\u202e"} & set(shown)
