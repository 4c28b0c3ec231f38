"""An English word that looks like the French one and means something else: "actually" for « actuellement ».

Why it matters
--------------
« actuellement » is at present, "actually" is in fact; « éventuellement » is possibly, "eventually" is in the end. The
sentence stays correct English and says something else, so that only a reader of both languages sees it. Machines fall
into these traps less often than people, except for the rarer senses and where a third language stood in between.

What it does not see
--------------------
False friends that are not in the table; those whose French word is linked to another English word; both words in one
sentence where the word links cannot tell which renders which; rows that the measurements found unreliable.

When to ignore it
-----------------
Where the context shows the sense in which the two words do agree: an « agenda caché » is a hidden agenda. Each row of
the table names that sense where there is one.

Source
------
Koessler and Derocquigny, Les faux amis (1928), for the term and the kind; the table and its notes are our own, checked
against parallel text.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.inflection import like
from tqcheck.languages.tables import FalseFriend, Precision
from tqcheck.languages.traps import ALIKE, Sentence, is_meant, occurrences, read, traps
from tqcheck.model import Bitext, Finding, Pair, Span, Token
from tqcheck.mqm import Category, Severity

CONFIDENCE = {Precision.HIGH: 0.9, Precision.MEDIUM: 0.75}

LEAST_LINK = 0.4
"""Probability of a word link below which it does not show which French word stands behind the English one."""

LEAST_ALIKE = 0.7
"""Share of letters in common from which on an unlinked pair of words counts as look-alikes."""

LEAST_LIKENESS = 0.5
"""The same from which on the two are called false friends; others are wrong senses: "brain" for « cerveau »."""

UNFIT = frozenset("as at be being by call from in living not off on out put running striking under".split())
"""First words of renderings that do not stand in the place of one word."""

_MARKS = frozenset("\"'‘’“”«»")

FARTHEST = 0.2
"""How far apart, as a share of the sentence, two unlinked look-alikes may stand."""


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """Traps of the table that render the French words which they look like."""
    sentence: Sentence | None = None
    for trap in pair.target.tokens:
        rows = traps().get(trap.lemma.lower() if _is_form(trap) else "") or traps().get(trap.text.lower())
        if not rows or _is_name(pair, trap) or _is_cited(pair, trap):
            continue
        sentence = read(pair.source) if sentence is None else sentence
        candidates = [
            (row, french)
            for row in rows
            if (french := _behind(pair, row, trap, sentence)) is not None
            and is_meant(row, french, sentence)
            and not _is_excused(pair, row)
            and not _is_left(pair, french, trap)
        ]
        if candidates:
            row, french = max(candidates, key=lambda found: (len(found[1]), found[0].precision is Precision.HIGH))
            yield _finding(detector, pair, row, trap, french)


def _is_form(trap: Token) -> bool:
    """Whether the lemma is believed: "motives" is no form of "motif"."""
    return trap.pos != "NOUN" or trap.text.lower().startswith(trap.lemma.lower().rstrip("ye"))


def _is_name(pair: Pair, trap: Token) -> bool:
    """Whether the trap stands with its capital in the French as well: "Parole", "Confidence in Chemicals"."""
    return trap.text[:1].isupper() and any(token.text == trap.text for token in pair.source.tokens[1:])


def _is_cited(pair: Pair, trap: Token) -> bool:
    """Whether the word alone stands between quotation marks."""
    beside = (pair.target.token(trap.index - 1), pair.target.token(trap.index + 1))
    return all(token is not None and token.text in _MARKS for token in beside)


def _behind(pair: Pair, row: FalseFriend, trap: Token, sentence: Sentence) -> tuple[Token, ...] | None:
    """The French words of the row that ``trap`` stands for, or None."""
    linked = {link.source for link in pair.links if link.target == trap.index and link.probability >= LEAST_LINK}
    for tokens in occurrences(row, sentence):
        if any(token.index in linked for token in tokens):
            return tokens
        if not linked and len(tokens) == 1 and _faces(pair, row, tokens[0], trap):
            return tokens
    return None


def _faces(pair: Pair, row: FalseFriend, french: Token, trap: Token) -> bool:
    """Whether an unlinked trap looks like the French word, stands where it does, and nothing right renders that."""
    if pair.rendered(french):
        return False
    first, second = pair.source.tokens[0].index, pair.target.tokens[0].index
    source = (french.index - first) / len(pair.source.tokens)
    target = (trap.index - second) / len(pair.target.tokens)
    alike = SequenceMatcher(None, french.text.lower(), trap.text.lower(), autojunk=False).ratio()
    text = pair.target.text.lower()
    return (
        abs(source - target) <= FARTHEST
        and alike >= LEAST_ALIKE
        and not any(right.lower() in text for right in row.right)
    )


def _is_excused(pair: Pair, row: FalseFriend) -> bool:
    """Whether the trap stands in one of the right renderings ("cargo ship")."""
    text = pair.target.text.lower()
    return any(excuse in text for excuse in row.excuses)


def _is_left(pair: Pair, french: tuple[Token, ...], trap: Token) -> bool:
    """Whether the trap stands in words that were left in French, which is another rule's matter: "Le coin web"."""
    return any(
        token.text == trap.text
        and any(
            (one := pair.source.token(token.index + step)) is not None
            and (other := pair.target.token(trap.index + step)) is not None
            and one.is_word
            and one.text == other.text
            for step in (-1, 1)
        )
        for token in french
    )


def _finding(detector: Detector, pair: Pair, row: FalseFriend, trap: Token, phrase: tuple[Token, ...]) -> Finding:
    french = _core(pair, row, trap, phrase)
    place = Span(french[0].span.start, french[-1].span.end)
    said = pair.source.text[place.start - pair.source.span.start : place.end - pair.source.span.start]
    return detector.finding(
        pair,
        message=f'"{trap.text}" is {_fault(trap, french)} « {said} ». {row.note}',
        confidence=CONFIDENCE[row.precision],
        source=place,
        target=trap.span,
        severity=row.severity if row.precision is Precision.HIGH else Severity.MINOR,
        suggestion=_suggestion(pair, row, trap, french),
        evidence=() if row.sense_ok is None else (f'"{trap.text}" would be right in this sense: {row.sense_ok}.',),
    )


def _fault(trap: Token, french: tuple[Token, ...]) -> str:
    """Whether the trap looks like a French word, or is merely another sense or thing."""
    alike = (SequenceMatcher(None, word.text.lower(), trap.text.lower(), autojunk=False).ratio() for word in french)
    return "a false friend of" if max(alike) >= LEAST_LIKENESS else "the wrong word for"


def _core(pair: Pair, row: FalseFriend, trap: Token, phrase: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words that the trap stands for: of « ancien champion » the adjective, of « un sinistre » the noun."""
    if row.pos in ("ADJ", "ADV", "VERB"):
        own = tuple(token for token in pair.behind(trap) if token in phrase and token.pos in ALIKE[row.pos])
        return own or phrase
    return tuple(token for token in phrase if token.pos != "DET") or phrase


def _suggestion(pair: Pair, row: FalseFriend, trap: Token, french: tuple[Token, ...]) -> str | None:
    """The first right rendering in the form of the trap; None where it would not fit in its place."""
    rendered = {token.index for word in french for token in pair.rendered(word)} | {trap.index}
    right, _, _ = row.right[0].partition(" (")
    first = right.split()[0]
    if (len(french) > 1 and len(rendered) > 1) or first in UNFIT or (row.pos == "VERB" and first.endswith("ly")):
        return None
    return like(right, trap) if row.pos is None or trap.pos in ALIKE.get(row.pos, (row.pos,)) else None


DETECTOR = Detector(
    rule="false-friend",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("La route est ⟦actuellement⟧ fermée.", "The road is ⟦actually⟧ closed."),
        Example(
            "Il faudra éventuellement reporter le vote.", "It will ⟦eventually⟧ be necessary to postpone the vote."
        ),
        Example("Une bombe a détruit l'engin blindé.", "A bomb destroyed the armoured ⟦engine⟧."),
        Example("La librairie du quartier vend des romans.", "The local ⟦library⟧ sells novels."),
        Example("Le vote a été une immense déception.", "The vote was an immense ⟦deception⟧."),
        Example("La police a dispersé la manifestation.", "Police broke up the ⟦manifestation⟧."),
        Example("L'ancien ministre a démissionné lundi.", "The ⟦ancient⟧ minister resigned on Monday."),
        Example("Le groupe a revendiqué l'attaque.", "The group ⟦vindicated⟧ the attack."),
        Example("La route est actuellement fermée.", "The road is currently closed."),
        Example("Il a en fait refusé de signer.", "He actually refused to sign."),
        Example("Le moteur de la voiture a pris feu.", "The engine of the car caught fire."),
        Example("La bibliothèque du quartier a rouvert.", "The local library has reopened."),
        Example("Ils ont visité les temples de la Grèce ancienne.", "They visited the temples of ancient Greece."),
        Example("Après un long débat, ils ont fini par signer.", "After a long debate, they eventually signed."),
        Example("Le juge a ordonné une enquête sensible.", "The judge ordered a sensitive inquiry."),
        Example("Le parti conservateur a perdu les élections.", "The Conservative Party lost the election."),
    ),
)
