"""The summary of a pull request: what it says, and that the texts cannot say anything in it."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.render.desks import HOSTILE, desk, hostile, settled, shown
from tests.render.reports import bridge
from tqcheck.model import Desk
from tqcheck.render.markdown import MOST, code, plain


def html(text: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def test_it_says_what_fails_and_what_passes() -> None:
    text = shown("markdown", desk())
    assert text.startswith("## ❌ Translations failed\n")
    page = html(text)
    assert "1 of 3 articles failed, 1 could not be checked" in page
    assert "<td>« 12 »<br>“13”</td>" in page
    assert page.count("<table>") == 2
    assert "« Elle »" not in page, "an old finding is only counted"


def test_hostile_words_stay_words() -> None:
    page = html(shown("markdown", hostile()))
    tags = set(re.findall(r"<(/?[a-z0-9]+)", page))
    assert {tag.lstrip("/") for tag in tags} <= set(
        "h2 h3 p ul li strong code table thead tbody tr th td br details summary".split()
    )
    assert "href" not in page
    outside = re.sub(r"(`+)[^`].*?\1", "", shown("markdown", hostile()))
    assert "@" not in outside.replace("\\@", ""), "nobody is called"


def test_a_pipe_or_backtick_breaks_no_table() -> None:
    assert html(f"| a |\n|---|\n| {plain(HOSTILE)} |\n").count("<td>") == 1
    assert html(f"| a |\n|---|\n| {code('a|b`c``d')} |\n").count("<td>") == 1


def test_a_long_list_is_cut_and_says_so() -> None:
    one = bridge()
    many = tuple(replace(one.findings[0], fingerprint=str(n)) for n in range(MOST + 20))
    text = shown("markdown", Desk((settled(replace(one, findings=many)),)))
    assert "and 20 more." in text
    assert len(text) < 65_536
