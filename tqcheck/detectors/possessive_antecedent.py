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
from tqcheck.languages import gender, pronouns, tables
from tqcheck.languages.candidates import Referent
from tqcheck.languages.coreference import Reader
from tqcheck.languages.mentions import Kind, Mention
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

THING, THING_NAMED, PERSON = 0.93, 0.85, 0.03
"""Probabilities of a thing from which on "his" and "her" are wrong (the lower one where the thing is the subject of the
clause, or text goes before), and below which "its" is."""
OWN_IT, OWN_IT_SHARE = 0.95, 0.75
"""What is asked for of the subject of the clause, if the English calls it "it": that it is a thing, and the owner."""
CONFIDENCE_THING, CONFIDENCE_PERSON, CONFIDENCE_GENDER = 0.9, 0.6, 0.9
CONFIDENCE_OWN_SUBJECT = 0.8
_WHO = {"Fem": ("a woman", "her"), "Masc": ("a man", "his")}


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Every his, her and its of a bitext whose French counterpart belongs to something else."""
    reader = Reader(bitext)
    for pair in bitext.pairs:
        possessives = [token for token in pair.target.tokens if pronouns.is_possessive(token)]
        if possessives:
            yield from _in_pair(detector, reader, pair, possessives)


def _in_pair(detector: Detector, reader: Reader, pair: Pair, possessives: list[Token]) -> Iterator[Finding]:
    found: set[int] = set()
    behind = dict(pronouns.possessives(pair))
    for english, french in behind.items():
        referent = reader.read(pair, french)
        finding = _wrong_kind(detector, reader, pair, english, referent)
        finding = finding or _own_it(detector, reader, pair, english, referent)
        finding = finding or _wrong_gender(detector, reader, pair, english, referent)
        finding = finding or _of_the_subject(detector, reader, pair, english, french)
        if finding is not None:
            found.add(english.index)
            yield finding
    clash = gender.clash(reader, pair)
    if clash is None:
        return
    who, right = _WHO[clash.gender]
    shown = ", ".join(f"« {token.text.lstrip('-')} »" for token in dict.fromkeys(clash.evidence[:3]))
    for token in clash.wrong:
        if token in possessives and token.index not in found:
            yield detector.finding(
                pair,
                message=f"The French speaks of {who} here ({shown}): "
                f'English says "{right}", not "{token.text.lower()}".',
                confidence=CONFIDENCE_GENDER,
                source=behind.get(token, clash.evidence[0]).span,
                target=token.span,
                suggestion=_like(token.text, right),
            )


def _wrong_kind(detector: Detector, reader: Reader, pair: Pair, english: Token, referent: Referent) -> Finding | None:
    """His or her for what belongs to a thing, its for what belongs to a person."""
    neuter = pronouns.english_gender(english) == "Neut"
    likeliest = referent.candidates[0]
    owner = likeliest.mention
    plain = "own clause subject" in likeliest.features or bool(reader.bitext.before(pair, 1))
    if owner is None or not any(name.endswith(("sentences 0", "sentences 1", "after")) for name in likeliest.features):
        return None  # further back than the sentence before, it is too often somebody else
    thing = owner.kind in (Kind.THING, Kind.GROUP)
    if not neuter and thing and referent.thing >= (THING_NAMED if plain else THING):
        if english.text.lower() == "her" and _called_she(owner):
            return None
        what, right, confidence = "a thing" if owner.kind is Kind.THING else "no person", "its", CONFIDENCE_THING
    elif neuter and referent.thing <= PERSON and _is_human(owner) and owner.gender:
        what, right, confidence = "a person", _WHO[owner.gender][1], CONFIDENCE_PERSON
    else:
        return None
    noun = pair.source.head(referent.pronoun)
    own = f"{referent.pronoun.text} {'…' if noun is None else noun.text}"
    return detector.finding(
        pair,
        message=f"« {own} » belongs to « {owner.span.of(reader.bitext.source.text)} », {what}: "
        f'English says "{right}", not "{english.text.lower()}".',
        confidence=confidence,
        severity=Severity.MINOR if neuter else Severity.MAJOR,
        source=referent.pronoun.span,
        target=english.span,
        suggestion=_like(english.text, right),
        evidence=(f"The owner is a thing with probability {referent.thing:.2f}.",),
    )


def _own_it(detector: Detector, reader: Reader, pair: Pair, english: Token, referent: Referent) -> Finding | None:
    """The owner is the clause's own « il » or « elle », which the English itself calls "it"."""
    owner = referent.candidates[0]
    if pronouns.english_gender(english) not in gender.OPPOSITE or "own pronoun of the clause" not in owner.features:
        return None
    called_it = any(pronouns.english_gender(answer.target) == "Neut" for answer in reader.answers(pair))
    if not called_it or owner.thing < OWN_IT or owner.share < OWN_IT_SHARE:
        return None
    subject = "elle" if owner.gender == "Fem" else "il"
    return detector.finding(
        pair,
        message=f'« {referent.pronoun.text} » goes with « {subject} », which is "it" in the English: '
        f'English says "its", not "{english.text.lower()}".',
        confidence=CONFIDENCE_THING,
        source=referent.pronoun.span,
        target=english.span,
        suggestion=_like(english.text, "its"),
    )


def _is_human(owner: Mention) -> bool:
    """Whether the owner is a person by name or in the table: « l'aciériste », by its ending alone, may be a firm."""
    listed = owner.name or owner.token.lemma.lower() in tables.people() or owner.token.text.lower() in tables.people()
    return owner.kind is Kind.PERSON and listed and not owner.any_sex


def _called_she(owner: Mention) -> bool:
    """Ships, and countries in old style."""
    country = owner.kind is Kind.GROUP and owner.token.entity == "LOC"
    return country or owner.token.lemma.lower() in tables.called_she()


def _wrong_gender(detector: Detector, reader: Reader, pair: Pair, english: Token, referent: Referent) -> Finding | None:
    """The owner is the clause's own « il » or « elle », and nobody of the other gender is about."""
    spoken = pronouns.english_gender(english) or ""
    likeliest = referent.candidates[0]
    if spoken not in gender.OPPOSITE or likeliest.gender != gender.OPPOSITE[spoken]:
        return None
    if "own pronoun of the clause" not in likeliest.features or likeliest.share < 0.85 or referent.thing > 0.1:
        return None
    if gender.is_about(reader, pair, spoken):
        return None
    who, right = _WHO[likeliest.gender]
    subject = "elle" if likeliest.gender == "Fem" else "il"
    return detector.finding(
        pair,
        message=f"« {referent.pronoun.text} » goes with « {subject} », {who}: "
        f'English says "{right}", not "{english.text.lower()}".',
        confidence=CONFIDENCE_OWN_SUBJECT,
        source=referent.pronoun.span,
        target=english.span,
        suggestion=_like(english.text, right),
    )


def _of_the_subject(detector: Detector, reader: Reader, pair: Pair, english: Token, french: Token) -> Finding | None:
    """« la directrice, qui a pris ses fonctions », « Anne a perdu sa clientèle » with "his"."""
    spoken = pronouns.english_gender(english) or ""
    right = gender.OPPOSITE.get(spoken)
    if right is None:
        return None
    who = any(token.text.lower() == "who" for token in pair.target.tokens)
    owner = (gender.taken_up(reader, pair, french) if who else None) or gender.named_subject(reader, pair, french)
    if owner is None or owner.gender != right:
        return None
    what, word = _WHO[right]
    return detector.finding(
        pair,
        message=f"« {french.text} » goes with « {owner.token.text} », {what}: "
        f'English says "{word}", not "{english.text.lower()}".',
        confidence=CONFIDENCE_OWN_SUBJECT,
        source=french.span,
        target=english.span,
        suggestion=_like(english.text, word),
    )


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
        Example(
            "La France a retiré ⟦ses⟧ forces du nord du Mali.",
            "France has withdrawn ⟦his⟧ forces from the north of Mali.",
        ),
        Example("L'entreprise a publié ses résultats.", "The company has published ⟦her⟧ results."),
        Example(
            "La commission a rendu son rapport mardi.\nElle publie ses conclusions sur son site.",
            "The commission presented its report on Tuesday.\nIt publishes ⟦his⟧ conclusions on its website.",
        ),
        Example(
            "Le constructeur a annoncé qu'il fermerait ⟦son⟧ usine.",
            "The manufacturer announced that it would close ⟦his⟧ plant.",
        ),
        Example("Le roi a reçu son frère.", "The king received ⟦its⟧ brother."),
        Example("Elle a quitté ⟦son⟧ poste en 2019.", "She left ⟦his⟧ post in 2019."),
        Example("Née à Lyon, elle y a passé son enfance.", "Born in Lyon, he spent ⟦his⟧ childhood there."),
        Example(
            "Le maire a reçu les élus.\nC'est la directrice, Anne Morel, qui a pris ⟦ses⟧ fonctions en avril.",
            "The mayor met the councillors.\nIt is the director, Anne Morel, who took up ⟦his⟧ post in April.",
        ),
        Example(
            "Le maire a reçu les élus.\nC'est la directrice, Anne Morel, qui a lu à Paul Roy son discours.",
            "The mayor met the councillors.\nIt is the director, Anne Morel, who read Paul Roy his speech.",
        ),
        Example(
            "Le maire a reçu les élus.\nCorinne Morel, fleuriste à Brest, a perdu un tiers de ⟦sa⟧ clientèle.",
            "The mayor met the councillors.\nCorinne Morel, a florist in Brest, lost a third of ⟦his⟧ customers.",
        ),
        Example("Anne Morel a rencontré Paul, puis a pris son sac.", "Anne Morel met Paul, then took his bag."),
        Example("Paul Roy a perdu sa mère en mai.", "Paul Roy lost his mother in May."),
        Example("Sa mère, présente chaque jour, a pleuré.", "His mother, present every day, wept."),
        Example(
            "Les aciéristes souffrent. L'aciériste lorrain ferme ses usines.",
            "Steelmakers suffer. The Lorraine steelmaker is closing its plants.",
        ),
        Example("Il a retrouvé son équipe à Lyon.", "He joined his team in Lyon."),
        Example("La ministre défend sa réforme.", "The minister defends her reform."),
        Example("Le pays défend ses frontières.", "The country defends its borders."),
        Example("Marie a vendu sa voiture à son frère.", "Marie sold her car to her brother."),
        Example("La frégate a perdu son hélicoptère.", "The frigate has lost her helicopter."),
        Example("Paul a rencontré Marie. Il a pris son sac.", "Paul met Marie. He took her bag."),
    ),
)
