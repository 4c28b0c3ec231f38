"""A word rendered by its opposite: "fell" for « a augmenté », "former" for « actuel ».

Why it matters
--------------
"Unemployment fell" for « le chômage a augmenté » is good English, has every name and number right, and turns the news
upside down. Machines confuse opposites because they stand in the same places in the texts that they learnt from.

What it does not see
--------------------
Opposites that are not in the table; a word that the word links do not show behind the English one; a sentence that has
words of both ends on one side. Where a "not", "less", "unable" or « sans » stands near, it stays silent, for the
opposite may then be right: « pas rare » is "common".

When to ignore it
-----------------
Where the sentence was turned round on purpose: « Lyon a perdu contre Nice » as "Nice beat Lyon".

Source
------
MQM, accuracy/mistranslation; the error kind "antonym" of DEMETR (Karpinska et al. 2022) and ACES (Amrhein et al. 2022).
The table is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.antonyms import Pole, ends, is_turned, poles
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

LEAST_LINK = 0.5
"""Probability of a word link below which it does not show what stands behind a word."""

LEAST_COVERED = 0.4
"""Share of words that must be linked in a translation that is close enough to be judged."""


FARTHEST = 0.15
"""How far apart, as a share of the sentence, two words without links may stand."""

End = tuple[int, int]
"""A pair of opposites by number, and which of its ends."""


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """French words whose English stands at the other end of a pair of opposites."""
    there = {token.index: found for token in pair.target.tokens if (found := ends(pair.target, token))}
    if not there:
        return
    for french in pair.source.tokens:
        for pole in poles(french):
            english = _opposite(pair, french, pole, there)
            if english is not None and covered(pair, LEAST_LINK) >= LEAST_COVERED:
                yield _finding(detector, pair, french, english)
                break


def _opposite(pair: Pair, french: Token, pole: Pole, there: dict[int, frozenset[End]]) -> Token | None:
    """The English word at the other end that stands for ``french``, None where that is not plain."""
    own, other = (pole.axis, pole.end), (pole.axis, 1 - pole.end)
    linked = [link for link in pair.links if link.source == french.index and link.probability >= LEAST_LINK]
    rendered = [token for link in linked if (token := pair.target.token(link.target)) is not None]
    if not linked:
        rendered = [
            token for token in pair.target.tokens if other in there.get(token.index, ()) and _faces(pair, french, token)
        ]
    words = [token for token in rendered if token.index in there]
    if len(words) != 1 or other not in there[words[0].index] or own in there[words[0].index]:
        return None
    english = words[0]
    if len(pair.behind(english)) != len(linked[:1]) or _is_open(pair, own, other, french, there):
        return None
    if is_turned(pair.source, french, "fr") or is_turned(pair.target, english, "en"):
        return None
    return english


def _faces(pair: Pair, french: Token, english: Token) -> bool:
    """Whether two words without a link stand at the same place in their sentences."""
    source = (french.index - pair.source.tokens[0].index) / len(pair.source.tokens)
    target = (english.index - pair.target.tokens[0].index) / len(pair.target.tokens)
    return not pair.behind(english) and abs(source - target) <= FARTHEST


def _is_open(pair: Pair, own: End, other: End, french: Token, there: dict[int, frozenset[End]]) -> bool:
    """Whether a word of the French word's own end, or a French one of the other end, may belong to either of the two.

    Those that are surely linked to one another do not: "larger lakes and small boats".
    """
    sure = {(link.source, link.target) for link in pair.links if link.probability > LEAST_LINK}
    french_ends = {
        token.index: {(pole.axis, pole.end) for pole in poles(token)} for token in pair.source.tokens if token != french
    }
    answered = {
        (source, target) for source, target in sure if french_ends.get(source, set()) & there.get(target, set())
    }
    loose = any(own in found and index not in {target for _, target in answered} for index, found in there.items())
    return loose or any(
        other in found and index not in {source for source, _ in answered} for index, found in french_ends.items()
    )


def _finding(detector: Detector, pair: Pair, french: Token, english: Token) -> Finding:
    return detector.finding(
        pair,
        message=f'"{english.text}" is the opposite of « {french.text} ».',
        confidence=0.9,
        source=french.span,
        target=english.span,
    )


DETECTOR = Detector(
    rule="antonym",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("Le chômage a ⟦augmenté⟧ en mars.", "Unemployment ⟦fell⟧ in March."),
        Example("Les députés ont ⟦adopté⟧ la réforme.", "The deputies ⟦rejected⟧ the reform."),
        Example("Le tribunal a ⟦acquitté⟧ le maire.", "The court ⟦convicted⟧ the mayor."),
        Example("Le musée ⟦ouvre⟧ à dix heures.", "The museum ⟦closes⟧ at ten o'clock."),
        Example("La ⟦majorité⟧ des élus veut voter.", "The ⟦minority⟧ of the members want to vote."),
        Example("Le chômage a augmenté en mars.", "Unemployment rose in March."),
        Example("Le chômage n'a pas augmenté en mars.", "Unemployment fell in March."),
        Example("Les prix sont moins élevés à Lille.", "Prices are lower in Lille."),
        Example("Ce cas n'est pas rare.", "This case is common."),
        Example("La hausse des prix a suivi la baisse des salaires.", "Falling wages were followed by rising prices."),
        Example("Il est impossible de refuser.", "One has to accept."),
    ),
)
