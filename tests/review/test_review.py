"""The local page of many reports: who is answered, what is kept, what the index says."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.render import reports
from tqcheck import decisions
from tqcheck.decisions import Decision, Status
from tqcheck.errors import UserError
from tqcheck.model import Verdict
from tqcheck.render import html
from tqcheck.review.guard import Application
from tqcheck.review.shelf import Shelf
from tqcheck.review.store import Store

pytest.importorskip("starlette", reason='no server: pip install ".[review]"')

TOKEN = "a-token-that-nobody-guesses"
HOST = "127.0.0.1:8123"
ORIGIN = f"http://{HOST}"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


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


def ask(
    server: Application, path: str, body: object = None, *, method: str | None = None, **headers: str | None
) -> Answer:
    """A request as a browser sends it; a header that is None is left out."""
    data = b"" if body is None else json.dumps(body).encode()
    method = method or ("GET" if body is None else "POST")
    given: dict[str, str | None] = {"host": HOST}
    if method == "POST":
        given |= {"origin": ORIGIN, "content-type": "application/json", "content-length": str(len(data))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    place, _, query = path.partition("?")
    scope: MutableMapping[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": place,
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(n.encode(), v.encode()) for n, v in given.items() if v is not None],
        "server": ("127.0.0.1", 8123),
        "client": ("127.0.0.1", 5),
    }
    sent: list[MutableMapping[str, Any]] = []

    async def run() -> None:
        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": data, "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        await server(scope, receive, send)

    asyncio.run(run())
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], answered, b"".join(m.get("body", b"") for m in sent[1:]).decode())


def made(
    fingerprint: str, status: str = "dismissed", known: str = "", decided: str = "2026-11-22T10:00:00.000Z"
) -> dict[str, str]:
    return {"fingerprint": fingerprint, "status": status, "reason": "so", "known": known, "decided": decided}


def test_the_index_lists_the_reports_and_nothing_else(server: Application) -> None:
    answer = ask(server, f"/{TOKEN}/")
    assert answer.status == 200
    assert "1 of 3 translations passes" in answer.body
    assert answer.body.count("<tr>") == 4
    assert "page.html" not in answer.body
    assert "broken.html" not in answer.body
    assert f"/{TOKEN}/report/good%20one.html" in answer.body


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("", "bridge"),
        ("?order=verdict", "bridge"),
        ("?order=quality", "bridge"),
        ("?words=SECOND", "second"),
        ("?open=1", "bridge"),
    ],
)
def test_the_index_sorts_and_filters(server: Application, query: str, first: str) -> None:
    body = ask(server, f"/{TOKEN}/{query}").body.partition("<tbody>")[2]
    assert body.index(first) == min(body.index(name) for name in ("bridge", "second", "good one") if name in body)
    if query == "?open=1":
        assert "good one" not in body
    if "words" in query:
        assert "bridge" not in body


def test_a_file_whose_name_is_no_text_is_left_out(folder: Path, server: Application) -> None:
    try:
        (folder / "bad\udcff.html").write_bytes((folder / "bridge.html").read_bytes())
    except OSError:
        pytest.skip("this file system has text for names")
    assert ask(server, f"/{TOKEN}/").body.count("<tr>") == 4


def test_words_in_the_address_stay_text(server: Application) -> None:
    body = ask(server, f"/{TOKEN}/?words=%22%3E%3Cscript%3E&order=%3Cb%3E").body
    assert "<script" not in body
    assert "No report fits." in body


def test_a_report_keeps_its_decisions_on_the_server_and_may_load_nothing_else(server: Application) -> None:
    answer = ask(server, f"/{TOKEN}/report/bridge.html")
    assert answer.status == 200
    assert f'data-review="/{TOKEN}/decisions/bridge.html"' in answer.body
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_a_page_that_somebody_changed_or_another_version_made_is_not_handed_out(
    folder: Path, server: Application
) -> None:
    page = (folder / "bridge.html").read_text("utf-8")
    (folder / "old.html").write_text(page.replace("sha256-", "sha256-0", 1), "utf-8")
    (folder / "framed.html").write_text("<script>1</script>" + page, "utf-8")
    for name in ("old.html", "framed.html"):
        assert ask(server, f"/{TOKEN}/report/{name}").status == 409
    assert "made by another version" in ask(server, f"/{TOKEN}/").body


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


@pytest.mark.parametrize(
    "body",
    [
        [],
        3,
        {"status": "open"},
        {"fingerprint": "a", "status": "gone"},
        {"fingerprint": "a", "known": 3},
        {"fingerprint": 1},
    ],
)
def test_what_is_no_decision_is_refused(server: Application, body: object) -> None:
    assert ask(server, f"/{TOKEN}/decisions/bridge.html", body).status == 400


def test_a_decision_is_kept_told_and_exported(folder: Path, server: Application, tmp_path: Path) -> None:
    fingerprint = reports.bridge().findings[0].fingerprint
    assert ask(server, f"/{TOKEN}/decisions/bridge.html", made(fingerprint)).status == 200
    told = ask(server, f"/{TOKEN}/decisions/bridge.html?since=0").json
    assert [row["fingerprint"] for row in told["decisions"]] == [fingerprint]
    assert ask(server, f"/{TOKEN}/decisions/bridge.html?since={told['number']}").json["decisions"] == []
    assert ask(server, f"/{TOKEN}/decisions/second.html").json["decisions"] == []
    (tmp_path / "d.json").write_text(ask(server, f"/{TOKEN}/decisions.json").body, "utf-8")
    (read,) = decisions.read(tmp_path / "d.json")
    assert (read.fingerprint, read.status, read.reason) == (fingerprint, Status.DISMISSED, "so")
    row = ask(server, f"/{TOKEN}/?words=bridge").body.partition("<tbody>")[2]
    assert "<td>7</td>\n<td>1</td>" in row


def test_nobody_replaces_what_they_have_not_seen(server: Application) -> None:
    address = f"/{TOKEN}/decisions/bridge.html"
    assert ask(server, address, made("a", "dismissed", decided="t1")).status == 200
    late = ask(server, address, made("a", "accepted", decided="t2"))
    assert late.status == 409
    assert late.json["decision"]["status"] == "dismissed"
    assert ask(server, address, made("a", "accepted", known="t1", decided="t3")).status == 200
    assert ask(server, address).json["decisions"][0]["status"] == "accepted"


def test_every_decision_stays_in_the_database(tmp_path: Path) -> None:
    store = Store(tmp_path / "d.sqlite3")
    for number in range(3):
        assert (
            store.add("r", Decision("a", comment=str(number), decided=f"t{number}"), f"t{number - 1}" if number else "")
            is None
        )
    assert [made.comment for made in store.holding()] == ["2"]
    with sqlite3.connect(tmp_path / "d.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM decisions").fetchone() == (3,)


def test_of_many_at_once_one_is_first_and_the_others_are_told(tmp_path: Path) -> None:
    stores = [Store(tmp_path / "d.sqlite3") for _ in range(2)]

    def decide(number: int) -> Decision | None:
        return stores[number % 2].add("r", Decision("a", comment=str(number), decided=f"t{number}"), "")

    with ThreadPoolExecutor(8) as editors:
        answers = list(editors.map(decide, range(24)))
    (first,) = [number for number, answer in enumerate(answers) if answer is None]
    assert {answer.comment for answer in answers if answer is not None} == {str(first)}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.sqlite3").write_text("no database, but a text that is long enough to be read as one" * 20, "utf-8")
    with pytest.raises(UserError, match="cannot be used"):
        Store(tmp_path / "d.sqlite3")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such folder"):
        Shelf(tmp_path / "none")


def test_a_report_that_is_written_anew_is_read_anew(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.report("bridge.html")
    assert before is not None
    assert not before.passed
    (folder / "bridge.html").write_text(html.render(replace(reports.bridge(), verdict=Verdict(True))), "utf-8")
    after = shelf.report("bridge.html")
    assert after is not None
    assert after.passed
