"""What a worker is asked and what it answers: plain bytes between two processes, no pickle."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import NamedTuple

from tqcheck.errors import UserError


class Answer(NamedTuple):
    """``status`` as HTTP counts them; ``body``: JSON."""

    status: int
    body: bytes

    def packed(self) -> bytes:
        """As it goes through the pipe."""
        return b"%d " % self.status + self.body


def unpacked(data: bytes) -> Answer:
    """The answer that `Answer.packed` wrote."""
    status, _, body = data.partition(b" ")
    return Answer(int(status), body)


@dataclass(frozen=True, slots=True)
class Task:
    """Two texts to check, the names that they have in the report, and the seconds that are left for it."""

    source: str
    target: str
    source_name: str = "source"
    target_name: str = "target"
    seconds: float = 0.0

    def packed(self) -> bytes:
        """As it goes through the pipe; a lone surrogate goes through as an escape."""
        return json.dumps(asdict(self)).encode("ascii")


Check = Callable[[Task], Answer]
Prepare = Callable[[], Check]
"""Loads the models, tries them, and gives what checks. Called in the worker, so it has to be importable by name."""


def fault(message: str, hint: str | None = None) -> bytes:
    """The body of an answer that is no report, for a fault that has no place in a text."""
    return explained(UserError(message, hint=hint))


def explained(error: UserError) -> bytes:
    """The body of an answer that is no report: message, place and hint, as the command prints them."""
    place = error.place
    where = None
    if place is not None:
        where = {"path": place.path, "line": place.line, "column": place.column, "text": place.text}
    data = {"error": {"message": error.message, "place": where, "hint": error.hint}}
    return json.dumps(data).encode("ascii") + b"\n"


def too_long(seconds: float) -> Answer:
    """The answer for texts that take longer than the service lets them."""
    return Answer(504, fault(f"the check took longer than {seconds:g} s", "send a shorter text, part by part"))
