"""His or her for what belongs to a thing, its for what belongs to a person, his for hers.

Why it matters
--------------
« Son », « sa » and « ses » agree with what is possessed and say nothing of who possesses it; "his", "her" and "its" say
it. A machine has to guess, and "France withdraws his forces" or "the minister and his husband" is what it guesses.

What it does not see
--------------------
« Leur » and "their"; "your" for « votre »; a possessor that is not named within four sentences, or where a person and a
thing are about equally likely; ships and countries called "her".

When to ignore it
-----------------
Where English personifies on purpose, and where the person is known to be of another gender than the French shows.

Source
------
MQM, accuracy/mistranslation. The possessor is found after Lappin & Leass 1994 (An Algorithm for Pronominal Anaphora
Resolution); how machines fail at this: Stanovsky, Smith & Zettlemoyer 2019 (Evaluating Gender Bias in Machine
Translation).
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages import gender, pronouns
from tqcheck.languages.coreference import Reader, Referent
from tqcheck.languages.mentions import Kind, Mention
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

THING, PERSON = 0.93, 0.03
"""Probabilities of a thing from which on "his" and "her", and below which "its", are wrong."""
CONFIDENCE_THING, CONFIDENCE_PERSON, CONFIDENCE_GENDER = 0.8, 0.75, 0.9


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Every his, her and its of a bitext whose French counterpart belongs to something else."""
    reader = Reader(bitext)
    for pair in bitext.pairs:
        possessives = [token for token in pair.target.tokens if pronouns.is_possessive(token)]
        if possessives:
            yield from _in_pair(detector, reader, pair, possessives)


def _in_pair(detector: Detector, reader: Reader, pair: Pair, possessives: list[Token]) -> Iterator[Finding]:
    found: set[int] = set()
    for english, french in pronouns.possessives(pair):
        referent = reader.read(pair, french)
        finding = _wrong_kind(detector, reader, pair, english, french, referent)
        if finding is not None:
            found.add(english.index)
            yield finding
    clash = gender.clash(reader, pair)
    if clash is None:
        return
    behind = dict(pronouns.possessives(pair))
    who = "a woman" if clash.gender == "Fem" else "a man"
    right = "her" if clash.gender == "Fem" else "his"
    shown = ", ".join(f"« {token.text.lstrip('-')} »" for token in dict.fromkeys(clash.evidence[:3]))
    for token in clash.wrong:
        if token in possessives and token.index not in found:
            source = behind.get(token)
            yield detector.finding(
                pair,
                message=f'The French speaks of {who} here ({shown}): English says "{right}", not "{token.text.lower()}".',
                confidence=CONFIDENCE_GENDER,
                source=(source or clash.evidence[0]).span,
                target=token.span,
                suggestion=_like(token.text, right),
            )


def _wrong_kind(
    detector: Detector, reader: Reader, pair: Pair, english: Token, french: Token, referent: Referent
) -> Finding | None:
    neuter = pronouns.english_gender(english) == "Neut"
    text = reader.bitext.source.text
    if not neuter and referent.thing >= THING:
        owner = _owner(referent, (Kind.THING, Kind.GROUP))
        if owner is None or (english.text.lower() == "her" and owner.kind is Kind.GROUP and owner.token.entity == "LOC"):
            return None
        what = "no person" if owner.kind is Kind.GROUP else "a thing"
        right, confidence = "its", CONFIDENCE_THING
    elif neuter and referent.thing <= PERSON:
        owner = _owner(referent, (Kind.PERSON,))
        if owner is None or owner.gender is None or owner.any_sex:
            return None
        what = "a person"
        right, confidence = "her" if owner.gender == "Fem" else "his", CONFIDENCE_PERSON
    else:
        return None
    noun = pair.source.head(french)
    return detector.finding(
        pair,
        message=f"« {french.text} {noun.text if noun is not None else '…'} » is that of « {owner.span.of(text)} », {what}: "
        f'English says "{right}", not "{english.text.lower()}".',
        confidence=confidence,
        source=french.span,
        target=english.span,
        suggestion=_like(english.text, right),
        evidence=(f"A thing with probability {referent.thing:.2f}.",),
    )


def _owner(referent: Referent, kinds: tuple[Kind, ...]) -> Mention | None:
    """The likeliest candidate, if it is of one of these kinds and likelier than not."""
    named = [c for c in referent.candidates if c.mention is not None and c.mention.kind in kinds]
    if not named or referent.candidates[0].mention is None or referent.candidates[0].mention.kind not in kinds:
        return None
    return named[0].mention


def _like(word: str, other: str) -> str:
    """``other`` with a capital where ``word`` has one."""
    return other.capitalize() if word[:1].isupper() else other


DETECTOR = Detector(
    rule="possessive-antecedent",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("La France a retiré ses forces du nord du Mali.", "France has withdrawn ⟦his⟧ forces from the north of Mali."),
        Example("L'entreprise a publié ses résultats.", "The company has published ⟦her⟧ results."),
        Example("Le roi a reçu son frère.", "The king received ⟦its⟧ brother."),
        Example("Elle a quitté son poste en 2019.", "She left ⟦his⟧ post in 2019."),
        Example("Il a retrouvé son équipe à Lyon.", "He joined his team in Lyon."),
        Example("La ministre défend sa réforme.", "The minister defends her reform."),
        Example("Le pays défend ses frontières.", "The country defends its borders."),
        Example("Marie a vendu sa voiture à son frère.", "Marie sold her car to her brother."),
    ),
)
