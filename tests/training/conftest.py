"""The recipes are programs, not a package: run, or their folder is put where Python looks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., str]


@pytest.fixture
def run() -> Run:
    """Runs a program of ``training/`` with arguments; answers what it printed."""

    def run_it(program: str, *arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, str(ROOT / "training" / program), *map(str, arguments)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_it


@pytest.fixture
def translator_recipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lets a test import the modules of ``training/translator``."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(ROOT / "training" / "translator"))
    yield
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and "training" in str(sys.modules[name].__file__):
            del sys.modules[name]
