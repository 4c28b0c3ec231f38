"""Something in the English that the French does not say: a sentence, or the words of a clause.

Why it matters
--------------
A fact that the reporter never wrote is printed under the reporter's name. Machines add what usually stands in such a
sentence; people add what they know.

What it does not see
--------------------
A single word that was added, where no language model has read the pair, and some where one has; an addition in a
sentence that was otherwise shortened by as much. Small words and auxiliaries are not counted.

When to ignore it
-----------------
Where the desk explains something to its readers on purpose ("the CGT, a trade union"). Beside a French name that the
English has not got (« le Samu », "the emergency service") what is doubted is a small error at most.

Source
------
MQM, accuracy/addition. With the language model, contrastive conditioning (Vamvas and Sennrich 2022): without what was
added, the English makes the French more probable.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages import extent, gaps, likelihood, second_look, stretches
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity

SURE, UNSURE = 0.9, 0.5
"""Confidence that a sentence without a counterpart was added, and that a heading or a word or two were."""

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
    parts = extent.partly(bitext, "target")
    for pair in bitext.pairs:
        if pair.source.text.strip() and pair.target.text.strip():
            yield from _clauses(detector, pair)
            yield from _stretches(detector, pair)
        elif pair.target.text.strip() and pair.document not in parts:
            yield from _whole(detector, bitext, pair)
    yield from (_part(detector, bitext.pairs[part.first], part) for part in parts.values())


def _part(detector: Detector, pair: Pair, part: extent.Extent) -> Finding:
    """One finding, at the first of them, for an article most of which has no counterpart."""
    return detector.finding(
        pair,
        message=f"{part.alone} of {part.sentences} sentences have no counterpart, from here on: "
        "the French is only a part of the text.",
        confidence=SURE,
        target=pair.target.span,
    )


def _whole(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    small = gaps.is_small(bitext.target, pair.target)
    if not any(map(gaps.is_content, pair.target.tokens)):
        return
    yield detector.finding(
        pair,
        message="Nothing in the French says this: it was added, or its original stands where it was not found.",
        confidence=UNSURE if small else SURE,
        target=pair.target.span,
        severity=Severity.MINOR if small else Severity.MAJOR,
    )


def _clauses(detector: Detector, pair: Pair) -> Iterator[Finding]:
    for gap in gaps.put_in(pair):
        yield detector.finding(
            pair,
            message=f"No French words stand behind these English ones ({gap.words} words of meaning): "
            "they seem to have been added.",
            confidence=gap.confidence,
            target=gap.span,
            severity=Severity.MAJOR if gap.confidence >= gaps.SURE else Severity.MINOR,
        )


def _stretches(detector: Detector, pair: Pair) -> Iterator[Finding]:
    """Runs of doubted words that no gap has, and what a second look found; what that denies is let go."""
    known = [gap.span for gap in gaps.put_in(pair)]
    again = second_look.unmatched(pair, "target")
    for stretch in stretches.put_in(pair):
        if any(stretch.span.overlaps(span) for span in known):
            continue
        certain = stretch.doubt >= CERTAIN and stretch.words >= LONG and not stretches.may_explain(pair, stretch)
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
        message="Nothing in the French seems to call for these words.",
        confidence=confidence,
        target=stretch.span,
        severity=severity,
        evidence=(
            *likelihood.remark(pair, stretch.tokens, "target"),
            *(() if looked is None else (second_look.remark(pair, looked),)),
        ),
    )


DETECTOR = Detector(
    rule="addition",
    doc=__doc__,
    category=Category.ADDITION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("Il pleut sur Brest.\n", "It is raining in Brest.\n⟦The mayor has closed the harbour quays.⟧"),
        Example(
            "Le préfet a interdit le rassemblement.",
            "The prefect banned the gathering ⟦because of the violence seen last week in Nantes⟧.",
        ),
        Example(
            "Le juge a entendu le trésorier.",
            "The judge, ⟦who has been investigating the party's accounts for three years⟧, heard the treasurer.",
        ),
        Example("\nLes trains roulent.", "⟦Half of the drivers joined the strike.⟧\nTrains are running."),
        Example("Le préfet a interdit le rassemblement.", "The prefect banned the gathering."),
        Example("Il a filé.", "He took to his heels."),
        Example("Oui.\n", "Yes.\nNo."),
        Example(
            "Le juge, qui enquête depuis trois ans sur les comptes du parti, a entendu le trésorier.",
            "The judge, who has been looking into the party's accounts for three years, heard the treasurer.",
        ),
    ),
)
