"""The names of a French segment: which words are parts of one, and which English words may stand for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from tqcheck.languages import tables
from tqcheck.languages.spelling import consonants, distance, fold, is_transliterated, romanised
from tqcheck.model import Pair, Segment, Span, Token

SURE = 0.5
"""The probability of a word link from which two words count as translations of each other."""

_PARTICLES = frozenset("le la l' du de des d' von van der den ben bin ibn al el da di do dos della san".split())
_TITLES = frozenset("m m. mm mm. mme mme. mmes mlle mlle. dr dr. pr pr. me mgr monsieur madame maître".split())
_NO_NAMES = frozenset(
    """lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
    octobre novembre décembre dieu noël pâques internet état église""".split()
)
_PARTS = re.compile(r"[^\W_]+")
_BEGINNINGS = re.compile(
    r"saint|mont|beau|belle|ville|neuf|neuve|font|roche|chateau|champ|bourg|haute?|basse?|grand|port"
)
_SAINTS = frozenset(
    "saint sainte st ste mont port fort grand grande nouveau nouvelle new san santa prince roi pape".split()
)

# Given names that English writes in its own way where kings, popes and saints bear them.
_ENGLISH_GIVEN = {
    "francois": "francis", "jean": "john", "marie": "mary", "pierre": "peter", "guillaume": "william", "marc": "mark",
    "elisabeth": "elizabeth", "philippe": "philip", "henri": "henry", "georges": "george", "jacques": "james",
    "benoit": "benedict", "etienne": "stephen", "nicolas": "nicholas", "alexandre": "alexander", "luc": "luke",
    "matthieu": "matthew", "mathieu": "matthew", "andre": "andrew", "antoine": "anthony", "jeanne": "joan",
    "christophe": "christopher", "edouard": "edward", "therese": "teresa", "helene": "helen", "michel": "michael",
    "laurent": "lawrence", "gregoire": "gregory",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name of one or more words in a row. ``words``: without particles; ``person``: a given name, a title or the
    annotator says that somebody bears it."""

    tokens: tuple[Token, ...]
    words: tuple[Token, ...]
    person: bool

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)


def names(segment: Segment, common: Collection[str]) -> Iterator[Name]:
    """The names of a French segment: capitalised words in mid-sentence that the annotator takes for names.

    ``common``: words (lower case) that the article also has without a capital, which are none.
    """
    run: list[Token] = []
    for token in (*segment.tokens, None):
        if token is not None and (_is_name_word(segment, token, common) or (run and _is_particle(segment, token))):
            run.append(token)
            continue
        while run and not _has_capital(run[-1]):
            run.pop()
        if run:
            yield _name(segment, tuple(run))
        run = []


def _is_name_word(segment: Segment, token: Token, common: Collection[str]) -> bool:
    text = token.text
    if len(text) < 3 or not _has_capital(token) or text.isupper() or any(c.isdigit() for c in text):
        return False
    if text.lower() in common or text.lower() in _NO_NAMES or text.lower() in _PARTICLES:
        return False
    if token.index == segment.tokens[0].index:
        after = segment.token(token.index + 1)
        return after is not None and _has_capital(after) and tables.given_name_gender(text) is not None
    return token.pos in ("PROPN", "X") or (token.entity == "PER" and _is_after_name(segment, token))


def _is_particle(segment: Segment, token: Token) -> bool:
    """Whether a small word stands between two parts of a name: "Jean-Yves Le Drian", "Charles de Gaulle"."""
    after = segment.token(token.index + 1)
    return token.text.lower() in _PARTICLES and after is not None and _has_capital(after) and token.text[0].isupper()


def _is_after_name(segment: Segment, token: Token) -> bool:
    before = segment.token(token.index - 1)
    return before is not None and _has_capital(before) and before.pos == "PROPN"


def _has_capital(token: Token) -> bool:
    return token.text[:1].isupper()


def _name(segment: Segment, run: tuple[Token, ...]) -> Name:
    words = tuple(token for token in run if token.text.lower() not in _PARTICLES)
    before = segment.token(run[0].index - 1)
    titled = before is not None and (before.text.lower() in _TITLES or _is_person_noun(before))
    given = len(words) > 1 and tables.given_name_gender(words[0].text) is not None
    return Name(run, words, titled or given or (len(words) > 1 and all(w.entity == "PER" for w in words)))


def _is_person_noun(token: Token) -> bool:
    being = tables.people().get(token.lemma.lower())
    return being is not None and being.kind == tables.BeingKind.PERSON


def parts(text: str) -> tuple[str, ...]:
    """The words of a name without accents: « Thierville-sur-Meuse » -> thierville, sur, meuse."""
    return tuple(_PARTS.findall(fold(text)))


def is_same(french: str, english: str) -> bool:
    """Whether an English word is the French name in its own spelling: accents, transliteration, a saint's name."""
    one, other = fold(french), fold(english)
    return (
        one == other
        or romanised(french) == romanised(english)
        or _ENGLISH_GIVEN.get(one) == other
        or (
            (is_transliterated(french) or tables.given_name_gender(french) is not None) and sound_alike(french, english)
        )
    )


def sound_alike(french: str, english: str) -> bool:
    """Whether two names have the same consonants, two at least, as transliterations of one name do."""
    return len(consonants(french)) > 1 and consonants(french) == consonants(english)


def is_related(french: str, english: str) -> bool:
    """Whether two words are forms of one name ("Manchester", "Mancunian"; "Mali", "Malian"), or sound alike.

    What many places begin with does not count: "Montluçon" and "Montauban" are two.
    """
    one, other = fold(french), fold(english)
    common = _BEGINNINGS.match(one)
    if common is not None and other.startswith(common[0]) and min(len(one), len(other)) > len(common[0]) + 1:
        one, other = one[common.end() :], other[common.end() :]
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= 4 or one in other or other in one or consonants(french) == consonants(english)


def is_form_of(word: str, place: str) -> bool:
    """Whether an English word may be the adjective of a place: "Spanish" for "Spain"."""
    return fold(word)[:3] == fold(place)[:3]


def is_near(french: str, english: str) -> bool:
    """Whether an English word looks like the French name with a slip: a letter or two wrong in a longer one.

    A longer form of the same word, such as "Malian" for « Mali », does not.
    """
    one, other = fold(french), fold(english)
    if one == other or (len(one) != len(other) and (other.startswith(one[:-1]) or one.startswith(other[:-1]))):
        return False
    limit = 1 if len(one) < 6 else 2 if len(one) < 9 else 3
    found = distance(one, other, limit)
    return found is not None and (found == 1 or one[0] == other[0])


def exonyms(text: str) -> tuple[str, ...]:
    """The English names of a place that French calls ``text``, which differ from it; none where it is not known."""
    return tables.exonyms().get(text, ())


def is_title_like(token: Token) -> bool:
    """Whether a capitalised word before a name is no given name: "Saint", "Mont", "New"."""
    return fold(token.text) in _SAINTS


def forms(token: Token) -> set[str]:
    """A token and the parts of its compound, without accents."""
    return {fold(token.text), *parts(token.text)}


Same = Callable[[str, str], bool]
"""Whether an English word (second) is a French name in a right spelling: `is_same`, or a stricter test."""


def stands_in_english(name: Token, pairs: Iterable[Pair], same: Same) -> bool:
    """Whether the English side of ``pairs`` has a French name: in a right spelling, by its English name, or as an
    adjective of that."""
    tokens = [token for pair in pairs for token in pair.target.tokens if token.is_word]
    there = {form for token in tokens for form in forms(token)}
    if all(part in there for part in parts(name.text)) or any(same(name.text, token.text) for token in tokens):
        return True
    return any(
        all(part in there for part in parts(english)) or any(is_form_of(token.text, english) for token in tokens)
        for english in exonyms(name.text)
    )


def stands_in_french(token: Token, pairs: Iterable[Pair], same: Same) -> bool:
    """Whether the French side of ``pairs`` has the name that an English word is."""
    others = (other for pair in pairs for other in pair.source.tokens if other.is_word)
    return any(fold(token.text) in forms(other) or same(other.text, token.text) for other in others)


def is_rendered(name: Token, pair: Pair) -> bool:
    """Whether a French name is surely linked to an English word with a capital."""
    links = (link for link in pair.links if link.source == name.index and link.probability > SURE)
    tokens = (pair.target.token(link.target) for link in links)
    return any(token is not None and _has_capital(token) for token in tokens)


def has_source(token: Token, pair: Pair) -> bool:
    """Whether an English word is surely linked to a French one: "British" to « britannique »."""
    return any(link.target == token.index and link.probability > SURE for link in pair.links)
