"""A woman made a man, or a man a woman, by a noun or a title: "Mr Duval" for « Mme Duval », "son" for « fille ».

Why it matters
--------------
It is an error of fact about a person whom readers know, and it is taken for disrespect. Titles and words of kinship are
short and frequent, and a text that went through a language with other genders brings them out wrong.

What it does not see
--------------------
Pronouns, which `pronoun-antecedent` and `possessive-antecedent` look at; nouns that English uses for both ("actor",
"hero", "minister"); words that the word links do not show behind the English one.

When to ignore it
-----------------
Where the sentence was built another way: « sa femme » as "her husband's wife".

Source
------
MQM, accuracy/mistranslation; the error kind "gender" of DEMETR (Karpinska et al. 2022). The table is our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.inflection import like
from tqcheck.languages.opposites import opposites, swapped
from tqcheck.languages.sides import covered
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

LEAST_COVERED = 0.4
"""Share of words that must be linked in a translation that is close enough to be judged."""

_FEMININE = ("la", "une", "cette", "sa", "ma")
_MASCULINE = ("le", "un", "ce", "du", "au", "son", "cet")
_SPOKEN_FOR = {"spokesman": (_FEMININE, "spokeswoman"), "spokeswoman": (("le", "un", "ce", "du", "au"), "spokesman")}


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Nouns and titles of one sex that render those of the other."""
    found = [
        (french, english, None) for french, english in swapped(pair, opposites("sexes")) if _is_sure(french, english)
    ]
    for french, english, right in (*found, *_spokespeople(pair)):
        if covered(pair, 0.5) >= LEAST_COVERED:
            yield detector.finding(
                pair,
                message=f'« {_with_article(pair, french)} » is a {_sex(english, "woman", "man")}, "{english.text}" a '
                f"{_sex(english, 'man', 'woman')}.",
                confidence=0.9,
                source=french.span,
                target=english.span,
                suggestion=None if right is None else like(right, english),
            )


def _is_sure(french: Token, english: Token) -> bool:
    """Whether the French word is in the table as it stands, or is no feminine of one that is; and no acronym ("MS")."""
    listed = french.text.lower() in opposites("sexes").french
    return french.text.lower() != english.text.lower() and (listed or french.feature("Gender") != "Fem")


def _sex(english: Token, man: str, woman: str) -> str:
    """``man`` where the English word is said of men, else ``woman``."""
    words = opposites("sexes").english
    ends = words.get(english.text.lower()) or words.get(english.lemma.lower(), frozenset())
    male = english.lemma.lower() == "spokesman" or any(end == 0 for _, end in ends)
    return man if male else woman


def _spokespeople(pair: Pair) -> Iterator[tuple[Token, Token, str | None]]:
    """« la porte-parole » as "spokesman", « le porte-parole » as "spokeswoman": the article alone shows the sex."""
    for english in pair.target.tokens:
        wrong, right = _SPOKEN_FOR.get(english.lemma.lower(), ((), None))
        for french in pair.behind(english) if right else ():
            article = pair.source.token(french.index - 1)
            if french.text.lower() == "porte-parole" and article is not None and article.text.lower() in wrong:
                yield french, english, right


def _with_article(pair: Pair, french: Token) -> str:
    article = pair.source.token(french.index - 1)
    return f"{article.text} {french.text}" if article is not None and article.pos == "DET" else french.text


DETECTOR = Detector(
    rule="gender-of-person",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("⟦Mme⟧ Duval a démissionné lundi.", "⟦Mr⟧ Duval resigned on Monday."),
        Example("Il est venu avec sa ⟦fille⟧.", "He came with his ⟦son⟧."),
        Example("La ⟦porte-parole⟧ du gouvernement a démenti.", "The government ⟦spokesman⟧ denied it."),
        Example("L'⟦acteur⟧ a reçu un prix.", "The ⟦actress⟧ received an award."),
        Example("Son ⟦épouse⟧ dirige la société.", "His ⟦husband⟧ runs the company."),
        Example("Mme Duval a démissionné lundi.", "Ms Duval resigned on Monday."),
        Example("L'actrice a reçu un prix.", "The actor received an award."),
        Example("Le porte-parole du gouvernement a démenti.", "The government spokesman denied it."),
        Example("Il est venu avec sa fille et son fils.", "He came with his son and daughter."),
        Example("Les droits de l'homme sont violés.", "Human rights are being violated."),
        Example("Sa femme dirige la société.", "His wife runs the company."),
    ),
)
