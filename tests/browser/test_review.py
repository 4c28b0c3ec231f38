"""The server itself, and two editors at two browsers of it."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import complaints
from tests.render import reports
from tqcheck.render import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("starlette", reason='no server: pip install ".[review]"')
pytest.importorskip("uvicorn", reason='no server: pip install ".[review]"')


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "bridge.html").write_text(html.render(reports.bridge()), "utf-8")
    command = [sys.executable, "-m", "tqcheck", "review", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()
        server.wait(20)


def test_the_address_is_of_this_machine_and_has_a_token(address: str) -> None:
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/([\w-]{32})/", address)
    assert found is not None
    for host, path, status in ((None, f"/{found[2]}/", 200), (None, "/", 404), ("example.org", f"/{found[2]}/", 421)):
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
        connection.request("GET", path, headers={} if host is None else {"Host": host})
        assert connection.getresponse().status == status
        connection.close()


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_index(browser: Browser, axe: str, address: str, theme: str, width: int) -> None:
    dark: Literal["dark", "light"] = "dark" if theme == "dark" else "light"
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=dark)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints(page, axe) == []
    page.close()


def test_two_editors_see_each_other(browser: Browser, address: str) -> None:
    pages = [browser.new_context().new_page() for _ in range(2)]
    said: list[str] = []
    for page in pages:
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        page.click("tbody a")
    first, second = pages
    first.click("#finding-1 [data-do=accept]")
    second.wait_for_selector("#finding-1.accepted", timeout=20_000)
    second.click("#finding-2 [data-do=dismiss]")
    second.keyboard.press("Enter")
    first.wait_for_selector("#finding-2.dismissed", timeout=20_000)
    first.reload()
    first.wait_for_selector("#finding-2.dismissed")
    assert first.locator("#progress").inner_text() == "2 of 8"
    assert said == []
    first.click("text=All reports")
    assert first.url == address
    assert first.locator("tbody td").nth(2).inner_text() == "6"
    for page in pages:
        page.context.close()


def test_the_second_of_two_decisions_at_once_shows_the_first(browser: Browser, address: str) -> None:
    first, second = (browser.new_context().new_page() for _ in range(2))
    nothing_new = json.dumps({"number": 0, "decisions": []})
    second.route(
        "**/decisions/*since=*", lambda route: route.fulfill(body=nothing_new, content_type="application/json")
    )
    for page in (first, second):
        page.goto(address)
        page.click("tbody a")
    with first.expect_response("**/decisions/bridge.html"):
        first.click("#finding-3 [data-do=accept]")
    second.click("#finding-3 [data-do=dismiss]")
    second.keyboard.press("Enter")
    second.wait_for_selector("#finding-3.accepted")
    assert "Another editor decided on finding 3" in second.locator("#toast").inner_text()
    second.click("#finding-3 [data-do=dismiss]")
    with second.expect_response("**/decisions/bridge.html"):
        second.keyboard.press("Enter")
    first.wait_for_selector("#finding-3.dismissed", timeout=20_000)
    for page in (first, second):
        page.context.close()
