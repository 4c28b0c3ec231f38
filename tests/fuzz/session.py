"""One run of one target: counts inputs, keeps what was new, and writes down each fault once."""

from __future__ import annotations

import hashlib
import time
import traceback
from pathlib import Path

import tqcheck
from tests.fuzz.targets import targets
from tqcheck.errors import UserError

PACKAGE = str(Path(tqcheck.__file__).parent)
SLOW = 2.0
"""Seconds of processor for an input of at most 8 kB."""


class Session:
    """Inputs for a target, and what came of them. ``folder`` is for its files, ``finds`` for inputs that are faults."""

    def __init__(self, name: str, folder: Path, finds: Path) -> None:
        self.name, self.folder, self.finds = name, folder, finds
        self.inputs = self.accepted = 0
        self.faults: dict[str, str] = {}
        self._target = targets()[name]

    def feed(self, data: bytes) -> bool:
        """Give one input; whether it was accepted. A fault of a new kind is written to ``finds``."""
        self.inputs += 1
        try:
            accepted, seconds = self._timed(data)
            if seconds > SLOW:  # the first input of a kind loads models and tables
                accepted, seconds = self._timed(data)
        except Exception as fault:
            self._keep(_kind(fault), "".join(traceback.format_exception(fault, limit=-4)), data)
            return False
        if seconds > SLOW:
            self._keep("slow", f"{seconds:.1f} s for {len(data)} bytes", data)
        self.accepted += accepted
        return accepted

    def _timed(self, data: bytes) -> tuple[bool, float]:
        """Whether it was accepted, and seconds of processor."""
        start, accepted = time.process_time(), True
        try:
            self._target(data, self.folder)
        except UserError as refused:
            str(refused).encode("utf-8", "backslashreplace")  # it is printed: the excerpt of the file must be a text
            accepted = False
        return accepted, time.process_time() - start

    def _keep(self, kind: str, what: str, data: bytes) -> None:
        if kind not in self.faults:
            self.faults[kind] = what
            self.finds.mkdir(parents=True, exist_ok=True)
            name = f"{self.name}--{hashlib.sha256(kind.encode()).hexdigest()[:8]}"
            (self.finds / name).write_bytes(data)


def _kind(fault: Exception) -> str:
    """The same for every input that breaks the program at the same place: the exception and our innermost line."""
    own = [
        f"{Path(f.filename).name}:{f.lineno}"
        for f in traceback.extract_tb(fault.__traceback__)
        if PACKAGE in f.filename
    ]
    return f"{type(fault).__name__} at {own[-1] if own else 'the promises'}"
