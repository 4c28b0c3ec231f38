"""Whether a French sentence speaks of men only or of women only, by its pronouns, persons, titles and participles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tqcheck.languages import pronouns
from tqcheck.languages.coreference import Reader
from tqcheck.languages.mentions import Kind, Mention
from tqcheck.model import Pair, Segment, Token

OPPOSITE = {"Masc": "Fem", "Fem": "Masc"}
MEN = frozenset(
    "homme garçon père fils frère mari époux oncle neveu grand-père roi prince duc comte baron monsieur pape moine "
    "prêtre évêque cardinal abbé gars type papa parrain beau-père beau-frère veuf gendre seigneur lord".split()
)
"""Masculine nouns that are said of men alone: « le rapporteur » may be a woman."""


@dataclass(frozen=True, slots=True)
class Clash:
    """English pronouns that are all of one gender where the French speaks of the other one alone.

    ``gender`` is that of the French; ``wrong`` are the English pronouns; ``subjects`` the French « il » or « elle »
    behind those of them that are subjects, by token index; ``evidence`` the French words that show the gender.
    """

    gender: str
    wrong: tuple[Token, ...]
    subjects: tuple[tuple[int, Token], ...]
    evidence: tuple[Token, ...]


def clash(reader: Reader, pair: Pair) -> Clash | None:
    """The clash of a pair's two sides, None where there is none or where it is not plain."""
    spoken = [token for token in pair.target.tokens if pronouns.english_gender(token) in OPPOSITE]
    genders = {pronouns.english_gender(token) for token in spoken}
    if len(genders) != 1:
        return None
    english = next(iter(genders)) or ""
    french = OPPOSITE[english]
    proofs = tuple(_shown(reader, pair))
    shown = tuple((gender, token) for gender, token, _ in proofs)
    subjects = {
        answer.target.index: answer.source
        for answer in reader.answers(pair)
        if pronouns.english_gender(answer.target) == english and not pronouns.is_impersonal(pair.source, answer.source)
    }
    proving = [token for gender, token, proves in proofs if gender == french and proves]
    if not proving:
        return None
    of_kin = all(_is_owned(pair.source, token) for token in proving)
    evidence = tuple(token for gender, token in shown if gender == french)
    if any(gender in (english, None) for gender, _ in shown):
        # Somebody else of that gender is about: only subjects whose counterpart is plain are wrong.
        if any(gender == english and (t.pos == "PRON" or t.dep.startswith("nsubj")) for gender, t in shown):
            return None
        sure = {a.target.index for a in reader.answers(pair) if a.sure}
        wrong = tuple(t for t in spoken if t.index in subjects and t.index in sure)
        return Clash(french, wrong, tuple(subjects.items()), evidence) if wrong else None
    loose = _loose_objects(pair.source)
    if not subjects and (loose or _known_before(reader, pair, english)):
        return None
    wrong = tuple(
        t for t in spoken
        if t.index in subjects
        or (
            t.text.lower() not in ("he", "she")
            and not (loose and t.text.lower() in ("her", "him"))
            and not (of_kin and pronouns.is_possessive(t))
        )
    )  # fmt: skip
    return Clash(french, wrong, tuple(subjects.items()), evidence) if wrong else None


def is_about(reader: Reader, pair: Pair, gender: str) -> bool:
    """Whether the French of the pair, or the three pairs before it, may speak of somebody of this gender."""
    if any(shown in (gender, None) for shown, _, _ in _shown(reader, pair)) or _loose_objects(pair.source):
        return True
    return any(_maybe(mention, gender) for mention in reader.mentions(pair)) or _known_before(reader, pair, gender)


def taken_up(reader: Reader, pair: Pair, possessive: Token) -> Mention | None:
    """The person whom the « qui » of a possessive's clause takes up, and who must be the owner; None if unsure.

    The possessive belongs to the object of the relative clause, and nobody else stands between.
    """
    source = pair.source
    owned = source.head(possessive)
    verb = None if owned is None or owned.dep != "obj" else source.head(owned)
    if verb is None or verb.dep != "acl:relcl":
        return None
    subject = next((t for t in source.children(verb) if t.text.lower() == "qui" and t.dep.startswith("nsubj")), None)
    head = source.head(verb)
    if subject is None or head is None:
        return None
    names = {head.index, *(t.index for t in source.children(head) if t.dep in ("appos", "flat:name", "nmod"))}
    if head.dep in ("appos", "flat:name", "nmod"):
        names.add(head.head)
    people = [m for m in reader.mentions(pair) if m.kind in (Kind.PERSON, Kind.UNSURE)]
    between = (m for m in people if subject.index < m.token.index and m.token is not owned)
    if any(m.token.index < possessive.index or m.token.head == verb.index for m in between):
        return None
    owners = [m for m in people if m.token.index in names and m.token.index < subject.index]
    proved = [m for m in owners if m.kind is Kind.PERSON and m.shown and not m.any_sex and not m.plural and m.gender]
    sure = [m for m in proved if m.gender == "Fem" or m.name or m.token.lemma.lower() in MEN]
    return sure[0] if sure and len({m.gender for m in proved}) == 1 else None


def named_subject(reader: Reader, pair: Pair, possessive: Token) -> Mention | None:
    """The person, by name, who is the subject of a possessive's clause and must be the owner; None if unsure.

    The possessive belongs to the object of the clause or a part of it, and nobody else in the sentence may be of the
    other gender.
    """
    source = pair.source
    owned = source.head(possessive)
    whole = source.head(owned) if owned is not None and owned.dep == "nmod" else owned
    verb = None if whole is None or whole.dep != "obj" else source.head(whole)
    if verb is None or owned is None:
        return None
    subject = next((t for t in source.children(verb) if t.dep == "nsubj" and t.pos == "PROPN"), None)
    people = [m for m in reader.mentions(pair) if m.kind in (Kind.PERSON, Kind.UNSURE)]
    owner = next((m for m in people if subject is not None and m.token.index == subject.index), None)
    if subject is None or owner is None or not owner.name or not owner.gender or owner.plural or owner.any_sex:
        return None
    others = (m for m in people if m.token.index not in (subject.index, owned.index) and m.token.head != subject.index)
    return None if any(m.gender in (OPPOSITE[owner.gender], None) for m in others) else owner


def _shown(reader: Reader, pair: Pair) -> Iterator[tuple[str | None, Token, bool]]:
    """What shows the gender of a person: Masc, Fem, or None for a word that could be either; and whether it proves it.

    A masculine noun proves nothing: « l'ancêtre », « le rapporteur » may be a woman.
    """
    source = pair.source
    for token in pronouns.french_subjects(source):
        if not pronouns.is_impersonal(source, token):
            yield ("Fem" if pronouns.french_form(token) == "elle" else "Masc"), token, True
    for token in source.tokens:
        form = pronouns.french_form(token)
        if form in ("elle", "lui") and pronouns.is_disjunctive(source, token):
            yield ("Fem" if form == "elle" else "Masc"), token, True
        elif token.feature("VerbForm") == "Part" and token.feature("Number") == "Sing" and _of_a_person(source, token):
            yield token.feature("Gender"), token, True
    for mention in reader.mentions(pair):
        if mention.kind is Kind.PERSON and not mention.plural and (mention.gender or not mention.name):
            proves = mention.gender == "Fem" or mention.name or mention.token.lemma.lower() in MEN
            yield (mention.gender if mention.shown and not mention.any_sex else None), mention.token, proves


def _is_owned(segment: Segment, noun: Token) -> bool:
    """« Sa mère »: who is somebody's shows nothing of whose."""
    return any(pronouns.french_form(child) in ("son", "sa", "ses") for child in segment.children(noun))


def _of_a_person(segment: Segment, participle: Token) -> bool:
    """« Née à Lyon, elle… », « Dunant est récompensé »: a participle that agrees with somebody who is named."""
    children = segment.children(participle)
    if any(child.lemma.lower() == "avoir" for child in children):
        return False
    subject = next((child for child in children if child.dep.startswith("nsubj")), None)
    if subject is not None:
        return subject.pos == "PROPN" and any(child.lemma == "être" for child in children)
    return participle.index == segment.tokens[0].index and participle.dep in ("advcl", "acl", "ROOT", "amod")


def _loose_objects(segment: Segment) -> tuple[Token, ...]:
    """« l' », « la », « lui » before a verb: somebody whose gender the sentence does not show."""
    objects = (t for t in segment.tokens if t.pos == "PRON" and pronouns.french_form(t) in ("l'", "la", "lui", "le"))
    return tuple(token for token in objects if not pronouns.is_disjunctive(segment, token))


def _known_before(reader: Reader, pair: Pair, gender: str) -> bool:
    """Whether the pairs before speak of somebody of this gender, or of somebody whose gender does not show."""
    for earlier in reader.bitext.before(pair, 3):
        if any(pronouns.english_gender(token) == gender for token in earlier.target.tokens):
            return True
        if any(_maybe(mention, gender) for mention in reader.mentions(earlier)):
            return True
    return False


def _maybe(mention: Mention, gender: str) -> bool:
    return mention.kind in (Kind.PERSON, Kind.UNSURE) and not mention.plural and mention.gender in (gender, None)
