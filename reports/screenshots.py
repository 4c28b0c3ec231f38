"""Pictures of the HTML reports of this folder, by a headless Chromium: a wide one of each, the first one in all looks.

pip install ".[browser]" && apt-get install chromium
python reports/screenshots.py
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
SHOWN = "mali"
"""The article whose page is shown in every theme and width."""


def picture(browser: Browser, page: Path, theme: str, width: int, height: int, keys: str = "") -> None:
    """The upper part of a page, or where ``keys`` lead."""
    window = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
    )
    window.goto(page.as_uri())
    for key in keys:
        window.keyboard.press(key)
    window.wait_for_timeout(300)
    part = "finding" if keys else "top"
    window.screenshot(path=page.with_name(f"{page.stem}.{theme}.{width}.{part}.png"))
    window.close()


def main() -> None:
    """All pictures."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for page in sorted(HERE.glob("*.article.html")):
            picture(browser, page, "light", 1280, 1500)
            if page.name.startswith(SHOWN):
                for theme in ("light", "dark"):
                    picture(browser, page, theme, 400, 900)
                    picture(browser, page, theme, 400, 900, "nnnnnan")
                    picture(browser, page, theme, 1280, 900, "nnnnnan")
        browser.close()


if __name__ == "__main__":
    main()
