"""Stretches of a sentence whose words have no counterpart in the other language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tqcheck.model import Document, Pair, Segment, Span, Token, WordDoubt

ENGLISH_PER_FRENCH = 0.93
"""Characters of English for one of French: the median of human translations of news."""
SHORTEST = 3
"""Fewer words of meaning than this may be missing without anybody missing them."""
SHORTEST_CLAUSE = 2
"""The same of a relative clause, which says one thing whole: « dont le frère est juge »."""
LONG = 4
SURE, UNSURE = 0.85, 0.65
"""The measured precision of gaps of LONG words and more, and of shorter ones (docs/detectors.md)."""

BY_PLACE = 0.5
"""The probability of a link that only the places of its words speak for: no word has a counterpart by that alone."""

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "ADV"})
LONG_HEADING = 5
"""Words of meaning from which on a heading inside of a text says something."""
DOUBTED = 0.5
"""The mean doubt of its words (`Pair.source_doubts`) below which a gap is not sure."""
_RELATIVES = frozenset({"qui", "que", "qu'", "qu’", "dont", "où", "who", "whose", "whom", "which", "where"})
_LIGHT = frozenset(
    """être avoir faire aller pouvoir devoir falloir venir très bien aussi encore déjà ainsi alors donc même plus moins
    tout ici là pas ne y en si be have do go can must will would may very well also even still already so then more less
    just there here not too now only really quite get""".split()
)
"""Words that come and go in translation without any change of meaning."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Neighbouring words without a counterpart; ``content`` are those that carry meaning.

    ``other``: how many such words without a counterpart the other side has at the same place; they may be a free
    rendering of these. ``closed``: nothing that hangs from them has a counterpart, so that they can be taken out whole.
    ``apart``: marks of punctuation, or the sentence's ends, stand on both sides.
    """

    tokens: tuple[Token, ...]
    content: tuple[Token, ...]
    other: int
    closed: bool
    apart: bool

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)


def is_content(token: Token) -> bool:
    """Whether a word carries meaning of its own that a translation must keep."""
    return token.pos in CONTENT and token.is_word and token.lemma.lower() not in _LIGHT


def source_gaps(pair: Pair) -> tuple[Gap, ...]:
    """The gaps of the French side: what the English may have left out."""
    there = {link.source: link.target for link in pair.links if link.probability > BY_PLACE}
    return tuple(_gaps(pair.source, pair.target, there, set(there.values())))


def target_gaps(pair: Pair) -> tuple[Gap, ...]:
    """The gaps of the English side: what the English may have added."""
    there = {link.target: link.source for link in pair.links if link.probability > BY_PLACE}
    return tuple(_gaps(pair.target, pair.source, there, set(there.values())))


def _gaps(segment: Segment, other: Segment, there: dict[int, int], taken: Collection[int]) -> Iterator[Gap]:
    run: list[Token] = []
    for token in (*segment.tokens, None):
        if token is not None and not (is_content(token) and token.index in there):
            run.append(token)
            continue
        content = tuple(t for t in run if is_content(t))
        if content:
            loose = _loose(run, segment, other, there, taken)
            tokens = _trimmed(run)
            yield Gap(tokens, content, loose, _is_closed(content, segment, there), _is_apart(tokens, segment))
        run = []


def _is_closed(content: Sequence[Token], segment: Segment, there: Collection[int]) -> bool:
    below = {token.index: token for word in content for token in segment.subtree(word)}
    return not any(is_content(token) and token.index in there for token in below.values())


def _is_apart(tokens: Sequence[Token], segment: Segment) -> bool:
    before, after = segment.token(tokens[0].index - 1), segment.token(tokens[-1].index + 1)
    if before is not None and before.pos == "CCONJ":
        before = segment.token(before.index - 1)
    around = before, after
    return all(token is None or token.pos == "PUNCT" for token in around)


def _trimmed(run: Sequence[Token]) -> tuple[Token, ...]:
    """From the first content word, with the small words that lead it in, to the last one."""
    first = next(i for i, token in enumerate(run) if is_content(token))
    last = max(i for i, token in enumerate(run) if is_content(token))
    while first > 0 and run[first - 1].is_word and run[first - 1].pos in ("ADP", "DET", "PRON", "SCONJ", "AUX", "ADV"):
        first -= 1
    return tuple(run[first : last + 1])


def _loose(
    run: Sequence[Token], segment: Segment, other: Segment, there: dict[int, int], taken: Collection[int]
) -> int:
    """Content words of the other side without a link, between the counterparts of the words around the run."""
    before = [there[t.index] for t in segment.tokens if t.index < run[0].index and is_content(t) and t.index in there]
    after = [there[t.index] for t in segment.tokens if t.index > run[-1].index and is_content(t) and t.index in there]
    start = before[-1] if before else -1
    end = after[0] if after else other.tokens[-1].index + 1 if other.tokens else 0
    low, high = min(start, end), max(start, end)
    return sum(1 for t in other.tokens if low < t.index < high and is_content(t) and t.index not in taken)


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap that is believed to be an omission or an addition, how many words of meaning it has, and how surely."""

    span: Span
    words: int
    confidence: float


def left_out(pair: Pair) -> Iterator[Missing]:
    """What the English seems to have left out of the French."""
    lengths = len(pair.source.text), len(pair.target.text) / ENGLISH_PER_FRENCH
    return _doubted(_believed(source_gaps(pair), *lengths), pair.source, pair.source_doubts)


def put_in(pair: Pair) -> Iterator[Missing]:
    """What the English seems to have added to the French."""
    lengths = len(pair.target.text), len(pair.source.text) * ENGLISH_PER_FRENCH
    return _doubted(_believed(target_gaps(pair), *lengths), pair.target, pair.target_doubts)


def _doubted(found: Iterator[Missing], segment: Segment, doubts: Sequence[WordDoubt]) -> Iterator[Missing]:
    """The same, less surely where the words are known to be doubted little."""
    for gap in found:
        beside = zip(segment.tokens, doubts, strict=False)
        own = [doubt.missing for token, doubt in beside if token.is_word and gap.span.overlaps(token.span)]
        sure = not own or sum(own) / len(own) >= DOUBTED
        yield gap if sure else replace(gap, confidence=min(gap.confidence, UNSURE))


def _believed(found: Sequence[Gap], length: int, other: float) -> Iterator[Missing]:
    """The gaps that a free translation does not explain: long enough, and with nothing in return.

    ``length`` is that of their own side, ``other`` that of the other one, both in characters of their own language. It
    must be shorter by at least half of what is missing: a translation as long as it should be has said the same in
    other words.
    """
    for gap in found:
        words = len(gap.content) - gap.other
        shortest = SHORTEST_CLAUSE if gap.tokens[0].text.lower() in _RELATIVES else SHORTEST
        if not gap.closed or words < shortest or other >= length - gap.span.length / 2:
            continue
        if sum(token.pos in ("NOUN", "VERB", "ADJ", "ADV") for token in gap.content) < 2:
            continue  # figures, or a name: "(300,948 sq mi)" is a service to the reader
        if words >= LONG:
            yield Missing(gap.span, len(gap.content), SURE)
        elif gap.apart and other < length - 0.8 * gap.span.length:
            yield Missing(gap.span, len(gap.content), UNSURE)


def is_small(document: Document, segment: Segment) -> bool:
    """Whether a segment is a dateline or a heading, or has too few words: a desk leaves these out as it likes.

    The heading that a text begins with always is; a later one with many words says something, as a list's item does.
    """
    kind = document.blocks[segment.block].kind if segment.block < len(document.blocks) else "paragraph"
    words = sum(map(is_content, segment.tokens))
    first = segment.block == 0 or document.blocks[segment.block - 1].kind == "dateline"
    return kind == "dateline" or words <= 2 or (kind == "heading" and (first or words < LONG_HEADING))
