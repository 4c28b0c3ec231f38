"""Requests to the application as a browser sends them, without a server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from tqcheck.review.guard import Application

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

    with ThreadPoolExecutor(1) as thread:  # this one may have a loop: that of a browser under test
        thread.submit(lambda: asyncio.run(run())).result()
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], answered, b"".join(m.get("body", b"") for m in sent[1:]).decode())


def made(
    fingerprint: str, status: str = "dismissed", known: str = "", decided: str = "2026-11-22T10:00:00.000Z"
) -> dict[str, str]:
    return {"fingerprint": fingerprint, "status": status, "reason": "so", "known": known, "decided": decided}
