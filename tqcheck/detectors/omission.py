"""Something of the French that the English left out: a sentence, or the words of a clause.

Why it matters
--------------
A reader cannot miss what was never there. A sentence dropped between two paragraphs, or the half of one that says
who is accused of what, is the fault that an editor who reads the English alone can never find.

What it does not see
--------------------
A single word that is missing, where no language model has read the pair, and many where one has; a clause that was left
out while words like its own stand elsewhere in the sentence; what a free translation says in so few words that nothing
matches. Small words and auxiliaries are not counted.

When to ignore it
-----------------
Where the desk shortened on purpose, or where the English says it in another sentence.

Source
------
MQM, accuracy/omission. With the language model, contrastive conditioning (Vamvas and Sennrich 2022): without what was
left out of it, the French makes the English more probable.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages import extent, gaps, likelihood, second_look, stretches
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity

SURE, UNSURE = 0.9, 0.5
"""Confidence that a sentence without a counterpart is missing, and that a heading or a word or two are."""

CERTAIN, LONG = 0.75, 4
"""Mean doubt, and words, from which on a run of doubted words is a major error."""
DOUBTED, DOUBTFUL = 0.7, 0.6
"""Confidence in such a run, and in a shorter or less doubted one: the measured precision (docs/quality.md)."""

FOUND, PERHAPS, DENIED = 0.75, 0.4, 0.2
"""Probabilities of a second look (`tqcheck.languages.second_look`): of a small error, of a place to look at, and below
which what is doubted is let go."""
LOOKED = {Severity.MINOR: 0.7, Severity.NEUTRAL: 0.5}


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Sentences that the alignment left alone, then clauses inside the pairs."""
    parts = extent.partly(bitext, "source")
    for pair in bitext.pairs:
        if pair.source.text.strip() and pair.target.text.strip():
            if not any(token.is_word for token in pair.target.tokens):
                yield from _marks_alone(detector, bitext, pair)
                continue
            yield from _clauses(detector, pair)
            yield from _stretches(detector, pair)
        elif pair.source.text.strip() and pair.document not in parts:
            yield from _whole(detector, bitext, pair)
    yield from (_part(detector, bitext.pairs[part.first], part) for part in parts.values())


def _part(detector: Detector, pair: Pair, part: extent.Extent) -> Finding:
    """One finding, at the first of them, for an article most of which has no counterpart."""
    return detector.finding(
        pair,
        message=f"{part.alone} of {part.sentences} sentences have no counterpart, from here on: "
        "the English has only a part of the text.",
        confidence=SURE,
        source=pair.source.span,
    )


def _whole(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    small = gaps.is_small(bitext.source, pair.source)
    if not any(map(gaps.is_content, pair.source.tokens)):
        return
    yield detector.finding(
        pair,
        message="This has no counterpart in the English: it was left out, or stands where it was not found.",
        confidence=UNSURE if small else SURE,
        source=pair.source.span,
        severity=Severity.MINOR if small else Severity.MAJOR,
    )


def _marks_alone(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """A sentence for which the English has a mark and no word: both are shown, since the mark is all there is."""
    if not any(map(gaps.is_content, pair.source.tokens)):
        return
    small = gaps.is_small(bitext.source, pair.source)
    yield detector.finding(
        pair,
        message=f'The English has "{pair.target.text.strip()}" for this, and not a word: it was left out.',
        confidence=UNSURE if small else SURE,
        source=pair.source.span,
        target=pair.target.span,
        severity=Severity.MINOR if small else Severity.MAJOR,
    )


def _clauses(detector: Detector, pair: Pair) -> Iterator[Finding]:
    for gap in gaps.left_out(pair):
        yield detector.finding(
            pair,
            message=f"No English words stand for these French ones ({gap.words} words of meaning): "
            "they seem to have been left out.",
            confidence=gap.confidence,
            source=gap.span,
            severity=Severity.MAJOR if gap.confidence >= gaps.SURE else Severity.MINOR,
        )


def _stretches(detector: Detector, pair: Pair) -> Iterator[Finding]:
    """Runs of doubted words that no gap has, and what a second look found; what that denies is let go."""
    known = [gap.span for gap in gaps.left_out(pair)]
    again = second_look.unmatched(pair, "source")
    for stretch in stretches.left_out(pair):
        if any(stretch.span.overlaps(span) for span in known):
            continue
        certain = stretch.doubt >= CERTAIN and stretch.words >= LONG
        looked = again if again is not None and again.stretch.span.overlaps(stretch.span) else None
        if looked is not None and not certain and looked.probability < DENIED:
            continue
        known.append(stretch.span)
        severity = Severity.MAJOR if certain else Severity.MINOR
        yield _run(detector, pair, stretch, severity, DOUBTED if certain else DOUBTFUL, looked)
    if again is not None and not any(again.stretch.span.overlaps(span) for span in known):
        severity = Severity.MINOR if again.probability >= FOUND else Severity.NEUTRAL
        if again.probability >= PERHAPS:
            yield _run(detector, pair, again.stretch, severity, LOOKED[severity], again)


def _run(
    detector: Detector,
    pair: Pair,
    stretch: stretches.Stretch,
    severity: Severity,
    confidence: float,
    looked: second_look.Unmatched | None,
) -> Finding:
    return detector.finding(
        pair,
        message="Nothing in the English seems to render these words.",
        confidence=confidence,
        source=stretch.span,
        severity=severity,
        evidence=(
            *likelihood.remark(pair, stretch.tokens, "source"),
            *(() if looked is None else (second_look.remark(pair, looked),)),
        ),
    )


DETECTOR = Detector(
    rule="omission",
    doc=__doc__,
    category=Category.OMISSION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("Il pleut sur Brest.\n⟦Le maire a fermé les quais du port.⟧", "It is raining in Brest.\n"),
        Example(
            "Le préfet a interdit le rassemblement ⟦en raison des violences survenues la semaine dernière à Nantes⟧.",
            "The prefect banned the gathering.",
        ),
        Example(
            "Le juge, ⟦qui enquête depuis trois ans sur les comptes du parti⟧, a entendu le trésorier.",
            "The judge heard the treasurer.",
        ),
        Example("⟦La grève a été suivie par la moitié des conducteurs.⟧\nLes trains roulent.", "\nTrains are running."),
        Example("⟦Le préfet a interdit le rassemblement de jeudi à Nantes.⟧", "⟦.⟧"),
        Example("***", "* * *"),
        Example("Le préfet a interdit le rassemblement.", "The prefect banned the gathering."),
        Example("Il a pris la poudre d'escampette.", "He ran away."),
        Example("Oui.\nNon.", "Yes.\n"),
        Example(
            "Le juge, qui enquête depuis trois ans sur les comptes du parti, a entendu le trésorier.",
            "The judge, who has been looking into the party's accounts for three years, heard the treasurer.",
        ),
        Example(
            "La réunion aura lieu jeudi matin à la mairie de Lille.", "Lille city hall hosts the meeting on Thursday."
        ),
    ),
)
