"""A check in a process that is warm: the 600-word article of `cold.py`, and the same beside another version.

    python benchmarks/warm.py [--turns 7] [--beside FOLDER] [--mt none,bundled]

A process first checks three other articles of corpora/, which loads the models and fills what is kept of words, then
says what one check costs, without translation and both ways with the bundled translator: alone, and with a process
beside it (`tqcheck.apart`), whose processor seconds count too. FOLDER is a checkout of another version (``git worktree
add FOLDER COMMIT``), which works alone. All of them take turns, so that what else the machine does hits each. The
first check of the article in its process is told apart; medians are of the others, and ratios, too, of the turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cold import CORPORA, article

HERE = Path(__file__).parent.parent
OTHERS = ("acier", "budget", "cyclisme")
Times = tuple[float, float]


class Version:
    """A process of one version, with one engine, alone or with one ``apart``."""

    def __init__(self, folder: Path, engine: str, paths: list[str], apart: bool = False) -> None:
        self.name = f"{folder}{', two processes' if apart else ''}"
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--serve", engine, "apart" if apart else "alone", *paths],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def check(self) -> Times:
        """Seconds of the clock and of processors of a check."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print("check", file=self._process.stdin, flush=True)
        clock, processor = json.loads(self._process.stdout.readline())
        return clock, processor

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


def serve(engine: str, paths: list[str], *, with_another: bool) -> None:
    """What such a process does."""
    from tqcheck import pipeline, readers

    if with_another:
        from tqcheck.apart import Apart

        beside = Apart()
        tools = pipeline.usual_tools(engine, beside)
    else:
        tools = pipeline.usual_tools(engine)

    def check(files: list[str]) -> None:
        source, target = (readers.read(path, lang) for path, lang in zip(files, ("fr", "en"), strict=True))
        pipeline.check_documents(source, target, tools)

    def processor() -> float:
        there = beside.ask(time.process_time).answer() if with_another else 0.0
        return time.process_time() + there

    for name in OTHERS:
        check([str(CORPORA / name / f"article.{lang}.txt") for lang in ("fr", "en")])
    for _ in sys.stdin:
        before = processor(), time.perf_counter()
        check(paths)
        clock = time.perf_counter() - before[1]
        print(json.dumps((clock, processor() - before[0])), flush=True)


def compare(versions: list[Version], turns: int, engine: str) -> None:
    """Let them take turns, and say what came of it."""
    first = [version.check() for version in versions]
    columns = list(zip(*([version.check() for version in versions] for _ in range(turns)), strict=True))
    for version, start, own in zip(versions, first, columns, strict=True):
        version.end()
        clock, processor = (statistics.median(times[k] for times in own) for k in (0, 1))
        print(f"--mt {engine}, {version.name}: clock {clock:.2f} s, processor {processor:.2f} s", end="")
        print(f" (the first time {start[0]:.2f} and {start[1]:.2f})", end="")
        ratios = [statistics.median(a[k] / b[k] for b, a in zip(columns[0], own, strict=True)) for k in (0, 1)]
        print("" if own is columns[0] else f": {ratios[0]:.2f} and {ratios[1]:.2f} times the first line", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--mt", default="none,bundled")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = article(Path(folder))
        for engine in options.mt.split(","):
            other = [] if options.beside is None else [Version(options.beside.resolve(), engine, paths)]
            own = [Version(HERE, engine, paths, apart) for apart in (False, True)]
            compare([*other, *own], options.turns, engine)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], sys.argv[4:], with_another=sys.argv[3] == "apart")
    else:
        main()
