"""The HTML report in a real browser: what an editor does with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.render import reports
from tqcheck.render import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Open


def shown_cards(page: Page) -> list[int]:
    return [int(card.get_attribute("data-n") or 0) for card in page.locator(".card:visible").all()]


def test_it_opens_with_a_verdict_both_texts_and_every_finding(opened: Open) -> None:
    page = opened()
    assert "does not pass yet" in page.locator("h1").inner_text()
    assert page.locator(".pair").count() == len(reports.ROWS)
    assert shown_cards(page) == list(range(1, 9))
    for number in range(1, 9):
        assert page.locator(f'.mark[data-f~="{number}"]').count() >= 1


def test_severities_differ_in_form_and_not_in_colour_alone(opened: Open) -> None:
    page = opened()
    lines = {
        severity: page.locator(f".mark.{severity}").first.evaluate(
            "e => getComputedStyle(e).textDecorationStyle + getComputedStyle(e).textDecorationThickness"
        )
        for severity in ("critical", "major", "minor", "neutral")
    }
    assert len(set(lines.values())) == 4
    signs = {page.locator(f".card.{s} .sign use").first.get_attribute("href") for s in lines}
    assert len(signs) == 4


def test_a_severity_and_a_category_filter_the_view(opened: Open) -> None:
    page = opened()
    page.click('[data-filter=severity][data-value="minor"]')
    assert shown_cards(page) == [6, 7]
    assert page.locator(".pair:visible").count() == 1
    assert page.locator(".mark.off").count() > 0
    page.click('[data-filter=severity][data-value="major"]')
    assert shown_cards(page) == [1, 3, 4, 5, 6, 7]
    page.click('[data-filter=category][data-value="accuracy/omission"]')
    assert shown_cards(page) == [3]
    page.click("#clear")
    assert shown_cards(page) == list(range(1, 9))
    assert page.locator(".pair:visible").count() == len(reports.ROWS)


def test_the_search_forgives_accents_and_case_and_paints_its_hits(opened: Open) -> None:
    page = opened()
    page.fill("#search", "PREFETE")
    page.wait_for_selector("#pair-1[hidden]", state="attached")
    assert page.locator(".pair:visible").count() == 1
    assert page.evaluate("[...CSS.highlights.get('search')].map(String)") == ["préfète"]
    page.locator(".pair:visible .text.source").hover()  # words become elements: the hit has to be found again
    assert page.evaluate("[...CSS.highlights.get('search')].map(String)") == ["préfète"]
    page.fill("#search", "nobody wrote this")
    page.wait_for_selector("#nothing:visible")
    page.click("#nothing button")
    assert page.locator(".pair:visible").count() == len(reports.ROWS)


def test_the_strip_and_a_mark_lead_to_the_finding(opened: Open) -> None:
    page = opened()
    page.click(".strip li:nth-child(4) a")
    assert page.evaluate("document.activeElement.id") == "finding-4"
    assert page.locator("#position").inner_text() == "4 of 8"
    page.locator('.text.target .mark[data-f="2"]').click()
    assert page.evaluate("document.activeElement.id") == "finding-2"
    assert page.locator("#finding-2").evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"
    )


def test_an_address_leads_to_a_finding(opened: Open, tmp_path: Path) -> None:
    page = opened()
    page.goto(page.url + "#finding-7")
    page.wait_for_selector("#finding-7.current")


def test_hovering_a_word_lights_up_what_it_is_linked_to(opened: Open) -> None:
    page = opened()
    page.locator("#pair-2 .text.source").hover()
    page.locator("#pair-2 .text.source .word", has_text="durera").hover()
    assert page.locator(".word.lit").all_inner_texts() == ["last"]
    page.locator("#pair-2 .text.target .word", has_text="weeks").hover()
    assert page.locator(".word.lit").all_inner_texts() == ["semaines"]
    page.locator("h1").hover()
    assert page.locator(".word.lit").count() == 0


def test_words_can_be_walked_with_the_keyboard(opened: Open) -> None:
    page = opened()
    page.keyboard.press("n")
    page.keyboard.press("w")
    assert page.evaluate("document.activeElement.textContent") == "Elle"
    assert page.locator(".word.lit").all_inner_texts() == ["She"]
    assert page.locator("#status").inner_text() == "Elle: linked to She"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "durera"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "last"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "finding-1"


def test_why_tells_the_rule_and_its_evidence(opened: Open) -> None:
    page = opened()
    page.click("#finding-1 .why summary")
    said = page.locator("#finding-1 .why").inner_text()
    assert "Why it matters" in said
    assert "durera" in said
    assert "94 times of 100" in said


def test_light_and_dark(opened: Open) -> None:
    page = opened(theme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.locator("html").get_attribute("data-theme") == "light"
    assert light != dark
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_every_text_says_its_language(opened: Open) -> None:
    page = opened()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#pair-2 .source").get_attribute("lang") == "fr"
    assert page.locator("#pair-2 .target").get_attribute("lang") == "en"
    french = page.locator("#finding-1 .message [lang=fr]").all_inner_texts()
    assert [re.sub(r"\s", " ", words) for words in french] == ["« Elle »", "« la fermeture »"]


def test_on_paper_there_are_texts_and_findings_and_no_tools(opened: Open) -> None:
    page = opened(theme="dark")
    page.emulate_media(media="print")
    assert page.locator(".tools").is_hidden()
    assert page.locator(".acts").first.is_hidden()
    assert page.locator("#finding-8 .message").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("width", [320, 400, 800, 1280])
def test_nothing_is_wider_than_the_window(opened: Open, width: int) -> None:
    page = opened(width=width)
    page.click("#finding-1 .why summary")
    page.click("#finding-1 [data-do=edit]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_policy_stops_what_gets_in(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(html.render(reports.bridge()), "utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.got_in = true';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<img src="https://example.org/x" onerror="got_in = 1">');
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.got_in") is None
    assert len(said) >= 2
    assert all("Content Security Policy" in text for text in said)
    page.close()
