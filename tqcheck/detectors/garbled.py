"""English that is no English: "the of", "did not went", "they was", "with he", "a apple".

Why it matters
--------------
A slip of grammar stops the reader and makes him doubt the rest. It comes from hasty editing, when half of a phrase was
changed, and from machines that lost the thread.

What it does not see
--------------------
All but the plainest faults: the patterns are of words side by side that no sentence has. What stands between quotation
marks is left alone, for people are quoted as they speak.

When to ignore it
-----------------
In dialect, in verse, and where words are cited as words.

Source
------
Huddleston and Pullum, The Cambridge Grammar of the English Language (2002): determiners (5.4), case of pronouns (5.16),
forms of the verb (3.1); MQM, linguistic-conventions/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.grammar_en import faults
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """The plain faults of grammar outside of quotation marks, longest first where they overlap."""
    text, start = pair.target.text, pair.target.span.start
    taken: list[Span] = []
    for fault in sorted(set(faults(text)), key=lambda fault: (fault.start, -fault.end)):
        span = Span(start + fault.start, start + fault.end)
        words = text[fault.start : fault.end].rstrip()
        if _is_quoted(text, fault.start) or any(span.overlaps(other) for other in taken) or _is_french(pair, words):
            continue
        taken.append(span)
        yield detector.finding(
            pair,
            message=f'"{words}" is no English: {fault.why}.',
            confidence=0.9,
            target=Span(span.start, span.start + len(words)),
            suggestion=fault.right,
        )


def _is_french(pair: Pair, words: str) -> bool:
    """Whether the words stand so in the French: a title, a name."""
    return " " in words and words in pair.source.text


def _is_quoted(text: str, place: int) -> bool:
    before = text[:place]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before.count("‘") > before.count("’")


DETECTOR = Detector(
    rule="garbled",
    doc=__doc__,
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    find=each_pair(find),
    examples=(
        Example("Le début de la séance a été retardé.", "⟦The of⟧ the sitting was delayed."),
        Example("Il n'est pas venu.", "He ⟦did not went⟧ there."),
        Example("Ils étaient en retard.", "It rained, and when ⟦they was⟧ late, we left."),
        Example("Il est parti avec lui.", "She left ⟦with he⟧ on Monday."),
        Example("Il a mangé une pomme.", "He ate ⟦a⟧ apple."),
        Example("Il devrait partir.", "He ⟦should went⟧ home."),
        Example("Il a une voiture à l'université.", "He has a car at a university for an hour."),
        Example("Il n'est pas venu.", "He did not come, and they were late."),
        Example("« Ils était là », dit-il.", '"They was there," he says.'),
        Example("Ce pour quoi il se bat est juste.", "What the man is fighting for is right."),
        Example("C'est à lui de parler.", "It is for him to speak, and his is the last word."),
        Example("Un unique euro suffit.", "A one-off payment of a euro is enough for an heir."),
    ),
)
