"""A number, rank, percentage, amount or measure that is not the one of the French.

Why it matters
--------------
A wrong figure is an error of fact, and readers, competitors and lawyers find it. Machine translation changes figures
rarely, but « milliard » becomes "million", ranks lose a digit, and amounts are copied with their separators misread.

What it does not see
--------------------
Dates and times of day (see date-mismatch), numbers in names (A320, G7, Covid-19), "one", "first", "half" and "both",
which come and go in any good translation, and figures that the English adds. A number that moved to a neighbouring
sentence is taken for right, as are English figures rounded behind "about", and measures that were converted.

When to ignore it
-----------------
Where the desk converted an amount of money or corrected the French on purpose.

Source
------
MQM, accuracy/mistranslation (a number or measure changed) and accuracy/omission. Long and short scale as in the
dictionary of the Académie française (« billion ») and the Oxford English Dictionary ("billion").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tqcheck.detector import Detector, Example
from tqcheck.languages import counterparts, dates, numbers, numbers_en, numbers_written, quantities, units
from tqcheck.languages.numbers import Quantity
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

NEIGHBOURS = 2
"""So many pairs before and after are searched for a number that moved."""
LOOSE = 3
"""With so many numbers that contradict and fewer that agree, the two sentences do not belong together."""
SURE, UNIT, VAGUE, MISSING = 0.95, 0.8, 0.8, 0.6
"""Confidence by kind of case, as measured (docs/precision.tsv)."""
_TESTS = (
    quantities.same_unit,
    quantities.same_strong,
    quantities.strong_equivalent,
    quantities.same,
    quantities.equivalent,
    quantities.same_number,
)
"""When two numbers agree, the strictest first; by the last one they agree in all but the unit."""
_POWERS = {1: "ten", 2: "a hundred", 3: "a thousand", 6: "a million", 9: "a billion"}


@dataclass(frozen=True, slots=True)
class _Left:
    """A pair's numbers that have no counterpart, those whose unit changed, and how many agree."""

    pair: Pair
    french: tuple[Quantity, ...]
    english: tuple[Quantity, ...]
    converted: tuple[tuple[Quantity, Quantity], ...]
    agreed: int


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Read the numbers of every pair, take out those that agree, here or next door, and report what contradicts."""
    left = [_compare(pair) for pair in bitext.pairs]
    for number, own in enumerate(left):
        around = left[max(0, number - NEIGHBOURS) : number + NEIGHBOURS + 1]
        near = [other for other in around if other is not own and other.pair.document == own.pair.document]
        french = [q for q in own.french if not _stands_in(q, [e for other in near for e in other.english])]
        english = [q for q in own.english if not _stands_in(q, [f for other in near for f in other.french])]
        against, alone, _ = counterparts.match(
            french, english, (quantities.magnified, quantities.alike, quantities.comparable)
        )
        if len(against) >= LOOSE and len(against) > own.agreed:
            continue
        yield from (_changed(detector, own.pair, one, other) for one, other, _ in against)
        yield from (_another_unit(detector, own.pair, one, other) for one, other in own.converted)
        if own.pair.target.text.strip():
            yield from (_missing(detector, own.pair, one) for one in alone if _is_missed(one, own.pair))


def _compare(pair: Pair) -> _Left:
    source, target = pair.source.text, pair.target.text
    both = dates.years(source, "fr") & dates.years(target, "en")
    french = numbers.read(source, "fr", dates.places(source, "fr", both))
    english = numbers.read(target, "en", dates.places(target, "en", both))
    french, english = _shares(source, target, french, english)
    matched, rest, others = counterparts.match(french, english, _TESTS)
    return _Left(
        pair,
        tuple(q for q in rest if not _written_in(q, source, target, english)),
        tuple(q for q in others if not _written_in(q, target, source, french)),
        tuple(
            (one, other)
            for one, other, test in matched
            if test == len(_TESTS) - 1 and quantities.conflict(one, other) and not (one.weak and other.weak)
        ),
        sum(not one.weak for one, _, _ in matched),
    )


def _shares(
    source: str, target: str, french: tuple[Quantity, ...], english: tuple[Quantity, ...]
) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """The numbers of both, two of them taken for a share (« trois sur quatre ») where the other text has one, too."""
    one, other = numbers.with_ratios(source, "fr", french), numbers.with_ratios(target, "en", english)
    shared = [any(quantities.share(quantity) is not None for quantity in side) for side in (one, other)]
    return one if shared[1] else french, other if shared[0] else english


def _stands_in(quantity: Quantity, others: Iterable[Quantity]) -> bool:
    return any(quantities.same_number(quantity, other) for other in others)


def _written_in(quantity: Quantity, own: str, other: str, there: Iterable[Quantity]) -> bool:
    """Whether its figures stand in the other text in another cut, as part of a name or of two: 69.2 and 69(2)."""
    figures = re.findall(r"\d+", own[quantity.numeral[0] : quantity.numeral[1]])
    pattern = r"\W{1,2}".join(figures)
    places = re.finditer(rf"(?<!\d){pattern}(?!\d)", other) if figures else ()
    return any(not any(q.start <= place.start() and place.end() <= q.end for q in there) for place in places)


def _is_missed(quantity: Quantity, pair: Pair) -> bool:
    """A number in digits with a unit or of several figures, none of which the English has."""
    text = pair.source.text[quantity.numeral[0] : quantity.numeral[1]]
    figures = re.findall(r"\d+", text)
    there = re.findall(r"\d+", pair.target.text)
    there += [number[-2:] for number in there if len(number) == 4]  # « 99 » for 1999
    if (
        quantity.form == "words"
        or quantity.weak
        or quantity.kind in ("vague", "year")
        or any(f in there for f in figures)
    ):
        return False
    degrees = "°C" in quantity.units  # "in the eighties", "a U-turn"
    return not degrees and quantity.value > 10 and not (quantity.units == ("percent",) and quantity.value == 100)


def _changed(detector: Detector, pair: Pair, one: Quantity, other: Quantity) -> Finding:
    power = quantities.magnitude(one, other)
    grave = power is not None and abs(power) >= 3
    vague = one.kind == "vague"
    return detector.finding(
        pair,
        message=f"{_quoted(pair, one, other)} {_reason(pair, one, other)}".strip(),
        confidence=VAGUE if vague else SURE,
        source=_span(pair.source.span, one),
        target=_span(pair.target.span, other),
        suggestion=numbers_written.written(one, other, pair.target.text),
        severity=Severity.CRITICAL if grave and not vague else Severity.MAJOR,
    )


def _another_unit(detector: Detector, pair: Pair, one: Quantity, other: Quantity) -> Finding:
    exact = units.convert(one.value, one.units[0], other.units[0])
    close = exact is not None and abs(float(exact / other.value) - 1) < 0.15
    amount = f" It would be about {numbers_en.digits(numbers_written.rounded(exact))}." if exact is not None else ""
    return detector.finding(
        pair,
        message=f"{_quoted(pair, one, other)} The number is the same, the unit is not.{amount}",
        confidence=UNIT,
        source=_span(pair.source.span, one),
        target=_span(pair.target.span, other),
        suggestion=numbers_written.in_unit(exact, other, pair.target.text) if exact is not None else None,
        severity=Severity.MINOR if close else Severity.MAJOR,
    )


def _missing(detector: Detector, pair: Pair, one: Quantity) -> Finding:
    return detector.finding(
        pair,
        message=f"The number « {pair.source.text[one.start : one.end]} » of the French is not in the English.",
        confidence=MISSING,
        source=_span(pair.source.span, one),
        category=Category.OMISSION,
        severity=Severity.MAJOR if one.units else Severity.MINOR,
    )


def _quoted(pair: Pair, one: Quantity, other: Quantity) -> str:
    french, english = pair.source.text[one.start : one.end], pair.target.text[other.start : other.end]
    return f'The French says « {french} », the English "{english}".'


def _reason(pair: Pair, one: Quantity, other: Quantity) -> str:
    """What went wrong, where it can be told: the order of magnitude, figures that changed places, a word's value."""
    power = quantities.magnitude(one, other)
    factor = _POWERS.get(abs(power)) if power is not None else None
    if factor:
        word = numbers_written.scale_word(pair.source.text[one.start : one.end])
        scale = f": {word}" if word and power and abs(power) >= 3 else ""
        return f"That is {factor} times too {'much' if power and power > 0 else 'little'}{scale}."
    figures = [
        sorted(re.findall(r"\d", text[q.numeral[0] : q.numeral[1]]))
        for text, q in ((pair.source.text, one), (pair.target.text, other))
    ]
    if figures[0] and figures[0] == figures[1] and len(figures[0]) > 1:
        return "The figures have changed places."
    if one.form == "words" and one.kind != "vague" and one.value.denominator == 1:
        return f"The French number is {numbers_en.digits(one.value)}."
    return ""


def _span(segment: Span, quantity: Quantity) -> Span:
    return Span(segment.start + quantity.start, segment.start + quantity.end)


DETECTOR = Detector(
    rule="number-mismatch",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("Il a ⟦12 ans⟧.", "He is ⟦13 years⟧ old."),
        Example("Cela coûte 1 234,50 €.", "It costs €1,234.50."),
        Example("Le plan prévoit ⟦4,2 milliards d’euros⟧.", "The plan provides for ⟦€4.2 million⟧."),
        Example("Près de quatre-vingt-dix-sept soldats sont rentrés.", "Nearly 97 soldiers have come home."),
        Example("Elle a fini ⟦9e⟧ de la course.", "She finished ⟦19th⟧ in the race."),
        Example("Le chômage touche 12,5 % des jeunes.", "Unemployment affects 12.5 percent of young people."),
        Example("Le village est à ⟦30 kilomètres⟧ de Dakar.", "The village is ⟦30 miles⟧ from Dakar."),
        Example("Le village est à 30 kilomètres de Dakar.", "The village is about 19 miles from Dakar."),
        Example("⟦Soixante et onze⟧ députés ont voté contre.", "⟦Sixty-one⟧ lawmakers voted against it."),
        Example(
            "Les deux tiers des élus sont là, dont une dizaine de maires.",
            "Two-thirds of the elected officials are there, among them a dozen mayors.",
        ),
        Example("Trois Français sur quatre sont pour.", "Three quarters of French people are in favour."),
        Example("⟦Un malade sur cinq⟧ est concerné.", "⟦One patient in four⟧ is affected."),
        Example("Il faudra de 3 à 5 millions de doses.", "Three to five million doses will be needed."),
        Example(
            "L’usine emploie 340 personnes.\nElle en licencie 120.",
            "The plant employs 340 people, 120 of whom are being laid off.\nThis is the end of an era.",
        ),
        Example("Un A320 s’est posé à 16 h 23 le 3 mai.", "An A320 landed at 4:23 pm on 3 May."),
        Example("La commune a reçu 70 millions de francs.", "The municipality received CHF 70 million."),
        Example("Il fait 30 °C à l’ombre depuis quinze jours.", "It has been 86°F in the shade for two weeks."),
        Example("La dette atteint ⟦deux billions d’euros⟧.", "The debt stands at ⟦two billion euros⟧."),
        Example("Le tribunal a condamné ⟦48⟧ personnes.", "The court convicted people."),
        Example(
            "Les seizièmes de finale auront lieu mardi contre un club amateur.",
            "The round of 32 will be played on Tuesday against a sixth-tier club.",
        ),
    ),
)
