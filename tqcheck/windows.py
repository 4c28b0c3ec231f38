"""Long texts, a window at a time: what is known of every word is kept of the pairs in which something was found.

Tokens, links and doubts take a hundred times the memory of the text. Of a text of 25,000 words and more the pairs are
made first, from the sentences alone; then some hundred of them at a time are parsed, compared and measured, and what
the report needs of them is kept, on disk. Each window is read with some pairs before and behind it, so that pronouns
have their nouns, and the last sentence its neighbour; what is found in these belongs to the windows next to it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tqcheck import giants
from tqcheck.giants import Giant
from tqcheck.measure import Sum
from tqcheck.model import Bitext, Document, Finding, Link, Pair, PairScores, Segment, Token, Translation
from tqcheck.results import packed
from tqcheck.stored import Lines, View

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

    ``sums`` are those of the scores; ``giants`` were not checked; so many pairs were ``read`` by a
    language model.
    """

    bitext: Bitext
    findings: tuple[Finding, ...]
    pair_scores: Sequence[PairScores]
    sums: tuple[Sum, ...]
    giants: tuple[Giant, ...]
    read: int = 0


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
    sizes = array("q", (len(pair.source.text) + len(pair.target.text) for pair in pairs))
    size, last = 0, 0
    for number, own in enumerate(sizes):
        if number > last and size + own > width:
            last = _paragraph(pairs, last, number)
            yield last
            size = sum(sizes[last:number])
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


def kept(source: Document, target: Document, pairs: Iterable[Pair]) -> Bitext:
    """The bitext of long texts and their pairs without words, which are on disk."""
    rows = Lines(map(packed.pack_pair, pairs))
    return Bitext(source, target, View(rows, lambda row: packed.unpack_pair(row, source, target)))


class Gathered:
    """What is kept of windows: pairs, findings and scores as if the text had been read in one."""

    def __init__(self, whole: Bitext) -> None:
        self._whole = whole
        self._pairs = Lines()
        self._findings: dict[Finding, None] = {}
        self._scores = Lines()
        self._giants: list[Giant] = []
        self._sums: dict[str, Sum] = {}
        self._tokens: tuple[list[Token], list[Token]] = ([], [])
        self._read = 0

    def add(self, window: Window, checked: Checked, whole: Bitext) -> None:
        """The next window; ``whole`` is what was read, with its giants."""
        own = range(window.own.start, window.own.stop)
        findings = [one for one in checked.findings if one.pair is None or one.pair in own]
        shifted = (one if one.pair is None else replace(one, pair=one.pair + window.first) for one in findings)
        self._findings |= dict.fromkeys(shifted)
        found = {finding.pair for finding in findings}
        pairs = giants.restored(checked.bitext, whole).pairs
        self._pairs.extend(packed.pack_pair(self._kept(pairs[k], k + window.first, k in found)) for k in own)
        self._scores.extend(map(packed.pack_scores, checked.pair_scores))
        unchecked = sorted((*giants.among(whole.pairs), *checked.giants))
        self._giants += (one._replace(pair=one.pair + window.first) for one in unchecked if one.pair in own)
        self._read += checked.read
        for one in checked.sums:
            self._sums[one.name] = self._sums[one.name].plus(one) if one.name in self._sums else one

    def all(self) -> Checked:
        """Everything, when the last window has been added."""
        source, target = (
            replace(document, tokens=tuple(tokens))
            for document, tokens in zip((self._whole.source, self._whole.target), self._tokens, strict=True)
        )
        bitext = Bitext(source, target, View(self._pairs, lambda row: packed.unpack_pair(row, source, target)))
        scores = View(self._scores, packed.unpack_scores)
        sums, unchecked = tuple(self._sums.values()), tuple(self._giants)
        return Checked(bitext, tuple(self._findings), scores, sums, unchecked, self._read)

    def _kept(self, pair: Pair, index: int, found: bool) -> Pair:
        """The pair with a number, and its words where it is ``found`` and there is room for more; else its texts alone.

        Whatever else a pair has, no report shows.
        """
        room = MOST_WORDS - sum(map(len, self._tokens))
        worded = found and len(pair.source.tokens) + len(pair.target.tokens) <= room
        bare = Pair(
            index=index,
            source=replace(pair.source, tokens=()),
            target=replace(pair.target, tokens=()),
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
