"""The body of a request: no more of it than is allowed, no longer than it may take, and a task or a clear word."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from tqcheck.errors import Place, UserError
from tqcheck.serve.task import Answer, Task, explained, fault

if TYPE_CHECKING:
    from starlette.requests import Request

PATIENCE = 20.0
"""Seconds for a body to arrive."""
GONE = Answer(499, b"")
"""For a client that did not wait: nobody reads it, it is only counted. (The number is that of nginx.)"""
_THROWN_AWAY = 4_000_000
"""Bytes read of a body that is refused, so that its sender gets to the answer instead of a broken pipe."""
FIELDS = {"source": "text", "target": "text", "source_name": "name", "target_name": "name"}
LONGEST_NAME = 500
_BODY = "the request"


class RefusedError(Exception):
    """A request that is answered without a check."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


async def read(request: Request, largest: int) -> bytes:
    """The whole body. Raises RefusedError for one that is too large (413), too slow (408) or broken off."""
    from starlette.requests import ClientDisconnect

    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > 12 or int(length) > largest):
        await throw_away(request)
        raise RefusedError(_too_large(largest))
    data = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                data += chunk
                if len(data) > largest:
                    await throw_away(request)
                    raise RefusedError(_too_large(largest))
    except TimeoutError:
        raise RefusedError(Answer(408, fault(f"the request took longer than {PATIENCE:g} s to arrive"))) from None
    except ClientDisconnect:
        raise RefusedError(GONE) from None
    return bytes(data)


async def throw_away(request: Request) -> None:
    """Read what a refused request still sends, up to a limit; nothing where the sender waits to be told to go on."""
    if "expect" in request.headers:
        return
    left = _THROWN_AWAY
    try:
        async with asyncio.timeout(2.0):
            while left > 0:
                message = await request.receive()
                left -= len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return


def task(data: bytes) -> Task:
    """The task that a body asks for. Raises RefusedError: 400 for what is no JSON, 422 for JSON that says nothing."""
    try:
        asked = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RefusedError(_no_json("it is not in UTF-8", data[: error.start].decode(), error.start)) from None
    except json.JSONDecodeError as error:
        raise RefusedError(Answer(400, explained(_json_error(error)))) from None
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        raise RefusedError(Answer(400, fault("the request is not a JSON document that can be read"))) from None
    try:
        return _asked(asked)
    except UserError as error:
        raise RefusedError(Answer(422, explained(error))) from None


def _asked(asked: object) -> Task:
    hint = '{"source": "the French text", "target": "its English translation"}'
    if not isinstance(asked, dict):
        raise UserError("the request is not a JSON object", Place(_BODY), hint)
    for name, value in asked.items():
        if name not in FIELDS:
            raise UserError(f"the request has an unknown field {name!r}", Place(_BODY), f"known: {', '.join(FIELDS)}")
        if not isinstance(value, str):
            raise UserError(f'"{name}" is not a text', Place(_BODY), hint)
        if FIELDS[name] == "name" and not 0 < len(value.strip()) <= len(value) <= LONGEST_NAME:
            raise UserError(f'"{name}" has to have 1 to {LONGEST_NAME} characters', Place(_BODY))
    for name in ("source", "target"):
        if name not in asked:
            raise UserError(f'the request has no "{name}"', Place(_BODY), hint)
    made = Task(**asked)
    if made.source_name == made.target_name:
        raise UserError("the two texts have the same name", Place(_BODY), "leave the names out, or give each its own")
    return made


def _json_error(error: json.JSONDecodeError) -> UserError:
    lines = error.doc.split("\n")
    text = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    start = max(0, error.colno - 60)  # of a text on one line, the part that is meant
    place = Place(_BODY, error.lineno, error.colno, text[start : start + 120])
    return UserError(f"the request is not JSON: {error.msg}", place, "send a JSON object in UTF-8")


def _no_json(reason: str, before: str, at: int) -> Answer:
    place = Place(_BODY, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return Answer(400, explained(UserError(f"the request is not JSON: {reason} at byte {at}", place)))


def _too_large(largest: int) -> Answer:
    hint = "check long texts part by part, or with tqcheck check"
    return Answer(413, fault(f"the request has more than {largest:,} bytes", hint))
