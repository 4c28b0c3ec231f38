"""The table of an alignment."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.render.reports import bitext, bridge, with_pair
from tqcheck.render.beads import align_table
from tqcheck.render.look import Look

STYLE = re.compile(r"\x1b\[[0-9;]*m")


def test_without_colour_a_block_of_lines_a_bead() -> None:
    lines = align_table(bridge().bitext, Look(80)).splitlines()
    assert lines[0] == "1 : 1  0.90"
    assert lines[1] == "  fr  Un pont s'effondre à Rouvray"
    place = lines.index("3 : -")
    assert lines[place + 1 : place + 3] == ["  fr  Aucun blessé n'est à déplorer.", "  en  (nothing)"]
    assert "5 : 4  0.90 moved" in lines
    assert lines[-1] == "6 beads: 5 aligned, 1 in the French alone, 1 moved"


def test_in_colour_a_table_with_the_texts_side_by_side() -> None:
    lines = STYLE.sub("", align_table(bridge().bitext, Look(120, color=True))).splitlines()
    assert lines[0].split() == ["fr", "en", "sure", "article.fr.txt", "article.en.txt"]
    assert "Un pont s'effondre à Rouvray" in lines[2]
    assert "A bridge collapses in Rouvray" in lines[2]


def test_several_sentences_and_long_texts() -> None:
    text = bitext([("Un. " * 80, "One. " * 80)])
    text = with_pair(text, 0, source=replace(text.pairs[0].source, sentences=(3, 4, 5)), alignment=None)
    shown = align_table(text, Look(80))
    assert shown.startswith("4 to 6 : 1\n")
    assert "…" in shown
    assert "…" not in align_table(text, Look(80), excerpt=0)


@pytest.mark.parametrize("width", [40, 72, 100, 200])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, color: bool) -> None:
    shown = align_table(bridge().bitext, Look(width, color))
    assert all(cell_len(line) <= width for line in STYLE.sub("", shown).splitlines())


def test_hostile_texts_are_shown_and_nothing_is_something() -> None:
    assert "\\x1b[2J" in align_table(bitext([("\x1b[2J", "")]), Look(80))
    assert align_table(bitext([]), Look(80)).strip() == "No beads."
