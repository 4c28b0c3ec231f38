"""Places in files that are not the text to the letter: ends before a tag, names of units, no replacement in them."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.render.reports import bridge
from tqcheck.model import Anchor, Desk, Document, Span
from tqcheck.render import data, sarif
from tqcheck.render.look import Look
from tqcheck.render.places import place

WORDS = Document("a.html", "en", "a bold word", anchors=(Anchor(0, 3, 4), Anchor(2, 3, 9), Anchor(6, 3, 17, "unit b")))
"""``   a <b>bold</b> word`` in line 3."""


def test_an_end_is_behind_the_last_character_and_not_behind_the_tag() -> None:
    bold = Span(2, 6)
    assert (WORDS.line_column(bold.start), WORDS.end_line_column(bold)) == ((3, 9), (3, 13))
    assert WORDS.end_line_column(Span(6, 6)) == (3, 17)
    assert (WORDS.unit(0), WORDS.unit(7)) == ("", "unit b")


def test_reports_name_the_unit_and_offer_no_replacement_there() -> None:
    plain = bridge()
    finding = next(f for f in plain.findings if f.target is not None and f.suggestion is not None)
    anchors = (Anchor(0, 7, 5, "unit b7"),)
    structured = replace(
        plain, bitext=replace(plain.bitext, target=replace(plain.bitext.target, anchors=anchors)), findings=(finding,)
    )
    assert (place(finding, structured.bitext).unit, place(finding, structured.bitext).literal) == ("unit b7", False)
    (result,) = json.loads(sarif.to_sarif(Desk((structured,)), Look(width=100)))["runs"][0]["results"]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "unit b7"}]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 7
    assert "fixes" not in result
    (shown,) = json.loads(data.to_json(structured))["findings"]
    assert (shown["target"]["line"], shown["target"]["unit"]) == (7, "unit b7")
