"""A word of neither language, such as a German one left from a translation by way of German.

Why it matters
--------------
An article that was translated by way of a third language brings words of it along: "three soldiers of the 1st
Jägerregiment" for « trois soldats du 1er régiment de chasseurs ». Readers stumble over the word, and it shows them how
the text was made. Spelling checkers take a capitalised German noun for a name.

What it does not see
--------------------
Words that English has too ("chef", "regiment"), words of languages other than German, Spanish, Italian, Dutch and
Portuguese, and words that stand in the French text as well. Names, words in quotation marks or italics, in brackets or
with an explanation are left alone, and so is a capitalised word beside another one, which may be a name. Where five
passages of an article or more are in one such language, that is said once, and its words elsewhere are not listed.

When to ignore it
-----------------
Where the foreign word is meant: an institution that is known by its own name, a dish, a title.

Source
------
MQM, accuracy/mistranslation and accuracy/untranslated. How common a word is in each language: the wordfreq lists
(Robyn Speer, 2022).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from tqcheck.detector import Detector, Example
from tqcheck.languages import foreign, loan_words, setting
from tqcheck.languages.foreign import Reading
from tqcheck.languages.frequency import zipf
from tqcheck.languages.function_words import NAMES
from tqcheck.languages.spelling import distance, fold, romanised
from tqcheck.model import Bitext, Finding, Pair, Span, Token
from tqcheck.mqm import Category, Severity

OFTEN = 5
"""So many passages of an article in one language are reported once, with its words elsewhere."""
CONFIDENCE = {"listed": 0.9, "compound": 0.9, "spelling": 0.75}

_BEFORE_NOUNS = ("DET", "ADJ", "NUM", "PRON", "NOUN", "ADP", "VERB", "AUX", "CCONJ")


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Whole segments, then words, that are neither English nor French."""
    candidates = _candidates(bitext)
    words = {token.text.lower() for tokens in candidates.values() for token in tokens}
    readings = foreign.readings(words, zipf(words, "en"), zipf(words, "fr"))
    whole = {pair.index: foreign.whole_segment(pair.target) for pair in bitext.pairs}
    often = _often(bitext, whole)
    for pair in bitext.pairs:
        lang, place = whole[pair.index], (pair.document, whole[pair.index] or "")
        if place in often:
            if often[place][0] == pair.index:
                yield _segment(detector, pair, NAMES[place[1]], len(often[place]))
            continue
        if lang not in (None, "fr"):
            yield _segment(detector, pair, NAMES[place[1]])
            continue
        own = [token for token in candidates.get(pair.index, ()) if _is_foreign(pair, token, readings)]
        own = [token for token in own if (pair.document, readings[token.text.lower()].lang) not in often]
        for run in setting.runs(pair.target, frozenset(token.index for token in own)):
            if not setting.is_set_off(pair.target, run[0], run[-1]):
                yield _words(detector, pair, run, readings)


def _often(bitext: Bitext, whole: Mapping[int, str | None]) -> dict[tuple[int, str], list[int]]:
    """The articles and languages of which many passages are in that language, with the numbers of those pairs.

    A page of which a column was never translated: one thing to say, and not one for each sentence and word.
    """
    found: dict[tuple[int, str], list[int]] = {}
    for pair in bitext.pairs:
        lang = whole[pair.index]
        if lang not in (None, "fr"):
            found.setdefault((pair.document, str(lang)), []).append(pair.index)
    return {place: numbers for place, numbers in found.items() if len(numbers) >= OFTEN}


def _candidates(bitext: Bitext) -> dict[int, list[Token]]:
    """The words of each pair's English side that English hardly knows and that no name or loan word explains.

    It pays to be choosy here: to know more of a word takes the lists of five languages.
    """
    french = _french_words(bitext)
    found = {p.index: [t for t in p.target.tokens if _may_be_foreign(t, french[p.document])] for p in bitext.pairs}
    known = zipf({token.text.lower() for tokens in found.values() for token in tokens}, "en")
    for pair in bitext.pairs:
        rare = [t for t in found[pair.index] if known.get(t.text.lower(), 0.0) <= foreign.CITED]
        accepted = loan_words.accepted(pair.target.tokens) if rare and pair.source.text.strip() else frozenset()
        found[pair.index] = [t for t in rare if t.index not in accepted and not _is_explained(pair, t)]
    return found


def _is_explained(pair: Pair, token: Token) -> bool:
    """Whether a word is part of a compound, of a name, or another spelling of a French name."""
    if not pair.source.text.strip() or len(setting.compound(pair.target, token)) > 1:
        return True
    return _spells_a_french_name(pair, token) or (token.text[0].isupper() and _is_in_name(pair, token))


def _french_words(bitext: Bitext) -> dict[int, Set[str]]:
    """The words of each French article and their parts, without accents."""
    words: dict[int, set[str]] = {}
    for pair in bitext.pairs:
        own = words.setdefault(pair.document, set())
        for token in pair.source.tokens:
            own.update((fold(token.text), *fold(token.text).replace("'", "-").split("-")))
    return dict(words)


def _may_be_foreign(token: Token, french: Set[str]) -> bool:
    text = token.text
    return len(text) >= 4 and text.isalpha() and (text.islower() or text.istitle()) and fold(text) not in french


def _is_foreign(pair: Pair, token: Token, readings: dict[str, Reading]) -> bool:
    reading = readings.get(token.text.lower())
    if reading is None:
        return False
    return token.text.islower() or reading.lang == "de" or token.index == pair.target.tokens[0].index


def _is_in_name(pair: Pair, token: Token) -> bool:
    """Whether a capitalised word is a name, and no common noun with the capital of German or of the sentence."""
    segment = pair.target
    before = segment.token(token.index - 1)
    if before is None:
        return setting.is_in_name(segment, token, token)
    return before.pos not in _BEFORE_NOUNS or setting.is_in_name(segment, token, token)


def _spells_a_french_name(pair: Pair, token: Token) -> bool:
    """Whether the French has nearly the same word: another spelling of a name, which is not for this rule."""
    word = fold(token.text)
    for other in pair.source.tokens:
        if len(other.text) < 4 or (other.text.islower() and token.text.islower()):
            continue
        near = 1 if other.text.islower() else 1 + len(word) // 6
        if distance(fold(other.text), word, near) is not None or romanised(other.text) == romanised(token.text):
            return True
    return False


def _segment(detector: Detector, pair: Pair, name: str, passages: int = 1) -> Finding:
    """The French is not at fault, and the whole of it is beside: only the English is marked."""
    message = f"This passage is in {name}, neither in French nor in English."
    if passages > 1:
        message = f"From here on {passages} passages are in {name}, neither in French nor in English."
    return detector.finding(
        pair,
        message=message,
        confidence=0.9,
        target=pair.target.span,
    )


def _words(detector: Detector, pair: Pair, run: tuple[Token, ...], readings: dict[str, Reading]) -> Finding:
    span = Span(run[0].span.start, run[-1].span.end)
    own = [readings[token.text.lower()] for token in run]
    name = own[0].name
    behind = sorted({t.index: t for token in run for t in pair.behind(token)}.values(), key=lambda t: t.index)
    place = Span(behind[0].span.start, behind[-1].span.end) if behind and _together(behind) else None
    text = span.of(pair.target.text) if pair.target.span.start == 0 else _slice(pair, span)
    french = "" if place is None else f"; the French says « {_french(pair, place)} »"
    evidence = [_reason(token.text, readings[token.text.lower()]) for token in run]
    return detector.finding(
        pair,
        message=f'"{text}" is {name}, a word of neither French nor English{french}.',
        confidence=min(CONFIDENCE[reading.how] for reading in own),
        source=place,
        target=span,
        evidence=evidence,
    )


def _together(tokens: list[Token]) -> bool:
    return tokens[-1].index - tokens[0].index <= 3


def _slice(pair: Pair, span: Span) -> str:
    return pair.target.text[span.start - pair.target.span.start : span.end - pair.target.span.start]


def _french(pair: Pair, span: Span) -> str:
    return pair.source.text[span.start - pair.source.span.start : span.end - pair.source.span.start]


def _reason(word: str, reading: Reading) -> str:
    if reading.parts is not None:
        return f'"{word}" is made of {reading.name} "{reading.parts[0]}" and "{reading.parts[1]}".'
    if reading.how == "listed":
        return f'"{word}" is a word of {reading.name} and all but unknown in English.'
    return f'"{word}" is in no list of English or French words and has a {reading.name} spelling.'


DETECTOR = Detector(
    rule="third-language",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("Il servait au 4e régiment de hussards.", "He served in the 4th ⟦Husarenregiment⟧."),
        Example("Le gouvernement prépare une loi de finances.", "The government is preparing a ⟦Haushaltsgesetz⟧."),
        Example("La grève a paralysé le port.", "The ⟦huelga⟧ brought the port to a standstill."),
        Example("L'usine a rouvert lundi.", "The ⟦fabbrica⟧ reopened on Monday."),
        Example("Le coureur a abandonné.", "The ⟦wielrenner⟧ has dropped out."),
        Example(
            "Le ministre a démissionné lundi de toutes ses fonctions.",
            "⟦Der Minister ist am Montag von allen seinen Ämtern zurückgetreten.⟧",
        ),
        Example("Le Bundestag a voté le texte.", "The Bundestag passed the bill."),
        Example("Il a étudié à Tübingen.", "He studied in Tübingen."),
        Example("Elle a lu « Der Zauberberg ».", 'She has read "Der Zauberberg".'),
        Example("Il dirige le quotidien Tageszeitung.", "He runs the daily newspaper Tageszeitung."),
        Example("La pizza et le sushi se vendent bien.", "Pizza and sushi are selling well."),
        Example("Un kinésithérapeute a été appelé.", "A physiotherapist was called."),
        Example("La start-up vend des vêtements d'intérieur.", "The start-up sells homewear."),
        Example("Le général Al-Sahraoui a été tué.", "General al-Sahrawi was killed."),
    ),
)
