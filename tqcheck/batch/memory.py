"""How many processes fit: each needs memory of its own besides what it shares with the one that it was forked from."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple

OWN = 200_000_000
"""Bytes that a process takes for itself while it checks an article of usual length (docs/scale.md: 80 MB and less)."""
OWN_MODELS = 450_000_000
"""The same with models that cannot be shared: those of the language model and of translators other than the bundled."""
WHOLE = 900_000_000
"""The same where nothing is shared: each process has all models."""
SPARE = 300_000_000
"""What is left to everything else."""

_CGROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


class Fitting(NamedTuple):
    """How many processes to start, and why they are fewer than were wanted, where they are."""

    workers: int
    note: str | None


def fitting(wanted: int, own: int, free: int | None) -> Fitting:
    """How many of the wanted processes fit, with ``own`` bytes each and ``free`` bytes there (None: not known)."""
    if free is None:
        return Fitting(wanted, None)
    fit = max(1, min(wanted, (free - SPARE) // own))
    if fit == wanted:
        return Fitting(wanted, None)
    several = "1 process is" if fit == 1 else f"{fit} processes are"
    return Fitting(
        fit,
        f"{several} used and not {wanted}: each takes about {own / 1e6:.0f} MB of its own, and {free / 1e6:.0f} MB of "
        "memory are free",
    )


def free() -> int | None:
    """Bytes that can be taken before anything is swapped or killed: of the machine or of the container, the smaller."""
    found = [value for value in (_of_machine(), *(_of_container(*files) for files in _CGROUPS)) if value is not None]
    return min(found, default=None)


def _of_machine() -> int | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text("ascii").split("\n"):
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def _of_container(limit: str, used: str) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return max(0, int(Path(limit).read_text("ascii")) - int(Path(used).read_text("ascii")))
    return None
