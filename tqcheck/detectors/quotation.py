"""A quotation that was opened and never closed, lost, or whose words moved outside it.

Why it matters
--------------
Quotation marks say who answers for the words. Where they are lost a claim of the person quoted becomes a statement of
the paper; where one mark is missing the rest of the article is put in somebody's mouth.

What it does not see
--------------------
Quotation marks that the English adds, and those around one to three words or a title, which come and go. Single marks
are taken for quotation marks where they may be some, so that nothing is reported lost there. Direct speech that was
turned into reported speech is right and is told apart only where it is short.

When to ignore it
-----------------
Where the desk turned a quotation into reported speech on purpose.

Source
------
The Chicago Manual of Style, 13.30 (paragraphs of a long quotation open it again), and the Associated Press Stylebook on
quotation marks; MQM, linguistic-conventions/punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tqcheck.detector import Detector, Example
from tqcheck.languages import quotations
from tqcheck.languages.quotations import Quotation
from tqcheck.languages.typography import quotation_marks
from tqcheck.model import Bitext, Finding, Pair, Segment, Span, Token
from tqcheck.mqm import Category, Severity

SHORT = 4
"""From so many words on, quotation marks say that somebody speaks; around fewer they may be irony or a title."""
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "ADV"})
NEAR = 200
"""So many characters around a pair are searched for single marks that may enclose it."""
LINKED = 0.6
"""Least probability of a word link that speaks for a quotation's limits."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """The quotations of both sides of an article, by their places in the documents."""

    french: tuple[Quotation, ...]
    english: tuple[Quotation, ...]


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Read the quotations of each article as a whole, then compare pair by pair."""
    articles = dict.fromkeys(pair.document for pair in bitext.pairs)
    quoted = {
        article: _Quoted(
            _read(bitext.source.text, [p.source for p in bitext.pairs if p.document == article]),
            _read(bitext.target.text, [p.target for p in bitext.pairs if p.document == article]),
        )
        for article in articles
    }
    for pair in bitext.pairs:
        if pair.source.text.strip() and pair.target.text.strip():
            own = quoted[pair.document]
            broken = list(_broken(detector, bitext, pair, own))
            yield from broken
            if not broken:
                yield from _lost(detector, bitext, pair, own)


def _read(text: str, segments: Sequence[Segment]) -> tuple[Quotation, ...]:
    """The quotations of one article of a document."""
    starts = sorted(segment.span.start for segment in segments)
    first, last = starts[0], max(segment.span.end for segment in segments)
    return tuple(
        replace(
            q, start=q.start + first, end=q.end + first, inner=(q.inner[0] + first, q.inner[1] + first)
        )
        for q in quotations.read(text[first:last], [start - first for start in starts])
    )


def _within(quoted: Iterable[Quotation], span: Span) -> tuple[Quotation, ...]:
    return tuple(q for q in quoted if q.start < span.end and span.start < q.end)


def _clip(quotation: Quotation, span: Span) -> Span:
    """The words of a quotation that lie in ``span``, without its marks."""
    start = max(quotation.inner[0], span.start)
    return Span(start, max(start, min(quotation.inner[1], span.end)))


# What is wrong with the English marks themselves


def _broken(detector: Detector, bitext: Bitext, pair: Pair, own: _Quoted) -> Iterator[Finding]:
    """Marks without their counterpart, and reporting words inside the marks, where the French quotation is whole."""
    french = _within(own.french, pair.source.span)
    if not french or any(q.state in ("unclosed", "unopened") for q in french):
        return
    marks = quotation_marks(bitext.target.text)
    for english in _within(own.english, pair.target.span):
        if english.state == "unopened":
            yield from _unopened(detector, bitext, pair, english, french, marks)
        elif english.start >= pair.target.span.start or english.state == "closed":
            yield from _unclosed(detector, bitext, pair, english, french, marks)


def _unopened(
    detector: Detector, bitext: Bitext, pair: Pair, english: Quotation, french: Sequence[Quotation], marks: tuple[str, str]
) -> Iterator[Finding]:
    """A closing mark alone. The words from the sentence's beginning are marked where the French quotes them all."""
    quoted = _clip(french[0], pair.source.span)
    whole = not _words(bitext.source.text[pair.source.span.start : quoted.start])
    place = Span(english.start if whole else english.inner[1], english.end)
    text = place.of(bitext.target.text)
    yield detector.finding(
        pair,
        message="This quotation is closed but was never opened: the French quotes it from its first word."
        if whole
        else "A closing quotation mark without an opening one.",
        confidence=0.9,
        source=quoted,
        target=place,
        suggestion=marks[0] + text if whole else None,
        severity=Severity.MINOR,
    )


def _unclosed(
    detector: Detector, bitext: Bitext, pair: Pair, english: Quotation, french: Sequence[Quotation], marks: tuple[str, str]
) -> Iterator[Finding]:
    """Words that report who speaks inside the marks, or an opening mark that nothing closes."""
    text = bitext.target.text
    start, end = max(english.inner[0], pair.target.span.start), min(english.inner[1], pair.target.span.end)
    said = quotations.attribution(text, start, end)
    reported = any(_incises(bitext, _clip(q, pair.source.span)) for q in french)
    begins = english.start >= pair.target.span.start
    if said is not None and reported:
        yield detector.finding(
            pair,
            message="The quotation should be closed here: the words that follow say who is speaking.",
            confidence=0.9,
            source=_clip(french[0], pair.source.span),
            target=Span(english.start if begins else start, said),
            suggestion=text[english.start if begins else start : said] + marks[1],
            severity=Severity.MINOR,
        )
    elif english.state in ("unclosed", "continued") and begins and all(q.end <= pair.source.span.end for q in french):
        place = Span(english.start, end)
        yield detector.finding(
            pair,
            message="This quotation is opened and never closed: in the French it ends in this sentence.",
            confidence=0.85,
            source=_clip(french[-1], pair.source.span),
            target=Span(place.start, place.start + len(place.of(text).rstrip())),
            severity=Severity.MINOR,
        )


def _incises(bitext: Bitext, span: Span) -> tuple[Span, ...]:
    """The reporting words inside a French quotation, as places in the document."""
    return tuple(Span(span.start + a, span.start + b) for a, b in quotations.incises(span.of(bitext.source.text)))


# What was lost or moved


def _lost(detector: Detector, bitext: Bitext, pair: Pair, own: _Quoted) -> Iterator[Finding]:
    """French quotations whose words stand outside of marks in the English, all of them or some."""
    around = bitext.target.text[max(0, pair.target.span.start - NEAR) : pair.target.span.end + NEAR]
    regions = [Span(q.start, q.end) for q in _within(own.english, pair.target.span)]
    start = pair.target.span.start
    regions += [Span(start + a, start + b) for a, b in quotations.single(pair.target.text)]
    for french in _within(own.french, pair.source.span):
        quoted = _clip(french, pair.source.span)
        said = _incises(bitext, quoted)
        count = len(_words(quoted.of(bitext.source.text))) - sum(len(_words(s.of(bitext.source.text))) for s in said)
        if count < SHORT or french.state in ("unclosed", "unopened") or _is_title(bitext, pair, quoted):
            continue
        inside, outside = _rendered(pair, quoted, said, regions)
        if not regions or (not inside and len(outside) >= 3):
            if not quotations.half_single(around) and not _is_capitalised(outside):
                yield _finding(detector, bitext, pair, quoted, count, outside)
        elif len(inside) >= 2 and outside:
            yield from _moved(detector, bitext, pair, quoted, said)


def _moved(
    detector: Detector, bitext: Bitext, pair: Pair, quoted: Span, said: Sequence[Span]
) -> Iterator[Finding]:
    """Words behind a closing mark that the French has inside its quotation, up to the words that report."""
    text, end = bitext.target.text, pair.target.span.end
    marks = quotation_marks(text)
    for english in quotations.read(pair.target.text, [0]):
        place = pair.target.span.start + english.end
        stop = quotations.attribution(text, place, end)
        if english.state != "closed" or stop is None:
            continue
        tokens = [t for t in pair.target.tokens if place <= t.span.start < stop and t.is_word]
        evidence = [_quoted_in_french(pair, token, quoted, said) for token in tokens]
        if not tokens or False in evidence or not any(evidence) or '"' in text[place:stop] or "“" in text[place:stop]:
            continue
        closing = pair.target.span.start + english.inner[1]
        yield detector.finding(
            pair,
            message=f'The words "{text[place:stop].strip(" ,")}" belong inside the quotation: the French quotes them too.',
            confidence=0.8,
            source=quoted,
            target=Span(closing, stop),
            suggestion=text[place:stop] + marks[1],
        )


def _quoted_in_french(pair: Pair, token: Token, quoted: Span, said: Sequence[Span]) -> bool | None:
    """Whether the French behind a word of meaning is quoted (reporting words are not); None where no link tells."""
    behind = [t for t in pair.behind(token) if t.pos in CONTENT]
    if token.pos not in CONTENT or not behind:
        return None
    return all(quoted.contains(t.span) and not any(s.overlaps(t.span) for s in said) for t in behind)


def _rendered(
    pair: Pair, quoted: Span, said: Sequence[Span], regions: Sequence[Span]
) -> tuple[list[Token], list[Token]]:
    """The English words of meaning that stand for quoted French ones: inside English quotations, and outside."""
    inside: list[Token] = []
    outside: list[Token] = []
    for link in pair.links:
        source, target = pair.source.token(link.source), pair.target.token(link.target)
        if source is None or target is None or link.probability < LINKED or source.pos not in CONTENT:
            continue
        if quoted.contains(source.span) and not any(s.overlaps(source.span) for s in said):
            (inside if any(r.overlaps(target.span) for r in regions) else outside).append(target)
    return inside, outside


def _is_title(bitext: Bitext, pair: Pair, quoted: Span) -> bool:
    """Whether the quoted words are a title or name: they begin with capitals, or stand in the English as they are."""
    text = quoted.of(bitext.source.text)
    before = bitext.source.text[pair.source.span.start : quoted.start].rstrip(' «“"\u00a0\u202f')
    if len(_words(text)) < 2 * SHORT and quotations.names_a_work(before):
        return True
    words = [word for word in _words(text) if len(word) > 3]
    return text.strip() in pair.target.text or (bool(words) and 2 * sum(w[0].isupper() for w in words) > len(words))


def _is_capitalised(tokens: Sequence[Token]) -> bool:
    """Whether most of the English words are those of a title."""
    return bool(tokens) and 2 * sum(token.text[0].isupper() for token in tokens) > len(tokens)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _finding(
    detector: Detector, bitext: Bitext, pair: Pair, quoted: Span, count: int, outside: Sequence[Token]
) -> Finding:
    """A lost quotation: the whole sentence where the French quotes all of it, else its words as far as they are linked."""
    rest = len(_words(pair.source.text)) - count
    whole = rest <= count / 4
    target = pair.target.span
    if not whole and outside:
        tokens = sorted(outside, key=lambda t: t.index)
        target = Span(tokens[0].span.start, tokens[-1].span.end)
    text = target.of(bitext.target.text)
    marks = quotation_marks(bitext.target.text)
    return detector.finding(
        pair,
        message="The French puts these words in quotation marks, the English does not: it seems to speak for itself.",
        confidence=0.9 if whole else 0.7,
        source=quoted,
        target=target,
        suggestion=marks[0] + text + marks[1] if whole else None,
        severity=Severity.MAJOR if whole else Severity.MINOR,
    )


DETECTOR = Detector(
    rule="quotation",
    doc=__doc__,
    category=Category.PUNCTUATION,
    severity=Severity.MAJOR,
    find=find,
    examples=(),
)
