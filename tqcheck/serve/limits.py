"""How much the service takes on."""

from __future__ import annotations

from dataclasses import dataclass

GRACE = 2.0
"""Seconds that a check may go on after its time: it looks at the clock at every step, and a step may be long."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``workers``: processes that check. ``waiting``: requests that may wait for one. ``seconds``: from a request's
    arrival to its answer. ``largest``: bytes of a body. ``checks``: of a worker before another takes its place.
    """

    workers: int = 1
    waiting: int = 8
    seconds: float = 60.0
    largest: int = 1_000_000
    checks: int = 1000
