"""What is asked wrongly is refused with a word that helps, and never reaches a worker."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from tests.serve.asking import TEXTS, Client, serving
from tests.serve.checkers import quick
from tqcheck.serve.limits import Limits

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with serving(quick, Limits(largest=2000)) as client:
        yield client


def test_two_texts_come_back_as_a_report(client: Client) -> None:
    reply = client.post({**TEXTS, "source_name": "a.fr.txt", "target_name": "a.en.txt"})
    assert reply.status == 200
    assert reply.json["source"] == {"path": "a.fr.txt", "lang": "fr"}
    assert reply.json["provenance"]["target"] == TEXTS["target"]
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("text", ["« L’été »\n\x00\x1b[2J\u202e", "a \ud800 b", "\ufeff\U0001f600" * 20])
def test_any_text_reaches_the_worker_as_it_is(client: Client, text: str) -> None:
    reply = client.post({"source": text, "target": "x"})
    assert reply.json["provenance"]["source"] == text
    bom = client.post(b"\xef\xbb\xbf" + json.dumps(TEXTS).encode())
    assert bom.status == 200


def test_what_is_wrong_with_a_text_is_said_as_the_command_says_it(client: Client) -> None:
    reply = client.post({**TEXTS, "source": "wrong text"})
    assert reply.status == 422
    place = {"path": "source", "line": 1, "column": 7, "text": "wrong text"}
    assert reply.json == {"error": {"message": "this is no French", "place": place, "hint": "write some"}}


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"", 400, "is not JSON"),
        (b"{", 400, "is not JSON"),
        (b"\xff\xfe{", 400, "not in UTF-8 at byte 0"),
        (b"[" * 1999, 400, "is not"),
        (b'{"source": ' + b"9" * 1900 + b"}", 422, '"source" is not a text'),
        (b"[]", 422, "not a JSON object"),
        (b"{}", 422, 'no "source"'),
        (b'{"source": "a"}', 422, 'no "target"'),
        (b'{"source": "a", "target": null}', 422, '"target" is not a text'),
        (b'{"source": "a", "target": ["b"]}', 422, '"target" is not a text'),
        (b'{"source": "a", "target": "b", "path": "/etc/passwd"}', 422, "unknown field 'path'"),
        (b'{"source": "a", "target": "b", "seconds": "1"}', 422, "unknown field 'seconds'"),
        (b'{"source": "a", "target": "b", "source_name": " "}', 422, "1 to 500 characters"),
        (b'{"source": "a", "target": "b", "source_name": "' + b"n" * 501 + b'"}', 422, "1 to 500 characters"),
        (b'{"source": "a", "target": "b", "source_name": "target"}', 422, "the same name"),
    ],
)
def test_a_body_that_is_no_request_is_explained(client: Client, data: bytes, status: int, words: str) -> None:
    reply = client.post(data)
    assert reply.status == status
    assert words in reply.message


def test_the_place_of_a_fault_in_the_json_is_named(client: Client) -> None:
    reply = client.post(b'{\n "source": "a",,\n}')
    assert reply.json["error"]["place"] == {"path": "the request", "line": 2, "column": 16, "text": ' "source": "a",,'}


@pytest.mark.parametrize("size", [2001, 300_000, 6_000_000])
def test_a_body_that_is_too_large_is_refused_and_its_sender_gets_to_know(client: Client, size: int) -> None:
    reply = client.post(b'{"source": "' + b"a" * (size - 12))
    assert reply.status == 413
    assert "2,000 bytes" in reply.message


def test_a_body_without_a_length_is_counted(client: Client) -> None:
    with socket.create_connection((client.host, client.port), timeout=10) as connection:
        head = f"POST /v1/check HTTP/1.1\r\nHost: {client.host}\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        for _ in range(3):
            connection.sendall(b"320\r\n" + b"a" * 800 + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", None])
def test_only_json_is_read_so_that_no_page_of_a_browser_can_post(client: Client, kind: str | None) -> None:
    reply = client.post(TEXTS, content_type=kind)
    assert reply.status == 415
    assert client.post(TEXTS, content_type="Application/JSON; charset=utf-8").status == 200


def test_what_is_not_there_is_said_in_the_same_form(client: Client) -> None:
    assert client.get("/v2/check").status == 404
    refused = client.get("/v1/check")
    assert (refused.status, refused.headers["allow"]) == (405, "POST")
    assert client.ask("POST", "/healthz", b"{}").status == 405
    assert "/openapi.json" in refused.json["error"]["hint"]


def test_health_readiness_metrics_and_description(client: Client) -> None:
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready"}
    assert client.get("/openapi.json").json["info"]["title"] == "tqcheck"
    before = client.metric('tqcheck_answers_total{status="200"}')
    client.post(TEXTS)
    assert client.metric('tqcheck_answers_total{status="200"}') == before + 1
    assert client.metric("tqcheck_ready_workers") == 1
    assert client.metric("tqcheck_request_seconds_count") >= 1
    kind = client.get("/metrics").headers["content-type"]
    assert kind == "text/plain; version=0.0.4; charset=utf-8"


def test_the_metrics_are_read_by_a_reader_of_prometheus(client: Client) -> None:
    parser = pytest.importorskip("prometheus_client.parser")
    text = client.get("/metrics").body.decode()
    families = {family.name: family for family in parser.text_string_to_metric_families(text)}
    ours = {name for name in families if name.startswith("tqcheck_")}
    assert {"tqcheck_answers", "tqcheck_request_seconds", "tqcheck_waiting_requests", "tqcheck_build_info"} <= ours
    assert all(families[name].documentation for name in ours)


def test_a_foreign_name_is_not_answered() -> None:
    with serving(quick, hosts=frozenset({"desk.example:80"}), ready=False) as client:
        assert client.get("/healthz", host="desk.example:80").status == 200
        for host in ("desk.example", "evil.example:80", ""):
            assert client.get("/healthz", host=host).status == 421
            assert client.post(TEXTS, host=host).status == 421


def test_a_token_is_asked_for_where_there_is_one() -> None:
    with serving(quick, token=TOKEN) as client:
        for wrong in (None, "", "Bearer", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", f"Bearer {TOKEN} ", "Bearer é"):
            reply = client.post(TEXTS, authorization=wrong)
            assert reply.status == (200 if wrong == f"Bearer {TOKEN} " else 401), (
                wrong
            )  # blanks at the end are no value
            assert TOKEN not in reply.body.decode() or reply.status == 200
        assert client.post(TEXTS, authorization=f"Bearer {TOKEN}").status == 200
        assert client.get("/metrics").status == 401
        assert client.get("/metrics", authorization=f"Bearer {TOKEN}").status == 200
        assert (
            client.get("/healthz").status == client.get("/readyz").status == client.get("/openapi.json").status == 200
        )
