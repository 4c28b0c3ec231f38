"""Who did it and to whom, the wrong way round: "which suspects Paris" for « que Paris soupçonne ».

Why it matters
--------------
French says by « qui », « que » and « dont », by the order of words and by small pronouns who acts on whom. A machine
that takes one for the other writes good English with every word right in which the victim is the culprit.

What it does not see
--------------------
Passives; verbs that English likes to turn round (« plaire », « manquer ») and those that say the same both ways
(« rencontrer », « croiser »); sentences in which the words are not linked.

When to ignore it
-----------------
Where the sentence was turned round on purpose, with a verb that says the converse.

Source
------
MQM, accuracy/mistranslation; Grevisse and Goosse, Le bon usage, on relative pronouns and on the inverted subject.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.actors import exchanged
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

LEAST_COVERED = 0.4
"""Share of words that must be linked in a translation that is close enough to be judged."""


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Verbs whose subject is their object in English."""
    for found in exchanged(pair):
        if covered(pair, 0.5) < LEAST_COVERED:
            return
        words = sorted((found.first, found.english, found.object_), key=lambda token: token.index)
        french = sorted((found.verb, found.subject), key=lambda token: token.index)
        yield detector.finding(
            pair,
            message=f"The subject of « {found.verb.text} » is « {found.subject.text} », which the English makes the "
            f'object of "{found.english.text}": "{found.object_.text}".',
            confidence=0.9,
            source=Span(french[0].span.start, french[-1].span.end),
            target=Span(words[0].span.start, words[-1].span.end),
        )


DETECTOR = Detector(
    rule="role-swap",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example(
            "Le maire, que la ⟦ministre soupçonne⟧, nie tout.", "The mayor, ⟦who suspects the minister⟧, denies all."
        ),
        Example(
            "La société, dont ⟦dépend le projet⟧, a fait faillite.",
            "The company, ⟦which depends on the project⟧, has gone bankrupt.",
        ),
        Example(
            "Les clients, ⟦qui lui reprochent⟧ sa lenteur, sont partis.",
            "The customers, ⟦whom he reproaches⟧ for his slowness, have left.",
        ),
        Example("Mon ⟦frère me cherchait⟧ depuis une heure.", "⟦I was looking for my brother⟧ for an hour."),
        Example("Le maire, que la ministre soupçonne, nie tout.", "The mayor, whom the minister suspects, denies all."),
        Example("Le maire, qui soupçonne la ministre, nie tout.", "The mayor, who suspects the minister, denies all."),
        Example("Cette idée plaît au maire.", "The mayor likes this idea."),
        Example("Ma fille me manque.", "I miss my daughter."),
        Example("La société, dont dépend le projet, a fermé.", "The company, on which the project depends, closed."),
    ),
)
