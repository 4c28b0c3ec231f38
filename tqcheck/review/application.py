"""The pages: the index of a folder's reports, each report, and its decisions as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tqcheck.decisions import SCHEMA, Status, decision
from tqcheck.errors import UserError
from tqcheck.mqm import Severity
from tqcheck.render import html
from tqcheck.render.visible import visible
from tqcheck.review.guard import Application, guarded
from tqcheck.review.shelf import Filed, Shelf
from tqcheck.review.store import Store

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

DATABASE = "tqcheck-review.sqlite3"
ORDERS = ("name", "verdict", "findings", "quality", "left")


@dataclass(frozen=True, slots=True)
class Line:
    """A report in the index. ``counts``: findings by severity, the gravest first; ``left``: those nobody decided on."""

    filed: Filed
    title: str
    name: str
    address: str
    counts: tuple[tuple[Severity, int], ...]
    left: int
    dismissed: int


def application(folder: Path, token: str, hosts: frozenset[str]) -> Application:
    """The server's application for the reports in ``folder``. Raises UserError for a folder that cannot be used."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    review = Review(Shelf(folder), Store(folder / DATABASE), f"/{token}")
    routes = [
        Route("/", review.index),
        Route("/decisions.json", review.export),
        Route("/report/{name}", review.report),
        Route("/decisions/{name}", review.decisions, methods=["GET"]),
        Route("/decisions/{name}", review.decide, methods=["POST"]),
    ]
    return guarded(Starlette(routes=routes), token, hosts, html.policy(shared=True))


class Review:
    """What is asked for, answered. ``base``: what stands before every path."""

    def __init__(self, shelf: Shelf, store: Store, base: str) -> None:
        self._shelf = shelf
        self._store = store
        self._base = base

    def index(self, request: Request) -> Response:
        """The reports, in the order and with the words that are asked for."""
        from starlette.responses import HTMLResponse

        order = request.query_params.get("order", "")
        order = order if order in ORDERS else "name"
        words = request.query_params.get("words", "")
        open_only = bool(request.query_params.get("open"))
        lines = [self._line(filed, settled) for filed, settled in self._with_decisions()]
        shown = [
            line
            for line in lines
            if words.casefold() in f"{line.filed.name} {line.filed.source} {line.filed.target}".casefold()
            and (not open_only or line.left or not line.filed.passed)
        ]
        context = {
            "lines": sorted(shown, key=lambda line: _rank(line, order)),
            "total": len(lines),
            "passed": sum(line.filed.passed for line in lines),
            "order": order,
            "orders": ORDERS,
            "words": words,
            "open_only": open_only,
            "base": self._base,
        }
        return HTMLResponse(html.index(context))

    def report(self, request: Request) -> Response:
        """A report's page."""
        from starlette.responses import HTMLResponse, PlainTextResponse

        filed = self._shelf.report(request.path_params["name"])
        if filed is None:
            return PlainTextResponse("There is no such report.", 404)
        page = self._shelf.page(filed, f"{self._base}/decisions/{quote(filed.name, safe='')}")
        if page is None:
            words = "Another version of tqcheck made this report, or it was changed. Check the article again."
            return PlainTextResponse(words, 409)
        return HTMLResponse(page)

    def decisions(self, request: Request) -> Response:
        """What was decided on a report since a number."""
        from starlette.responses import JSONResponse

        filed = self._shelf.report(request.path_params["name"])
        since = request.query_params.get("since", "0")
        if filed is None or not (since.isascii() and since.isdigit() and len(since) < 16):
            return JSONResponse({"error": "no such report"}, 404)
        number, made = self._store.since(filed.report, int(since))
        return JSONResponse({"number": number, "decisions": [asdict(one) for one in made]})

    async def decide(self, request: Request) -> Response:
        """Keep a decision, or say that another editor was quicker (409)."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import JSONResponse

        body = await request.body()
        return JSONResponse(*await run_in_threadpool(self._kept, request.path_params["name"], body))

    def _kept(self, name: str, body: bytes) -> tuple[dict[str, object], int]:
        filed = self._shelf.report(name)
        if filed is None:
            return {"error": "no such report"}, 404
        try:
            data = json.loads(body)
            made = decision(data, 1, "the request")
            known = data.get("known", "")
        except (ValueError, RecursionError, UserError) as error:
            return {"error": str(error)}, 400
        if not isinstance(known, str):
            return {"error": '"known" is not a text'}, 400
        other = self._store.add(filed.report, made, known)
        return ({}, 200) if other is None else ({"decision": asdict(other)}, 409)

    def export(self, request: Request) -> Response:
        """All decisions as a file for ``tqcheck check --decisions``."""
        from starlette.responses import Response

        data = {"schema": SCHEMA, "decisions": [asdict(made) for made in self._store.holding()]}
        headers = {"Content-Disposition": 'attachment; filename="decisions.json"'}
        return Response(json.dumps(data, indent=1), media_type="application/json", headers=headers)

    def _with_decisions(self) -> list[tuple[Filed, dict[str, Status]]]:
        reports = self._shelf.reports()
        settled = self._store.settled(filed.report for filed in reports)
        return [(filed, settled[filed.report]) for filed in reports]

    def _line(self, filed: Filed, settled: dict[str, Status]) -> Line:
        counts = [(severity, list(filed.findings.values()).count(severity)) for severity in reversed(Severity)]
        decided = [settled[fingerprint] for fingerprint in filed.findings if fingerprint in settled]
        return Line(
            filed=filed,
            title=visible(filed.target),
            name=visible(filed.name),
            address=f"{self._base}/report/{quote(filed.name, safe='')}",
            counts=tuple((severity, count) for severity, count in counts if count),
            left=len(filed.findings) - len(decided),
            dismissed=decided.count(Status.DISMISSED),
        )


def _rank(line: Line, order: str) -> tuple[float, str]:
    """The smallest first: what needs an editor most is at the top."""
    ranks = {
        "name": 0.0,
        "verdict": float(line.filed.passed),
        "findings": -float(sum(severity.weight * count for severity, count in line.counts)),
        "quality": 2.0 if line.filed.quality is None else line.filed.quality,
        "left": -float(line.left),
    }
    return ranks[order], line.filed.name
