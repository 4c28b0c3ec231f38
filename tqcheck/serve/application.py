"""The routes: a check, whether the service lives and is ready, its metrics, and the document that describes them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tqcheck.review.guard import Application, Receive, Scope, Send
from tqcheck.serve import body, openapi
from tqcheck.serve.limits import Limits
from tqcheck.serve.metrics import CONTENT_TYPE, Metrics
from tqcheck.serve.pool import Job, Pool
from tqcheck.serve.task import Answer, Prepare, fault

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

JSON = "application/json"
HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
PAUSE = 5
"""Seconds after which to ask again when no worker is ready."""


class Service:
    """The application and what it is made of. ``hosts``: names it answers to, None for any; ``token``: of a bearer."""

    def __init__(
        self, prepare: Prepare, limits: Limits, hosts: frozenset[str] | None = None, token: str | None = None
    ) -> None:
        self.stopping = False
        self.metrics = Metrics()
        self.pool = Pool(prepare, limits, self.metrics)
        self._limits = limits
        self._hosts = hosts
        self._token = token
        self.application = self._application()

    @property
    def routes(self) -> list[Route]:
        """All that can be asked for."""
        from starlette.routing import Route

        return [
            Route("/v1/check", self.check, methods=["POST"]),
            Route("/healthz", self.health, methods=["GET"]),
            Route("/readyz", self.readiness, methods=["GET"]),
            Route("/metrics", self.measured, methods=["GET"]),
            Route("/openapi.json", self.described, methods=["GET"]),
        ]

    def _application(self) -> Application:
        from starlette.applications import Starlette
        from starlette.exceptions import HTTPException

        inside = Starlette(routes=self.routes, lifespan=self._lifespan, exception_handlers={HTTPException: _unknown})
        return self._for_own_names(inside)

    @asynccontextmanager
    async def _lifespan(self, application: object) -> AsyncIterator[None]:
        self.pool.open()
        try:
            yield
        finally:
            await self.pool.close()

    def _for_own_names(self, inside: Application) -> Application:
        """No foreign name that is made to point to this machine is answered (DNS rebinding)."""

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and self._hosts is not None:
                given = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
                if len(given) != 1 or given[0] not in self._hosts:
                    await _sent(Answer(421, fault("this service answers to its own name alone")))(scope, receive, send)
                    return
            await inside(scope, receive, send)

        return application

    async def check(self, request: Request) -> Response:
        """The report on two texts."""
        try:
            answer = await self._checked(request)
        except body.RefusedError as refused:
            answer = refused.answer
        self.metrics.answers.labels(str(answer.status)).inc()
        return _sent(answer, self._advice(answer.status))

    async def health(self, request: Request) -> Response:
        """That the server answers at all."""
        return _sent(Answer(200, b'{"status": "alive"}\n'))

    async def readiness(self, request: Request) -> Response:
        """Whether a check would be made now."""
        if self.stopping:
            return _sent(Answer(503, b'{"status": "stopping"}\n'))
        return _sent(
            Answer(200, b'{"status": "ready"}\n') if self.pool.ready else Answer(503, b'{"status": "loading"}\n')
        )

    async def measured(self, request: Request) -> Response:
        """The metrics."""
        from starlette.responses import Response

        if not self._may(request):
            return _sent(_unauthorized(), self._advice(401))
        return Response(self.metrics.text(), headers={**HEADERS, "content-type": CONTENT_TYPE})

    async def described(self, request: Request) -> Response:
        """The OpenAPI document."""
        return _sent(Answer(200, openapi.document()))

    async def _checked(self, request: Request) -> Answer:
        refused = self._refused(request)
        if refused is not None:
            await body.throw_away(request)
            return refused
        task = body.task(await body.read(request, self._limits.largest))
        refused = self._no_room()  # others may have come while this one was read
        return refused or await self._unless_gone(request, self.pool.accept(task))

    async def _unless_gone(self, request: Request, job: Job) -> Answer:
        """The answer, as long as somebody waits for it: a check that was not begun is given up with its client."""
        answer, gone = asyncio.create_task(self.pool.answer(job)), asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            return answer.result() if answer.done() else body.GONE
        finally:
            gone.cancel()
            answer.cancel()

    def _refused(self, request: Request) -> Answer | None:
        """Why a request is answered before it is read."""
        if not self._may(request):
            return _unauthorized()
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
            return Answer(415, fault("the request is not JSON", f"send it as Content-Type: {JSON}"))
        return self._no_room()

    def _no_room(self) -> Answer | None:
        if not self.pool.ready:
            return Answer(503, fault("the models are being loaded", "try again when /readyz says so"))
        if self.pool.full:
            return Answer(429, fault("as many requests wait as may", "try again after the seconds in Retry-After"))
        return None

    def _may(self, request: Request) -> bool:
        if self._token is None:
            return True
        given = request.headers.get("authorization", "")
        return secrets.compare_digest(given.encode(), f"Bearer {self._token}".encode())

    def _advice(self, status: int) -> dict[str, str]:
        """The headers that tell a client what to do now."""
        if status == 401:
            return {"www-authenticate": "Bearer"}
        if status == 429:
            return {"retry-after": str(self.pool.patience)}
        return {"retry-after": str(max(PAUSE, self.pool.patience))} if status == 503 else {}


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _unknown(request: Request, error: Exception) -> Response:
    """What Starlette refuses (404, 405), in the form of all other errors."""
    status = getattr(error, "status_code", 404)
    words = {404: "there is nothing here", 405: "this is not asked for in that way"}.get(status, "the request is wrong")
    return _sent(Answer(status, fault(words, "see /openapi.json")), getattr(error, "headers", None) or {})


def _unauthorized() -> Answer:
    return Answer(401, fault("the token is missing or wrong", "send Authorization: Bearer TOKEN"))


def _sent(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    from starlette.responses import Response

    return Response(answer.body, answer.status, headers={**HEADERS, **(headers or {}), "content-type": JSON})
