"""Two names that changed places: "Lille beat Nice" for « Nice a battu Lille », the one's title given to the other.

Why it matters
--------------
Every name is there and spelt right, so that nothing looks wrong, and the loser has won. It happens where a sentence was
turned round in translation, by people and by machines.

What it does not see
--------------------
Names that stand more than once in the sentence or differ between the languages, and sentences so freely built that the
word links do not show what belongs to which name.

When to ignore it
-----------------
Where the verb was replaced by its converse as well (« Nice a vendu un joueur à Lille » as "Lille bought a player from
Nice").

Source
------
MQM, accuracy/mistranslation; the error kind "named entity" of DEMETR (Karpinska et al. 2022); the challenge set ACES
(Amrhein et al. 2022) for swapped entities.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.roles import Name, Twin, exchanged
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair, Segment, Span
from tqcheck.mqm import Category, Severity

LEAST_COVERED = 0.5
"""Share of words that must be linked in a translation that is close enough to be judged."""


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Pairs of names of which each stands where the other should."""
    for one, other in exchanged(pair):
        if covered(pair, 0.5) < LEAST_COVERED:
            return
        for name, wrong in ((one, other), (other, one)):
            yield _finding(detector, pair, name, wrong)


def _finding(detector: Detector, pair: Pair, name: Twin, other: Twin) -> Finding:
    french, english = _text(pair.source, name.french), _text(pair.target, other.english)
    return detector.finding(
        pair,
        message=f'"{english}" stands where the French has « {french} »: the two names have changed places.',
        confidence=0.85,
        source=_span(name.french),
        target=_span(other.english),
        suggestion=_text(pair.target, name.english),
    )


def _span(name: Name) -> Span:
    return Span(name.tokens[0].span.start, name.tokens[-1].span.end)


def _text(segment: Segment, name: Name) -> str:
    span = _span(name)
    return segment.text[span.start - segment.span.start : span.end - segment.span.start]


DETECTOR = Detector(
    rule="named-entity-swap",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example(
            "Hier soir, ⟦Nice⟧ a battu ⟦Lille⟧ sans trembler.", "Last night ⟦Lille⟧ beat ⟦Nice⟧ without trembling."
        ),
        Example(
            "Le ministre ⟦Duval⟧ a reçu hier à Rome l'ancien général ⟦Moreau⟧ après le vote.",
            "The minister ⟦Moreau⟧ received in Rome yesterday the former general ⟦Duval⟧ after the vote.",
        ),
        Example(
            "Le train de ⟦Nantes⟧ est parti tard, le bus vers ⟦Rennes⟧ très tôt.",
            "The train from ⟦Rennes⟧ left late, the bus to ⟦Nantes⟧ very early.",
        ),
        Example("Hier soir, Nice a battu Lille sans trembler.", "Last night Nice beat Lille without trembling."),
        Example("Lille a été battu par Nice hier soir.", "Nice beat Lille last night."),
        Example("Moreau et Duval ont signé l'accord.", "Duval and Moreau signed the agreement."),
        Example("Le ministre Duval a reçu le général Moreau.", "General Moreau was received by the minister, Duval."),
        Example("Nice a perdu contre Lille.", "Lille beat Nice."),
    ),
)
