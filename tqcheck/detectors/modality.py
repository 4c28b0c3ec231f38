"""How sure or how binding: « pourrait » as "must", « aurait dû » as "must have", the hearsay of « aurait » as a fact.

Why it matters
--------------
A newspaper lives by who vouches for what. « Le suspect aurait fui » reports what others say: "fled" makes it a fact,
and "would have fled" says that he did not. « doit » binds and « peut » allows; "must have been" is a guess where
« aurait dû être » is a reproach.

What it does not see
--------------------
Verbs that deny or ask, a modal verb that is not linked to its counterpart, and hearsay in subordinate clauses. Where
the sentence has an « si », a « sans » or another sign of what is unreal, the conditional is no hearsay; where the
English has any hedge ("reportedly", "is said to", "according to"), nothing is lost.

When to ignore it
-----------------
Where the conditional tells what was to come in a tale of the past (« il y aurait passé dix ans »), or what would have
been without saying under which condition.

Source
------
Grevisse and Goosse, Le bon usage, on the conditional of hearsay (« conditionnel journalistique »); MQM,
accuracy/mistranslation.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.modality import Hearsay, hearsay, is_hedged, swaps
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity

LEAST_LINK = 0.6
"""Probability of a word link below which it does not show which verb renders which."""

LEAST_COVERED = 0.5
"""Share of words that must be linked in a translation that is close enough to be judged."""


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """Modal verbs of another kind, and hearsay that became a fact or an unreal condition."""
    swapped = tuple(swaps(pair, LEAST_LINK))
    told = tuple(hearsay(pair, LEAST_LINK))
    if not (swapped or told) or covered(pair, 0.5) < LEAST_COVERED:
        return
    for swap in swapped:
        yield detector.finding(
            pair,
            message=f'« {swap.french.text} » says that something {swap.says}; "{swap.english.text}" says that it '
            f"{swap.told}.",
            confidence=0.75 if swap.mild else 0.9,
            severity=Severity.MINOR if swap.mild else Severity.MAJOR,
            source=swap.french.span,
            target=swap.english.span,
        )
    for said in told:
        if not any(is_hedged(near.target) for near in (pair, *bitext.before(pair, 1))):
            yield _hearsay(detector, pair, said)


def _hearsay(detector: Detector, pair: Pair, said: Hearsay) -> Finding:
    source = f"{said.french.shown.text} {said.french.verb.text}"
    english = f"{said.english.shown.text} … {said.english.verb.text}" if said.unreal else said.english.verb.text
    told = "as what would have happened and did not" if said.unreal else "as a fact"
    return detector.finding(
        pair,
        message=f'« {source} » reports what others say; "{english}" tells it {told}.',
        confidence=0.75 if said.unreal else 0.9,
        severity=Severity.MINOR if said.unreal else Severity.MAJOR,
        source=said.french.shown.span,
        target=said.english.shown.span,
        evidence=('"is said to have", "reportedly" or "allegedly" would keep it.',),
    )


DETECTOR = Detector(
    rule="modality",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("Le maire ⟦doit⟧ signer le contrat.", "The mayor ⟦may⟧ sign the contract."),
        Example("La réforme ⟦pourrait⟧ être votée en mars.", "The reform ⟦must⟧ be passed in March."),
        Example("Le pont aurait ⟦dû⟧ être fermé.", "The bridge ⟦must⟧ have been closed."),
        Example("Le suspect ⟦aurait⟧ tué trois personnes.", "The suspect ⟦killed⟧ three people."),
        Example("Le voleur ⟦aurait⟧ vendu les tableaux.", "The thief ⟦would⟧ have sold the paintings."),
        Example("Le suspect aurait tué trois personnes.", "The suspect is said to have killed three people."),
        Example(
            "Sans ce don, le musée aurait vendu ses tableaux.", "Without this gift, it would have sold its paintings."
        ),
        Example("Le maire doit signer le contrat.", "The mayor must sign the contract."),
        Example("La réforme pourrait être votée en mars.", "The reform may be passed in March."),
        Example("Il ne peut pas signer.", "He must not sign."),
        Example("Le pont aurait dû être fermé.", "The bridge should have been closed."),
        Example("Selon la police, il aurait fui.", "According to police, he fled."),
    ),
)
