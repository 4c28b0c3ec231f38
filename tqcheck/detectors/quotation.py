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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tqcheck.detector import Detector, Example
from tqcheck.languages import quotations, quoted_words
from tqcheck.languages.quotations import Quotation
from tqcheck.languages.typography import quotation_marks
from tqcheck.model import Bitext, Finding, Pair, Span, Token
from tqcheck.mqm import Category, Severity

SHORT = 4
"""From so many words on, quotation marks say that somebody speaks; around fewer they may be irony or a title."""
NEAR = 200
"""So many characters around a pair are searched for single marks that may enclose it."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """The quotations of both sides of an article, by their places in the documents."""

    french: tuple[Quotation, ...]
    english: tuple[Quotation, ...]


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Read the quotations of each article as a whole, then compare pair by pair."""
    articles: dict[int, list[Pair]] = {}
    for pair in bitext.pairs:
        articles.setdefault(pair.document, []).append(pair)
    quoted = {
        article: _Quoted(
            quoted_words.read(bitext.source.text, [pair.source for pair in pairs]),
            quoted_words.read(bitext.target.text, [pair.target for pair in pairs]),
        )
        for article, pairs in articles.items()
    }
    for pair in bitext.pairs:
        if pair.source.text.strip() and pair.target.text.strip():
            own = quoted[pair.document]
            broken = list(_broken(detector, bitext, pair, own))
            yield from broken
            if not broken:
                yield from _lost(detector, bitext, pair, own)


# What is wrong with the English marks themselves


def _broken(detector: Detector, bitext: Bitext, pair: Pair, own: _Quoted) -> Iterator[Finding]:
    """Marks without their counterpart, and reporting words inside the marks, where the French quotation is whole."""
    french = quoted_words.within(own.french, pair.source.span)
    if not french or any(q.state in ("unclosed", "unopened") for q in french):
        return
    marks = quotation_marks(bitext.target.text)
    for english in quoted_words.within(own.english, pair.target.span):
        if english.state == "unopened":
            yield from _unopened(detector, bitext, pair, english, french, marks)
        elif english.start >= pair.target.span.start or english.state == "closed":
            yield from _unclosed(detector, bitext, pair, english, french, marks)


def _unopened(
    detector: Detector,
    bitext: Bitext,
    pair: Pair,
    english: Quotation,
    french: Sequence[Quotation],
    marks: tuple[str, str],
) -> Iterator[Finding]:
    """A closing mark alone. The words from the sentence's beginning are marked where the French quotes them all."""
    quoted = quoted_words.clip(french[0], pair.source.span)
    whole = not quoted_words.words(bitext.source.text[pair.source.span.start : quoted.start])
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
        suggestion=('"' if text.endswith('"') else marks[0]) + text if whole else None,
        severity=Severity.MINOR,
    )


def _unclosed(
    detector: Detector,
    bitext: Bitext,
    pair: Pair,
    english: Quotation,
    french: Sequence[Quotation],
    marks: tuple[str, str],
) -> Iterator[Finding]:
    """Words that report who speaks inside the marks, or an opening mark that nothing closes."""
    text = bitext.target.text
    start, end = max(english.inner[0], pair.target.span.start), min(english.inner[1], pair.target.span.end)
    said = quotations.attribution(text, start, end)
    reported = any(quoted_words.incises(bitext, quoted_words.clip(q, pair.source.span)) for q in french)
    begins = english.start >= pair.target.span.start
    ended = all(q.state == "closed" and q.end <= pair.source.span.end for q in french)
    if said is not None and (reported or (english.state == "unclosed" and ended)):
        yield detector.finding(
            pair,
            message="The quotation should be closed here: the words that follow say who is speaking.",
            confidence=0.9,
            source=quoted_words.clip(french[0], pair.source.span),
            target=Span(english.start if begins else start, said),
            suggestion=text[english.start if begins else start : said] + marks[1],
            severity=Severity.MINOR,
        )
    elif (
        english.state in ("unclosed", "continued") and begins and _ends_with(bitext, pair, french[-1], Span(start, end))
    ):
        place = Span(english.start, end)
        yield detector.finding(
            pair,
            message="This quotation is opened and never closed: in the French it ends in this sentence.",
            confidence=0.85,
            source=quoted_words.clip(french[-1], pair.source.span),
            target=Span(place.start, place.start + len(place.of(text).rstrip())),
            severity=Severity.MINOR,
        )


def _ends_with(bitext: Bitext, pair: Pair, french: Quotation, english: Span) -> bool:
    """Whether the last French quotation of the pair ends in it and is about as long as the open English one."""
    quoted = quoted_words.clip(french, pair.source.span)
    lengths = [
        len(quoted_words.words(quoted.of(bitext.source.text))),
        len(quoted_words.words(english.of(bitext.target.text))),
    ]
    return french.end <= pair.source.span.end and max(lengths) <= (3 if lengths[0] >= SHORT else 2) * min(lengths)


# What was lost or moved


def _lost(detector: Detector, bitext: Bitext, pair: Pair, own: _Quoted) -> Iterator[Finding]:
    """French quotations whose words stand outside of marks in the English, all of them or some."""
    around = bitext.target.text[max(0, pair.target.span.start - NEAR) : pair.target.span.end + NEAR]
    regions = [Span(q.start, q.end) for q in quoted_words.within(own.english, pair.target.span)]
    start = pair.target.span.start
    regions += [Span(start + a, start + b) for a, b in quotations.single(pair.target.text)]
    for french in quoted_words.within(own.french, pair.source.span):
        quoted = quoted_words.clip(french, pair.source.span)
        said = quoted_words.incises(bitext, quoted)
        count = len(quoted_words.words(quoted.of(bitext.source.text))) - sum(
            len(quoted_words.words(s.of(bitext.source.text))) for s in said
        )
        if count < SHORT or french.state in ("unclosed", "unopened") or quoted_words.is_title(bitext, pair, quoted):
            continue
        inside, outside = quoted_words.rendered(pair, quoted, said, regions)
        if not regions or (not inside and len(outside) >= 3):
            before = bitext.source.text[pair.source.span.start : quoted.start]
            whole = not quoted_words.words(before) and len(quoted_words.words(pair.source.text)) - count <= count / 4
            if not quotations.half_single(around) and (whole or _is_repeated(pair, quoted, said, outside)):
                yield _finding(detector, bitext, pair, quoted, whole, outside)
        elif len(inside) >= 2 and outside:
            yield from _moved(detector, bitext, pair, quoted, said)


def _is_repeated(pair: Pair, quoted: Span, said: Sequence[Span], outside: Sequence[Token]) -> bool:
    """Whether the French reports what somebody said and the English repeats it word for word, not as a title."""
    start = pair.source.span.start
    meant = quoted_words.meant(pair, quoted, said)
    literal = not pair.links or 2 * len(outside) >= len(meant)
    speech = quotations.is_speech(pair.source.text, quoted.start - start, quoted.end - start)
    return speech and literal and not quoted_words.is_capitalised(outside)


def _moved(detector: Detector, bitext: Bitext, pair: Pair, quoted: Span, said: Sequence[Span]) -> Iterator[Finding]:
    """Words behind a closing mark that the French has inside its quotation, up to the words that report."""
    text, end = bitext.target.text, pair.target.span.end
    marks = quotation_marks(text)
    for english in quotations.read(pair.target.text, [0]):
        place = pair.target.span.start + english.end
        stop = quotations.attribution(text, place, end)
        if english.state != "closed" or stop is None:
            continue
        tokens = [t for t in pair.target.tokens if place <= t.span.start < stop and t.is_word]
        evidence = [quoted_words.quoted_in_french(pair, token, quoted, said) for token in tokens]
        if not tokens or False in evidence or not any(evidence) or '"' in text[place:stop] or "“" in text[place:stop]:
            continue
        closing = pair.target.span.start + english.inner[1]
        yield detector.finding(
            pair,
            message=f'The words "{text[place:stop].strip(" ,")}" belong inside the quotation, as in the French.',
            confidence=0.8,
            source=quoted,
            target=Span(closing, stop),
            suggestion=text[place:stop] + marks[1],
        )


def _finding(
    detector: Detector, bitext: Bitext, pair: Pair, quoted: Span, whole: bool, outside: Sequence[Token]
) -> Finding:
    """A lost quotation: the whole sentence where the French quotes all of it, else its words as far as linked."""
    target = pair.target.span
    if not whole and outside:
        tokens = sorted(outside, key=lambda t: t.index)
        target = Span(tokens[0].span.start, tokens[-1].span.end)
    text = target.of(bitext.target.text)
    marks = quotation_marks(bitext.target.text)
    return detector.finding(
        pair,
        message="The French puts these words in quotation marks, the English does not: it seems to speak for itself.",
        confidence=0.8 if whole else 0.5,
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
    examples=(
        Example(
            "« Nous n’avons rien vu venir », reconnaît le maire.\n« ⟦Il faudra reconstruire le pont avant l’hiver.⟧ »",
            "“We did not see it coming,” admits the mayor.\n⟦The bridge will have to be rebuilt before winter.⟧",
        ),
        Example(
            "« Nous n’avons rien vu venir, reconnaît le maire. Il faudra reconstruire le pont. »",
            "“We did not see it coming,” admits the mayor. “The bridge will have to be rebuilt.”",
        ),
        Example(
            "« Nous n’avons rien vu venir, reconnaît le maire.\n⟦Il faudra reconstruire le pont.⟧ »",
            "“We did not see it coming,” admits the mayor.\n⟦The bridge will have to be rebuilt.”⟧",
        ),
        Example(
            "« ⟦Nous n’avons rien vu venir, reconnaît Paul Morel.⟧\nIl faudra reconstruire le pont. »",
            "⟦“We did not see it coming,⟧ admits Paul Morel.\n“The bridge will have to be rebuilt.”",
        ),
        Example(
            "« ⟦Les habitants ne veulent pas payer deux fois la facture⟧ », assure la maire.",
            "“Residents do not want⟦” to pay the bill twice,⟧ the mayor says.",
        ),
        Example("Elle plaide pour un « effort partagé ».", "She is calling for a shared effort."),
        Example(
            "Il a lu « Les Misérables » et « Le Comte de Monte-Cristo ».", "He has read Les Misérables and The Count."
        ),
        Example(
            "« Le port va fermer, a-t-il dit.\nNous perdrons tout. »",
            "‘The port will close,’ he said.\n‘We will lose everything.’",
        ),
        Example(
            "« Le port va fermer.\nNous perdrons tout », a-t-il dit.",
            "“The port will close.\n“We will lose everything,” he said.",
        ),
        Example("Le ministre juge que le port « doit fermer ».", "The minister’s view: the workers’ port must close."),
    ),
)
