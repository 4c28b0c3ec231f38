"""What the exit status says."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit status says. 130 is the shells' own number for Ctrl-C."""

    PASSED = 0
    GATE_FAILED = 1
    BAD_INPUT = 2
    FAULT = 3
    INTERRUPTED = 130
