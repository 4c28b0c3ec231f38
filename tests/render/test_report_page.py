"""docs/report.md says what is so."""

from __future__ import annotations

import json
from pathlib import Path

from tests.render.reports import bridge
from tqcheck.render.alignment import alignment_to_json
from tqcheck.render.data import to_json
from tqcheck.render.look import Look
from tqcheck.render.terminal import render

PAGE = (Path(__file__).parents[2] / "docs" / "report.md").read_text("utf-8")


def test_the_examples_of_the_page_are_what_is_printed() -> None:
    shown = render(bridge(), Look(80))
    examples = [part.partition("```")[0] for part in PAGE.split("```text\n")[1:]]
    assert len(examples) == 2
    for example in examples:
        assert example in shown


def test_the_page_names_every_key() -> None:
    report = json.loads(to_json(bridge(), links=True))
    objects = [report, report["pairs"][0], report["pairs"][0]["source"], report["findings"][0]]
    objects += [report["findings"][0]["target"], report["verdict"], report["scores"][0], report["tool"]]
    objects += json.loads(alignment_to_json(bridge().bitext))["beads"]
    for keys in objects:
        for key in keys:
            assert f"`{key}`" in PAGE, key
