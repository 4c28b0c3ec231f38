"""How far a run is, how fast it goes, how long it will take: one line on a terminal, one now and then in a log."""

from __future__ import annotations

import time
from collections import deque
from typing import TextIO

from tqcheck.batch.record import State
from tqcheck.batch.run import Count

RECENT = 200
"""Pairs that the rate is taken from: it follows articles that grow longer, and does not jump."""
OFTEN, SELDOM = 0.25, 30.0
"""Seconds between two lines, on a terminal and in a log."""


class Watch:
    """Writes a line about ``count`` to ``file``; ``terminal``: where a line can be written over."""

    def __init__(self, count: Count, file: TextIO, *, terminal: bool) -> None:
        self._count = count
        self._file = file
        self._terminal = terminal
        self._times: deque[tuple[float, int]] = deque(maxlen=RECENT)
        self._shown = time.monotonic()
        self._seen = 0
        self._length = 0

    def __call__(self) -> None:
        """Call it as often as you like."""
        now = time.monotonic()
        if not self._times or self._count.checked != self._seen:
            self._seen = self._count.checked
            self._times.append((now, self._seen))
        if now - self._shown >= (OFTEN if self._terminal else SELDOM):
            self._shown = now
            self._write(line(self._count, self._rate(now)))

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._terminal and self._length:
            self._write("")
            self._file.write("\r")
            self._file.flush()

    def _rate(self, now: float) -> float | None:
        """Pairs a second, None where too few are done to tell."""
        if len(self._times) < 2 or now <= self._times[0][0]:
            return None
        return (self._seen - self._times[0][1]) / (now - self._times[0][0])

    def _write(self, text: str) -> None:
        if self._terminal:
            self._file.write("\r" + text.ljust(self._length))
            self._length = len(text)
        else:
            self._file.write(f"{text}\n")
        self._file.flush()


def line(count: Count, rate: float | None) -> str:
    """``120 of 1,000 pairs (12%), 3 not checked, 1.9 a second, 7 min left``."""
    done = count.total - count.left
    parts = [f"{done:,} of {count.total:,} pairs" + (f" ({100 * done // count.total}%)" if count.total else "")]
    if count.kept:
        parts.append(f"{count.kept:,} finished before")
    if count.states[State.UNCHECKED]:
        parts.append(f"{count.states[State.UNCHECKED]:,} not checked")
    if rate:
        parts += [
            f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute",
            f"{duration(count.left / rate)} left",
        ]
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """``45 s``, ``7 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"
