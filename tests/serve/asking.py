"""A service on a port of this machine, asked as a client asks it; every answer is held to the OpenAPI document."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tqcheck.serve import openapi
from tqcheck.serve.application import Service
from tqcheck.serve.limits import Limits
from tqcheck.serve.task import Prepare

jsonschema = pytest.importorskip("jsonschema")
uvicorn = pytest.importorskip("uvicorn")
pytest.importorskip("prometheus_client")

TEXTS = {"source": "Il pleut.", "target": "It rains."}


def gone(pid: int) -> bool:
    """Whether a process has ended, with nobody having asked for its status perhaps."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except ProcessLookupError:
        return True
    except FileNotFoundError:  # it went meanwhile, as the next asking finds; or the system has no such files
        return False
    return state in "ZX"


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def message(self) -> str:
        return str(self.json["error"]["message"])


@dataclass(frozen=True)
class Client:
    """Asks a service at ``host``:``port``."""

    port: int
    host: str = "127.0.0.1"

    def post(self, data: object, **headers: str | None) -> Reply:
        """Two texts to check; bytes are sent as they are."""
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self.ask("POST", "/v1/check", body, **{"content_type": "application/json", **headers})

    def get(self, path: str, **headers: str | None) -> Reply:
        return self.ask("GET", path, None, **headers)

    def ask(self, method: str, path: str, body: bytes | None, **headers: str | None) -> Reply:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        given = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            reply = Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()
        documented(method, path, reply)
        return reply

    def until_ready(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while self.get("/readyz").status != 200:
            assert time.monotonic() < end, "the service is not ready"
            time.sleep(0.02)

    def metric(self, name: str) -> float:
        """The value of a metric, 0 where there is none yet."""
        lines = self.get("/metrics").body.decode().splitlines()
        return next((float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(f"{name} ")), 0.0)


@contextmanager
def serving(prepare: Prepare, limits: Limits | None = None, *, ready: bool = True, **options: Any) -> Iterator[Client]:
    """A service in a thread of this process, with real workers."""
    service = Service(prepare, limits or Limits(), **options)
    config = uvicorn.Config(service.application, port=0, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        client = Client(server.servers[0].sockets[0].getsockname()[1])
        if ready:
            client.until_ready()
        yield client
    finally:
        server.should_exit = True
        thread.join()


def documented(method: str, path: str, reply: Reply) -> None:
    """Nothing, where the OpenAPI document has this answer: its status, its headers, its body."""
    routes = description()["paths"]
    if path not in routes or method.lower() not in routes[path]:
        assert reply.status in (404, 405, 421)
        schema = {"$ref": "#/components/schemas/Error"}
    else:
        answers = routes[path][method.lower()]["responses"]
        assert str(reply.status) in answers, f"{reply.status} of {path} is not documented"
        answer = answers[str(reply.status)]
        for name, header in answer.get("headers", {}).items():
            value = reply.headers[name.lower()]
            jsonschema.validate(int(value) if header["schema"]["type"] == "integer" else value, header["schema"])
        kind = reply.headers["content-type"].split(";")[0]
        assert kind in answer["content"]
        if kind != "application/json":
            return
        schema = answer["content"][kind]["schema"]
    validator = jsonschema.Draft202012Validator({**schema, "components": description()["components"]})
    validator.validate(reply.json)


@cache
def description() -> Any:
    return json.loads(openapi.document())
