"""A capital that English needs and the text lost: "french", "paris", "the European union", a sentence's first letter.

Why it matters
--------------
French writes « français », « le président américain » and « l'Assemblée nationale » with fewer capitals than English
does. What is carried over looks like a slip of the pen at best; a sentence or a name that begins small looks like text
that nobody read.

What it does not see
--------------------
Weekdays and months, which `typography` reports; capitals that English has too many, above all in headings; words that
are common nouns too ("polish", "china"), and dishes and things that dictionaries write small ("french fries").

When to ignore it
-----------------
Where somebody's own way of writing is kept (a brand, a poet, a user name), and where a list goes on in small letters.

Source
------
The Chicago Manual of Style, 8.38 (peoples, languages), 8.62 (bodies) and 6.119 (sentences).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages.capitals import half_capitals, is_common_phrase, is_people
from tqcheck.languages.spelling import fold
from tqcheck.model import Bitext, Finding, Pair, Span, Token
from tqcheck.mqm import Category, Severity

_PRONOUN = re.compile(
    r"(?<![\w.'’/\"“(\-&])i(?= (?:am|was|have|had|will|would|can|could|do|did|think|know|say|said)\b|['’]m\b)"
)
_WEB = re.compile(r"[.@/_\d]")
_PARTICLES = frozenset(
    "al el de del della di da das do dos du van von der den ten ter le la bin ibn abu ould d' l'".split()
)
_LIST = re.compile(r"[\s\"“‘'(\[]*(?:\(?[a-z0-9]{1,3}[.)]|[-–—•*…])")


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """The capitals that every English segment lost, those of the first letter only where others are kept."""
    before: Pair | None = None
    written = Counter(token.text for token in bitext.target.tokens)
    capitals = sum(pair.target.text.strip()[:1].isupper() for pair in bitext.pairs)
    kept = capitals * 2 > sum(bool(pair.target.text.strip()) for pair in bitext.pairs) or len(bitext.pairs) < 3
    for pair in bitext.pairs:
        if pair.source.text.strip() and pair.target.text.strip():
            small = kept and _begins_small(pair, before)
            if small:
                yield _first(detector, pair)
            yield from _words(detector, pair, written, pair.target.tokens[0].span if small else None)
        before = pair


def _begins_small(pair: Pair, before: Pair | None) -> bool:
    """Whether a sentence begins with a small letter where the French one begins with a capital."""
    first, french = pair.target.tokens[0], pair.source.text.lstrip(" \"“«‘'’(\u00a0\u202f")
    word = pair.target.text.split()[0]
    if not french[:1].isupper() or not first.text[:1].islower() or _WEB.search(word) or not word[1:].islower():
        return False
    if (
        _LIST.match(pair.target.text)
        or first.text.lower() in _PARTICLES
        or not pair.source.text.split()[0][1:].islower()
    ):
        return len(word) == 1 and word == "a" and french[1:2].islower()
    if any(token.text.lower() == first.text for token in pair.source.tokens):
        return False  # a command or a brand that is written so in the French as well
    if before is None or before.document != pair.document or before.target.block != pair.target.block:
        return True
    return before.target.text.rstrip()[-1:] in ".!?"


def _first(detector: Detector, pair: Pair) -> Finding:
    token = pair.target.tokens[0]
    return detector.finding(
        pair,
        message=f'The sentence begins with a small letter: "{token.text}".',
        confidence=0.9,
        target=token.span,
        suggestion=token.text[:1].upper() + token.text[1:],
    )


def _words(detector: Detector, pair: Pair, written: Counter[str], done: Span | None) -> Iterator[Finding]:
    """Names, peoples and the word "I" in small letters, but for the first word where that is ``done``."""
    text, start = pair.target.text, pair.target.span.start
    if not re.search(r"[A-Z]", text) and not re.search(r"\w \w+ \w", text):
        return
    taken: list[Span] = [] if done is None else [done]
    for begin, end, name in half_capitals(pair.source.text, text):
        span = Span(start + begin, start + end)
        taken.append(span)
        yield detector.finding(
            pair, message=f'The name is written "{name}".', confidence=0.9, target=span, suggestion=name
        )
    for token in pair.target.tokens:
        if any(token.span.overlaps(span) for span in taken) or not token.text[:1].islower():
            continue
        if (said := _people(pair, token)) or (said := _name(pair, token, written)):
            yield detector.finding(
                pair,
                message=said,
                confidence=0.9,
                target=token.span,
                suggestion=token.text[:1].upper() + token.text[1:],
            )
    for match in _PRONOUN.finditer(text):
        if match.start() == 0 and taken:
            continue
        yield detector.finding(
            pair,
            message='English writes the word "I" with a capital letter.',
            confidence=0.9,
            target=Span(start + match.start(), start + match.start() + 1),
            suggestion="I",
        )


def _people(pair: Pair, token: Token) -> str | None:
    if not is_people(token.text) or _is_part(pair, token):
        return None
    if is_common_phrase(pair.target.text[token.span.start - pair.target.span.start :]):
        return None
    return f'English writes peoples, languages and their adjectives with a capital letter: "{token.text.capitalize()}".'


def _name(pair: Pair, token: Token, written: Counter[str]) -> str | None:
    """A word that the French has with a capital inside the sentence, as a name, and nowhere without.

    What the text writes small more than once and never large is meant so: a brand, a version's name.
    """
    if len(token.text) < 4 or not token.text.isalpha() or _is_part(pair, token):
        return None
    word = fold(token.text)
    same = [other for other in pair.source.tokens if fold(other.text) == word]
    if not same or any(not _is_a_name(pair, other) for other in same):
        return None
    if written[token.text] > 1 and not written[token.text.capitalize()]:
        return None
    if any(other.text == same[0].text for other in pair.target.tokens):
        return None
    return f"The name « {same[0].text} » lost its capital letter."


def _is_a_name(pair: Pair, token: Token) -> bool:
    before = pair.source.token(token.index - 1)
    inside = before is not None and before.is_word and before.text[0].islower()
    return inside and token.pos == "PROPN" and token.entity in ("PER", "LOC") and token.text.istitle()


def _is_part(pair: Pair, token: Token) -> bool:
    """Whether a word is a part of an address, of a hyphenated word or of a name in small letters."""
    place = token.span.start - pair.target.span.start
    around = pair.target.text[max(0, place - 1) : place] + pair.target.text[place + len(token.text) :][:1]
    return (
        any(mark in "@#/_\\&=" or mark.isdigit() for mark in around)
        or bool(re.match(r"[.\-](?=\w)", pair.target.text[place + len(token.text) :]))
        or pair.target.text[max(0, place - 1) : place] in tuple("-.")
    )


DETECTOR = Detector(
    rule="capitalisation",
    doc=__doc__,
    category=Category.SPELLING,
    severity=Severity.MINOR,
    find=find,
    examples=(
        Example("Le président français est arrivé mardi.", "The ⟦french⟧ president arrived on Tuesday."),
        Example("Elle parle allemand et russe.", "She speaks ⟦german⟧ and ⟦russian⟧."),
        Example("L'Union européenne a protesté.", "The ⟦European union⟧ protested."),
        Example("Le maire de Marseille a démissionné.", "The mayor of ⟦marseille⟧ has resigned."),
        Example("La séance a été levée.", "⟦the⟧ sitting was adjourned."),
        Example("Je pense qu'il a tort.", "He is wrong, ⟦i⟧ think."),
        Example("Le président français est arrivé mardi.", "The French president arrived on Tuesday."),
        Example("Il a mangé des frites.", "He ate french fries."),
        Example("L'union des deux partis est rompue.", "The union of the two parties is over."),
        Example("Le tournoi s'est joué à Nice.", "It was a nice tournament, played in Nice."),
        Example("Il suit le compte @marseille.", "He follows the account @marseille."),
        Example("iPhone : Apple baisse ses prix.", "iPhone: Apple cuts its prices."),
        Example("Le café est bon au Brésil.", "The coffee is good in Brazil."),
    ),
)
