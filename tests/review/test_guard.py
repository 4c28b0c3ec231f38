"""Who is answered, and who is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.asking import TOKEN, ask, made
from tqcheck.review.guard import Application

pytest.importorskip("starlette", reason='no server: pip install ".[review]"')


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/wrong-token/", f"/{TOKEN[:-1]}/", f"//{TOKEN}/", f"/{TOKEN}x/", "//"]
)
def test_without_the_token_there_is_nothing(server: Application, path: str) -> None:
    answer = ask(server, path)
    assert answer.status == 404
    assert "bridge" not in answer.body


@pytest.mark.parametrize(
    "name", ["none.html", "page.html", "..%2fbridge.html", "../bridge.html", "%00", "bridge.html/x"]
)
def test_what_is_not_on_the_shelf_is_not_there(server: Application, name: str) -> None:
    assert ask(server, f"/{TOKEN}/report/{name}").status == 404


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1", "127.0.0.1:8124", "localhost:8123", "evil.127.0.0.1:8123", "", None]
)
def test_a_foreign_host_is_refused(server: Application, host: str | None) -> None:
    assert ask(server, f"/{TOKEN}/", host=host).status == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": None}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://example.org"}, 403),
        ({"origin": "http://127.0.0.1:8124"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": None}, 415),
        ({"content_length": None}, 413),
        ({"content_length": "9" * 5000}, 413),
        ({"content_length": "300000"}, 413),
    ],
)
def test_what_another_site_could_send_changes_nothing(
    folder: Path, server: Application, headers: dict[str, str | None], status: int
) -> None:
    assert ask(server, f"/{TOKEN}/decisions/bridge.html", made("a"), **headers).status == status
    assert ask(server, f"/{TOKEN}/decisions/bridge.html").json == {"number": 0, "decisions": []}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(server: Application, method: str) -> None:
    assert ask(server, f"/{TOKEN}/decisions/bridge.html", method=method).status in (403, 405)
