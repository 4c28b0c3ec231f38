"""A word rendered by its opposite: "fell" for « a augmenté », "former" for « actuel ».

Why it matters
--------------
"Unemployment fell" for « le chômage a augmenté » is good English, has every name and number right, and turns the news
upside down. Machines confuse opposites because they stand in the same places in the texts that they learnt from.

What it does not see
--------------------
Opposites that are not in the table; a word that the word links do not show behind the English one; a sentence that has
words of both ends on one side. Where a "not", "less", "unable" or « sans » stands near, it stays silent, for the
opposite may then be right: « pas rare » is "common".

When to ignore it
-----------------
Where the sentence was turned round on purpose: « Lyon a perdu contre Nice » as "Nice beat Lyon".

Source
------
MQM, accuracy/mistranslation; the error kind "antonym" of DEMETR (Karpinska et al. 2022) and ACES (Amrhein et al. 2022).
The table is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.opposites import LEAST_LINK, is_turned, meanings, opposites, swapped
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

LEAST_COVERED = 0.4
"""Share of words that must be linked in a translation that is close enough to be judged."""


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """French words whose English stands at the other end of a pair of opposites."""
    for french, english in swapped(pair, opposites("antonyms")):
        turned = is_turned(pair.source, french, "fr") or is_turned(pair.target, english, "en")
        if not turned and covered(pair, LEAST_LINK) >= LEAST_COVERED:
            yield _finding(detector, pair, french, english)


def _finding(detector: Detector, pair: Pair, french: Token, english: Token) -> Finding:
    means = ", ".join(f'"{word}"' for word in meanings("antonyms", french, english))
    return detector.finding(
        pair,
        message=f'"{english.text}" is the opposite of « {french.text} ».',
        confidence=0.9,
        source=french.span,
        target=english.span,
        evidence=(f"« {french.text} » stands for {means} and the like.",) if means else (),
    )


DETECTOR = Detector(
    rule="antonym",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("Le chômage a ⟦augmenté⟧ en mars.", "Unemployment ⟦fell⟧ in March."),
        Example("Les députés ont ⟦adopté⟧ la réforme.", "The deputies ⟦rejected⟧ the reform."),
        Example("Le tribunal a ⟦acquitté⟧ le maire.", "The court ⟦convicted⟧ the mayor."),
        Example("Le musée ⟦ouvre⟧ à dix heures.", "The museum ⟦closes⟧ at ten o'clock."),
        Example("La ⟦majorité⟧ des élus veut voter.", "The ⟦minority⟧ of the members want to vote."),
        Example(
            "Le conseil a ⟦voté⟧ le budget par dix voix contre deux.",
            "The council ⟦rejected⟧ the budget by ten votes to two.",
        ),
        Example("Le chômage a augmenté en mars.", "Unemployment rose in March."),
        Example("Le chômage n'a pas augmenté en mars.", "Unemployment fell in March."),
        Example("Les prix sont moins élevés à Lille.", "Prices are lower in Lille."),
        Example("Ce cas n'est pas rare.", "This case is common."),
        Example("La hausse des prix a suivi la baisse des salaires.", "Falling wages were followed by rising prices."),
        Example("Il est impossible de refuser.", "One has to accept."),
    ),
)
