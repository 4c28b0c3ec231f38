"""How much the service takes on."""

from __future__ import annotations

from dataclasses import dataclass

GRACE = 10.0
"""Seconds that a check may go on after its time, before its worker is ended: it looks at the clock step by step, a step
may be long on a busy machine, and a new worker has to load its models."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``workers``: processes that check. ``waiting``: requests that may wait for one. ``seconds``: from a request's
    arrival to its answer. ``largest``: bytes of a body. ``checks``: of a worker before another takes its place.
    """

    workers: int = 1
    waiting: int = 8
    seconds: float = 60.0
    largest: int = 250_000
    checks: int = 1000
