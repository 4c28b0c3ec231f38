"""The table of formats, and what importing the room costs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.render.reports import bitext, bridge, report
from tqcheck.model import Desk, Report
from tqcheck.render import FORMATS, terminal
from tqcheck.render.data import to_json
from tqcheck.render.look import Look
from tqcheck.render.terminal import render


def test_a_format_shows_a_report_and_a_desk() -> None:
    look = Look(70)
    assert FORMATS["json"].report(bridge(), look) == to_json(bridge())
    assert FORMATS["terminal"].report(bridge(), look) == render(bridge(), look)
    assert FORMATS["terminal"].report(bridge(), Look(70, details=True)) == render(bridge(), look, details=True)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_makes_the_same_text_of_the_same_report(name: str) -> None:
    form = FORMATS[name]
    assert form.report(bridge(), Look()) == form.report(bridge(), Look())
    assert "".join(form.pieces(bridge(), Look())) == form.report(bridge(), Look())
    if not form.each:
        assert form.desk(Desk((bridge(), bridge())), Look()).strip()


def test_a_pair_of_a_long_report_is_a_piece() -> None:
    longest = max(map(len, FORMATS["json"].pieces(bridge(), Look())))
    assert longest < len(to_json(bridge())) / 3


@pytest.mark.parametrize("name", ["csv", "gitlab"])
def test_a_finding_of_a_long_report_is_a_piece(name: str) -> None:
    found = bridge().findings if name == "csv" else bridge().counted
    assert len(list(FORMATS[name].pieces(bridge(), Look()))) == len(found) + 1 > 2


def test_a_case_of_a_long_report_is_a_piece() -> None:
    found = list(FORMATS["junit"].pieces(bridge(), Look()))
    assert sum(piece.startswith("<testcase ") for piece in found) == len(bridge().findings) + 1 > 2
    assert all(piece.count("<testcase ") <= 1 for piece in found)


@pytest.mark.parametrize("look", [Look(), Look(70, color=True, details=True)])
def test_a_page_for_the_terminal_is_the_same_in_pieces_of_any_size(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = FORMATS["terminal"].report(bridge(), look)
    monkeypatch.setattr(terminal, "_AT_ONCE", 3)
    pieces = list(FORMATS["terminal"].pieces(bridge(), look))
    assert len(pieces) > 5
    assert "".join(pieces) == whole


def test_nothing_found_is_an_empty_list_for_gitlab() -> None:
    assert FORMATS["gitlab"].report(report(bitext([])), Look()) == "[]\n"


@pytest.mark.parametrize("made", [bridge(), report(bitext([]))], ids=["some", "no-pairs"])
@pytest.mark.parametrize("indent", [None, 2])
def test_json_in_pieces_is_what_the_library_writes(made: Report, indent: int | None) -> None:
    text = to_json(made, links=True, indent=indent)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=indent) + "\n"


def test_rich_is_imported_only_when_used() -> None:
    code = (
        "import sys, tqcheck.render, tqcheck.render.rules, tqcheck.render.beads, tqcheck.render.output\n"
        "assert 'rich' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
