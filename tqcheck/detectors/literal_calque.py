"""A French set phrase put into English word by word: "emissary goat", "project of law", "since three years".

Why it matters
--------------
The words are all English, so that nothing marks them, and they mean nothing, or something else: a « fer de lance » is a
spearhead and no iron, a « plan social » is a round of redundancies. It is what readers quote when they laugh at a
translation.

What it does not see
--------------------
Phrases that are not in the table, and literal renderings other than those that it lists.

When to ignore it
-----------------
Where the phrase is quoted as a curiosity of French, or meant literally: a milk cow that gives milk.

Source
------
Vinay and Darbelnet, Stylistique comparée du français et de l'anglais (1958), for the term; MQM, style/unidiomatic. The
table is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.calques import calques
from tqcheck.languages.setting import is_set_off
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Literal renderings of set phrases."""
    for found in calques(pair):
        first, last = found.english[0], found.english[-1]
        if is_set_off(pair.target, first, last):
            continue
        source = Span(found.french[0].span.start, found.french[-1].span.end)
        target = Span(first.span.start, last.span.end)
        french = pair.source.text[source.start - pair.source.span.start : source.end - pair.source.span.start]
        english = pair.target.text[target.start - pair.target.span.start : target.end - pair.target.span.start]
        yield detector.finding(
            pair,
            message=f'"{english}" is « {french} » word by word; English says "{found.calque.right}".',
            confidence=0.9,
            severity=found.calque.severity,
            category=Category.MISTRANSLATION if found.calque.severity is Severity.MAJOR else Category.UNIDIOMATIC,
            source=source,
            target=target,
        )


DETECTOR = Detector(
    rule="literal-calque",
    doc=__doc__,
    category=Category.UNIDIOMATIC,
    severity=Severity.MINOR,
    find=each_pair(find),
    examples=(
        Example("Il sert de ⟦bouc émissaire⟧.", "He serves as an ⟦emissary goat⟧."),
        Example("Le ⟦projet de loi⟧ sera voté mardi.", "The ⟦project of law⟧ will be voted on Tuesday."),
        Example("Elle habite ici ⟦depuis trois ans⟧.", "She has lived here ⟦since three years⟧."),
        Example("⟦En revanche⟧, la dette augmente.", "⟦In revenge⟧, the debt is rising."),
        Example("Les ⟦forces de l'ordre⟧ ont chargé.", "The ⟦forces of order⟧ charged."),
        Example("Le match s'est joué aux ⟦tirs au but⟧.", "The match was decided by ⟦shots on goal⟧."),
        Example("Ils se ⟦renvoient la balle⟧.", "They are ⟦sending each other the ball⟧."),
        Example("Nous ⟦venions de rouvrir⟧ le magasin.", "We ⟦came to reopen⟧ the shop."),
        Example("Ils sont venus rouvrir le magasin.", "They came to reopen the shop."),
        Example("Il sert de bouc émissaire.", "He serves as a scapegoat."),
        Example("Elle habite ici depuis trois ans.", "She has lived here for three years."),
        Example("Elle habite ici depuis la guerre.", "She has lived here since the war."),
        Example("Il a des raisons d'y croire.", "He has reason to believe it."),
        Example("L'équipe a tiré six fois au but.", "The team had six shots on goal."),
        Example("Le « fer de lance » du parti.", 'The party\'s "iron of lance", or spearhead.'),
    ),
)
