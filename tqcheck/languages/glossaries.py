"""A glossary's terms in a pair: the English words behind a French term, and a term in the form of other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tqcheck.languages import inflection, phrases
from tqcheck.languages.phrases import Found, Phrases
from tqcheck.model import Bitext, Finding, GlossaryTerm, Pair, Span, Token

SURE = 0.5
"""The probability of a word link from which an English word is taken for a rendering."""

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X"})
_MAY_BE_VERB = re.compile(r"(?:er|ir|re|ée?s?|ie?s?|ue?s?|ite?s?)$")  # infinitives and participles
_WIDEST = 3  # words more than the rendering's own that may stand among them

_VOWELS = "aeio"
_ABOUT_WORDS = frozenset(
    """untranslated third-language false-friend inconsistent-term name-mismatch acronym misspelling capitalisation
    """.split()
)
"""Rules that blame a word for being what it is: a glossary knows better."""


def french(glossary: Sequence[GlossaryTerm]) -> tuple[Phrases[GlossaryTerm], Phrases[GlossaryTerm]]:
    """What to look for in the French: terms in all their forms, and those that stay unchanged, to the letter."""
    return (
        Phrases((term.french, term) for term in merged(glossary) if not term.unchanged),
        Phrases((term.french, term) for term in glossary if term.unchanged),
    )


def merged(glossary: Sequence[GlossaryTerm]) -> tuple[GlossaryTerm, ...]:
    """The terms with one entry for each French term: two entries for the same are two ways to say it."""
    found: dict[tuple[tuple[str, ...], bool], GlossaryTerm] = {}
    for term in glossary:
        key = (phrases.words(term.french), term.unchanged)
        if (before := found.get(key)) is None:
            found[key] = term
        else:
            found[key] = replace(
                before,
                allowed=tuple(dict.fromkeys(before.allowed + term.allowed)),
                forbidden=tuple(dict.fromkeys(before.forbidden + term.forbidden)),
                note="; ".join(filter(None, dict.fromkeys((before.note, term.note)))),
            )
    return tuple(found.values())


def occurrences(
    pair: Pair, looked_for: tuple[Phrases[GlossaryTerm], Phrases[GlossaryTerm]]
) -> Iterator[Found[GlossaryTerm]]:
    """The terms in the French of a pair; inside a longer one, or one that stays unchanged, none is."""
    exact = list(looked_for[1].find(pair.source, exact=True))
    yield from exact
    for found in looked_for[0].find(pair.source):
        if not any(other.span.overlaps(found.span) for other in exact) and _is_meant(found):
            yield found


def _is_meant(found: Found[GlossaryTerm]) -> bool:
    """Whether a single word is what its entry looks like: « il juge » is no « juge », « Grand Prix » no « prix »."""
    token = found.tokens[0]
    if len(found.tokens) > 1:
        return True
    if token.pos in ("VERB", "AUX"):
        return _MAY_BE_VERB.search(found.entry.french) is not None
    return token.pos != "PROPN" or not found.entry.french.islower() or not token.text.istitle() or token.dep == "ROOT"


def without_blame(findings: Iterable[Finding], bitext: Bitext, glossary: Sequence[GlossaryTerm]) -> Iterator[Finding]:
    """The findings but for those on a word that the glossary has for a French term of the same pair."""
    looked_for = french(glossary)
    allowed: dict[int, tuple[Span, ...]] = {}
    for finding in findings:
        if finding.rule in _ABOUT_WORDS and finding.pair is not None and finding.target is not None:
            if finding.pair not in allowed:
                allowed[finding.pair] = tuple(_prescribed(bitext.pairs[finding.pair], looked_for))
            if any(span.contains(finding.target) for span in allowed[finding.pair]):
                continue
        yield finding


def _prescribed(pair: Pair, looked_for: tuple[Phrases[GlossaryTerm], Phrases[GlossaryTerm]]) -> Iterator[Span]:
    """Where the English of a pair has a term of the glossary for its French."""
    for found in occurrences(pair, looked_for):
        for name in found.entry.allowed:
            yield from (stood.span for stood in in_english(name, pair, found.entry))


def in_english(name: str, pair: Pair, term: GlossaryTerm, *, capitals: bool = True) -> tuple[Found[str], ...]:
    """Where an English term of an entry stands in a pair, also as a part of "US-led"."""
    return phrases.stands(name, pair.target, exact=term.unchanged, capitals=capitals, whole=False)


def rendering(pair: Pair, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The English words from the first to the last that stand behind French ones, () where that is not clear.

    Function words at both ends are left out, and so are words that surely render something else.
    """
    own = {token.index for token in tokens if token.pos in CONTENT} or {token.index for token in tokens}
    linked = {link.target for link in pair.links if link.source in own and link.probability >= SURE}
    others_there = {token.text.lower() for token in pair.source.tokens if token not in tokens}
    words = [
        token
        for token in pair.target.tokens
        if token.index in linked and token.pos in CONTENT and token.text.lower() not in others_there
    ]
    if not words:
        return ()
    row = [token for token in pair.target.tokens if words[0].index <= token.index <= words[-1].index]
    others = sum(token.index not in linked and token.pos in CONTENT and bool(pair.behind(token)) for token in row)
    if others or len(row) > len(words) + _WIDEST:
        return ()
    return tuple(row)


def links_to(pair: Pair, tokens: Sequence[Token], english: Sequence[Token]) -> bool:
    """Whether one of the English words stands behind one of the French ones."""
    own, there = {token.index for token in tokens}, {token.index for token in english}
    return any(link.source in own and link.target in there for link in pair.links)


def belongs_elsewhere(pair: Pair, tokens: Sequence[Token], english: Sequence[Token]) -> bool:
    """Whether English words surely render other French words than these."""
    own, there = {token.index for token in tokens}, {token.index for token in english}
    return any(link.target in there and link.source not in own and link.probability >= SURE for link in pair.links)


def shortened(bitext: Bitext, pair: Pair, term: GlossaryTerm, behind: Sequence[Token]) -> bool:
    """Whether the English says a part of an allowed term that one of the four pairs before has in full."""
    heads = {phrases.words(name)[-1].lower() for name in term.allowed if len(phrases.words(name)) > 1}
    said = {token.lemma.lower() for token in behind} | {token.text.lower() for token in behind}
    return bool(heads & said) and any(says(term, before) for before in bitext.before(pair, 4))


def reworded(tokens: Sequence[Token], term: GlossaryTerm, english: Sequence[Token]) -> bool:
    """Whether the English says the same in another part of speech, or cuts an allowed term short.

    "investigated" for "investigation", "American" for "America", "Sen." for "senator"; and an adjective or a verb for
    a single noun ("à bas prix": "on the cheap"), where the sentence was built anew and no term was chosen.
    """
    if [token.text for token in tokens] == [token.text for token in english] and tokens[0].text[0].isupper():
        return True  # a part of a name that stays: « le Grand Prix »
    others = all(token.pos not in ("NOUN", "PROPN", "X") for token in english)
    if len(tokens) == 1 and tokens[0].pos == "NOUN" and english and others:
        return True
    return any(
        all(any(_is_related(token, word.lower()) for token in english) for word in phrases.words(name))
        for name in term.allowed
    )


def _is_related(token: Token, word: str) -> bool:
    text = token.text.lower()
    if text == word:
        return True
    if text.endswith("."):
        return len(text) > 2 and word.startswith(text[:-1])
    size = min(5, len(word), len(text))
    return text[:size] == word[:size] and (size > 3 or (size == 3 and len(word) == 3))


def says(term: GlossaryTerm, pair: Pair) -> bool:
    """Whether the English of a pair has one of the allowed terms."""
    return any(in_english(name, pair, term) for name in term.allowed)


def in_place_of(name: str, tokens: Sequence[Token], english: Sequence[Token], pair: Pair) -> tuple[Span, str | None]:
    """Which words to replace by a term, and the term in their form: number, tense, capital, "a" or "an" before it.

    ``tokens`` are the French ones. Words beside the English ones that the term has as well are replaced with them. None
    where the form is not sure.
    """
    english = _with_neighbours(name, english, pair)
    span = Span(english[0].span.start, english[-1].span.end)
    formed = _formed(name, tokens, english[-1])
    if formed is None:
        return span, None
    if english[0].index == pair.target.tokens[0].index and english[0].text[:1].isupper():
        formed = formed[:1].upper() + formed[1:]
    before = pair.target.token(english[0].index - 1)
    if before is not None and before.text.lower() in ("a", "an"):
        article = "an" if formed[:1].lower() in _VOWELS else "a"
        if article != before.text.lower() and formed[:1].lower() != "u":  # "a union", "an umbrella": not by its letter
            article = article.capitalize() if before.text[0].isupper() else article
            return Span(before.span.start, span.end), f"{article} {formed}"
    return span, formed


def _with_neighbours(name: str, english: Sequence[Token], pair: Pair) -> tuple[Token, ...]:
    """The English words with those right beside them that are words of the term: "police" before "detention"."""
    own = {word.lower() for word in phrases.words(name)}
    first, last = english[0].index, english[-1].index
    while (before := pair.target.token(first - 1)) is not None and before.text.lower() in own:
        first -= 1
    while (after := pair.target.token(last + 1)) is not None and after.text.lower() in own:
        last += 1
    return tuple(token for token in pair.target.tokens if first <= token.index <= last)


def _formed(name: str, tokens: Sequence[Token], head: Token) -> str | None:
    """A term in the form of the last of the English words, if it is of the kind of the French ones."""
    if head.pos in ("VERB", "AUX") or tokens[0].pos in ("VERB", "AUX"):
        both = head.pos == "VERB" and tokens[0].pos == "VERB"
        return inflection.verb_form(name, head.morph) if both else None
    english_plural = head.pos in ("NOUN", "PROPN") and head.feature("Number") == "Plur"
    french_plural = tokens[0].feature("Number") == "Plur" or tokens[0].text.lower().endswith(("s", "x"))
    if english_plural and french_plural and name.split()[-1].islower():
        return inflection.plural(name)
    return name
