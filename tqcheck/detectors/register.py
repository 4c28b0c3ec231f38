"""Loose talk where the French writes plainly: "cops" for « policiers », "gonna" in an article's own voice.

Why it matters
--------------
A newspaper's own voice is that of writing. A "guy" for « homme » sounds as if the paper took sides or did not care, and
is the mark of a machine that learnt from films and forums.

What it does not see
--------------------
Words that are not in its short list; contractions such as "doesn't", about which papers differ; a tone that is too
stiff; « tu » and « vous », for which English has one word. Quotations are left alone, and so is all talk: a French that
speaks as loosely, or says « je », « tu » or « vous ».

When to ignore it
-----------------
In columns, in interviews and reviews, and where the paper's own style is a loose one.

Source
------
MQM, style/register; the Guardian and Reuters style guides on slang. The list is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.colloquial import loose_words
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """Words of loose talk in the article's own voice."""
    for loose in loose_words(pair, bitext):
        word = loose.span.of(bitext.target.text)
        own = (token for token in pair.target.tokens if loose.span.contains(token.span))
        behind = sorted({french for token in own for french in pair.behind(token)}, key=lambda token: token.index)
        french = " ".join(token.text for token in behind)
        plainly = f" for « {french} »" if behind else " where the French is plain"
        yield detector.finding(
            pair,
            message=f'"{word}" is a word of talk{plainly}: a newspaper writes '
            + (f'"{loose.plain}".' if loose.plain else "without it."),
            confidence=0.9,
            source=Span(behind[0].span.start, behind[-1].span.end) if len(behind) == 1 else None,
            target=loose.span,
            suggestion=loose.plain or None,
        )


DETECTOR = Detector(
    rule="register",
    doc=__doc__,
    category=Category.REGISTER,
    severity=Severity.MINOR,
    find=each_pair(find),
    examples=(
        Example("Les policiers ont arrêté deux hommes.", "The ⟦cops⟧ arrested two men."),
        Example("L'homme a été libéré lundi.", "The ⟦guy⟧ was released on Monday."),
        Example("Le ministre va démissionner.", "The minister is ⟦gonna⟧ resign."),
        Example("Il a payé la voiture dix dollars.", "He paid ten ⟦bucks⟧ for the car."),
        Example("Les policiers ont arrêté deux hommes.", "Police arrested two men."),
        Example("« Les policiers sont venus », dit-il.", '"The cops came," he says.'),
        Example("Deux mecs ont volé la voiture.", "Two guys stole the car."),
        Example("Guy Duval a été élu.", "Guy Duval was elected."),
        Example("Il n'a rien dit.", "He doesn't say anything."),
        Example("Nous allons partir.", "We are gonna leave on Monday."),
    ),
)
