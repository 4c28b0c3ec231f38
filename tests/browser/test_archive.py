"""The page over the reports of ``tqcheck batch``: sorted, narrowed down, and hostile titles stay text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import complaints
from tests.browser.test_hostile import HOSTILE
from tqcheck.batch import summary
from tqcheck.batch.record import Kind, Row, State

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Open

ROWS = (
    Row(1, "one.fr", "one.en", State.PASSED, title="Zebra", findings=0, pairs=9, quality=0.9, page="pages/one.html"),
    Row(
        2,
        "two.fr",
        "two.en",
        State.FAILED,
        title="apple",
        major=2,
        minor=30,
        pairs=20,
        quality=0.4,
        page="pages/2.html",
    ),
    Row(3, "three.fr", "three.en", State.FAILED, title="Mango", critical=1, pairs=5, quality=0.6, page="pages/3.html"),
    Row(4, "four.fr", "four.en", State.UNCHECKED, Kind.INPUT, "error: there is no such file"),
)


@pytest.fixture
def page(opened: Open, tmp_path: Path) -> Page:
    (tmp_path / "index.html").write_text(summary.index(ROWS), "utf-8")
    return opened(path=tmp_path / "index.html")


def lines(page: Page) -> list[str]:
    """The numbers of the lines that are seen, in their order."""
    seen: list[str] = page.locator("tbody tr:visible td:last-child").all_inner_texts()
    return seen


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(page: Page) -> None:
    assert lines(page) == ["4", "2", "3", "1"], "what needs somebody most comes first"
    wanted = {
        "Translation": ["2", "4", "3", "1"],
        "Findings": ["3", "2", "4", "1"],
        "Quality": ["2", "3", "1", "4"],
        "Pairs": ["4", "3", "1", "2"],
        "Line": ["1", "2", "3", "4"],
        "Verdict": ["4", "2", "3", "1"],
    }
    for name, order in wanted.items():
        heading = page.get_by_role("button", name=name)
        heading.click()
        assert lines(page) == order, name
        heading.click()
        assert page.locator("th[aria-sort=descending]").inner_text().startswith(name)
    assert lines(page) == ["1", "3", "2", "4"]


def test_words_and_verdict_narrow_it_down(page: Page) -> None:
    page.get_by_label("Words").fill("MANGO")
    assert lines(page) == ["3"]
    assert page.locator("output").inner_text() == "1 shown"
    page.get_by_label("Words").fill("")
    page.get_by_label("Verdict").select_option("failed")
    assert lines(page) == ["2", "3"]


def test_axe_finds_no_fault_with_it(page: Page, axe: str) -> None:
    assert complaints(page, axe) == []


def test_hostile_titles_stay_text(opened: Open, tmp_path: Path) -> None:
    rows = [
        Row(
            number,
            text,
            text,
            state,
            Kind.FAULT if state is State.UNCHECKED else "",
            text,
            title=text,
            page="pages/x.html",
        )
        for number, text in enumerate(HOSTILE, 1)
        for state in (State.FAILED, State.UNCHECKED)
    ]
    text = summary.index(rows)
    (tmp_path / "index.html").write_text(text, "utf-8")
    page = opened(path=tmp_path / "index.html")
    assert page.title() == f"{len(rows)} translations, 0 pass"
    assert page.locator("tbody tr").count() == len(rows)
    assert page.locator("tbody img, tbody script, tbody svg:not(.sign)").count() == 0
    assert {link.get_attribute("href") for link in page.locator("tbody a").all()} == {"pages/x.html"}


def test_on_a_narrow_screen_each_number_says_what_it_is(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(summary.index(ROWS), "utf-8")
    page = opened(path=tmp_path / "index.html", width=400)
    told = "cell => getComputedStyle(cell, '::before').content"
    cells = page.locator("tbody tr:nth-child(2) td")
    assert [cell.evaluate(told).strip('"') for cell in cells.all()[2:]] == ["quality: ", "pairs: ", "line: "]
