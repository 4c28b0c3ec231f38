"""The local page of many reports: what is kept, and what the index says."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.render import reports
from tests.review.asking import TOKEN, ask, made
from tqcheck import decisions
from tqcheck.decisions import Decision, Status
from tqcheck.errors import UserError
from tqcheck.model import Verdict
from tqcheck.render import html
from tqcheck.review.guard import Application
from tqcheck.review.shelf import Shelf
from tqcheck.review.store import Store

pytest.importorskip("starlette", reason='no server: pip install ".[review]"')


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
