"""A person, place or organisation whose name was misspelt, changed or lost.

Why it matters
--------------
A name that is wrong by one letter ("Jean-Yves Le Drain") is an error of fact, a discourtesy, and sometimes a libel: the
wrong person is named. No spelling checker knows the right form; the French article does.

What it does not see
--------------------
Names that have a form of their own in English (« Londres » / London) and were mixed up, names in capitals throughout,
names that are common words, and names left out where English has a pronoun or a title instead, which it often prefers.

When to ignore it
-----------------
Where the French article itself misspells the name, or English has another usual spelling of it.

Source
------
MQM, accuracy/mistranslation, entity; the error kinds "ne_replaced" and "ne_removed" of DEMETR (Karpinska et al. 2022).
How common a word is in each language: the wordfreq lists (Robyn Speer, 2022).
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages import demonyms, names, setting, tables
from tqcheck.languages.frequency import zipf
from tqcheck.languages.known_names import Article, Known, articles
from tqcheck.languages.names import Name
from tqcheck.languages.spelling import fold
from tqcheck.model import Bitext, Finding, Pair, Segment, Span, Token
from tqcheck.mqm import Category, Severity

MOSTLY_FRENCH = 0.8
"""By how much a name must be commoner in French than in English (Zipf) if English has surely no other form of it."""


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Names without a counterpart, and the English names that stand in their places."""
    known_in = articles(bitext)
    words = {t.text.lower() for p in bitext.pairs for t in (*p.source.tokens, *p.target.tokens) if t.text[:1].isupper()}
    known = Known(zipf(words, "fr"), zipf(words, "en"))
    for pair in bitext.pairs:
        if pair.source.text.strip() and pair.target.text.strip():
            yield from _in_pair(detector, bitext, pair, known_in[pair.document], known)
            yield from _of_another_people(detector, bitext, pair)


def _in_pair(detector: Detector, bitext: Bitext, pair: Pair, article: Article, known: Known) -> Iterator[Finding]:
    near = _around(bitext, pair)
    left = [
        (name, word)
        for name in names.names(pair.source, article.common)
        for word in name.words
        if not names.stands_in_english(word, [pair], known.is_same)
    ]
    if not left:
        return
    others = [token for token in pair.target.tokens if _is_unknown_name(token, near, known)]
    taken: set[int] = set()
    for name, word in left:
        free = [t for t in others if t.index not in taken]
        slip = _slip(word, name, pair, article, known, free)
        if slip is not None:
            taken |= {word.index, slip[0].index}
            yield _misspelt(detector, pair, word, *slip)
        elif (other := _other_part(word, name, pair, free) or _other_place(word, pair, known, free)) is not None:
            taken |= {word.index, other.index}
            yield _different(detector, pair, word.span, (other,), 0.85)
    if not taken:
        yield from _changed(detector, pair, near, [n for n, _ in left], others, known)


def _around(bitext: Bitext, pair: Pair) -> list[Pair]:
    """A pair with the one before and the one behind it in its article."""
    return [q for q in bitext.pairs[max(0, pair.index - 1) : pair.index + 2] if q.document == pair.document]


def _of_another_people(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """« espagnol » as "Portuguese"."""
    found = demonyms.mistaken(pair, _around(bitext, pair))
    if found is not None:
        french, english = found
        yield detector.finding(
            pair,
            message=f'« {french.text} » is "{demonyms.rendering(french)}", not "{english.text}".',
            confidence=0.9,
            source=french.span,
            target=english.span,
            suggestion=demonyms.rendering(french),
        )


def _is_unknown_name(token: Token, near: list[Pair], known: Known) -> bool:
    """Whether a capitalised English word has no counterpart in the French."""
    text = token.text
    if len(text) < 3 or not text[0].isupper() or text.isupper() or not text.isalpha():
        return False
    return not names.stands_in_french(token, near, known.is_same)


def _slip(
    word: Token, name: Name, pair: Pair, article: Article, known: Known, others: list[Token]
) -> tuple[Token, float, str] | None:
    """The English word that is the name misspelt, the confidence in that, and the evidence."""
    for other in others:
        if not names.is_near(word.text, other.text) or other.entity == "NORP":
            continue
        if article.english[fold(word.text)] and not article.french[fold(other.text)]:
            return other, 0.95, f'The name stands rightly elsewhere as "{word.text}".'
        beside = _beside(word, other, name, pair)
        if beside is not None:
            return other, 0.9, f'It stands behind "{beside.text}" in both texts.'
        if known.in_english(word.text) >= known.in_english(other.text) + 1.0:
            return other, 0.8, f'"{word.text}" is a known name in English, "{other.text}" is not.'
        if not known.in_english(other.text) and other.pos == "PROPN":
            return other, 0.75, f'"{other.text}" is in no list of English words.'
    return None


def _other_part(word: Token, name: Name, pair: Pair, others: list[Token]) -> Token | None:
    """The other surname behind the same given name, or the other given name before the same surname."""
    for other in others:
        if names.sound_alike(word.text, other.text):
            continue
        if _beside(word, other, name, pair) is not None and other.pos == "PROPN":
            return other
        after, there = pair.source.token(word.index + 1), pair.target.token(other.index + 1)
        if after is None or there is None or after not in name.words or fold(after.text) != fold(there.text):
            continue
        if tables.given_name_gender(word.text) and tables.given_name_gender(other.text):
            return other
    return None


def _other_place(word: Token, pair: Pair, known: Known, others: list[Token]) -> Token | None:
    """The English word that is linked to a French name and is as French a name: "Montauban" for « Montluçon »."""
    for other in others:
        french = all(known.surplus(token.text) >= MOSTLY_FRENCH for token in (word, other))
        if (
            french
            and other.pos == "PROPN"
            and word in pair.behind(other)
            and not names.is_related(word.text, other.text)
        ):
            return None if names.exonyms(word.text) or "-" in word.text else other
    return None


def _beside(word: Token, other: Token, name: Name, pair: Pair) -> Token | None:
    """The part of a person's name that stands right before the word in both texts."""
    before, there = pair.source.token(word.index - 1), pair.target.token(other.index - 1)
    if before is None or there is None or before not in name.tokens or names.is_title_like(before):
        return None
    if not name.person or fold(before.text) != fold(there.text):
        return None
    return there if tables.given_name_gender(before.text) or fold(before.text) in ("le", "la") else None


def _changed(
    detector: Detector, pair: Pair, near: list[Pair], left: list[Name], others: list[Token], known: Known
) -> Iterator[Finding]:
    """The one name of the pair that is missing altogether, where one name that the French lacks stands instead."""
    missing = list(dict.fromkeys(n for n in left if all(_is_missing(word, n, pair, near, known) for word in n.words)))
    strange = [t for t in others if t.pos == "PROPN" and t.entity != "NORP" and not names.has_source(t, pair)]
    strange = [t for t in strange if known.surplus(t.text) > -1.6]
    runs = list(setting.runs(pair.target, frozenset(t.index for t in strange)))
    if len(missing) != 1 or len(runs) > 1:
        return
    name = missing[0]
    if not runs:
        if name.person and len(name.words) > 1 and not strange:
            yield _lost(detector, pair, name)
    elif not any(names.is_related(word.text, token.text) for word in name.words for token in runs[0]):
        yield _different(detector, pair, name.span, runs[0], 0.75)


def _is_missing(word: Token, name: Name, pair: Pair, near: list[Pair], known: Known) -> bool:
    """Whether the English should have the word as it is, and neither it nor a translation of it is there."""
    kept = name.person or (known.surplus(word.text) <= 0.8 and "-" not in word.text) or names.exonyms(word.text)
    return bool(kept) and not names.stands_in_english(word, near, known.is_same) and not names.is_rendered(word, pair)


def _text(segment: Segment, span: Span) -> str:
    return segment.text[span.start - segment.span.start : span.end - segment.span.start]


def _different(detector: Detector, pair: Pair, source: Span, run: tuple[Token, ...], confidence: float) -> Finding:
    french = _text(pair.source, source)
    english = names.exonyms(french)
    target = Span(run[0].span.start, run[-1].span.end)
    return detector.finding(
        pair,
        message=f'The French names « {french} », the English "{_text(pair.target, target)}".',
        confidence=confidence,
        source=source,
        target=target,
        suggestion=english[0] if english else french,
    )


def _lost(detector: Detector, pair: Pair, name: Name) -> Finding:
    return detector.finding(
        pair,
        message=f"The name « {_text(pair.source, name.span)} » is missing in the English.",
        confidence=0.7,
        severity=Severity.MINOR,
        category=Category.OMISSION,
        source=name.span,
    )


def _misspelt(detector: Detector, pair: Pair, word: Token, other: Token, confidence: float, evidence: str) -> Finding:
    return detector.finding(
        pair,
        message=f'"{other.text}" is a misspelling of the name « {word.text} ».',
        confidence=confidence,
        source=word.span,
        target=other.span,
        suggestion=word.text,
        evidence=(evidence,),
    )


DETECTOR = Detector(
    rule="name-mismatch",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("Le procureur Bruno ⟦Delattre⟧ enquête.", "Prosecutor Bruno ⟦Delarte⟧ is investigating."),
        Example("Selon Lucie ⟦Barthès⟧, rien ne presse.", "According to Lucie ⟦Barthels⟧, there is no hurry."),
        Example(
            "L'usine de Verdonnay ferme.\nLe maire de ⟦Verdonnay⟧ proteste.",
            "The plant in Verdonnay is closing.\nThe mayor of ⟦Verdannay⟧ is protesting.",
        ),
        Example("Le juge a entendu Claire ⟦Fontanel⟧ mardi.", "The judge heard Claire ⟦Bertrand⟧ on Tuesday."),
        Example("Il a été nommé ambassadeur à ⟦Oslo⟧.", "He has been appointed ambassador to ⟦Helsinki⟧."),
        Example("Le train dessert Limoges et ⟦Montluçon⟧.", "The train serves Limoges and ⟦Montauban⟧."),
        Example("Un chalutier ⟦espagnol⟧ les a repêchés.", "A ⟦Portuguese⟧ trawler picked them up."),
        Example("Un chalutier espagnol les a repêchés.", "A trawler from Spain picked them up."),
        Example("Le chanteur ⟦Marco Bellini⟧ a annulé sa tournée.", "The singer has cancelled his tour."),
        Example("Les négociations reprennent à Bruxelles.", "Negotiations resume in Brussels."),
        Example("L'Élysée n'a pas réagi.", "The Elysee did not react."),
        Example("Vladimir Poutine a reçu Volodymyr Zelensky.", "Vladimir Putin hosted Volodymyr Zelenskyy."),
        Example("M. Abou Daoud vit à Tombouctou.", "Mr Abu Dawud lives in Timbuktu."),
        Example("Emmanuel Macron s'est exprimé.", "The president spoke."),
        Example("L'Assemblée nationale a voté.", "The National Assembly voted."),
        Example("La Cour des comptes alerte.", "The Court of Auditors sounds the alarm."),
        Example("Le pape François est arrivé au Mali.", "Pope Francis has arrived in Mali."),
        Example("Hélène Morin a gagné.", "Morin won."),
    ),
)
