"""Bitexts for tests, made by the real annotation and the real word links."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tqcheck.model import Bitext, Block, Document, Span, TextScores, Translation, WordScore
from tqcheck.pipeline import Tools, doubt, link, pair_lines


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and the places that were marked."""

    text: str
    spans: tuple[Span, ...]


def marked(text: str) -> Marked:
    """Take the ``⟦…⟧`` out of a text."""
    spans: list[Span] = []
    plain = ""
    for piece in re.split(r"(⟦[^⟧]*⟧)", text):
        inner = piece.removeprefix("⟦").removesuffix("⟧")
        if inner != piece:
            spans.append(Span(len(plain), len(plain) + len(inner)))
        plain += inner
    return Marked(plain, tuple(spans))


def lines(text: str, lang: str) -> Document:
    """A document of which every line is a block, as the pairs reader makes it."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        blocks.append(Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    return Document(f"example.{lang}.txt", lang, text, blocks=tuple(blocks))


@functools.cache
def tools() -> Tools:
    """Tools with no detector and no engine."""
    return Tools(detectors=())


@functools.cache
def bitext_of(
    source: str,
    target: str,
    forward: str | None = None,
    back: str | None = None,
    read: tuple[str, str] | None = None,
) -> Bitext:
    """Lines of French and of English, a pair each, with links and with recorded machine translation where given.

    ``read``: what a language model made of the words of the only pair.
    """
    count = source.count("\n") + 1
    linked = link(pair_lines(lines(source, "fr"), lines(target, "en"), [0] * count, tools()), tools())
    if read is not None:
        french, english = map(_scores, read)
        scored = (replace(pair, source_scores=french, target_scores=english) for pair in linked.pairs)
        linked = replace(linked, pairs=tuple(scored))
    bitext = doubt(linked, tools())
    return replace(
        bitext,
        pairs=tuple(
            replace(pair, forward=f, back=b)
            for pair, f, b in zip(bitext.pairs, _recorded(forward, count), _recorded(back, count), strict=True)
        ),
    )


def _scores(written: str) -> TextScores:
    """Of each token the numbers of a `WordScore`, or the first of them, with ":" between; "-" where none.

    Then those of the end. A number that is not known is empty.
    """
    *words, end = map(_score, written.split())
    return TextScores(tuple(words), end)


def _score(written: str) -> WordScore | None:
    if written == "-":
        return None
    given, alone, *more = written.split(":")
    return WordScore(
        float(given),
        float(alone),
        int(more[0]) if more else 1,
        *(float(number) if number else None for number in more[1:]),
    )


def _recorded(text: str | None, count: int) -> Sequence[Translation | None]:
    if text is None:
        return [None] * count
    return [Translation(line, "recorded") for line in text.split("\n")]
