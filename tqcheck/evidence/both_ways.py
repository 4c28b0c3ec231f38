"""Findings -> findings that say what a machine makes of their French words, and how their English ones read back.

The machine's words are linked to those of the pair by what the words are, as the two sides of a pair are. Where no rule
has a suggestion, the machine's word may be one; `LEAST` says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from tqcheck.evidence import machine_text
from tqcheck.languages import fr, gaps
from tqcheck.model import Bitext, Finding, Link, Pair, Segment, Span, Token
from tqcheck.mqm import Category

LEAST = 0.45
"""The probability, given the French word, of the machine's word that is suggested (docs/engines.md has the count)."""
OFTEN = 30
"""How often the lexicon's training text must have the French word for that probability to mean anything."""
LONGEST = 5
"""Words of which one reading is shown; of words that were left out, which nothing in the English stands for, more."""
LONGEST_LEFT_OUT = 12
LONGEST_SUGGESTION = 3
_BETWEEN = 2
"""Words without a link that a reading may have inside."""

_ABOUT_MEANING = frozenset(
    {Category.MISTRANSLATION, Category.UNTRANSLATED, Category.TERMINOLOGY, Category.OMISSION, Category.ADDITION}
    | {Category.UNIDIOMATIC, Category.UNINTELLIGIBLE, Category.SPELLING}
)
_NOT_BACK = frozenset({Category.ADDITION, Category.UNTRANSLATED})
"""What stands for nothing in the French, or is French, says nothing in French."""
_REPLACED = frozenset({Category.MISTRANSLATION, Category.UNTRANSLATED, Category.TERMINOLOGY})

LinkWords = Callable[[Segment, Segment], tuple[Link, ...]]
"""The links of a French and an English segment."""


class Lexicon(Protocol):
    """What is asked of the word lexicon."""

    def source_count(self, word: str) -> float:
        """How often the French training text has a word."""

    def forward(self, fr: str, en: str) -> float:
        """How often a French word is rendered by an English one: p(en|fr)."""


def read_both_ways(
    findings: Sequence[Finding], bitext: Bitext, link: LinkWords, lexicon: Lexicon
) -> tuple[Finding, ...]:
    """The findings in their order, those on words that a machine has read with a sentence of evidence more.

    Nothing changes in pairs without a machine translation, nor where it only copies the words.
    """
    readers: dict[int, _Reader] = {}
    read = []
    for finding in findings:
        if finding.pair is not None and finding.category in _ABOUT_MEANING:
            reader = readers.setdefault(finding.pair, _Reader(bitext.pairs[finding.pair], link, lexicon))
            finding = reader.read(finding)
        read.append(finding)
    return tuple(read)


@dataclass(frozen=True)
class _Reader:
    """What the machine made of one pair."""

    pair: Pair
    link: LinkWords
    lexicon: Lexicon

    @cached_property
    def _forward(self) -> _Reading:
        """Of the French words."""
        made = machine_text.segment(self.pair.forward, machine_text.english)
        if made is None:
            return _Reading()
        return _Reading(made, _across(self.link(self.pair.source, made), made, lambda link: (link.source, link.target)))

    @cached_property
    def _back(self) -> _Reading:
        """Of the English words."""
        made = machine_text.segment(self.pair.back, fr.tokenize)
        if made is None:
            return _Reading()
        return _Reading(made, _across(self.link(made, self.pair.target), made, lambda link: (link.target, link.source)))

    def read(self, finding: Finding) -> Finding:
        """The finding with what there is to say."""
        if self.pair.forward is None and self.pair.back is None:
            return finding
        french, english = self._words(finding)
        left_out = finding.category is Category.OMISSION
        ahead = self._read(french, LONGEST_LEFT_OUT if left_out else LONGEST, ahead=True)
        said = []
        if ahead is not None and not _same(ahead, _text(self.pair.source, french)):
            too = ", too" if _same(ahead, _text(self.pair.target, english)) else ""
            said.append(f'The machine reads « {_text(self.pair.source, french)} » as "{ahead}"{too}')
        back = None if finding.category in _NOT_BACK else self._read(english, LONGEST, ahead=False)
        if back is not None and not _same(back, _text(self.pair.target, english)):
            said.append(f'"{_text(self.pair.target, english)}" reads back as « {back} »')
        return replace(
            finding,
            evidence=(*finding.evidence, *([f"{'; '.join(said)}."] if said else [])),
            suggestion=finding.suggestion or self._suggestion(finding),
        )

    def _read(self, tokens: Sequence[Token], longest: int, *, ahead: bool) -> str | None:
        """What the machine makes of words, where there is something to ask: to link its text takes most of the time."""
        if not _can_be_read(tokens, longest):
            return None
        return (self._forward if ahead else self._back).of(tokens)

    def _words(self, finding: Finding) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """The words of a finding; on a side where it has none, those that stand for them there."""
        french, english = _inside(self.pair.source, finding.source), _inside(self.pair.target, finding.target)
        if finding.source is None:
            french = _unique(token for word in english for token in self.pair.behind(word))
        if finding.target is None and finding.category is not Category.OMISSION:
            english = _unique(token for word in french for token in self.pair.rendered(word))
        return french, english

    def _suggestion(self, finding: Finding) -> str | None:
        """The machine's word for the only word of meaning behind the English ones, if it is the usual one."""
        marked = _inside(self.pair.target, finding.target)
        if finding.category not in _REPLACED or not 0 < len(marked) <= LONGEST_SUGGESTION:
            return None
        french = _unique(token for word in marked for token in self.pair.behind(word))
        content = [token for token in french if gaps.is_content(token)]
        if len(content) != 1:
            return None
        made = self._forward.words(french)
        telling = [token for token in made if _is_content(token)]
        if len(telling) != 1 or len(made) > LONGEST_SUGGESTION:
            return None
        here, there = content[0], telling[0]
        words = {form.lower() for word in (*marked, here) for form in (word.text, word.lemma)}
        usual = self.lexicon.source_count(here.text) >= OFTEN and self.lexicon.forward(here.text, there.text) >= LEAST
        compound = any("-" in word.text for word in marked) and "-" not in here.text + there.text
        if not usual or compound or there.text.lower() in words:
            return None
        return self._cased(self._forward.text(made), made[0], marked[0])

    def _cased(self, suggestion: str, first: Token, marked: Token) -> str:
        """A capital at the head of a sentence belongs to the place and not to the word."""
        begins = marked.index == self.pair.target.tokens[0].index
        if begins and marked.text[:1].isupper():
            return suggestion[:1].upper() + suggestion[1:]
        if first.index == 0 and first.text[1:].islower():
            return suggestion[:1].lower() + suggestion[1:]
        return suggestion


@dataclass(frozen=True)
class _Reading:
    """The machine's text, and which of its words stand for which of the pair's (by number)."""

    made: Segment | None = None
    across: Mapping[int, tuple[Token, ...]] | None = None

    def of(self, tokens: Sequence[Token]) -> str | None:
        """What the machine makes of words; None where that is not sure, or not one run of words."""
        words = [token for token in tokens if token.is_word]
        found = self.words(words)
        content = (token for token in words if gaps.is_content(token))
        if not found or not self.across or not all(token.index in self.across for token in content):
            return None
        return self.text(found)

    def words(self, tokens: Iterable[Token]) -> tuple[Token, ...]:
        """The machine's words for some, none where they do not stand together."""
        across = self.across or {}
        found = _unique(token for word in tokens for token in across.get(word.index, ()))
        together = bool(found) and found[-1].index - found[0].index < len(found) + _BETWEEN
        return found if together else ()

    def text(self, found: Sequence[Token]) -> str:
        """From the first to the last word."""
        return "" if self.made is None else self.made.text[found[0].span.start : found[-1].span.end]


def _can_be_read(tokens: Sequence[Token], longest: int) -> bool:
    """Whether there are words of meaning, not too many, without figures, and not too far from one another."""
    words = [token for token in tokens if token.is_word]
    if not any(map(gaps.is_content, words)) or len(words) > longest:
        return False
    figures = any(c.isdigit() for token in words for c in token.text)
    return not figures and tokens[-1].index - tokens[0].index < 2 * longest


def _across(
    links: Iterable[Link], made: Segment, sides: Callable[[Link], tuple[int, int]]
) -> Mapping[int, tuple[Token, ...]]:
    """By the number of a word of the pair, the machine's words for it; links by their place alone do not count."""
    found: dict[int, list[Token]] = defaultdict(list)
    for link in links:
        own, other = sides(link)
        token = made.token(other)
        if token is not None and link.probability > gaps.BY_PLACE:
            found[own].append(token)
    return {own: tuple(tokens) for own, tokens in found.items()}


def _is_content(token: Token) -> bool:
    return token.pos == "NOUN" and token.text[0].isalpha()


def _inside(segment: Segment, span: Span | None) -> tuple[Token, ...]:
    if span is None or not span.length:
        return ()
    return tuple(token for token in segment.tokens if token.span.overlaps(span) and token.is_word)


def _unique(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(sorted(dict.fromkeys(tokens), key=lambda token: token.index))


def _text(segment: Segment, tokens: Sequence[Token]) -> str:
    """From the first to the last of a segment's words, as they are written."""
    if not tokens:
        return ""
    start = segment.span.start
    written = segment.text[tokens[0].span.start - start : tokens[-1].span.end - start]
    return " ".join(written.split())


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
