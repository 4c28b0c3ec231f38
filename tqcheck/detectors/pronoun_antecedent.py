"""He or she for a thing, it for a person, he for a woman: an English pronoun that does not fit what the French means.

Why it matters
--------------
Every French noun is « il » or « elle ». Carried over as "he" and "she" this makes a death intervene in a war and turns
a woman into a man; the reader stumbles, or believes it. Machines that translate sentence by sentence cannot see what
the pronoun stands for two sentences earlier.

What it does not see
--------------------
Plural « ils » and « elles »; « on »; a pronoun whose antecedent is not within four sentences. It says nothing where a
person and a thing are about equally likely, of animals, of ships and countries called "she", and of "he" for a noun
that is feminine whatever the sex (« la victime … elle »).

When to ignore it
-----------------
Where English personifies on purpose ("the sea, she is cruel"), in a quotation that keeps the speaker's mistake, and
where the person is known to be of another gender than the French noun shows.

Source
------
MQM, accuracy/mistranslation. The antecedent is found after Lappin & Leass 1994 (An Algorithm for Pronominal Anaphora
Resolution); how machines fail at this: Müller et al. 2018 (A Large-Scale Test Set for the Evaluation of Context-Aware
Pronoun Translation) and Currey et al. 2022 (MT-GenEval).
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example
from tqcheck.languages import gender, pronouns, tables
from tqcheck.languages.candidates import Candidate, Referent
from tqcheck.languages.coreference import Reader
from tqcheck.languages.mentions import Kind, Mention
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity

TIERS = ((0.95, 0.95), (0.85, 0.9), (0.7, 0.75))
"""Probability of a thing from which on "he" and "she" are wrong, and the confidence that is worth (measured)."""
ALONE = 0.92
"""The probability that is asked for where no text goes before, or no noun within reach could be meant."""
CONFIDENCE_GENDER = 0.9
CONFIDENCE_NOBODY = 0.7
CONFIDENCE_PERSON = 0.6

_NOBODY = frozenset("falloir pleuvoir neiger".split())
"""Verbs whose « il » can be nobody: with others ("il s'agit de mon frère") the English may well turn to a person."""
_RIGHT = {
    ("Masc", "she"): "he", ("Masc", "her"): "him", ("Masc", "herself"): "himself", ("Masc", "hers"): "his",
    ("Fem", "he"): "she", ("Fem", "him"): "her", ("Fem", "himself"): "herself",
    ("Neut", "he"): "it", ("Neut", "she"): "it",
}  # fmt: skip


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Every he, she and it of a bitext whose French counterpart stands for something else."""
    reader = Reader(bitext)
    for pair in bitext.pairs:
        if any(pronouns.english_gender(token) for token in pair.target.tokens):
            yield from _in_pair(detector, reader, pair)


def _in_pair(detector: Detector, reader: Reader, pair: Pair) -> Iterator[Finding]:
    found: set[int] = set()
    for answer in reader.answers(pair):
        if pronouns.english_gender(answer.target) == "Neut":
            finding = _it_for_a_person(detector, reader, pair, answer)
        elif pronouns.is_impersonal(pair.source, answer.source):
            finding = _somebody_for_nobody(detector, pair, answer)
        else:
            finding = _somebody_for_a_thing(detector, reader, pair, answer)
        if finding is not None:
            found.add(answer.target.index)
            yield finding
    yield from _other_gender(detector, reader, pair, found)


def _somebody_for_a_thing(detector: Detector, reader: Reader, pair: Pair, answer: pronouns.Answer) -> Finding | None:
    referent = reader.read(pair, answer.source)
    confidence = next((worth for least, worth in TIERS if referent.thing >= least), None)
    meant = _thing_meant(referent)
    alone = meant is None or not reader.bitext.before(pair, 1)
    if confidence is None or (alone and referent.thing < ALONE) or _unsure(referent):
        return None
    she = answer.target.text.lower() == "she"
    if she and meant is not None and (meant.token.lemma.lower() in tables.called_she() or _is_country(meant)):
        return None
    french, english = answer.source.text.lstrip("-"), answer.target.text
    if meant is None:
        message = f'What is said of « {french} » is said of things: English says "it", not "{english.lower()}".'
    else:
        what = "no person" if meant.kind is Kind.GROUP else "a thing"
        noun = meant.span.of(reader.bitext.source.text)
        message = f'« {french} » stands for « {noun} », {what}: English says "it", not "{english.lower()}".'
    sure = confidence >= TIERS[1][1] and not reader.is_talk(pair)
    return detector.finding(
        pair,
        message=message,
        confidence=confidence if sure else min(confidence, TIERS[-1][1]),
        severity=Severity.MAJOR if sure else Severity.MINOR,
        source=answer.source.span,
        target=answer.target.span,
        suggestion=_like(english, "it"),
        evidence=_evidence(reader, pair, referent),
    )


def _unsure(referent: Referent) -> bool:
    """Whether an animal is about, or the likeliest candidate is a name that may be anything."""
    likeliest = referent.candidates[0].mention
    if likeliest is not None and likeliest.kind is Kind.UNSURE:
        return True
    beings = (tables.people().get(c.mention.token.lemma.lower()) for c in referent.candidates if c.mention is not None)
    return any(being is not None and being.kind is tables.BeingKind.ANIMAL for being in beings)


def _thing_meant(referent: Referent) -> Mention | None:
    """The likeliest noun that is no person."""
    named = [c for c in referent.candidates if c.mention is not None and c.mention.kind in (Kind.THING, Kind.GROUP)]
    return max(named, key=lambda c: c.share * c.thing).mention if named else None


def _is_country(mention: Mention) -> bool:
    return mention.kind is Kind.GROUP and mention.token.entity == "LOC"


def _evidence(reader: Reader, pair: Pair, referent: Referent) -> tuple[str, ...]:
    lines = [f"A thing with probability {referent.thing:.2f}."]
    if abs(referent.said) > 0.7:
        lines.append(f"What is said of it is rather said of {'things' if referent.said > 0 else 'persons'}.")
    others = [c.mention for c in referent.candidates if c.mention is not None and c.share > 0.1]
    if len(others) > 1:
        text = reader.bitext.source.text
        lines.append("Candidates: " + ", ".join(f"« {m.span.of(text)} »" for m in dict.fromkeys(others)) + ".")
    return tuple(lines)


def _somebody_for_nobody(detector: Detector, pair: Pair, answer: pronouns.Answer) -> Finding | None:
    verb = pronouns.governor(pair.source, answer.source)
    if not answer.linked or verb is None or verb.lemma.lower() not in _NOBODY:
        return None
    if any(child.pos == "PRON" and child != answer.source for child in pair.source.children(verb)):
        return None  # « il lui faut partir »: she must leave
    return detector.finding(
        pair,
        message=f"« {answer.source.text.lstrip('-')} » stands for nobody here, as in « il faut »: "
        f'English says "it" or "there", not "{answer.target.text.lower()}".',
        confidence=CONFIDENCE_NOBODY,
        severity=Severity.MINOR,
        source=answer.source.span,
        target=answer.target.span,
        suggestion=_like(answer.target.text, "it"),
    )


def _it_for_a_person(detector: Detector, reader: Reader, pair: Pair, answer: pronouns.Answer) -> Finding | None:
    if not (answer.linked and answer.sure) or pronouns.is_impersonal(pair.source, answer.source):
        return None
    referent = reader.read(pair, answer.source)
    likely = referent.candidates[0]
    meant = likely.mention
    if (
        referent.thing > 0.012
        or meant is None
        or meant.kind is not Kind.PERSON
        or likely.share < 0.75
        or referent.said > -1.2
    ):
        return None
    he = "she" if pronouns.french_form(answer.source) == "elle" else "he"
    return detector.finding(
        pair,
        message=f"« {answer.source.text.lstrip('-')} » stands for « {meant.span.of(reader.bitext.source.text)} », "
        f'a person: English says "{he}", not "{answer.target.text.lower()}".',
        confidence=CONFIDENCE_PERSON,
        severity=Severity.MINOR,
        source=answer.source.span,
        target=answer.target.span,
        suggestion=_like(answer.target.text, he),
        evidence=_evidence(reader, pair, referent),
    )


def _other_gender(detector: Detector, reader: Reader, pair: Pair, found: set[int]) -> Iterator[Finding]:
    clash = gender.clash(reader, pair)
    if clash is None:
        return
    behind = dict(clash.subjects)
    referents = [reader.read(pair, source) for source in behind.values()]
    if any(_of_either_sex(clash.gender, candidate) for referent in referents for candidate in referent.candidates):
        return
    if any(0.1 < referent.thing < 0.6 and _thing_share(referent) > 0.3 for referent in referents):
        return
    shown = ", ".join(f"« {token.text.lstrip('-')} »" for token in dict.fromkeys(clash.evidence[:3]))
    who = "a woman" if clash.gender == "Fem" else "a man"
    for token in clash.wrong:
        right = _RIGHT.get((clash.gender, token.text.lower()))
        if token.index in found or right is None or pronouns.is_possessive(token):
            continue
        source = behind.get(token.index)
        thing = source is not None and reader.read(pair, source).thing > 0.6
        says = (
            f'English says "it", not "{token.text.lower()}"'
            if thing
            else f'English says "{right}", not "{token.text.lower()}"'
        )
        yield detector.finding(
            pair,
            message=f"The French speaks of {'a thing' if thing else who} here ({shown}): {says}.",
            confidence=CONFIDENCE_GENDER,
            source=(source or clash.evidence[0]).span,
            target=token.span,
            suggestion=_like(token.text, "it" if thing else right),
        )


def _thing_share(referent: Referent) -> float:
    return referent.share((Kind.THING, Kind.GROUP))


def _of_either_sex(shown: str, candidate: Candidate) -> bool:
    """« la victime » may be a man, « le rapporteur » a woman: whoever translates may know."""
    mention = candidate.mention
    if mention is None or candidate.share < 0.15 or mention.kind is Kind.THING:
        return False
    if mention.any_sex or mention.kind is Kind.UNSURE:
        return not mention.name
    return (
        shown == "Masc"
        and mention.kind is Kind.PERSON
        and not mention.name
        and mention.token.lemma.lower() not in gender.MEN
    )


def _like(word: str, other: str) -> str:
    """``other`` with a capital where ``word`` has one."""
    return other.capitalize() if word[:1].isupper() else other


DETECTOR = Detector(
    rule="pronoun-antecedent",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example(
            "Cette nouvelle mort porte à 52 le nombre de soldats tués au Sahel.\n"
            "Mais ⟦elle⟧ intervient aussi dans un contexte tendu.",
            "This new death brings to 52 the number of soldiers killed in the Sahel.\n"
            "But ⟦she⟧ also comes in a tense context.",
        ),
        Example("Le rapport est prêt, mais il coûte trop cher.", "The report is ready, but ⟦he⟧ costs too much."),
        Example(
            "Le maire réclame un bassin. « Sans ce bassin, la ville sera inondée », prévient-il.",
            "The mayor is calling for a basin. “Without this basin, the town will be flooded,” he warns.",
        ),
        Example(
            "La loi a été votée mardi ; elle entre en vigueur demain.",
            "The law was passed on Tuesday; ⟦she⟧ comes into force tomorrow.",
        ),
        Example(
            "La ministre a démissionné. Elle a été remplacée par son adjoint.",
            "The minister resigned. ⟦He⟧ was replaced by a deputy.",
        ),
        Example(
            "Elle est née à Lyon en 1962 et a épousé un médecin.", "⟦He⟧ was born in Lyon in 1962 and married a doctor."
        ),
        Example("Il a dit qu'il avait perdu.", "⟦She⟧ said that ⟦she⟧ had lost."),
        Example(
            "La ministre a répondu. Elle pense que le texte passera.",
            "The minister answered. She thinks the bill will pass.",
        ),
        Example("Le général est arrivé. Il a salué ses hommes.", "The general arrived. He greeted the men."),
        Example("La machine est neuve, mais elle ne fonctionne pas.", "The machine is new, but it does not work."),
        Example(
            "La victime a été identifiée. Elle travaillait à Marseille.",
            "The victim was identified. He worked in Marseille.",
        ),
        Example(
            "« Ce gouvernement ne tient plus qu'à un fil », a-t-il ironisé.",
            "“This government is hanging by a thread,” he quipped.",
        ),
        Example("Il faut agir vite, dit le maire.", "It is time to act, the mayor says."),
        Example("Marie a vendu sa voiture. Elle voulait partir.", "Marie sold her car. She wanted to leave."),
    ),
)
