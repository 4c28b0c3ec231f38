"""The nouns: plain frozen values that the stages hand to one another.

Every offset is a half-open range of code points of ``Document.text``, everywhere and always.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.mqm import Category, Severity


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``start`` to ``end``, half-open, in code points of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span names."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as the annotator sees it.

    ``index`` and ``head`` count tokens of the whole document; the head of a root is itself. ``pos`` is a Universal
    Dependencies tag, ``dep`` the label of the language's parser, ``morph`` the UD features in the form
    ``Gender=Fem|Number=Sing``, ``entity`` the kind of a named entity (PER, LOC, ORG, MISC, DATE, …) or "".
    """

    index: int
    span: Span
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    entity: str

    def feature(self, name: str) -> str | None:
        """The value of a morphological feature, such as ``token.feature("Gender") == "Fem"``."""
        for part in self.morph.split("|"):
            key, _, value = part.partition("=")
            if key == name:
                return value
        return None

    @property
    def is_word(self) -> bool:
        """Whether there is a letter or digit in it."""
        return self.text.isalnum() or any(c.isalnum() for c in self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document's structure. ``kind``: paragraph, heading, dateline, list-item or quotation."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One or more whole sentences in a row: a slice of the document's text, with its tokens.

    An empty one still has a place: that is where something is missing. ``sentences`` are the numbers of the sentences
    in the document, from 0; ``block`` the number of the block in which it begins.
    """

    span: Span
    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[int, ...]
    block: int

    def token(self, index: int) -> Token | None:
        """The token with that number in the document, or None where it lies outside of this segment."""
        if not self.tokens:
            return None
        place = index - self.tokens[0].index
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def head(self, token: Token) -> Token | None:
        """The syntactic head of a token of this segment, None for a root."""
        return None if token.head == token.index else self.token(token.head)

    def children(self, token: Token) -> tuple[Token, ...]:
        """The tokens of this segment whose head ``token`` is."""
        return tuple(other for other in self.tokens if other.head == token.index and other.index != token.index)

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """``token`` and all that hangs from it, in text order."""
        below = {token.index}
        waiting = [token]
        while waiting:
            for child in self.children(waiting.pop()):
                if child.index not in below:
                    below.add(child.index)
                    waiting.append(child)
        return tuple(other for other in self.tokens if other.index in below)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in a file that is not a part of its text, in the comment syntax of its format; ``span`` covers it all.

    ``text`` is what stands between its marks.
    """

    span: Span
    text: str


class Anchor(NamedTuple):
    """Where the text from the offset ``start`` on, up to the next anchor, stands in the file: a character a column.

    ``line`` and ``column`` count from 1, in a format without lines the paragraphs. ``unit``: what the format itself
    calls the place ("unit greeting", "paragraph 12"), "" where it has no name for it.
    """

    start: int
    line: int
    column: int
    unit: str = ""


@dataclass(frozen=True)
class Document:
    """A text, cut into sentences (``segments``), each of which lies in one of ``blocks``.

    ``comments`` are blanks in the text, or empty spans where it is not the file's own. ``anchors``, in the order of the
    text and the first at 0, tell where it stands in the file; without any the text is the file, line for line.
    """

    path: str
    lang: str
    text: str
    segments: tuple[Segment, ...] = ()
    tokens: tuple[Token, ...] = ()
    blocks: tuple[Block, ...] = ()
    encoding: str = "utf-8"
    comments: tuple[Comment, ...] = ()
    anchors: tuple[Anchor, ...] = ()

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(i + 1 for i, c in enumerate(self.text) if c == "\n"))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, both from 1, as editors and SARIF count (columns in code points)."""
        if (anchor := self._anchor(offset)) is not None:
            return anchor.line, anchor.column + offset - anchor.start
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def end_line_column(self, span: Span) -> tuple[int, int]:
        """Line and column behind the last character of a span, without what may follow it in the file (a tag)."""
        if not self.anchors or not span.length:
            return self.line_column(span.end)
        line, column = self.line_column(span.end - 1)
        return line, column + 1

    def unit(self, offset: int) -> str:
        """What the format calls the place of an offset, such as "paragraph 12"; "" where it has no name for it."""
        anchor = self._anchor(offset)
        return "" if anchor is None else anchor.unit

    def _anchor(self, offset: int) -> Anchor | None:
        place = bisect.bisect_right(self.anchors, offset, key=lambda anchor: anchor.start)
        return self.anchors[max(place - 1, 0)] if self.anchors else None

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its end."""
        starts = self._line_starts
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]


@dataclass(frozen=True, slots=True)
class Link:
    """The token ``source`` of the French document stands behind the token ``target`` of the English one."""

    source: int
    target: int
    probability: float


FIRST_READING = "+first-reading"
"""The end of the name of an engine that is no translator: right words, wrong grammar, or things left out or made up."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a machine makes of a segment. ``log_probabilities``: natural logarithms, one a piece, if the engine says."""

    text: str
    engine: str
    pieces: tuple[str, ...] | None = None
    log_probabilities: tuple[float, ...] | None = None

    @property
    def is_first_reading(self) -> bool:
        """Whether it is not to be taken for a translation."""
        return self.engine.endswith(FIRST_READING)


class WordScore(NamedTuple):
    """How probable a language model finds a word (the sum over its ``pieces``), as natural logarithms.

    ``given`` the other text of the pair and the words before it; ``alone``: given the words before it only.
    """

    given: float
    alone: float
    pieces: int

    @property
    def gain(self) -> float:
        """How much easier the other text makes the word to foresee; at or below 0 where it does not call for it."""
        return self.given - self.alone


class TextScores(NamedTuple):
    """The scores of one side of a pair.

    ``words`` is parallel to the segment's tokens, None where a token has no piece of its own; ``end`` is that of the
    text's ending there (low, given the other text: more was to come).
    """

    words: tuple[WordScore | None, ...]
    end: WordScore | None


class WordDoubt(NamedTuple):
    """How probable it is that a word has no counterpart in the other text, and that it has none or a wrong one."""

    missing: float
    differs: float


class WordTrial(NamedTuple):
    """A doubted word, the ``token`` of that number, tried out: what a language model would write there.

    ``expected`` is that, "" where the text would end. The others are natural logarithms: by how much the text from
    there on becomes more probable when the word is replaced by the expected one, when that is put in before it, and
    when the word is dropped. The first two are None where the model expects the word itself, or the end.
    """

    token: int
    expected: str
    replaced: float | None
    inserted: float | None
    dropped: float


class Contrast(NamedTuple):
    """Words of the ``side`` "source" or "target", from the token ``first`` to ``last``, taken out of it.

    ``change``: by how much the other text becomes more probable without them, as a natural logarithm; below 0 where
    they were needed. ``hardest``: the change of the word of the other text that loses most, ``eased`` of that which
    gains most.
    """

    side: str
    first: int
    last: int
    change: float
    hardest: float
    eased: float


@dataclass(frozen=True)
class Pair:
    """Segments that translate each other (a bead), one of which may be empty.

    ``document`` numbers the article where a run checks several; ``alignment`` is the confidence (0 to 1) that the two
    belong together; ``moved`` is true where the pair stands in another order than its neighbours. ``forward`` is the
    machine's English of ``source``, ``back`` the machine's French of ``target``. ``similarity`` is the cosine of
    the two sides as sentences; ``lexical`` the mean log-probability of the English words given the French ones, and the
    reverse. ``source_scores`` and ``target_scores``: what a language model makes of each word, None without one.
    ``source_doubts`` and ``target_doubts`` are parallel to the tokens of each side; empty where nobody has looked.
    ``trials``: some doubted English words, tried out. ``contrasts``: doubted words of either side, taken out.
    """

    index: int
    source: Segment
    target: Segment
    document: int = 0
    alignment: float | None = None
    moved: bool = False
    links: tuple[Link, ...] = ()
    forward: Translation | None = None
    back: Translation | None = None
    similarity: float | None = None
    lexical: tuple[float, float] | None = None
    source_scores: TextScores | None = None
    target_scores: TextScores | None = None
    source_doubts: tuple[WordDoubt, ...] = ()
    target_doubts: tuple[WordDoubt, ...] = ()
    trials: tuple[WordTrial, ...] = ()
    contrasts: tuple[Contrast, ...] = ()

    @cached_property
    def _by_target(self) -> Mapping[int, tuple[Token, ...]]:
        return _follow((link.target, self.source.token(link.source)) for link in self.links)

    @cached_property
    def _by_source(self) -> Mapping[int, tuple[Token, ...]]:
        return _follow((link.source, self.target.token(link.target)) for link in self.links)

    def behind(self, target: Token) -> tuple[Token, ...]:
        """The French words that stand behind an English one."""
        return self._by_target.get(target.index, ())

    def rendered(self, source: Token) -> tuple[Token, ...]:
        """The English words that render a French one."""
        return self._by_source.get(source.index, ())

    def source_score(self, token: Token) -> WordScore | None:
        """The score of a French word, None where there is none."""
        return _at(self.source_scores, token.index - self.source.tokens[0].index) if self.source.tokens else None

    def target_score(self, token: Token) -> WordScore | None:
        """The score of an English word, None where there is none."""
        return _at(self.target_scores, token.index - self.target.tokens[0].index) if self.target.tokens else None


def _at(scores: TextScores | None, place: int) -> WordScore | None:
    return scores.words[place] if scores is not None and 0 <= place < len(scores.words) else None


def _follow(steps: Iterable[tuple[int, Token | None]]) -> Mapping[int, tuple[Token, ...]]:
    found: dict[int, list[Token]] = {}
    for start, token in steps:
        if token is not None:
            found.setdefault(start, []).append(token)
    return MappingProxyType({key: tuple(sorted(tokens, key=lambda t: t.index)) for key, tokens in found.items()})


@dataclass(frozen=True)
class Bitext:
    """Two documents and the pairs that cover both."""

    source: Document
    target: Document
    pairs: tuple[Pair, ...]

    def before(self, pair: Pair, count: int) -> tuple[Pair, ...]:
        """Up to ``count`` pairs that precede ``pair`` in its own article, in reading order."""
        start = max(0, pair.index - count)
        return tuple(p for p in self.pairs[start : pair.index] if p.document == pair.document)


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """An entry of a glossary: a French term and what it is in English.

    ``allowed`` are the ways to say it, the preferred one first; ``forbidden`` those that are never right for it.
    ``unchanged``: the French words themselves stand in the English. ``place``: where the entry is ("terms.tsv:12").
    """

    french: str
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""
    unchanged: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: these words, this is wrong, because, and this is what the French says.

    ``source`` or ``target`` is None where that side has no place. ``confidence`` (0 to 1) is the measured precision of
    the rule in such a case. ``evidence``: one sentence each. ``fingerprint`` is filled in by ``tqcheck.detector.run``.
    """

    rule: str
    category: Category
    severity: Severity
    confidence: float
    message: str
    pair: int | None
    source: Span | None
    target: Span | None
    suggestion: str | None = None
    evidence: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A number with the signature that says how it was made. ``value`` None: could not be computed."""

    name: str
    value: float | None
    signature: str


@dataclass(frozen=True, slots=True)
class PairScores:
    """What was measured of one pair. ``quality``: 0 to 1, the probability that an expert marks no major error."""

    quality: float
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the gate lets the translation pass, and if not, why: one sentence a reason.

    ``findings``: the fingerprints of those that broke a limit.
    """

    passed: bool
    reasons: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count in the gate, though reports show it.

    ``kind``: ``dismissed`` (an editor's decision), ``baseline``, ``inline`` or ``ignored``; ``reason`` as it was given.
    """

    kind: str
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """All that a renderer sees. ``pair_scores`` is parallel to ``bitext.pairs``; ``notes`` are one-line remarks.

    ``suppressions``, by fingerprint, names the findings that do not count in the gate.
    """

    bitext: Bitext
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    pair_scores: tuple[PairScores, ...]
    verdict: Verdict
    provenance: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    suppressions: Mapping[str, Suppression] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def counted(self) -> tuple[Finding, ...]:
        """The findings that count in the gate."""
        return tuple(finding for finding in self.findings if finding.fingerprint not in self.suppressions)


@dataclass(frozen=True, slots=True)
class Failure:
    """A pair of files of a run that could not be checked, and the message for the user."""

    source: str
    target: str
    message: str


@dataclass(frozen=True)
class Desk:
    """Many reports of one run, the pairs that could not be checked, and one-line remarks on all of them."""

    reports: tuple[Report, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every pair was checked and its gate let it pass."""
        return not self.failures and all(report.verdict.passed for report in self.reports)
