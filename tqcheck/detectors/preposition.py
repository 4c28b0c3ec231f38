"""An English preposition that never stands for the French one: "amid" for « de », "without" for « avec ».

Why it matters
--------------
"The impact without the virus" for « l'impact du virus » says the contrary, and a wrong small word is easily read over.
It comes from hasty editing, and from machines that lost the thread.

What it does not see
--------------------
Prepositions that may render the French one in some phrase, as most may: « à » is "to", "in", "at", "with", "from" and
more. Those whose neighbours are not linked, and those at the beginning of a phrase that was moved.

When to ignore it
-----------------
Where the sentence was built another way: « le monde du dehors » as "the world outside the house".

Source
------
Which prepositions never meet was counted in 12,000 human translations of news, parliament and government; Huddleston
and Pullum, The Cambridge Grammar of the English Language (2002), chapter 7.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.prepositions import wrong_prepositions
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Prepositions that never stand for the French one between the same two words."""
    for wrong in wrong_prepositions(pair):
        yield detector.finding(
            pair,
            message=f'"{wrong.english.text}" never stands for « {wrong.french.text} », mostly "{wrong.usual}".',
            confidence=0.9,
            source=wrong.french.span,
            target=wrong.english.span,
        )


DETECTOR = Detector(
    rule="preposition",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    find=each_pair(find),
    examples=(
        Example("Le prix ⟦du⟧ pain a augmenté.", "The price ⟦without⟧ bread has risen."),
        Example("La ville ⟦de⟧ Nantes a voté.", "The city ⟦amid⟧ Nantes has voted."),
        Example("Elle est arrivée ⟦avec⟧ son frère.", "She arrived ⟦without⟧ her brother."),
        Example("Il travaille ⟦pour⟧ une banque.", "He works ⟦without⟧ a bank."),
        Example("Le prix du pain a augmenté.", "The price of bread has risen."),
        Example("La fin du match.", "The end to the match."),
        Example("Elle est arrivée sans son frère.", "She arrived without her brother."),
        Example("Il travaille pour une banque.", "He works for a bank."),
        Example("Le ministre est sur la sellette.", "The minister is under fire."),
        Example(
            "Il devra se passer de son talonneur et sans doute de son capitaine.",
            "He will have to do without his hooker and probably without his captain.",
        ),
        Example("Près de cent personnes ont voté.", "Close to a hundred people voted."),
    ),
)
