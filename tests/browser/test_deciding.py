"""The HTML report in a real browser: findings are settled, and what was decided travels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.render import reports
from tqcheck import decisions
from tqcheck.decisions import Decision, Status

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Open


def downloaded(page: Page, name: str) -> Path:
    page.click("#menu summary")
    with page.expect_download() as waiting:
        page.click(f"[data-do={name}]")
    return Path(waiting.value.path())


def test_a_dismissal_survives_a_reload_and_travels_as_a_file(opened: Open, tmp_path: Path) -> None:
    page = opened()
    page.click("#finding-2 [data-do=dismiss]")
    page.fill("#finding-2 .form input", "The prefect said 13")
    page.keyboard.press("Enter")
    assert page.locator("#finding-2 .state").inner_text() == "Dismissed: The prefect said 13"
    page.reload()
    assert page.locator("#finding-2 .state").inner_text() == "Dismissed: The prefect said 13"
    assert page.locator("#progress").inner_text() == "1 of 8"
    assert page.locator('.mark.settled[data-f="2"]').count() == 2
    file = downloaded(page, "export")
    (read,) = decisions.read(file)
    assert (read.status, read.reason, read.rule) == (Status.DISMISSED, "The prefect said 13", "number-mismatch")
    assert (read.source, read.target) == ("12", "13")
    assert read.fingerprint == reports.bridge().findings[1].fingerprint

    elsewhere = opened()
    assert elsewhere.locator("#progress").inner_text() == "0 of 8"
    elsewhere.set_input_files("#file", {"name": "d.json", "mimeType": "application/json", "buffer": file.read_bytes()})
    elsewhere.wait_for_selector("#finding-2.dismissed")
    elsewhere.reload()
    assert elsewhere.locator("#finding-2 .state").inner_text() == "Dismissed: The prefect said 13"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": "other", "decisions": []}', '{"decisions": 3}'])
def test_a_file_that_is_no_file_of_decisions_changes_nothing(opened: Open, content: str) -> None:
    page = opened()
    page.set_input_files("#file", {"name": "d.json", "mimeType": "application/json", "buffer": content.encode()})
    page.wait_for_selector("#toast:visible")
    assert "nothing was changed" in page.locator("#toast").inner_text()


def test_of_two_decisions_the_newer_is_kept(opened: Open) -> None:
    fingerprint = reports.bridge().findings[0].fingerprint
    page = opened()
    page.click("#finding-1 [data-do=accept]")
    rows = [
        {"fingerprint": fingerprint, "status": "dismissed", "decided": "2001-01-01T00:00:00.000Z"},
        {"fingerprint": "of another report", "status": "accepted", "decided": "2001-01-01T00:00:00.000Z"},
        {"fingerprint": fingerprint, "status": "nonsense"},
        None,
    ]
    data = json.dumps({"schema": decisions.SCHEMA, "decisions": rows}).encode()
    page.set_input_files("#file", {"name": "d.json", "mimeType": "application/json", "buffer": data})
    page.wait_for_selector("#toast:visible")
    assert "1 of 4 decisions imported" in page.locator("#toast").inner_text()
    assert page.locator("#finding-1").evaluate("e => e.classList.contains('accepted')")
    rows = json.loads(downloaded(page, "export").read_text("utf-8"))["decisions"]
    assert {row["fingerprint"] for row in rows} == {fingerprint, "of another report"}


def test_the_keyboard_is_enough(opened: Open) -> None:
    page = opened()
    keys = page.keyboard
    keys.press("j")
    keys.press("a")
    assert page.locator("#finding-1 .state").inner_text() == "Accepted"
    keys.press("n")
    keys.press("d")
    keys.press("Enter")
    assert page.locator("#finding-2 .state").inner_text() == "Dismissed: It is right as it is"
    keys.press("n")
    keys.press("c")
    keys.type("ask the desk: n, p, d")
    keys.press("Tab")
    keys.press("Enter")
    assert page.locator("#finding-3 .state").inner_text() == "Comment: ask the desk: n, p, d"
    keys.press("p")
    keys.press("d")  # takes the dismissal back
    assert page.locator("#finding-2 .state").is_hidden()
    keys.press("?")
    assert page.locator("#help").is_visible()
    keys.press("n")
    keys.press("Escape")
    assert page.locator("#help").is_hidden()
    assert page.locator("#position").inner_text() == "2 of 8"
    keys.press("/")
    keys.type("n")
    assert page.input_value("#search") == "n"


def test_single_key_shortcuts_can_be_switched_off(opened: Open) -> None:
    page = opened()
    page.keyboard.press("?")
    page.uncheck("#single-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.locator(".card.current").count() == 0
    page.reload()
    page.keyboard.press("n")
    assert page.locator(".card.current").count() == 0


def test_accepted_suggestions_are_shown_and_exported_in_the_text(opened: Open) -> None:
    page = opened()
    page.click("#finding-1 [data-do=accept]")
    page.click("#finding-2 [data-do=edit]")
    page.fill("#finding-2 .form input", "twelve")
    page.keyboard.press("Enter")
    page.click("#finding-3 [data-do=accept]")  # an omission without a wording: nothing to put in
    page.click("#finding-7 [data-do=accept]")
    assert page.locator("#pair-2 .applied").all_inner_texts() == ["It", "twelve"]
    assert page.locator("#finding-2 .suggestion dt").inner_text() == "Your wording"
    text = downloaded(page, "text").read_text("utf-8")
    wanted = reports.bridge().bitext.target.text.replace("She will", "It will").replace("13", "twelve")
    assert text == wanted.replace("the the", "the")
    assert "1 accepted without a wording" in page.locator("#toast").inner_text()
    page.click("#finding-1 [data-do=accept]")
    assert page.locator("#pair-2 .applied").all_inner_texts() == ["twelve"]


def test_a_suggestion_is_copied_with_one_click(opened: Open) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#finding-4 [data-do=copy]")
    page.wait_for_selector("#toast:visible")
    assert page.evaluate("navigator.clipboard.readText()") == "Currently"


def test_it_works_where_the_browser_keeps_nothing(opened: Open) -> None:
    refused = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    page = opened(before=refused)
    page.keyboard.press("n")
    page.keyboard.press("a")
    assert page.locator("#finding-1 .state").inner_text() == "Accepted"
    assert "export your decisions" in page.locator("#toast").inner_text()
    assert decisions.read(downloaded(page, "export"))[0].status is Status.ACCEPTED


def test_the_decisions_that_a_report_was_made_with_are_shown(opened: Open) -> None:
    report = reports.bridge()
    given = Decision(report.findings[4].fingerprint, Status.DISMISSED, "machines it is", decided="2026-01-01T00:00:00Z")
    page = opened(report, decisions=(given,))
    assert page.locator("#finding-5 .state").inner_text() == "Dismissed: machines it is"
    page.click("#finding-5 [data-do=dismiss]")
    page.reload()
    assert page.locator("#finding-5 .state").is_hidden()
