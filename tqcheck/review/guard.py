"""Who may talk to the server: a browser on this machine that was given the address, and no other site through it.

The address has a token that cannot be guessed. The Host must be ours, so that no foreign name that is made to point to
this machine is answered (DNS rebinding). What changes something must come from our own pages: Origin and Sec-Fetch-Site
say so, and a form of another site cannot send JSON. Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST = 200_000
"""Bytes of a request's body at most."""

HEADERS = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def guarded(application: Application, token: str, hosts: frozenset[str], policy: str) -> Application:
    """The application behind ``/TOKEN``, for ``hosts`` alone; every answer has HEADERS and the ``policy``."""
    headers = (*HEADERS, (b"content-security-policy", f"{policy}; frame-ancestors 'none'".encode()))

    async def application_behind(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await application(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_closed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *headers]}
            await send(message)

        refused = _refused(scope, token, hosts)
        if refused is not None:
            await _answer(send_closed, *refused)
            return
        inside = {**scope, "path": scope["path"][len(token) + 1 :] or "/"}
        await application(inside, receive, send_closed)

    return application_behind


def _refused(scope: Scope, token: str, hosts: frozenset[str]) -> tuple[int, str] | None:
    """The status and the words of a refusal, None where all is well."""
    given: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        given.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    host = given.get("host", [])
    if len(host) != 1 or host[0].lower() not in hosts:
        return 421, "This server answers to its own name alone."
    first = scope["path"].split("/")[1]
    if not secrets.compare_digest(first.encode(), token.encode()):
        return 404, "There is nothing here. The address that tqcheck review printed has a token in it."
    if scope["method"] in ("GET", "HEAD"):
        return None
    site = given.get("sec-fetch-site", ["same-origin"])
    if given.get("origin") != [f"http://{host[0]}"] or site != ["same-origin"]:
        return 403, "Only the pages of this server may change something."
    if [kind.split(";")[0].strip() for kind in given.get("content-type", [])] != ["application/json"]:
        return 415, "JSON is wanted."
    length = given.get("content-length", [""])[0]
    if not length.isascii() or not length.isdigit() or len(length) > 9 or int(length) > LARGEST:
        return 413, "That is too much."
    return None


async def _answer(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
