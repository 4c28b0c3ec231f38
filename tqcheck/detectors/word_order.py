"""An adjective that was left behind its noun, as in French: "the car red", "a decision political".

Why it matters
--------------
French puts most adjectives behind the noun and English before it. Where the order of the French shows through, the
reader sees that nobody read the translation, and sometimes the sense goes: "a story true" is no "true story".

What it does not see
--------------------
Other words out of place, and adjectives that the word links do not show to be those of the French. Those that English
puts behind the noun itself are left alone: "attorney general", "the people present", "a man proud of his work".

When to ignore it
-----------------
In verse, in names and in headings that play with the order of words.

Source
------
Huddleston and Pullum, The Cambridge Grammar of the English Language (2002), 6.4 on postpositive adjectives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.capitals import is_people
from tqcheck.model import Bitext, Finding, Pair, Span, Token
from tqcheck.mqm import Category, Severity

LEAST_LINK = 0.6
"""Probability of a word link below which it does not show that two words are the French noun and its adjective."""

_BEHIND = frozenset(
    """general elect laureate proper present absent available responsible concerned involved possible imaginable due
    alone alike worth able unable full aware ready willing likely unlikely free open close next last high deep wide long
    tall
    old thick big large proud necessary apparent incarnate galore aplenty designate emeritus extraordinaire martial
    major minor total plus royal public royale immemorial such enough online offline abroad alive awake asleep afloat
    aboard ill live square past inclusive exclusive specific related based left right north south east west libre
    positive negative native secondary primary regnant pleased happy sad dead rich poor""".split()
)
"""Adjectives that may stand behind a noun."""

_PLAIN = frozenset(
    """red white black blue green yellow grey new true false young ancient recent famous rare strong weak poor huge
    large
    small difficult complex urgent violent important different excellent innocent silent modern foreign human civil
    common simple normal strange private""".split()
)
_FORM = re.compile(r"\w{3,}(?:ic|ical|al|ous|ive|ary|ful|less|ish|esque|ian|ean|ese)")
_NOUNS = frozenset(
    """official executive hospital clinic music traffic critic public capital general terminal journal material
    professional individual representative initiative military secretary festival arrival proposal approval removal
    survival trial rival signal manual total panic graphic logic republic fabric plastic topic relative native objective
    perspective alternative narrative detective incentive motive directive archive olive captive drive library salary
    summary commentary dictionary diary boundary anniversary secondary primary criminal animal deal goal meal appeal
    metal portal medal referral renewal withdrawal refusal denial disposal rehearsal reversal dismissal betrayal musical
    chemical physician politician technician musician civilian guardian historian librarian magic mosaic mechanic
    statistic tactic comic cosmetic epidemic pandemic fanatic clinical original potential five give live""".split()
)
"""Words that look like adjectives and are nouns, or behind a noun say something else."""

_AFTER = frozenset("ADP CCONJ AUX PUNCT SCONJ".split())


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Nouns with their adjective behind them where the French has both in that order."""
    for noun, adjective in zip(pair.source.tokens, pair.source.tokens[1:], strict=False):
        if noun.pos != "NOUN" or adjective.pos != "ADJ" or adjective.head != noun.index:
            continue
        first, second = _only(pair, noun), _only(pair, adjective)
        if (
            first is None
            or second is None
            or second.index != first.index + 1
            or not _is_out_of_place(pair, first, second)
        ):
            continue
        text = f"{second.text} {first.text}"
        yield detector.finding(
            pair,
            message=f'"{second.text}" stands behind its noun, as « {adjective.text} » does in French; English says '
            f'"{text}".',
            confidence=0.9,
            source=Span(noun.span.start, adjective.span.end),
            target=Span(first.span.start, second.span.end),
            suggestion=text,
        )


def _only(pair: Pair, token: Token) -> Token | None:
    """The one English word that surely renders a French one."""
    links = [link for link in pair.links if link.source == token.index]
    if len(links) != 1 or links[0].probability < LEAST_LINK:
        return None
    return pair.target.token(links[0].target)


def _is_out_of_place(pair: Pair, noun: Token, adjective: Token) -> bool:
    """Whether an adjective behind a noun belongs before it: nothing hangs from it and it says nothing of its own."""
    after, before = pair.target.token(adjective.index + 1), pair.target.token(noun.index - 1)
    if not noun.text.islower() or noun.pos != "NOUN" or not _is_adjective(adjective):
        return False
    if before is None or before.pos not in ("DET", "ADJ", "NUM", "ADP"):
        return False
    if after is not None and after.text.lower() in ("to", "that", "than", "as", "enough", "for", "with", "about"):
        return False
    if any(child.index > adjective.index for child in pair.target.children(adjective)):
        return False
    if noun.dep in ("nsubj", "nsubjpass", "dobj") and adjective.dep in ("ROOT", "acomp", "oprd", "ccomp", "xcomp"):
        return False
    return after is None or after.pos in _AFTER


def _is_adjective(token: Token) -> bool:
    """Whether a word is an adjective that stands before nouns, by its form: the tagger is misled by its place."""
    word = token.text.lower()
    if word in _BEHIND or word in _NOUNS:
        return False
    if is_people(word):
        return token.text.istitle() and not word.endswith("ns")
    return token.text.islower() and (word in _PLAIN or _FORM.fullmatch(word) is not None)


DETECTOR = Detector(
    rule="word-order",
    doc=__doc__,
    category=Category.GRAMMAR,
    severity=Severity.MINOR,
    find=each_pair(find),
    examples=(
        Example("Il conduit une ⟦voiture rouge⟧.", "He drives a ⟦car red⟧."),
        Example("Le maire a pris une ⟦décision politique⟧ lundi.", "The mayor took a ⟦decision political⟧ on Monday."),
        Example("Une ⟦crise économique⟧ menace le pays.", "A ⟦crisis economic⟧ is threatening the country."),
        Example("Les ⟦forces françaises⟧ ont quitté la ville.", "The ⟦forces French⟧ have left the city."),
        Example("Il conduit une voiture rouge.", "He drives a red car."),
        Example("Le procureur général a fait appel.", "The attorney general has appealed."),
        Example("Les personnes présentes ont voté.", "The people present voted."),
        Example("Il a trouvé la porte ouverte.", "He found the door open."),
        Example("Un homme fier de son travail.", "A man proud of his work."),
    ),
)
