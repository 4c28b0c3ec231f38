"""One headless Chromium for all tests of the page. Without a browser, or without Playwright, they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.render import reports
from tqcheck.decisions import Decision
from tqcheck.detectors import all_detectors
from tqcheck.model import Report
from tqcheck.render import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    Open = Callable[..., Page]

BROWSERS = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason='no Playwright: pip install ".[browser]"')
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a report in a window of its own; at the end nothing may have complained or been fetched."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(
        report: Report | None = None,
        *,
        decisions: tuple[Decision, ...] = (),
        width: int = 1280,
        theme: str = "light",
        before: str = "",
        path: Path | None = None,
    ) -> Page:
        if path is None:
            path = tmp_path / f"report-{len(contexts)}.html"
            path.write_text(html.render(report or reports.bridge(), all_detectors(), decisions), "utf-8")
        options: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "color_scheme": theme}
        context = browser.new_context(accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: note(request.url, path.as_uri()))
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri())
        return page

    def note(url: str, own: str) -> None:
        if url.split("#")[0] != own and not url.startswith("blob:"):
            complaints.append(f"fetched {url}")

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


# WCAG 2.2 up to AA, and what axe thinks is good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    pytest.importorskip("axe_playwright_python", reason='no axe-core: pip install ".[browser]"')
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def complaints(page: Page, axe: str, part: str = "html") -> list[str]:
    """What axe has to say of a part of the page."""
    page.evaluate(axe)
    # What is out of sight is not laid out, and axe would measure it where it is not: all of it has to be.
    page.evaluate(
        "document.querySelectorAll('.stretch, .pair').forEach(e => { e.style.contentVisibility = 'visible' })"
    )
    found = page.evaluate(
        "([part, tags]) => axe.run(part, { runOnly: tags, resultTypes: ['violations'] })", [part, TAGS]
    )
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
