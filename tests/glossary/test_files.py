"""Glossary files: tables with and without names of columns, lists, TBX of both versions, and files that are wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tqcheck import glossary
from tqcheck.errors import UserError
from tqcheck.model import GlossaryTerm


def load(folder: Path, name: str, text: str) -> tuple[GlossaryTerm, ...]:
    file = folder / name
    file.write_text(text, "utf-8")
    return tuple(
        GlossaryTerm(t.french, t.allowed, t.forbidden, t.note, t.unchanged, t.place.removeprefix(f"{folder}/"))
        for t in glossary.load([file])
    )


def refused(folder: Path, name: str, text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        load(folder, name, text)
    assert caught.value.hint
    assert caught.value.place is not None
    return caught.value


CUSTODY = GlossaryTerm(
    "garde à vue", ("police custody", "custody"), ("detention",), "before any charge", place="g.tsv:3"
)


def test_a_table_whose_columns_are_named(tmp_path: Path) -> None:
    text = (
        "# the desk's\nfrench\tenglish\tforbidden\tnote\tunchanged\n"
        "garde à vue\tpolice custody | custody\tdetention\tbefore any charge\t\n\n"
        'Le "Canard"\t\t\t\tyes\n'
        "putsch\t\tcoup; revolution\t\tno\n"
    )
    assert load(tmp_path, "g.tsv", text) == (
        CUSTODY,
        GlossaryTerm('Le "Canard"', ('Le "Canard"',), unchanged=True, place="g.tsv:5"),
        GlossaryTerm("putsch", (), ("coup", "revolution"), place="g.tsv:6"),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.csv", 'French,English,Avoid,Notes\ngarde à vue,"police custody|custody",detention,before any charge\n'),
        ("g.csv", "terme;anglais;interdit;commentaire\ngarde à vue;police custody|custody;detention;before any charge"),
        ("g.csv", "Note;FR;EN;never\nbefore any charge;garde à vue;police custody | custody;detention\n"),
        ("g.csv", "garde à vue,police  custody;custody,detention,before any charge\n"),
        ("g.tsv", "garde à vue\tpolice custody;custody\tdetention\tbefore any charge\n"),
    ],
)
def test_ways_to_write_the_same(tmp_path: Path, name: str, text: str) -> None:
    (term,) = load(tmp_path, name, text)
    assert term == GlossaryTerm(
        CUSTODY.french, CUSTODY.allowed, CUSTODY.forbidden, CUSTODY.note, place=f"{name}:{len(text.splitlines())}"
    )


def test_a_cell_may_go_over_several_lines(tmp_path: Path) -> None:
    text = 'french,english,note\npréfet,prefect,"the State\nin a département"\nmaire,mayor,\n'
    assert [(t.french, t.note, t.place) for t in load(tmp_path, "g.csv", text)] == [
        ("préfet", "the State in a département", "g.csv:2"),
        ("maire", "", "g.csv:4"),
    ]


def test_a_list_of_what_is_not_translated(tmp_path: Path) -> None:
    text = "# papers\nLe Canard déchaîné\n\ngilets jaunes\n"
    assert [(t.french, t.allowed, t.unchanged) for t in load(tmp_path, "names.txt", text)] == [
        ("Le Canard déchaîné", ("Le Canard déchaîné",), True),
        ("gilets jaunes", ("gilets jaunes",), True),
    ]


TBX_2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX"><text><body>
<termEntry id="c1"><note>before any charge</note>
 <langSet xml:lang="fr"><tig><term>garde à vue</term></tig></langSet>
 <langSet xml:lang="en-GB">
  <tig><term>custody</term></tig>
  <tig><term>police custody</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  <ntig><termGrp><term>detention</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet></termEntry>
<termEntry id="c2"><langSet xml:lang="fr"><tig><term>seul</term></tig></langSet></termEntry>
</body></text></martif>
"""
TBX_3 = """<tbx type="TBX-Basic" style="dct" xmlns:min="http://www.tbxinfo.net/ns/min"><text><body>
<conceptEntry id="c1">
<langSec xml:lang="fr"><termSec><term>préfet</term></termSec><termSec><term>préfète</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>prefect</term></termSec>
<termSec><term>governor</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
</langSec></conceptEntry></body></text></tbx>
"""


def test_tbx(tmp_path: Path) -> None:
    assert load(tmp_path, "g.tbx", TBX_2) == (
        GlossaryTerm(
            "garde à vue", ("police custody", "custody"), ("detention",), "before any charge", place="g.tbx:4"
        ),
    )
    assert [(t.french, t.allowed, t.forbidden) for t in load(tmp_path, "h.tbx", TBX_3)] == [
        ("préfet", ("prefect",), ("governor",)),
        ("préfète", ("prefect",), ("governor",)),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message", "line"),
    [
        ("g.xls", "x", "no reader", None),
        ("g.csv", "french,englisch\nx,y\n", 'no column "englisch"', 1),
        ("g.csv", "french,note\nx,y\n", "has a column french, and", 1),
        ("g.csv", "french,english\n,prefect\n", "no French term", 2),
        ("g.csv", "french,english\npréfet,\n", "has no English term", 2),
        ("g.csv", "french,english\npréfet,!\n", '"!" is no term', 2),
        ("g.csv", "french,english\npréfet,prefect,governor\n", "3 columns, not 2", 2),
        ("g.csv", 'french,english\npréfet,"prefect\n', "no CSV", 2),
        ("g.csv", "french,english,keep\npréfet,,maybe\n", "neither yes nor no", 2),
        ("g.csv", "french,english,keep\npréfet,prefect,yes\n", "stays unchanged", 2),
        ("g.csv", "french,english\n", "has no term", None),
        ("g.csv", "french,english,avoid\npréfet,prefect,\npréfet,,prefect\n", "forbidden here and allowed at", 3),
        ("g.tbx", "<html/>", "this is no TBX", 1),
        ("g.tbx", "<tbx><text/></tbx>", "no concept", None),
        ("g.tbx", '<!DOCTYPE tbx [<!ENTITY a "a">]><tbx>&a;</tbx>', "declares an entity", 1),
    ],
)
def test_bad_files_are_refused_with_their_place(
    tmp_path: Path, name: str, text: str, message: str, line: int | None
) -> None:
    error = refused(tmp_path, name, text)
    assert message in error.message
    assert error.place is not None
    assert error.place.line == line


def test_the_tables_of_the_page(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "glossaries.md").read_text("utf-8")
    first, second = (load(tmp_path, "g.tsv", table) for table in re.findall(r"```tsv\n(.*?)```", page, re.S))
    assert [(t.french, t.forbidden, t.unchanged) for t in first][3:] == [
        ("mettre en examen", ("indict", "charge"), False),
        ("Le Canard déchaîné", (), True),
    ]
    assert first[0].allowed == ("police custody", "custody")
    assert [t.allowed for t in second] == [("oil company",), ("design engineering centre",)]
