"""The table of formats, and what importing the room costs."""

from __future__ import annotations

import subprocess
import sys

from tests.render.reports import bridge
from tqcheck.render import FORMATS
from tqcheck.render.data import to_json
from tqcheck.render.look import Look
from tqcheck.render.terminal import render


def test_every_format_is_a_function_of_a_report_and_a_look() -> None:
    look = Look(70)
    assert FORMATS["json"](bridge(), look) == to_json(bridge())
    assert FORMATS["terminal"](bridge(), look) == render(bridge(), look)


def test_rich_is_imported_only_when_used() -> None:
    code = (
        "import sys, tqcheck.render, tqcheck.render.rules, tqcheck.render.beads, tqcheck.render.output\n"
        "assert 'rich' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
