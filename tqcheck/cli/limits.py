"""How long a check may take."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.pipeline import Progress

_NEXT_ARTICLE = "articles"


def add_time_limit(command: argparse.ArgumentParser) -> None:
    """The flag."""
    command.add_argument(
        "--time-limit", metavar="SECONDS", type=_seconds, help="give up an article that takes longer (no limit)"
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"a number of seconds above 0, and not {text!r}")
    return seconds


class TimeLimit:
    """A progress that looks at the time at every step, by a clock that nobody sets; each article has its own time."""

    def __init__(self, progress: Progress, seconds: float) -> None:
        self._progress = progress
        self._seconds = seconds
        self._started = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show the step. Raises UserError when the time is over."""
        self._progress(stage, done, total)
        if stage == _NEXT_ARTICLE:
            self._started = time.monotonic()
        elif time.monotonic() - self._started > self._seconds:
            raise UserError(
                f"not done within {self._seconds:g} seconds: the time was over while {stage}, {done} of {total}",
                hint="give it longer with --time-limit, or cut the text into parts and check each",
            )


def limited(progress: Progress, seconds: float | None) -> Progress:
    """``progress``, with a limit where there is one."""
    return progress if seconds is None else TimeLimit(progress, seconds)
