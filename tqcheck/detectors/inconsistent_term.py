"""A French term rendered in two ways in one article.

Why it matters
--------------
Where « la force Barkhane » is "the Barkhane force" in one paragraph and "the Barkhane Troop" in the next, readers take
it for two things. Machines that translate sentence by sentence do not remember what they wrote; several hands do not
agree by themselves.

What it does not see
--------------------
Terms of one word: style asks for variety there. Only terms of a noun and a name, an adjective or another noun are
compared, where both English words stand side by side and one of the two changed. A shortened form ("the force"), a
pronoun or a rendering in other words is no inconsistency.

When to ignore it
-----------------
Where the two senses differ, or the variation is wanted and no reader can be misled.

Source
------
MQM, terminology/inconsistent-use; ISO 17100 (translation services), on the consistent use of terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages import terms
from tqcheck.languages.terms import Rendering, Term
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity

CONFIDENCE = {"name": 0.8, "adjective": 0.7, "noun": 0.7}

Occurrence = tuple[Pair, Term, Rendering]


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """The occurrences of a term whose rendering is not that of most, or of the first."""
    found: dict[tuple[object, ...], list[Occurrence]] = {}
    for pair in bitext.pairs:
        for term in terms.terms(pair.source):
            rendering = terms.rendering(pair, term)
            if rendering is not None:
                found.setdefault((pair.document, *term.key), []).append((pair, term, rendering))
    for occurrences in found.values():
        yield from _deviating(detector, occurrences)


def _deviating(detector: Detector, occurrences: list[Occurrence]) -> Iterator[Finding]:
    counts = Counter((rendering.modifier, rendering.head) for _, _, rendering in occurrences)
    if len(counts) < 2:
        return
    usual, _ = counts.most_common(1)[0]
    model = next(o for o in occurrences if (o[2].modifier, o[2].head) == usual)
    for pair, term, rendering in occurrences:
        if terms.are_variants(term.kind, rendering, model[2]):
            yield _finding(detector, pair, term, rendering, model)


def _finding(detector: Detector, pair: Pair, term: Term, rendering: Rendering, model: Occurrence) -> Finding:
    here, there = _text(pair, rendering), _text(model[0], model[2])
    start = pair.source.span.start
    french = pair.source.text[term.span.start - start : term.span.end - start]
    order = "earlier" if model[0].index <= pair.index else "further on"
    same_number = rendering.last.feature("Number") == model[2].last.feature("Number")
    return detector.finding(
        pair,
        message=f'« {french} » is "{here}" here and "{there}" {order}: readers may take it for two things.',
        confidence=CONFIDENCE[term.kind],
        source=term.span,
        target=rendering.span,
        suggestion=there if same_number else None,
    )


def _text(pair: Pair, rendering: Rendering) -> str:
    start = pair.target.span.start
    return pair.target.text[rendering.span.start - start : rendering.span.end - start]


DETECTOR = Detector(
    rule="inconsistent-term",
    doc=__doc__,
    category=Category.INCONSISTENT_TERM,
    severity=Severity.MINOR,
    find=find,
    examples=(
        Example(
            "La mission Licorne a commencé en mars.\nLa ⟦mission Licorne⟧ prendra fin en juin.",
            "The Licorne mission began in March.\nThe ⟦Licorne task⟧ will end in June.",
        ),
        Example(
            "Le musée Vauclair rouvre lundi.\nLe ⟦musée Vauclair⟧ attend 9 000 visiteurs.",
            "The Vauclair Museum reopens on Monday.\nThe ⟦Vauclair Gallery⟧ expects 9,000 visitors.",
        ),
        Example(
            "La pension alimentaire a été revue.\nLe juge a fixé la ⟦pension alimentaire⟧ à 300 euros.",
            "The maintenance payment was revised.\nThe judge set the ⟦food payment⟧ at 300 euros.",
        ),
        Example(
            "Le groupe Delmas vend sa filiale.\nLe groupe Delmas a perdu 3 millions.\nLe ⟦groupe Delmas⟧ résiste.",
            "The Delmas group is selling its subsidiary.\nThe Delmas group lost 3 million.\nThe ⟦Delmas firm⟧ resists.",
        ),
        Example(
            "La mission Licorne a commencé en mars.\nLa mission Licorne prendra fin en juin.",
            "The Licorne mission began in March.\nThe mission will end in June.",
        ),
        Example(
            "Le musée Vauclair rouvre lundi.\nLe musée Vauclair attend 9 000 visiteurs.",
            "The Vauclair Museum reopens on Monday.\nIt expects 9,000 visitors.",
        ),
        Example(
            "Le gaz naturel est cher.\nLe prix du gaz naturel monte.",
            "Natural gas is expensive.\nThe price of natural gas is rising.",
        ),
        Example(
            "Le président Morel a parlé.\nLe président Morel est parti.",
            "President Morel spoke.\nMr Morel has left.",
        ),
        Example(
            "Une aide internationale arrive.\nL'aide internationale manque.",
            "International aid is arriving.\nInternational assistance is lacking.",
        ),
        Example(
            "C'est une cause majeure d'accident.\nUne cause majeure de retard.",
            "It is a leading cause of accidents.\nA major cause of delays.",
        ),
    ),
)
