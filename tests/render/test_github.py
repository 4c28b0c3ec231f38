"""GitHub's annotations: one command a line, whatever the texts say."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.render.desks import HOSTILE, desk, hostile, shown
from tests.render.reports import LAW, bridge
from tqcheck import gate
from tqcheck.model import Desk
from tqcheck.mqm import Severity
from tqcheck.render.github import command

LINE = re.compile(r"::(error|warning|notice)(?: ((?:file|line|col|endLine|endColumn|title)=[^,:\n]*,?)*)?::([^\n\r]*)")


def test_every_line_is_a_command() -> None:
    for what in (desk(), hostile(), Desk(())):
        for line in shown("github", what).splitlines():
            assert LINE.fullmatch(line), line


def test_a_finding_is_on_its_place() -> None:
    first = shown("github", Desk((gate.settle(bridge(), gate.limits(Severity.MAJOR)),))).splitlines()[0]
    assert first == (
        "::error file=article.en.txt,line=2,col=75,endLine=2,endColumn=76,title=critical%3A number-mismatch"
        "::The French says 12.%0ASuggestion: 12"
    )
    assert bridge().bitext.target.line(2)[74:76] == "13"


def test_what_does_not_count_is_left_out_and_the_gravest_comes_first() -> None:
    lines = shown("github", desk()).splitlines()
    titles = [found[1] for line in lines if (found := re.search(r"title=([^:]*)::", line))]
    assert titles[0] == "not checked"
    assert titles[1] == "critical%3A number-mismatch"
    assert "major%3A pronoun-antecedent" not in titles
    assert lines[-1].startswith("::error::1 of 3 articles failed")


@LAW
@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=40))
def test_no_text_can_begin_another_command(message: str, path: str) -> None:
    line = command("error", message, file=path)
    assert not re.search("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", line)
    assert line.startswith("::error file=")
    head, _, _ = line.removeprefix("::error ").partition("::")
    assert "," not in head
    assert ":" not in head


def test_escapes_are_the_runners() -> None:
    assert command("error", "50 %\nor: a,b", file="a,b:c%.md") == "::error file=a%2Cb%3Ac%25.md::50 %25%0Aor: a,b"
    assert "%0A" in command("notice", HOSTILE)
