"""What a French pronoun stands for: nobody, a thing, a person, and whose something is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bitexts import bitext_of
from tqcheck import detector
from tqcheck.detectors import possessive_antecedent, pronoun_antecedent
from tqcheck.languages import gender, predicates, pronouns
from tqcheck.languages.candidates import Referent
from tqcheck.languages.coreference import Reader
from tqcheck.languages.mentions import Kind, kind_of, mentions_of
from tqcheck.model import Bitext, Finding, Token


def pronoun_of(bitext: Bitext, word: str) -> Token:
    """The last token of the French with this form."""
    return next(t for t in reversed(bitext.source.tokens) if pronouns.french_form(t) == word)


def reading(source: str, target: str, word: str) -> tuple[Referent, str | None]:
    """How a pronoun is read, and the words of the likeliest noun."""
    bitext = bitext_of(source, target)
    token = pronoun_of(bitext, word)
    pair = next(p for p in bitext.pairs if p.source.token(token.index) is token)
    referent = Reader(bitext).read(pair, token)
    return referent, None if referent.best is None else referent.best.span.of(bitext.source.text)


def found(source: str, target: str) -> tuple[Finding, ...]:
    rules = (pronoun_antecedent.DETECTOR, possessive_antecedent.DETECTOR)
    return detector.run(rules, bitext_of(source, target))


@pytest.mark.parametrize(
    "french",
    [
        "Il faut partir.",
        "Il y a trois raisons.",
        "Il n'y avait personne.",
        "Y a-t-il une solution ?",
        "Il pleut depuis hier.",
        "Il s'agit d'un accord.",
        "Il est possible que le texte change.",
        "Il est difficile de répondre.",
        "Il est tard.",
        "Il semble que le gouvernement hésite.",
        "Il reste trois jours.",
        "Il convient de rappeler les faits.",
    ],
)
def test_an_il_that_is_nobody(french: str) -> None:
    segment = bitext_of(french, "x").pairs[0].source
    assert [pronouns.is_impersonal(segment, t) for t in pronouns.french_subjects(segment)] == [True]


@pytest.mark.parametrize(
    "french",
    [
        "Il est heureux de partir.",
        "Il a dit que le texte passerait.",
        "Il travaille à Lyon.",
        "Il est plus grand que son frère.",
        "Elle est importante.",
        "Il agit vite.",
        "Il est en train de lire.",
        "Il y est allé hier.",
    ],
)
def test_an_il_or_elle_that_is_somebody_or_something(french: str) -> None:
    segment = bitext_of(french, "x").pairs[0].source
    assert [pronouns.is_impersonal(segment, t) for t in pronouns.french_subjects(segment)] == [False]


def test_the_elle_behind_a_preposition_is_no_subject() -> None:
    segment = bitext_of("Paul part avec elle et elle chante.", "x").pairs[0].source
    assert [t.index for t in pronouns.french_subjects(segment)] == [5]


def test_mentions_know_gender_number_and_kind() -> None:
    segment = bitext_of("La ministre a lu le rapport devant ses collègues de la Commission.", "x").pairs[0].source
    mentions = {m.token.text: m for m in mentions_of(segment, 0)}
    assert (mentions["ministre"].gender, mentions["ministre"].kind) == ("Fem", Kind.PERSON)
    assert (mentions["rapport"].gender, mentions["rapport"].kind) == ("Masc", Kind.THING)
    assert mentions["collègues"].plural
    assert mentions["ministre"].role == "subject"
    assert mentions["rapport"].role == "object"


@pytest.mark.parametrize(
    ("lemma", "kind"),
    [("soldat", Kind.PERSON), ("entreprise", Kind.GROUP), ("chien", Kind.UNSURE), ("table", Kind.THING)],
)
def test_kinds_of_nouns(lemma: str, kind: Kind) -> None:
    assert kind_of(lemma)[0] is kind


def test_a_death_is_a_thing_and_a_dead_man_is_none() -> None:
    segment = bitext_of("La mort du soldat a été annoncée. Le mort avait 30 ans.", "x").pairs[0].source
    kinds = [m.kind for m in mentions_of(segment, 0) if m.token.text.lower() == "mort"]
    assert kinds == [Kind.THING, Kind.PERSON]


def test_the_shares_of_the_candidates_are_probabilities() -> None:
    referent, _ = reading("Le maire a vu le film. Il a duré trois heures.", "The mayor saw the film. It lasted.", "il")
    assert sum(c.share for c in referent.candidates) == pytest.approx(1)
    assert all(0 <= c.thing <= 1 for c in referent.candidates)
    assert [c.share for c in referent.candidates] == sorted((c.share for c in referent.candidates), reverse=True)


@pytest.mark.parametrize(
    ("source", "word", "noun"),
    [
        ("Le camion est tombé en panne. Il a été remorqué.", "il", "Le camion"),
        ("Bien qu'elle soit chère, la voiture se vend.", "elle", "la voiture"),
        ("Le filet, il te gêne ?", "il", "Le filet"),
        ("Le barrage tiendra-t-il ?", "il", "Le barrage"),
        ("Le ministre a présenté la loi. Elle entrera en vigueur en mai.", "elle", "la loi"),
    ],
)
def test_the_noun_that_is_meant(source: str, word: str, noun: str) -> None:
    referent, best = reading(source, "x", word)
    assert best == noun
    assert referent.thing > 0.5


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("Le ministre est arrivé. Il a répondu aux questions.", "il"),
        ("La chanteuse a quitté la scène. Elle pense revenir.", "elle"),
        ("Marie Dupont est née à Lyon. Elle a trois enfants.", "elle"),
        ("« Je pars », dit-il.", "il"),
    ],
)
def test_a_person_is_meant(source: str, word: str) -> None:
    assert reading(source, "x", word)[0].thing < 0.3


def test_a_pronoun_does_not_stand_for_what_its_own_verb_has_as_an_object() -> None:
    referent, best = reading("La voisine regarde la lettre qu'elle a reçue.", "x", "elle")
    assert best == "La voisine"
    assert referent.thing < 0.7


def test_an_earlier_it_speaks_for_a_thing() -> None:
    plain, _ = reading(
        "J'ai vu Camille.\nElle est là.\nElle est belle.", "I saw it.\nShe is there.\nShe is nice.", "elle"
    )
    told, _ = reading(
        "J'ai vu Camille.\nElle est là.\nElle est belle.", "I saw it.\nIt is there.\nShe is nice.", "elle"
    )
    assert told.thing > plain.thing


def test_what_goes_before_in_another_article_counts_for_nothing() -> None:
    bitext = bitext_of("Le camion est en panne.\nIl arrive.", "The truck broke down.\nHe is coming.")
    apart = Bitext(bitext.source, bitext.target, (bitext.pairs[0], replace(bitext.pairs[1], document=1)))
    token = pronoun_of(bitext, "il")
    assert Reader(bitext).read(bitext.pairs[1], token).best is not None
    assert Reader(apart).read(apart.pairs[1], token).best is None


def test_the_possessor_is_the_subject_of_the_clause() -> None:
    referent, best = reading("La France a retiré ses troupes.", "France withdrew its troops.", "ses")
    assert best == "La France"
    assert referent.thing > 0.8
    assert reading("Le musée, qui a doublé sa surface, rouvre.", "x", "sa")[1] == "Le musée"


def test_possessives_are_paired_by_what_is_possessed() -> None:
    pair = bitext_of("Elle vend sa maison et son frère achète.", "She sells her house and her brother buys.").pairs[0]
    paired = [(english.text, french.text) for english, french in pronouns.possessives(pair)]
    assert paired == [("her", "sa"), ("her", "son")]


def test_a_clash_needs_one_gender_on_each_side() -> None:
    clashing = bitext_of("Elle a perdu.", "He lost.")
    mixed = bitext_of("Elle a battu Paul.", "He was beaten by her.")
    assert gender.clash(Reader(clashing), clashing.pairs[0]) is not None
    assert gender.clash(Reader(mixed), mixed.pairs[0]) is None


def test_words_said_of_people_and_of_things() -> None:
    odds = predicates.table("predicates.tsv")
    assert odds["fr:fonctionner"] > 1 > -0.5 > odds["fr:travailler"]
    assert odds["en:cost"] > 1 > -0.5 > odds["en:marry"]


def test_the_message_names_the_noun_and_the_place_is_the_pronoun() -> None:
    source = "La taxe a été votée.\nElle rapportera deux milliards d'euros."
    target = "The tax was passed.\nShe will bring in two billion euros."
    (finding,) = found(source, target)
    assert "« La taxe »" in finding.message
    assert finding.target is not None
    assert finding.target.of(target) == "She"
    assert finding.suggestion == "It"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le chien a mordu un enfant. Il s'est enfui.", "The dog bit a child. He ran away."),
        ("La frégate est rentrée. Elle a été réparée.", "The frigate came home. She was repaired."),
        ("La personne a appelé. Elle pleurait.", "The person called. He was crying."),
        ("Le rapporteur a parlé. Il a dit oui.", "The rapporteur spoke. She said yes."),
        ("Paul a vu Marie. Il lui a parlé.", "Paul saw Marie. She was spoken to by him."),
    ],
)
def test_silence_where_english_may_say_so(source: str, target: str) -> None:
    assert found(source, target) == ()


def test_a_long_chain_of_pronouns_is_no_deep_recursion() -> None:
    count = 400
    source = "\n".join(["Le moteur tourne."] + ["Il chauffe."] * count)
    target = "\n".join(["The engine runs."] + ["It heats up."] * count)
    bitext = bitext_of(source, target)
    reader = Reader(bitext)
    assert reader.read(bitext.pairs[-1], pronoun_of(bitext, "il")).thing > 0.5
