"""Annotate lines once and make bitexts of them; a cache keeps the tokens between runs."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tqcheck.align import words
from tqcheck.align.lexicon import Lexicon
from tqcheck.annotate import annotate
from tqcheck.model import Bitext, Block, Document, Pair, Segment, Span, Token

BATCH = 1000


class Lines:
    """Tokens of lines by language and text, counted from 0 in every line. ``path``: where they are kept."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._tokens: dict[tuple[str, str], tuple[Token, ...]] = {}
        if path is not None and path.exists():
            with path.open("rb") as file:
                self._tokens = pickle.load(file)
        self._lexicon = Lexicon.bundled()

    def read(self, lang: str, texts: Iterable[str]) -> None:
        """Annotate the lines that are not known yet."""
        new = [text for text in dict.fromkeys(texts) if (lang, text) not in self._tokens]
        for start in range(0, len(new), BATCH):
            for text, tokens in zip(
                new[start : start + BATCH], _annotated(lang, new[start : start + BATCH]), strict=True
            ):
                self._tokens[lang, text] = tokens
            print(f"{lang}: {min(start + BATCH, len(new))} of {len(new)} lines", flush=True)
        if new and self.path is not None:
            partial = self.path.with_suffix(".partial")
            with partial.open("wb") as file:
                pickle.dump(self._tokens, file)
            partial.replace(self.path)

    def bitext(self, pairs: Sequence[tuple[str, str]], *, linked: bool = True) -> Bitext:
        """One article; an English line that was not annotated has no tokens."""
        source = self._document("fr", [pair[0] for pair in pairs])
        target = self._document("en", [pair[1] for pair in pairs])
        beside = enumerate(zip(source.segments, target.segments, strict=True))
        made = tuple(Pair(index, french, english) for index, (french, english) in beside)
        if linked:
            made = tuple(
                replace(pair, links=words.link_words(pair.source, pair.target, self._lexicon))
                if pair.target.tokens
                else pair
                for pair in made
            )
        return Bitext(source, target, made)

    def _document(self, lang: str, texts: Sequence[str]) -> Document:
        segments: list[Segment] = []
        tokens: list[Token] = []
        start = 0
        for number, text in enumerate(texts):
            first = len(tokens)
            own = tuple(_moved(token, first, start) for token in self._tokens.get((lang, text), ()))
            tokens += own
            segments.append(Segment(Span(start, start + len(text)), text, own, (number,), number))
            start += len(text) + 1
        return Document("lines", lang, "\n".join(texts), tuple(segments), tuple(tokens))


def _moved(token: Token, first: int, start: int) -> Token:
    span = Span(token.span.start + start, token.span.end + start)
    return replace(token, index=token.index + first, head=token.head + first, span=span)


def _annotated(lang: str, texts: Sequence[str]) -> list[tuple[Token, ...]]:
    blocks: list[Block] = []
    start = 0
    for text in texts:
        blocks.append(Block(Span(start, start + len(text)), "paragraph"))
        start += len(text) + 1
    document = annotate(Document("lines", lang, "\n".join(texts), blocks=tuple(blocks)), split=False)
    return [_from_zero(segment) for segment in document.segments]


def _from_zero(segment: Segment) -> tuple[Token, ...]:
    if not segment.tokens:
        return ()
    first, start = segment.tokens[0].index, segment.span.start
    return tuple(
        replace(
            token,
            index=token.index - first,
            head=token.head - first,
            span=Span(token.span.start - start, token.span.end - start),
        )
        for token in segment.tokens
    )
