"""axe-core finds nothing to complain about, in both themes, wide and narrow, with everything open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import complaints
from tests.render import reports
from tqcheck.model import Translation

if TYPE_CHECKING:
    from tests.browser.conftest import Open


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(opened: Open, axe: str, theme: str, width: int) -> None:
    report = reports.bridge()
    text = reports.with_pair(
        report.bitext,
        1,
        forward=Translation("The prefect announced the closure on Tuesday.", "some-engine"),
        back=Translation("Le préfet a annoncé mardi la fermeture.", "some-engine"),
    )
    page = opened(
        reports.report(text, report.findings, notes=report.notes, scores=report.scores), theme=theme, width=width
    )
    assert complaints(page, axe) == []
    page.keyboard.press("n")
    page.keyboard.press("w")
    page.click("#finding-2 [data-do=edit]")
    page.click("#finding-3 [data-do=dismiss]")
    page.click("#finding-3 .form button")
    page.click("#finding-4 [data-do=accept]")
    page.click("#finding-5 [data-do=comment]")
    page.click('[data-filter=severity][data-value="minor"]')
    page.click('[data-filter=severity][data-value="minor"]')
    page.evaluate(
        "document.querySelectorAll('main details, footer details').forEach(details => { details.open = true })"
    )
    assert complaints(page, axe) == []
    page.click("#menu summary")
    page.wait_for_selector("#toast", state="hidden", timeout=10_000)
    assert [text for text in complaints(page, axe) if "target-size" not in text or "sheet" in text] == []
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    assert complaints(page, axe, "#help") == []  # what is behind it cannot be reached
