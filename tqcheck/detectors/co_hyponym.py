"""One thing of a kind for another: "winter" for « été », "a third" for « la moitié », "his father" for « son frère ».

Why it matters
--------------
Seasons, parts of the day, colours, kin, buildings, vehicles and callings stand in the same places in the texts that
machines learn from, and are taken for one another. The sentence stays good English, and says something else.

What it does not see
--------------------
Things that are not in the table; units of time with a number, which `number-mismatch` and `date-mismatch` look at;
sentences in which more than one thing of the kind is in doubt.

When to ignore it
-----------------
Idioms: « de nos jours » as "at this time of year".

Source
------
MQM, accuracy/mistranslation; the error kind "co-hyponym" of ACES (Amrhein et al. 2022). The table is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.inflection import like
from tqcheck.languages.siblings import mistaken
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity

LEAST_COVERED = 0.4
"""Share of words that must be linked in a translation that is close enough to be judged."""


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Words for another thing of the kind."""
    for wrong in mistaken(pair):
        if covered(pair, 0.5) < LEAST_COVERED:
            return
        yield detector.finding(
            pair,
            message=f'« {wrong.french.text} » is "{wrong.usual}", not "{wrong.english.text}".',
            confidence=0.9,
            source=wrong.french.span,
            target=wrong.english.span,
            suggestion=like(wrong.usual, wrong.english),
        )


DETECTOR = Detector(
    rule="co-hyponym",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("La cérémonie aura lieu au ⟦printemps⟧.", "The ceremony will take place in ⟦autumn⟧."),
        Example("La ⟦moitié⟧ des élèves sont rentrés chez eux.", "A ⟦third⟧ of the pupils went home."),
        Example("Nous serons inondés tous les ⟦ans⟧.", "We will be flooded every ⟦month⟧."),
        Example("Son ⟦frère⟧ dirige l'entreprise.", "His ⟦father⟧ runs the company."),
        Example("Une ambulance attend devant l'⟦hôpital⟧.", "An ambulance is waiting in front of the ⟦hotel⟧."),
        Example("Le ⟦camion⟧ a percuté un mur.", "The ⟦train⟧ hit a wall."),
        Example("La cérémonie aura lieu au printemps.", "The ceremony will take place in spring."),
        Example("Un petit ⟦camion⟧ a percuté le mur.", "A small ⟦train⟧ hit the wall."),
        Example("Les prix ont ⟦doublé⟧ en un an.", "Prices ⟦tripled⟧ in a year."),
        Example("L'avocate générale a requis dix ans.", "The prosecutor asked for ten years."),
        Example("Sauf mon arrière grand père.", "Except my great grandfather."),
        Example("Elle a été élue l'hiver dernier.", "She was elected last winter."),
        Example("La grève dure depuis deux ans.", "The strike has lasted 24 months."),
        Example("De nos jours, on roule à vélo.", "These days people cycle."),
        Example("Il a grandi au bord de la mer, puis à la montagne.", "He grew up at the seaside, then in the hills."),
        Example("L'Hôtel de Ville est fermé.", "The town hall is closed."),
        Example("Il passera la soirée à l'hôpital.", "He will spend the night in hospital."),
    ),
)
