"""What has happened told as what will happen or was going on: "will resign" or "was resigning" for « a démissionné ».

Why it matters
--------------
"The minister will resign" for « le ministre a démissionné » is another piece of news. Such slips come from machines
and from hasty editing, and no spelling checker sees them.

What it does not see
--------------------
Anything but past for future, future for past, and a finished act told as one that was going on: French tells the past
in the present tense, and English reports speech one tense back, so that other differences prove nothing. The French
future is let pass where it tells history (« il mourra en 1715 »), that is with a year or beside a past tense.

When to ignore it
-----------------
Where the article was brought up to date in translation: what was to come has happened meanwhile.

Source
------
MQM, accuracy/mistranslation; Grevisse and Goosse, Le bon usage, on the historic future; the error kind "tense" of
DEMETR (Karpinska et al. 2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.sides import covered
from tqcheck.languages.tenses import (
    Clause,
    Tense,
    clauses,
    french_clause,
    is_finished,
    is_future,
    is_going_on,
    is_past,
)
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

LEAST_LINK = 0.6
"""Probability of a word link below which it does not show which verb renders which."""

LEAST_COVERED = 0.5
"""Share of words that must be linked in a translation that is close enough to be judged."""

_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Verbs of a pair that are past on one side and future on the other."""
    found = list(clauses(pair, LEAST_LINK))
    if not found or covered(pair, LEAST_LINK) < LEAST_COVERED:
        return
    for french, english in found:
        if english.tense is Tense.FUTURE and is_past(french) and not _is_said_of_future(pair, french):
            yield _finding(detector, pair, french, english, "has happened", "will happen")
        elif english.tense is Tense.PAST and is_future(french) and not _is_history(pair):
            yield _finding(detector, pair, french, english, "will happen", "has happened")
        elif is_going_on(pair.target, english) and is_finished(pair.source, french):
            yield _going_on(detector, pair, french, english)


def _is_said_of_future(pair: Pair, french: Clause) -> bool:
    """Whether « si », « quand » or another verb's future stands by: « quand il aura fini », « s'il venait »."""
    words = {token.text.lower().replace("’", "'") for token in pair.source.tokens}
    near = {child.text.lower() for child in pair.source.children(french.verb)}
    return bool({"si", "s'"} & near) or bool({"si", "s'il", "s'ils"} & words) or french.shown.lemma == "aller"


def _is_history(pair: Pair) -> bool:
    """Whether the French tells the past: with a year, or beside a past tense."""
    words = {token.text.lower() for token in pair.source.tokens}
    if _YEAR.search(pair.source.text) or words & {"quand", "lorsque", "lorsqu'", "fois", "dès", "après"}:
        return True
    found = (french_clause(pair.source, verb) for verb in pair.source.tokens if verb.pos == "VERB")
    return any(clause is not None and clause.tense is Tense.PAST and is_past(clause) for clause in found)


def _finding(detector: Detector, pair: Pair, french: Clause, english: Clause, says: str, told: str) -> Finding:
    shown = f"{english.shown.text} {english.verb.text}" if english.shown != english.verb else english.verb.text
    source = f"{french.shown.text} {french.verb.text}" if french.shown != french.verb else french.verb.text
    return detector.finding(
        pair,
        message=f'The French tells what {says} (« {source} »), the English what {told} ("{shown}").',
        confidence=0.9,
        source=french.shown.span,
        target=english.shown.span,
    )


def _going_on(detector: Detector, pair: Pair, french: Clause, english: Clause) -> Finding:
    """A finished act told as one that was going on. It changes the picture, not the facts: minor."""
    first, last = english.shown.span, english.verb.span
    start = pair.target.span.start
    told = pair.target.text[first.start - start : last.end - start]
    source = f"{french.shown.text} {french.verb.text}" if french.shown != french.verb else french.verb.text
    return detector.finding(
        pair,
        message=f'The French tells a finished act (« {source} »), the English one that was going on ("{told}").',
        confidence=0.75,
        severity=Severity.MINOR,
        source=french.shown.span,
        target=Span(first.start, last.end),
    )


DETECTOR = Detector(
    rule="tense",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("Le ministre ⟦a⟧ démissionné lundi.", "The minister ⟦will⟧ resign on Monday."),
        Example("La réunion ⟦était⟧ consacrée à la dette.", "The meeting ⟦will⟧ be devoted to the debt."),
        Example("Les députés ⟦voteront⟧ la loi mardi.", "The deputies ⟦passed⟧ the bill on Tuesday."),
        Example("Le tribunal ⟦annoncera⟧ sa décision en mars.", "The court ⟦announced⟧ its decision in March."),
        Example("Le groupe ⟦a⟧ annoncé lundi son projet.", "The group ⟦was announcing⟧ its plan on Monday."),
        Example("La neige ⟦a⟧ été enlevée lundi.", "The snow ⟦was being removed⟧ on Monday."),
        Example("Le ministre a démissionné lundi.", "The minister resigned on Monday."),
        Example("Il attendait ; la neige tombait.", "He was waiting; snow was falling."),
        Example("Louis XIV mourra en 1715.", "Louis XIV died in 1715."),
        Example("Le train part demain.", "The train will leave tomorrow."),
        Example("Il a dit qu'il viendrait.", "He said that he would come."),
        Example("Le roi part en exil.", "The king went into exile."),
        Example("Quand il aura fini, il partira.", "When he has finished, he will leave."),
        Example("S'il venait, tout changerait.", "If he came, everything will change."),
    ),
)
