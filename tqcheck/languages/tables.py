"""The tables of words that lie beside this file as tab-separated text: loaded once, checked, and typed.

The first line of a table names its columns. A row that does not fit is a fault of ours and raises ``ValueError`` with
the file and the line. Alternatives in one cell are separated by ``|``, lists by commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from tqcheck.mqm import Severity


class Precision(StrEnum):
    """How surely an editor agrees: high from about 0.9, medium from 0.7, low below."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class GrammaticalGender(StrEnum):
    """``COMMON``: the article decides (« le » or « la ministre »); of a name: men and women have it."""

    MASCULINE = "m"
    FEMININE = "f"
    COMMON = "c"


class BeingKind(StrEnum):
    """What a noun for a living being denotes. ``EITHER``: a firm, a country or a device may be meant as well
    (« le constructeur », « le lecteur »), or a language (« l'anglais »)."""

    PERSON = "person"
    GROUP = "group"
    ANIMAL = "animal"
    EITHER = "person-or-thing"


Choice = TypeVar("Choice", bound=StrEnum)

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "false_friends": (
            "french", "pos", "wrong", "right", "sense_ok", "allow", "require", "precision", "severity", "note",
        ),
        "loan_words": ("word", "note"),
        "exonyms": ("french", "english"),
        "organisations": ("french_acronym", "french_expansion", "english_acronym", "english_expansion"),
        "nouns_people": ("lemma", "gender", "kind"),
        "nouns_animals": ("lemma", "gender"),
        "nouns_she": ("lemma", "note"),
        "given_names": ("name", "gender"),
        "misspellings": ("word", "right"),
        "antonyms": ("french_one", "english_one", "french_other", "english_other"),
        "calques": ("french", "literal", "right", "severity"),
        "sexes": ("french_man", "english_man", "french_woman", "english_woman"),
        "attribution": ("french", "wrong", "says"),
        "limits": ("french_one", "english_one", "french_other", "english_other"),
        "siblings": ("kind", "french", "english"),
        "needed": ("french", "english", "severity", "meaning"),
    }
)  # fmt: skip
"""The tables and their columns."""

_MAY_BE_EMPTY = frozenset(
    "sense_ok allow require note french_acronym french_expansion english_acronym english_expansion".split()
)
_ANY_SEX = {"feminine-noun-for-any-sex": "f", "masculine-noun-for-any-sex": "m"}
_UD_GENDER = {GrammaticalGender.MASCULINE: "Masc", GrammaticalGender.FEMININE: "Fem"}
_WORDS = re.compile(r"[^\s'’]+['’]?")
_PLAIN_CAPITALS = str.maketrans("ÀÂÇÉÈÊÎÔ", "AACEEEIO")


class FalseFriend(NamedTuple):
    """A French word that one English word does not render, whatever it looks like.

    ``french``: words or phrases, one of which stands in the French; each of their words (`phrase_words`) matches a
    token by its lemma or by its form. ``pos``: the Universal Dependencies tag of a single word, None for any; of a
    phrase it is not compared. ``wrong``: English lemmas, as the English model gives them, that are the trap when linked
    to a word of the French. ``right``: what to write, best first; see `excuses`. ``sense_ok``: the sense in which the
    trap is right, None where there is none. ``allow``: French words or phrases beside which the trap is accepted.
    ``require``: those of which one must be there; empty: always. ``note``: a sentence for the editor.
    """

    french: tuple[str, ...]
    pos: str | None
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    sense_ok: str | None
    allow: tuple[str, ...]
    require: tuple[str, ...]
    precision: Precision
    severity: Severity
    note: str

    @property
    def excuses(self) -> tuple[str, ...]:
        """Right renderings of several words, in lower case, in which the trap stands: "cargo ship"."""
        return tuple(
            text.lower()
            for text in self.right
            if any(word.startswith(trap.lower()) for word in phrase_words(text) for trap in self.wrong)
        )


class Organisation(NamedTuple):
    """A body, treaty or term whose acronym or name differs; several English acronyms, the usual one first."""

    french_acronym: str | None
    french_expansion: str | None
    english_acronyms: tuple[str, ...]
    english_expansion: str | None


class Being(NamedTuple):
    """A French noun for a person, a group of people or an animal.

    ``any_sex``: the gender of the noun says nothing of the person (« la victime »).
    """

    lemma: str
    gender: GrammaticalGender
    kind: BeingKind
    any_sex: bool


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase in lower case, cut at blanks and behind apostrophes, straight ones: l', essentiel, de."""
    return tuple(word.replace("’", "'").lower() for word in _WORDS.findall(phrase))


def load(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table (a key of `COLUMNS`), each by column; raises ValueError where the file is malformed."""
    return tuple(row for _, row in _rows(name))


@cache
def false_friends() -> tuple[FalseFriend, ...]:
    """Every pairing of a French word with a trap, in the order of the French."""
    return tuple(_false_friend(place, row) for place, row in _rows("false_friends"))


@cache
def loan_words() -> frozenset[str]:
    """French and Latin words and phrases, in lower case, that are good English as well."""
    return frozenset(row["word"].lower() for _, row in _rows("loan_words"))


@cache
def exonyms() -> Mapping[str, tuple[str, ...]]:
    """French names of places and peoples and their English ones, the usual one first; those that do not differ are out.

    A name that begins with an accent stands there without it, too: « États-Unis », « Etats-Unis ».
    """
    names = {row["french"]: _alternatives(row["english"]) for _, row in _rows("exonyms")}
    plain = {name[0].translate(_PLAIN_CAPITALS) + name[1:]: english for name, english in names.items()}
    return MappingProxyType({name: english for name, english in (plain | names).items() if english != (name,)})


@cache
def organisations() -> tuple[Organisation, ...]:
    """Organisations and terms whose acronyms or names differ between the languages."""
    return tuple(
        Organisation(
            row["french_acronym"] or None, row["french_expansion"] or None,
            _alternatives(row["english_acronym"]), row["english_expansion"] or None,
        )
        for _, row in _rows("organisations")
    )  # fmt: skip


@cache
def people() -> Mapping[str, Being]:
    """People, groups of people and animals by their French lemma; an animal's gender says nothing of its sex.

    The lemmatizer takes « présidente » for a form of « président » and keeps the plural of a word that it does not
    know: look for the form first, which is there in the singular, and of a person in the plain plural.
    """
    animals = {row["lemma"]: _animal(place, row) for place, row in _rows("nouns_animals")}
    people = {row["lemma"]: _person(place, row) for place, row in _rows("nouns_people")}
    persons = (being for being in people.values() if being.kind is BeingKind.PERSON)
    plurals = {f"{being.lemma}s": being for being in persons if not being.lemma.endswith(("s", "x", "z"))}
    return MappingProxyType(plurals | animals | people)


@cache
def called_she() -> frozenset[str]:
    """French lemmas of things that English may call "she", ships above all."""
    return frozenset(row["lemma"] for _, row in _rows("nouns_she"))


@cache
def given_names() -> Mapping[str, GrammaticalGender]:
    """Given names, and whether men have them, women or both."""
    genders = ((row["name"], _choice(place, row["gender"], GrammaticalGender)) for place, row in _rows("given_names"))
    return MappingProxyType(dict(genders))


def given_name_gender(word: str) -> str | None:
    """Masc or Fem for a given name with its capital (« Maxime », « MAXIME »), else None.

    A double name that is not listed has the gender of its first part: « Jean-Sébastien », « Marie-Laure ».
    """
    if not word[:1].isupper():
        return None
    name = "-".join(part.capitalize() for part in word.split("-")) if word.isupper() else word
    gender = given_names().get(name) or given_names().get(name.split("-")[0])
    return None if gender is None else _UD_GENDER.get(gender)


def _rows(name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows of a table with their place, ``file:line``."""
    file, columns = f"{name}.tsv", COLUMNS[name]
    lines = files(__package__).joinpath(file).read_text(encoding="utf-8").split("\n")
    yield from parse(file, columns, lines)


def parse(file: str, columns: tuple[str, ...], lines: list[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows among the lines of a table with their place; ``file`` is what an error calls it."""
    if tuple(lines[0].split("\t")) != columns:
        raise ValueError(f"{file}:1: the columns are not {', '.join(columns)}")
    if lines[-1] != "":
        raise ValueError(f"{file}:{len(lines)}: the last line does not end")
    for number, line in enumerate(lines[1:-1], 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{file}:{number}: {len(cells)} cells, not {len(columns)}")
        if "" in cells or cells != [cell.strip() for cell in cells]:
            for column, cell in zip(columns, cells, strict=True):
                if cell != cell.strip() or not (cell or column in _MAY_BE_EMPTY):
                    raise ValueError(f"{file}:{number}: {column} is {cell!r}")
        yield f"{file}:{number}", dict(zip(columns, cells, strict=True))


def _false_friend(place: str, row: Mapping[str, str]) -> FalseFriend:
    return FalseFriend(
        french=_alternatives(row["french"]),
        pos=None if row["pos"] == "-" else row["pos"],
        wrong=_alternatives(row["wrong"]),
        right=_list(row["right"]),
        sense_ok=row["sense_ok"] or None,
        allow=_list(row["allow"]),
        require=_list(row["require"]),
        precision=_choice(place, row["precision"], Precision),
        severity=_choice(place, row["severity"], Severity),
        note=row["note"],
    )


def _person(place: str, row: Mapping[str, str]) -> Being:
    gender = _choice(place, row["gender"], GrammaticalGender)
    if row["kind"] not in _ANY_SEX:
        return Being(row["lemma"], gender, _choice(place, row["kind"], BeingKind), False)
    if gender != _ANY_SEX[row["kind"]]:
        raise ValueError(f"{place}: {row['kind']} with the gender {gender}")
    return Being(row["lemma"], gender, BeingKind.PERSON, True)


def _animal(place: str, row: Mapping[str, str]) -> Being:
    return Being(row["lemma"], _choice(place, row["gender"], GrammaticalGender), BeingKind.ANIMAL, True)


def _choice(place: str, value: str, choices: type[Choice]) -> Choice:
    try:
        return choices(value)
    except ValueError:
        raise ValueError(f"{place}: {value!r} is none of {', '.join(choices)}") from None


def _alternatives(cell: str) -> tuple[str, ...]:
    return _parts(cell, "|")


def _list(cell: str) -> tuple[str, ...]:
    return _parts(cell, ",")


def _parts(cell: str, between: str) -> tuple[str, ...]:
    if between not in cell:
        return (cell,) if cell else ()
    return tuple([part for part in map(str.strip, cell.split(between)) if part])
