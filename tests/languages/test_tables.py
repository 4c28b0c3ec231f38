"""The tables of words: what they owe (sizes, no doubles, one spelling), and what their loader refuses."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from tqcheck.annotate import annotate
from tqcheck.languages import tables
from tqcheck.languages.tables import BeingKind, FalseFriend, GrammaticalGender, Precision
from tqcheck.model import Document
from tqcheck.mqm import Severity

LEAST_ROWS = {
    "false_friends": 280,
    "loan_words": 250,
    "exonyms": 450,
    "organisations": 150,
    "nouns_people": 900,
    "nouns_animals": 150,
    "nouns_she": 40,
    "given_names": 700,
    "misspellings": 250,
    "antonyms": 150,
    "calques": 300,
    "sexes": 40,
    "attribution": 30,
    "limits": 14,
    "needed": 4,
    "siblings": 100,
}


def false_friend(french: str, wrong: str) -> FalseFriend:
    return next(row for row in tables.false_friends() if row.french[0] == french and wrong in row.wrong)


def test_every_table_is_held_here() -> None:
    assert set(LEAST_ROWS) == set(tables.COLUMNS)


@pytest.mark.parametrize("name", tables.COLUMNS)
def test_a_table_is_as_long_as_it_was_meant_to_be(name: str) -> None:
    assert len(tables.load(name)) >= LEAST_ROWS[name]


@pytest.mark.parametrize("name", tables.COLUMNS)
def test_a_table_is_in_composed_unicode_with_single_blanks_and_straight_apostrophes(name: str) -> None:
    for row in tables.load(name):
        for cell in row.values():
            assert unicodedata.normalize("NFC", cell) == cell
            assert "  " not in cell
            assert "’" not in cell, cell
            assert not set(cell) & {"\u00a0", "\u202f", "\u00ad", "\ufeff"}, cell


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("loan_words", ("word",)),
        ("exonyms", ("french",)),
        ("organisations", ("french_acronym", "french_expansion")),
        ("nouns_people", ("lemma",)),
        ("nouns_animals", ("lemma",)),
        ("nouns_she", ("lemma",)),
        ("given_names", ("name",)),
    ],
)
def test_nothing_stands_in_a_table_twice(name: str, keys: tuple[str, ...]) -> None:
    counts = Counter(tuple(row[key] for key in keys) for row in tables.load(name))
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_trap_is_listed_twice_for_a_french_word() -> None:
    counts = Counter(
        (french, row.pos, wrong) for row in tables.false_friends() for french in row.french for wrong in row.wrong
    )
    assert [key for key, count in counts.items() if count > 1] == []


def test_a_false_friend_is_complete_and_consistent() -> None:
    for row in tables.false_friends():
        assert row.french, row
        assert row.wrong, row
        assert row.right, row
        assert not set(row.wrong) & set(row.right), row
        assert row.pos in ("NOUN", "VERB", "ADJ", "ADV", None), row
        assert not set(row.allow) & set(row.require), row
        assert row.note.endswith("."), row
        assert row.severity in (Severity.MINOR, Severity.MAJOR), row
        assert all(wrong == wrong.lower() and " " not in wrong for wrong in row.wrong), row


def test_most_false_friends_are_reported_and_surely() -> None:
    counts = Counter(row.precision for row in tables.false_friends())
    assert counts[Precision.HIGH] + counts[Precision.MEDIUM] >= 280
    assert counts[Precision.HIGH] > counts[Precision.LOW] > 0


def test_the_false_friends_that_every_desk_knows_are_reported() -> None:
    for french, wrong in [
        ("intervenir", "intervene"), ("sulfureux", "sulphurous"), ("revendiquer", "revendicate"),
        ("actuellement", "actually"), ("éventuellement", "eventually"), ("assister à", "assist"),
        ("sensible", "sensible"), ("engin", "engine"), ("librairie", "library"), ("décevoir", "deceive"),
        ("prétendre que", "pretend"), ("procès", "process"), ("match nul", "null"), ("brigadier", "brigadier"),
        ("mettre en examen", "examination"),
    ]:  # fmt: skip
        assert false_friend(french, wrong).precision is not Precision.LOW, french


def test_an_excuse_is_a_right_rendering_with_the_trap_in_it() -> None:
    assert "cargo ship" in false_friend("cargo", "cargo").excuses
    assert "balance sheet" in false_friend("bilan", "balance").excuses
    assert "sales figures" in false_friend("chiffre d'affaires", "figure").excuses
    assert false_friend("actuel", "actual").excuses == ()


def test_the_words_of_a_phrase_are_those_of_tokens() -> None:
    assert tables.phrase_words("Chiffre d’affaires") == ("chiffre", "d'", "affaires")
    assert tables.phrase_words("sage-femme") == ("sage-femme",)


FRENCH_FORMS = [
    ("L'accord est intervenu lundi.", "intervenu", "intervenir"),
    ("Ils interviennent dans un contexte tendu.", "interviennent", "intervenir"),
    ("Les engins ont explosé.", "engins", "engin"),
    ("Des personnages sulfureux sont venus.", "sulfureux", "sulfureux"),
    ("Les ministres actuels sont partis.", "actuels", "actuel"),
    ("Ils prétendaient le contraire.", "prétendaient", "prétendre"),
    ("Les spectateurs étaient déçus.", "déçus", "décevoir"),
    ("Elle a revendiqué l'attentat.", "revendiqué", "revendiquer"),
    ("Nous avons réclamé une enquête.", "réclamé", "réclamer"),
    ("Les procès ont commencé.", "procès", "procès"),
    ("Les stages sont payés.", "stages", "stage"),
    ("Le tribunal l'a relaxée.", "relaxée", "relaxer"),
    ("Il a licencié dix salariés.", "licencié", "licencier"),
    ("Les zones sensibles sont gardées.", "sensibles", "sensible"),
    ("Ils ont rédigé un texte.", "rédigé", "rédiger"),
    ("Les recours ont été rejetés.", "recours", "recours"),
    ("Il convient de partir.", "convient", "convenir"),
]
ENGLISH_FORMS = [
    ("The death intervened on Friday.", "intervened", "intervene"),
    ("They assisted at the funeral.", "assisted", "assist"),
    ("Two engines exploded.", "engines", "engine"),
    ("The voters were deceived.", "deceived", "deceive"),
    ("He pretends to be rich.", "pretends", "pretend"),
    ("She resumed the report.", "resumed", "resume"),
    ("The libraries are closed.", "libraries", "library"),
    ("They licensed ten workers.", "licensed", "license"),
    ("He hurled loudly.", "hurled", "hurl"),
]


@pytest.mark.parametrize(
    ("lang", "cases", "column"), [("fr", FRENCH_FORMS, "french"), ("en", ENGLISH_FORMS, "wrong")], ids=["fr", "en"]
)
def test_a_lemma_of_the_table_is_what_the_annotator_gives(
    lang: str, cases: list[tuple[str, str, str]], column: str
) -> None:
    listed: dict[str, set[str]] = {}
    for row in tables.false_friends():
        alternatives = row.french if column == "french" else row.wrong
        listed.setdefault(alternatives[0], set()).update(alternatives)
    document = annotate(Document(lang, lang, "\n".join(text for text, _, _ in cases)), split=False)
    lemmas = {token.text: token.lemma.lower() for token in document.tokens}
    for _, form, entry in cases:
        assert {form, lemmas[form]} & listed[entry], (form, lemmas[form], entry)


def test_people_groups_animals_and_those_who_may_be_either() -> None:
    people = tables.people()
    assert people["soldat"].kind is BeingKind.PERSON
    assert people["armée"].kind is BeingKind.GROUP
    assert people["jument"].kind is BeingKind.ANIMAL
    assert people["constructeur"].kind is BeingKind.EITHER
    assert "nouvelle" not in people


def test_the_gender_of_a_noun_and_whether_it_is_that_of_the_person() -> None:
    people = tables.people()
    assert people["victime"].any_sex
    assert people["victime"].gender is GrammaticalGender.FEMININE
    assert people["témoin"].any_sex
    assert people["ministre"].gender is GrammaticalGender.COMMON
    assert not people["présidente"].any_sex
    assert people["présidentes"].gender is GrammaticalGender.FEMININE
    assert people["chien"].any_sex


def test_a_ship_may_be_called_she_and_a_death_may_not() -> None:
    assert {"frégate", "navire", "bateau"} <= tables.called_she()
    assert not {"mort", "force", "attaque"} & tables.called_she()


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Maxime", "Masc"), ("MAXIME", "Masc"), ("Florence", "Fem"), ("Jean-Yves", "Masc"), ("JEAN-YVES", "Masc"),
        ("Marie-Laure", "Fem"), ("Fatoumata", "Fem"), ("Souleymane", "Masc"), ("Vladimir", "Masc"), ("Giorgia", "Fem"),
        ("Claude", None), ("maxime", None), ("Paris", None), ("Barkhane", None), ("", None),
    ],
)  # fmt: skip
def test_the_gender_of_a_given_name(name: str, gender: str | None) -> None:
    assert tables.given_name_gender(name) == gender


def test_places_have_their_english_names_with_and_without_the_accent() -> None:
    exonyms = tables.exonyms()
    assert exonyms["Londres"] == ("London",)
    assert "Kyiv" in exonyms["Kiev"]
    assert exonyms["États-Unis"] == exonyms["Etats-Unis"]
    assert "Paris" not in exonyms
    assert all(english != (french,) for french, english in exonyms.items())


def test_organisations_have_their_english_acronyms() -> None:
    english = {row.french_acronym: row.english_acronyms for row in tables.organisations()}
    assert english["OTAN"][0] == "NATO"
    assert english["GSIM"][0] == "JNIM"
    assert english["EIGS"] == ("ISGS",)
    assert english["PIB"] == ("GDP",)
    assert all(row.french_acronym or row.french_expansion for row in tables.organisations())
    assert all(row.english_acronyms or row.english_expansion for row in tables.organisations())


def test_loan_words_are_english_and_plain_french_is_not() -> None:
    assert {"café", "coup d'état", "gilets jaunes", "gendarme", "vis-à-vis", "habeas corpus"} <= tables.loan_words()
    assert not {"boulangerie", "mort", "soldat", "maire", "député", "guerre"} & tables.loan_words()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name\tsex", "Anne\tf", ""], "x.tsv:1: the columns are not name, gender"),
        (["name\tgender", "Anne\tf\tx", ""], "x.tsv:2: 3 cells, not 2"),
        (["name\tgender", "Anne\tf", "Jean", ""], "x.tsv:3: 1 cells, not 2"),
        (["name\tgender", "\tf", ""], "x.tsv:2: name is ''"),
        (["name\tgender", "Anne \tf", ""], "x.tsv:2: name is 'Anne '"),
        (["name\tgender", "Anne\tf"], "x.tsv:2: the last line does not end"),
    ],
)
def test_a_malformed_row_is_refused_with_its_place(lines: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        list(tables.parse("x.tsv", ("name", "gender"), lines))


@pytest.mark.parametrize(
    ("loader", "name", "row", "message"),
    [
        (tables.given_names, "given_names", "Anne\tn", "given_names.tsv:2: 'n' is none of m, f, c"),
        (tables.people, "nouns_people", "chef\tm\tboss", "nouns_people.tsv:2: 'boss' is none of"),
        (tables.people, "nouns_people", "star\tm\tfeminine-noun-for-any-sex", "nouns_people.tsv:2: .* gender m"),
        (
            tables.false_friends, "false_friends", "a\t-\tb\tc\t\t\t\tsure\tmajor\tNote.",
            "false_friends.tsv:2: 'sure' is none of high, medium, low",
        ),
    ],
)  # fmt: skip
def test_a_word_out_of_its_column_s_choices_is_refused_with_its_place(
    loader: Callable[[], object], name: str, row: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = "\t".join(tables.COLUMNS[name])

    def rows(wanted: str) -> object:
        lines = [header, row, ""] if wanted == name else ["\t".join(tables.COLUMNS[wanted]), ""]
        return tables.parse(f"{wanted}.tsv", tables.COLUMNS[wanted], lines)

    monkeypatch.setattr(tables, "_rows", rows)
    loader.cache_clear()  # type: ignore[attr-defined]
    try:
        with pytest.raises(ValueError, match=message):
            loader()
    finally:
        loader.cache_clear()  # type: ignore[attr-defined]
