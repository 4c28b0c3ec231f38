"""The command with a check that needs no models: what a run does with files, processes and signals is the real thing.

As a program: ``python -m tests.batch.quick SECONDS ARGUMENT…`` is ``tqcheck ARGUMENT…`` with checks that take SECONDS.
The words of a translation steer it: ``KILL`` kills the process, ``FAULT`` raises, ``SLOW`` takes a minute.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.render import reports
from tqcheck import desk
from tqcheck.batch.checker import Checker
from tqcheck.batch.local import Attempt
from tqcheck.cli import batch, main
from tqcheck.cli.recipe import Recipe
from tqcheck.config import Settings
from tqcheck.manifest import Article
from tqcheck.model import Report, Verdict

ROOT = Path(__file__).parents[2]


def check(seconds: float) -> None:
    """Put the quick check in the place of the real one."""

    def check_texts(article: Article, texts: Sequence[bytes], work: desk.Work, settings: Settings) -> Report:
        words = texts[1].decode()
        if "KILL" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "FAULT" in words:
            raise ZeroDivisionError("a fault of ours")
        time.sleep(60.0 if "SLOW" in words else seconds)
        return replace(reports.bridge(), verdict=Verdict(True), notes=(f"checked: {words.strip()}",))

    desk.check_texts = check_texts
    Checker.load = lambda self: None  # type: ignore[method-assign]


def pairs(folder: Path, count: int, words: str = "Text") -> Path:
    """A list of ``count`` pairs with words of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number in range(1, count + 1):
        for side in ("fr", "en"):
            (folder / f"{number}.{side}.txt").write_text(f"{words} {number}\n", "utf-8")
        rows.append(f"{number}.fr.txt\t{number}.en.txt\n")
    (folder / "list.tsv").write_text("".join(rows), "utf-8")
    return folder / "list.tsv"


@dataclass(frozen=True)
class QuickRecipe(Recipe):
    """A recipe that takes the quick check along to other machines."""

    seconds: float = 0.0

    def __call__(self) -> Attempt:
        check(self.seconds)
        return super().__call__()


def run(seconds: float, arguments: Sequence[str]) -> int:
    """The command with quick checks, in whatever process they are."""
    check(seconds)
    batch.Recipe = partial(QuickRecipe, seconds=seconds)  # type: ignore[assignment, attr-defined]
    return main(arguments)


if __name__ == "__main__":
    from tests.batch import quick  # by the name that other processes know it by

    sys.exit(quick.run(float(sys.argv[1]), sys.argv[2:]))
