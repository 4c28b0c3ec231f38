"""The noun phrases and names of a French segment, with gender, number and what kind of being they denote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tqcheck.languages import tables
from tqcheck.model import Segment, Span, Token


class Kind(StrEnum):
    """What a noun denotes, as far as English pronouns care."""

    PERSON = "person"
    GROUP = "group"
    THING = "thing"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase or name.

    ``gender`` is Masc or Fem, None where it does not show; ``shown``: by the article, or because the noun has one
    gender only, and not by the tagger's guess. ``any_sex``: its grammatical gender says nothing of the
    person (« la victime »). ``role``: subject, object, dislocated, modifier (of a noun) or oblique. ``determiner``:
    the, this, a, their (possessive) or none. ``weak``: a word seldom referred back to (« fois », « cause »).
    """

    token: Token
    span: Span
    pair: int
    gender: str | None
    shown: bool
    plural: bool
    kind: Kind
    any_sex: bool
    role: str
    determiner: str
    weak: bool
    name: bool


_KINDS = {"person": Kind.PERSON, "group": Kind.GROUP, "animal": Kind.UNSURE, "person-or-thing": Kind.UNSURE}
_THINGS_IN_THE_FEMININE = frozenset("mort politique critique garde physique technique musique mécanique".split())
"""« le mort » is a person, « la mort » is none."""
_PERSONS_BY_ENDING = re.compile(r"..(?:[^l]iste|ologue|crate|thérapeute|[^tl]ien|[^tl]ienne)$")
_PERHAPS_BY_ENDING = re.compile(r"..(?:eur|euse|rice|ais|aise|ois|oise|ard|arde|aire|tien|tienne)$")
_DETERMINERS = {
    "le": "the", "la": "the", "l'": "the", "les": "the", "ce": "this", "cet": "this", "cette": "this", "ces": "this",
    "un": "a", "une": "a", "des": "a", "mon": "their", "ma": "their", "mes": "their", "ton": "their", "ta": "their",
    "tes": "their", "son": "their", "sa": "their", "ses": "their", "notre": "their", "nos": "their", "votre": "their",
    "vos": "their", "leur": "their", "leurs": "their",
}  # fmt: skip
_DETERMINER_GENDER = {
    "le": "Masc", "un": "Masc", "ce": "Masc", "cet": "Masc", "du": "Masc", "au": "Masc", "quel": "Masc",
    "aucun": "Masc", "tout": "Masc", "certain": "Masc", "la": "Fem", "une": "Fem", "cette": "Fem", "ma": "Fem",
    "ta": "Fem", "sa": "Fem", "quelle": "Fem", "aucune": "Fem", "toute": "Fem", "certaine": "Fem",
}  # fmt: skip
_PLURAL_DETERMINERS = frozenset(
    "les des ces mes tes ses nos vos leurs deux trois quatre cinq six sept huit neuf dix plusieurs quelques aux "
    "certains certaines quels quelles tous toutes".split()
)
_MALE_TITLES = frozenset("m m. monsieur mgr sir lord don maître père frère saint roi prince".split())
_FEMALE_TITLES = frozenset("mme mme. mlle mlle. madame mademoiselle lady miss sœur sainte reine princesse dame".split())
_TITLES = _MALE_TITLES | _FEMALE_TITLES | frozenset("dr dr. docteur pr pr. professeur".split())
_WEAK = frozenset(
    """fois jour soir matin nuit an année semaine mois heure minute seconde moment temps instant peu plupart suite
    cause façon manière sorte côté cas lieu part fin début effet cours sein fait égard point coup train mesure
    exemple général titre raison compte aide grâce face travers termes cadre demain hier lundi mardi mercredi jeudi
    vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    million milliard millier euro dollar mètre kilomètre kilo gramme pied degré pour-cent reste tête bord place
    besoin envie peur droit tour haut bas milieu intérieur extérieur dessus dessous""".split()
)


_NO_NOUNS = frozenset(
    """merci oui non ici là là-bas tu je il elle on ça cela rien tout personne quelqu quoi bonjour salut adieu
    pardon désolé bravo hélas mince merde dis quelqu'un chacun certain aucun autre même plupart plein""".split()
)


def mentions_of(segment: Segment, pair: int) -> tuple[Mention, ...]:
    """Every noun phrase and name of a French segment, in text order; ``pair`` is noted in each."""
    return tuple(_mentions(segment, pair))


def _mentions(segment: Segment, pair: int) -> Iterator[Mention]:
    inside_name: set[int] = set()
    for token in segment.tokens:
        if token.index in inside_name or token.pos not in ("NOUN", "PROPN") or not token.is_word:
            continue
        if not token.text[0].isalnum() or token.text.lower().startswith(("ceux", "celle", "celui")):
            continue
        if token.text.lower() in _NO_NOUNS and _determiner(segment, token) is None:
            continue
        named = token.pos == "PROPN" and not token.text.islower()
        tagged = (
            token.text[0].isupper() and token.entity in ("LOC", "ORG", "PER") and _determiner(segment, token) is None
        )
        if named or tagged or token.lemma.lower() in _TITLES:
            if _only_looks_like_a_name(segment, token):
                continue
            words = _name_words(segment, token)
            inside_name.update(word.index for word in words)
            yield _name(segment, pair, token, words)
        else:
            yield _noun(segment, pair, token)


def _only_looks_like_a_name(segment: Segment, token: Token) -> bool:
    """« Écoutez, … », « Est-elle… »: a capital at the start of a sentence is no proof."""
    if (
        token.entity
        or token.dep.startswith("nsubj")
        or token.text.lower() in _TITLES
        or tables.given_name_gender(token.text)
    ):
        return False
    before, after = segment.token(token.index - 1), segment.token(token.index + 1)
    starts = before is None or not before.is_word or not token.text[0].isupper()
    return starts and (after is None or after.pos != "PROPN" or not after.text[0].isupper())


def _name_words(segment: Segment, first: Token) -> tuple[Token, ...]:
    """A title or name and the capitalised words that go on with it."""
    words = [first]
    while (following := segment.token(words[-1].index + 1)) is not None:
        linking = following.text.lower() in (
            "de",
            "du",
            "d'",
            "d’",
            "le",
            "la",
            "van",
            "von",
            "der",
            "ben",
            "al",
            "el",
            "bin",
        )
        after = segment.token(following.index + 1)
        if following.text[:1].isupper() and following.pos in ("PROPN", "NOUN", "ADJ", "X") and following.text.isalpha():
            words.append(following)
        elif (
            linking
            and after is not None
            and after.pos == "PROPN"
            and after.text[:1].isupper()
            and after.entity == first.entity != ""
        ):
            words += [following, after]
        else:
            break
    return tuple(words)


def _name(segment: Segment, pair: int, token: Token, words: tuple[Token, ...]) -> Mention:
    title = token.text.lower()
    noun = next(
        (t for t in (segment.head(token), segment.token(token.index - 1)) if t is not None and t.pos == "NOUN"), None
    )
    gender: str | None = None
    kind = Kind.UNSURE
    if title in _TITLES:
        gender = "Masc" if title in _MALE_TITLES else "Fem" if title in _FEMALE_TITLES else None
        kind = Kind.PERSON
    given = next((g for g in map(tables.given_name_gender, (word.text for word in words)) if g), None)
    if token.entity == "PER" or given:
        kind = Kind.PERSON
        gender = gender or given
    determiner = _determiner(segment, token)
    if kind is not Kind.PERSON and token.entity in ("LOC", "ORG") and _like_a_place(segment, token, determiner):
        kind = Kind.GROUP
    if kind is not Kind.PERSON and determiner is not None:
        gender = _DETERMINER_GENDER.get(determiner.text.lower(), token.feature("Gender"))
    called = noun is not None and noun.index < token.index and token.dep in ("appos", "flat:name")
    if called and noun is not None and kind_of(noun.lemma.lower())[0] is Kind.PERSON:
        kind = Kind.PERSON
    first = token if determiner is None or determiner.index != token.index - 1 else determiner
    return Mention(
        token=token,
        span=Span(first.span.start, words[-1].span.end),
        pair=pair,
        gender=gender,
        shown=gender is not None,
        plural=False,
        kind=kind,
        any_sex=False,
        role=_role(segment, token),
        determiner="name",
        weak=False,
        name=True,
    )


def _like_a_place(segment: Segment, name: Token, determiner: Token | None) -> bool:
    """Whether a name tagged as place or organisation also behaves like one: the tagger takes many a person for one."""
    before = segment.token(name.index - 1)
    behind = before is not None and before.text.lower() in ("à", "en", "dans", "vers", "depuis", "pour", "chez")
    return determiner is not None or behind or name.text.isupper() or name.text in tables.exonyms()


def _noun(segment: Segment, pair: int, token: Token) -> Mention:
    lemma = token.lemma.lower()
    determiner = _determiner(segment, token)
    form = "" if determiner is None else determiner.text.lower().replace("’", "'")
    plural = token.feature("Number") == "Plur" or form in _PLURAL_DETERMINERS
    if token.text.lower() in tables.people():
        lemma = token.text.lower()  # « fils », which the lemma tables take for the plural of « fil »
    kind, any_sex = kind_of(lemma)
    shown = _DETERMINER_GENDER.get(form)
    gender = shown or _noun_gender(lemma) or token.feature("Gender")
    if lemma in _THINGS_IN_THE_FEMININE and (shown or token.feature("Gender")) == "Fem":
        gender, kind = "Fem", Kind.THING
    if (
        token.text[:1].isupper()
        and kind is Kind.THING
        and token.index != segment.tokens[0].index
        and token.entity == "PER"
    ):
        kind = Kind.UNSURE
    before = [
        child
        for child in segment.children(token)
        if child.dep in ("det", "amod", "nummod") and child.index < token.index
    ]
    after = [child for child in segment.children(token) if child.dep == "amod" and child.index == token.index + 1]
    start = min((child.span.start for child in before if token.index - child.index < 4), default=token.span.start)
    return Mention(
        token=token,
        span=Span(start, after[0].span.end if after else token.span.end),
        pair=pair,
        gender=gender,
        shown=(shown or _noun_gender(lemma)) is not None,
        plural=plural,
        kind=kind,
        any_sex=any_sex,
        role=_role(segment, token),
        determiner=_DETERMINERS.get(form, "none"),
        weak=lemma in _WEAK,
        name=False,
    )


def _noun_gender(lemma: str) -> str | None:
    being = tables.people().get(lemma)
    return None if being is None else {"m": "Masc", "f": "Fem"}.get(being.gender.value)


def kind_of(lemma: str) -> tuple[Kind, bool]:
    """The kind of a French noun, and whether its gender says nothing of the person's sex."""
    being = tables.people().get(lemma)
    if being is None:
        if _PERSONS_BY_ENDING.search(lemma):
            return Kind.PERSON, False
        return (Kind.UNSURE if _PERHAPS_BY_ENDING.search(lemma) else Kind.THING), False
    return _KINDS[being.kind.value], being.any_sex


def _determiner(segment: Segment, noun: Token) -> Token | None:
    for step in range(1, 4):
        token = segment.token(noun.index - step)
        if token is None or token.pos in ("NOUN", "VERB", "PUNCT", "PRON"):
            return None
        if token.pos == "DET" or token.text.lower() in ("du", "au"):
            return token
    return None


def _role(segment: Segment, token: Token) -> str:
    if token.dep.startswith(("nsubj", "expl:subj", "csubj")):
        return "subject"
    if token.dep in ("dislocated", "ROOT", "vocative"):
        return "dislocated"
    if token.dep == "conj" and (head := segment.head(token)) is not None and head.pos in ("NOUN", "PROPN"):
        return _role(segment, head) if head.dep != "conj" else "oblique"
    if token.dep in ("obj", "xcomp"):
        return "object"
    if token.dep in ("nmod", "appos", "flat:name"):
        return "modifier"
    return "oblique"
