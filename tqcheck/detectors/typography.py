"""French typography left in the English: blanks before marks, guillemets, decimal commas, « 16 h 23 », « 1er ».

Why it matters
--------------
None of it changes the meaning, but a reader sees at once that the text was translated, and figures are misread: 1,234
is a thousand in English and a little over one in French.

What it does not see
--------------------
Numbers grouped by blanks or with a decimal comma are reported only where the French has the same number (or a percent
sign follows), for two numbers may stand beside each other. Lower-case "march", "may" and "august" are words too.

When to ignore it
-----------------
Where the house style is the SI's (a blank before % and between groups of figures), or puts the euro sign behind.

Source
------
The Chicago Manual of Style, 6.7 (no space before marks), 9.55 (decimal point) and 11.29 (French quotation marks and
spaces); Ramat, Le Ramat de la typographie, for the French side.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages import typography
from tqcheck.model import Bitext, Finding, Span
from tqcheck.mqm import Category, Severity

_KINDS: dict[str, tuple[str, Category, float]] = {
    "blank": ("English has no space before this mark.", Category.LOCALE_PUNCTUATION, 0.95),
    "blank before a stop": ("There is no space before a comma or a full stop.", Category.PUNCTUATION, 0.9),
    "blank inside": ("English has no space inside quotation marks.", Category.LOCALE_PUNCTUATION, 0.95),
    "guillemets": ("These are French quotation marks.", Category.LOCALE_PUNCTUATION, 0.95),
    "turned": ("The quotation mark is the wrong way round.", Category.PUNCTUATION, 0.9),
    "number": ("The number is written in the French way.", Category.NUMBER_FORMAT, 0.95),
    "sign behind": ("English puts the currency sign before the amount.", Category.NUMBER_FORMAT, 0.8),
    "clock": ("The time is written in the French way.", Category.DATE_FORMAT, 0.95),
    "rank": ("The rank has its French ending.", Category.NUMBER_FORMAT, 0.9),
    "numero": ("« n° » is French for number.", Category.NUMBER_FORMAT, 0.9),
    "capital": ("English writes days and months with a capital letter.", Category.SPELLING, 0.95),
    "dash": (
        "French begins a speech with a dash; English puts it in quotation marks.",
        Category.LOCALE_PUNCTUATION,
        0.7,
    ),
}
_PLAIN = frozenset({"blank", "blank before a stop", "blank inside", "guillemets", "turned"})
"""What belongs there is plain from the reason."""
_NEUTRAL = frozenset({"sign behind"})
"""Some desks write so on purpose."""


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Every French habit of every English sentence, with what belongs there."""
    quotes = typography.quotation_marks(bitext.target.text)
    for pair in bitext.pairs:
        start = pair.target.span.start
        for habit in typography.habits(pair.target.text, pair.source.text, quotes):
            reason, category, confidence = _KINDS[habit.kind]
            instead = "" if habit.replacement is None else f' It should be "{habit.replacement}".'
            yield detector.finding(
                pair,
                message=reason + (instead if habit.kind not in _PLAIN else ""),
                confidence=confidence,
                target=Span(start + habit.start, start + habit.end),
                suggestion=habit.replacement,
                category=category,
                severity=Severity.NEUTRAL if habit.kind in _NEUTRAL else Severity.MINOR,
            )


DETECTOR = Detector(
    rule="typography",
    doc=__doc__,
    category=Category.LOCALE_PUNCTUATION,
    severity=Severity.MINOR,
    find=find,
    examples=(
        Example("Faut-il s’en inquiéter ?", "Should we worry⟦ ?⟧"),
        Example("Faut-il s’en inquiéter ?", "Should we worry?"),
        Example("Il parle d’un « effort partagé ».", "He speaks of a ⟦« shared effort »⟧."),
        Example("L’action gagne 3,7 %, à 22,64 euros.", "The share rose ⟦3,7 %⟧ to ⟦22,64⟧ euros."),
        Example("L’action gagne 3,7 %, à 22,64 euros.", "The share rose 3.7% to €22.64."),
        Example("La ville compte 12 500 habitants.", "The town has ⟦12 500⟧ inhabitants."),
        Example("La ville compte 12 500 habitants.", "The town has 12,500 inhabitants."),
        Example("Publié à 16 h 23.", "Published at ⟦16 h 23⟧."),
        Example("Le 7e bataillon arrive lundi.", "The ⟦7e⟧ battalion arrives on ⟦monday⟧."),
        Example("Il l’appelle « le sage ».", "He calls him ⟦”⟧the wise man.”"),
        Example("Le billet coûte 12 €.", "The ticket costs ⟦12 €⟧."),
        Example("Voir les articles 3, 4 et 5.", "See Articles 3,4 and 5: they may march in step."),
        Example("Le score est de 3 à 1 après 24 heures.", "The score is 3-1 after 24h of racing."),
        Example("Le 7e bataillon arrive lundi à 16 h 23.", "The 7th Battalion arrives on Monday at 4:23 pm."),
        Example("« Voilà », dit-il : c’est fini ?", "“There,” he said: “Is it over?”"),
        Example("C’était en 2020 : 300 personnes sont venues.", "That was in 2020: 300 people came :)"),
    ),
)
