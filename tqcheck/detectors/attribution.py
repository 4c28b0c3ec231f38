"""Who said it, and how: « reconnaître » as "claim", « affirmer » as "admit", « selon la police » that is lost.

Why it matters
--------------
The verb of a quotation is a verdict: who "admits" is guilty of something, who "claims" may be lying, who "alleged" an
attack has not claimed it. And what a source says becomes the newspaper's own statement where the source is lost.

What it does not see
--------------------
Verbs that are not in the table, shades that translators differ about ("state", "claim" and "argue" for « affirmer »),
and a source that was moved into a sentence of its own. Where a denying word stands near, it stays silent.

When to ignore it
-----------------
Where the sentence before or after names the source of all that follows.

Source
------
The BBC and Guardian style guides on "claim", "admit" and "allege"; MQM, accuracy/mistranslation. The table is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.attribution import lost_sources, misreported
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

LEAST_COVERED = 0.5
"""Share of words that must be linked in a translation that is close enough to be judged."""


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Verbs of saying that say it otherwise, and sources that are lost."""
    reported, lost = tuple(misreported(pair)), tuple(lost_sources(pair))
    if not (reported or lost) or covered(pair, 0.5) < LEAST_COVERED:
        return
    for french, english, says in reported:
        yield detector.finding(
            pair,
            message=f'"{english.text}" is not what « {french.text} » says: the French verb means that somebody {says}.',
            confidence=0.9,
            source=french.span,
            target=english.span,
        )
    for source in lost:
        place = Span(source[0].span.start, source[-1].span.end)
        said = pair.source.text[place.start - pair.source.span.start : place.end - pair.source.span.start]
        yield detector.finding(
            pair,
            message=f"The English does not say whose statement this is: « {said} » is lost.",
            confidence=0.8,
            category=Category.OMISSION,
            source=place,
        )


DETECTOR = Detector(
    rule="attribution",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("Le maire ⟦affirme⟧ que le pont est sûr.", "The mayor ⟦admits⟧ that the bridge is safe."),
        Example("Le ministre a ⟦reconnu⟧ son rôle.", "The minister ⟦boasted⟧ of his role."),
        Example("Le ministre a ⟦démenti⟧ l'accord.", "The minister ⟦confirmed⟧ the agreement."),
        Example("⟦Selon la police⟧, trois hommes ont fui.", "Three men fled."),
        Example("Le maire affirme que le pont est sûr.", "The mayor asserts that the bridge is safe."),
        Example("Il n'a pas nié les faits.", "He admitted the facts."),
        Example("Selon la police, trois hommes ont fui.", "Three men fled, police said."),
        Example("Selon le cas, trois hommes suffisent.", "Three men are enough."),
        Example("Elle a expliqué son départ.", "She explained her departure."),
    ),
)
