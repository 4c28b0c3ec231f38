"""An acronym that is the French one, does not fit its words, or changes in the course of the text.

Why it matters
--------------
"Value-added tax (TVA)" does not add up for an English reader, and "the ONU" is a body that nobody knows. Where the same
group is GSIM in one paragraph and JNIM in the next, readers take it for two.

What it does not see
--------------------
Acronyms that are the same in both languages (FIFA, UEFA), and French bodies that English texts call by their French
acronym (CGT, SNCF): a table of some hundred bodies and terms says which ones have an English one. An acronym that the
text explains by words that fit it, or calls French or Arabic, is left alone.

When to ignore it
-----------------
Where the desk's style keeps the French acronym of a French institution.

Source
------
MQM, terminology/wrong-term and terminology/inconsistent-use. The acronyms are those that the bodies themselves use in
their English texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tqcheck.detector import Detector, Example
from tqcheck.languages import acronyms
from tqcheck.languages.acronyms import letters
from tqcheck.languages.frequency import zipf
from tqcheck.languages.spelling import fold
from tqcheck.languages.tables import Organisation
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

CLEARLY_FRENCH = 1.0
"""How much commoner (base-10 logarithm) an acronym must be in French, unless its words stand in the article: "PC" may
be a command post or a computer."""


@dataclass(frozen=True)
class _Article:
    """The acronyms of an article, by their letters, those that the English explains, and its French without accents."""

    french: Counter[str]
    english: Counter[str]
    explained: frozenset[str]
    text: str


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """French acronyms that English has its own for, changed letters, and acronyms that change on the way."""
    articles = _articles(bitext)
    words = {form.lower() for article in articles.values() for form in (*article.french, *article.english)}
    french, english = zipf(words, "fr"), zipf(words, "en")
    for pair in bitext.pairs:
        if not pair.source.text.strip() or not pair.target.text.strip():
            continue
        article = articles[pair.document]
        own = list(acronyms.acronyms(pair.source))
        theirs = list(acronyms.acronyms(pair.target))
        for token in theirs:
            same = next((other for other in own if letters(other.text) == letters(token.text)), None)
            body = acronyms.by_french().get(letters(token.text))
            if same is None or body is None or _is_accepted(token, pair, article, body, theirs):
                continue
            surplus = french.get(token.text.lower(), 0.0) - english.get(token.text.lower(), 0.0)
            if surplus >= CLEARLY_FRENCH or _is_meant(body, article):
                yield _left(detector, pair, same, token, body)
        yield from _altered(detector, pair, article, own, theirs, english)


def _articles(bitext: Bitext) -> dict[int, _Article]:
    found: dict[int, list[Pair]] = {}
    for pair in bitext.pairs:
        found.setdefault(pair.document, []).append(pair)
    return {
        number: _Article(
            french=Counter(letters(t.text) for p in pairs for t in acronyms.acronyms(p.source)),
            english=Counter(letters(t.text) for p in pairs for t in acronyms.acronyms(p.target)),
            explained=frozenset(
                letters(t.text) for p in pairs for t in acronyms.acronyms(p.target) if acronyms.explained(p.target, t)
            ),
            text=fold(" ".join(p.source.text for p in pairs)),
        )
        for number, pairs in found.items()
    }


def _is_meant(body: Organisation, article: _Article) -> bool:
    return body.french_expansion is not None and fold(body.french_expansion) in article.text


def _is_accepted(token: Token, pair: Pair, article: _Article, body: Organisation, theirs: list[Token]) -> bool:
    """Whether the text explains the French acronym, gives the English one beside it, or has it as part of a name."""
    before = pair.target.token(token.index - 1)
    if before is not None and before.text[0].isupper() and before.index != pair.target.tokens[0].index:
        return True
    here = {letters(other.text) for other in theirs}
    return letters(token.text) in article.explained or bool(here.intersection(map(letters, body.english_acronyms)))


def _left(detector: Detector, pair: Pair, source: Token, target: Token, body: Organisation) -> Finding:
    english = body.english_acronyms[0]
    words = acronyms.expansion(pair.target, target)
    name = f" ({body.english_expansion})" if body.english_expansion and not words else ""
    fit = f' does not fit "{words}"; it' if words else ""
    return detector.finding(
        pair,
        message=f'"{target.text}"{fit} is the French acronym: English says "{english}"{name}.',
        confidence=0.9,
        source=source.span,
        target=target.span,
        suggestion=english,
    )


def _altered(
    detector: Detector,
    pair: Pair,
    article: _Article,
    own: list[Token],
    theirs: list[Token],
    english: Mapping[str, float],
) -> Iterator[Finding]:
    """The one acronym that the French lacks, where the one that the English lacks has nearly the same letters."""
    kept = {letters(t.text) for t in own} & {letters(t.text) for t in theirs}
    missing = [t for t in own if letters(t.text) not in kept]
    strange = [t for t in theirs if letters(t.text) not in kept]
    if len(missing) != 1 or len(strange) != 1 or letters(missing[0].text) in acronyms.by_french():
        return
    source, target = missing[0], strange[0]
    right, wrong = letters(source.text), letters(target.text)
    if article.french[wrong] or {right, wrong} & article.explained:
        return
    if wrong in acronyms.english_ones() and not acronyms.are_one(right, wrong):
        return
    if article.english[right]:
        if acronyms.is_slip(right, wrong):
            message = f'"{target.text}" stands for « {source.text} », which the English has as "{right}" elsewhere.'
            yield _wrong(detector, pair, source, target, message, 0.9, Category.TERMINOLOGY, right)
        elif acronyms.are_one(right, wrong) or acronyms.overlap(right, wrong):
            message = f'« {source.text} » is "{target.text}" here and "{right}" elsewhere, without an explanation.'
            yield _wrong(detector, pair, source, target, message, 0.75, Category.INCONSISTENT_TERM, None)
    elif acronyms.is_slip(right, wrong) and english.get(right.lower(), 0.0) >= english.get(wrong.lower(), 0.0) + 1.0:
        message = f'The French has « {source.text} », a known acronym in English, too; "{target.text}" is not.'
        yield _wrong(detector, pair, source, target, message, 0.8, Category.TERMINOLOGY, right)


def _wrong(
    detector: Detector,
    pair: Pair,
    source: Token,
    target: Token,
    message: str,
    confidence: float,
    category: Category,
    suggestion: str | None,
) -> Finding:
    return detector.finding(
        pair,
        message=message,
        confidence=confidence,
        category=category,
        source=source.span,
        target=target.span,
        suggestion=suggestion,
    )


DETECTOR = Detector(
    rule="acronym",
    doc=__doc__,
    category=Category.TERMINOLOGY,
    severity=Severity.MINOR,
    find=find,
    examples=(
        Example(
            "L'Organisation mondiale du commerce (⟦OMC⟧) a tranché.",
            "The World Trade Organization (⟦OMC⟧) has ruled.",
        ),
        Example("L'⟦ONU⟧ réclame une enquête.", "The ⟦ONU⟧ is calling for an inquiry."),
        Example("Le ⟦PIB⟧ a reculé de 0,2 %.", "⟦PIB⟧ fell by 0.2%."),
        Example(
            "La Ligue des droits de l'homme (LDH) proteste.\nLa LDH a porté plainte.",
            "The Human Rights League (LDH) is protesting.\nThe ⟦LHD⟧ has filed a complaint.",
        ),
        Example(
            "Le GSIM a frappé au nord.\nLe GSIM a revendiqué l'attentat.",
            "GSIM struck in the north.\n⟦JNIM⟧ claimed responsibility for the attack.",
        ),
        Example("L'ONU réclame une enquête.", "The UN is calling for an inquiry."),
        Example("La CGT appelle à la grève.", "The CGT union is calling a strike."),
        Example("Il a branché son PC.", "He plugged in his PC."),
        Example(
            "Le Groupe de soutien à l'islam et aux musulmans (GSIM) a frappé.",
            "The Group to Support Islam and Muslims (GSIM) struck.",
        ),
        Example("La Cédéao (CEDEAO) s'est réunie.", "The bloc, known by its French acronym CEDEAO, has met."),
        Example("L'UEFA a sanctionné le club.", "UEFA has punished the club."),
        Example("La TVA passe à 10 %.", "Value-added tax is rising to 10%."),
    ),
)
