"""A folder of reports, and the application over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.render import reports
from tests.review.asking import HOST, TOKEN
from tqcheck.render import html
from tqcheck.review.guard import Application


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    failed = reports.bridge()
    passed = reports.report(reports.bitext(reports.ROWS[:2]), qualities=(0.95, 0.97))
    other = replace(failed, bitext=replace(failed.bitext, target=replace(failed.bitext.target, path="second.en.txt")))
    (tmp_path / "bridge.html").write_text(html.render(failed), "utf-8")
    (tmp_path / "good one.html").write_text(html.render(passed), "utf-8")
    (tmp_path / "second.html").write_text(html.render(other), "utf-8")
    (tmp_path / "page.html").write_text("<!DOCTYPE html><p>no report", "utf-8")
    (tmp_path / "broken.html").write_bytes(b"\xff\xfe")
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Application:
    from tqcheck.review.application import application

    return application(folder, TOKEN, frozenset({HOST}))
