"""Long texts, a window at a time: what is known of every word is kept of the pairs in which something was found.

Tokens, links and doubts take a hundred times the memory of the text. Of a text of 25,000 words and more the pairs are
made first, from the sentences alone; then some hundred of them at a time are parsed, compared and measured, and what
the report needs of them is kept. Each window is read with some pairs before and behind it, so that pronouns have their
nouns, and the last sentence its neighbour; what is found in these belongs to the windows next to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tqcheck.giants import Giant
from tqcheck.measure import Sum
from tqcheck.model import Bitext, Document, Finding, Link, Pair, PairScores, Segment, Token, Translation

Progress = Callable[[str, int, int], None]

LONG = 150_000
"""Code points of either text from which on it is checked in windows: some 25,000 words, ten times a long article."""
WIDTH = 150_000
"""Code points of the pairs of a window, both sides together."""
AROUND = 20
"""Pairs read before and behind those of a window. No rule that looks around looks further."""
MOST_WORDS = 30_000
"""Words and marks of both sides of which all is kept."""


class Window(NamedTuple):
    """The pairs ``start`` to ``end`` - 1 of a bitext; those from ``first`` to ``last`` - 1 are read."""

    first: int
    start: int
    end: int
    last: int

    @property
    def own(self) -> slice:
        """The places of its own pairs among those that are read."""
        return slice(self.start - self.first, self.end - self.first)

    def of(self, bitext: Bitext) -> Bitext:
        """What is read, as a bitext of its own: its pairs are counted from 0, places are those of the whole text."""
        read = bitext.pairs[self.first : self.last]
        return replace(bitext, pairs=tuple(replace(pair, index=number) for number, pair in enumerate(read)))


class Checked(NamedTuple):
    """A bitext that went through the line, or a window: then ``pair_scores`` and ``sums`` are those of its own pairs.

    ``sums`` are those of the scores; ``giants`` were not checked.
    """

    bitext: Bitext
    findings: tuple[Finding, ...]
    pair_scores: tuple[PairScores, ...]
    sums: tuple[Sum, ...]
    giants: tuple[Giant, ...]


def are_long(source: Document, target: Document) -> bool:
    """Whether two texts are checked in windows."""
    return max(len(source.text), len(target.text)) >= LONG


def cut(bitext: Bitext, width: int = WIDTH, around: int = AROUND) -> tuple[Window, ...]:
    """The windows of a bitext in order; one ends at the end of a paragraph where its last quarter has one."""
    pairs = bitext.pairs
    ends = [*_ends(pairs, width), len(pairs)]
    return tuple(
        Window(max(0, start - around), start, end, min(len(pairs), end + around))
        for start, end in zip([0, *ends], ends, strict=False)
        if start < end
    )


def _ends(pairs: Sequence[Pair], width: int) -> Iterator[int]:
    size, last = 0, 0
    for number, pair in enumerate(pairs):
        own = len(pair.source.text) + len(pair.target.text)
        if number > last and size + own > width:
            size, last = 0, _paragraph(pairs, last, number)
            yield last
            size = sum(len(p.source.text) + len(p.target.text) for p in pairs[last:number])
        size += own


def _paragraph(pairs: Sequence[Pair], start: int, end: int) -> int:
    """The last place in the last quarter of some pairs at which a paragraph or an article begins, else their end."""
    for place in range(end, max(start, end - (end - start) // 4), -1):
        one, other = pairs[place - 1], pairs[place]
        if (one.document, one.source.block) != (other.document, other.source.block):
            return place
    return end


def within(progress: Progress, window: Window, pairs: int) -> Progress:
    """The progress of all stages of a window as one of the whole text, of so many pairs."""
    return lambda stage, done, total: progress("checking part by part", window.start, pairs)


class Gathered:
    """What is kept of windows: pairs, findings and scores as if the text had been read in one."""

    def __init__(self, whole: Bitext) -> None:
        self._whole = whole
        self._pairs: list[Pair] = []
        self._findings: dict[Finding, None] = {}
        self._scores: list[PairScores] = []
        self._giants: list[Giant] = []
        self._sums: dict[str, Sum] = {}
        self._tokens: tuple[list[Token], list[Token]] = ([], [])

    def add(self, window: Window, checked: Checked) -> None:
        """The next window."""
        own = range(window.own.start, window.own.stop)
        findings = [one for one in checked.findings if one.pair is None or one.pair in own]
        shifted = (one if one.pair is None else replace(one, pair=one.pair + window.first) for one in findings)
        self._findings |= dict.fromkeys(shifted)
        found = {finding.pair for finding in findings}
        for number in own:
            pair = checked.bitext.pairs[number]
            self._pairs.append(self._kept(replace(pair, index=number + window.first), number in found))
        self._scores += checked.pair_scores
        self._giants += (one._replace(pair=one.pair + window.first) for one in checked.giants if one.pair in own)
        for one in checked.sums:
            self._sums[one.name] = self._sums[one.name].plus(one) if one.name in self._sums else one

    def all(self) -> Checked:
        """Everything, when the last window has been added."""
        source, target = (
            replace(document, tokens=tuple(tokens))
            for document, tokens in zip((self._whole.source, self._whole.target), self._tokens, strict=True)
        )
        bitext = Bitext(source, target, tuple(self._pairs))
        sums, giants = tuple(self._sums.values()), tuple(self._giants)
        return Checked(bitext, tuple(self._findings), tuple(self._scores), sums, giants)

    def _kept(self, pair: Pair, found: bool) -> Pair:
        """The pair with its words where it is ``found``, as long as there is room for more; else its texts alone.

        Whatever else a pair has, no report shows.
        """
        room = MOST_WORDS - sum(map(len, self._tokens))
        worded = found and len(pair.source.tokens) + len(pair.target.tokens) <= room
        bare = Pair(
            index=pair.index,
            source=self._bare(pair.source, self._whole.source),
            target=self._bare(pair.target, self._whole.target),
            document=pair.document,
            alignment=pair.alignment,
            moved=pair.moved,
            forward=_text(pair.forward),
            back=_text(pair.back),
            similarity=pair.similarity,
            lexical=pair.lexical,
        )
        return self._worded(bare, pair) if worded else bare

    def _worded(self, bare: Pair, pair: Pair) -> Pair:
        """The pair with its words, numbered as those of the report."""
        source, by_source = _numbered(pair.source, self._tokens[0])
        target, by_target = _numbered(pair.target, self._tokens[1])
        links = (Link(link.source + by_source, link.target + by_target, link.probability) for link in pair.links)
        return replace(
            bare,
            source=source,
            target=target,
            links=tuple(links),
            source_scores=pair.source_scores,
            target_scores=pair.target_scores,
            source_doubts=pair.source_doubts,
            target_doubts=pair.target_doubts,
        )

    def _bare(self, segment: Segment, document: Document) -> Segment:
        """Without its tokens: the very segment of the document where it is one."""
        if len(segment.sentences) == 1 and document.segments[segment.sentences[0]].span == segment.span:
            return document.segments[segment.sentences[0]]
        return replace(segment, tokens=())


def _numbered(segment: Segment, before: list[Token]) -> tuple[Segment, int]:
    """A segment whose tokens are numbered on from those ``before``, which they join, and by how much they moved."""
    if not segment.tokens:
        return segment, 0
    by = len(before) - segment.tokens[0].index
    tokens = tuple(replace(token, index=token.index + by, head=token.head + by) for token in segment.tokens)
    before += tokens
    return replace(segment, tokens=tokens), by


def _text(made: Translation | None) -> Translation | None:
    """A translation without its pieces, which no report shows."""
    return None if made is None else Translation(made.text, made.engine)


def notes(windows: Sequence[Window]) -> tuple[str, ...]:
    """What is said of a report that was made in windows."""
    return (
        f"a long text, checked in {len(windows)} parts: rules that compare what is said in different places of a text "
        "compare within a part, and links of words are kept of pairs with findings only",
    )
