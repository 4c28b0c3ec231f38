"""The server itself, and two editors at two browsers of it."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import browser  # noqa: F401 (a fixture)
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


def test_two_editors_see_each_other(browser: Browser, address: str) -> None:  # noqa: F811
    pages = [browser.new_context().new_page() for _ in range(2)]
    complaints: list[str] = []
    for page in pages:
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
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
    assert complaints == []
    first.click("text=All reports")
    assert first.url == address
    assert first.locator("tbody td").nth(2).inner_text() == "6"
    for page in pages:
        page.context.close()
