"""A check in a process that is warm: the 600-word article of `cold.py`, and the same beside another version.

    python benchmarks/warm.py [--turns 7] [--beside FOLDER]

A process first checks three other articles of corpora/, which loads the models and fills what is kept of words, then
says what one check costs, without translation and both ways with the bundled translator. FOLDER is a checkout of
another version (``git worktree add FOLDER COMMIT``): a process of each, which take turns, so that what else the machine
does hits both. The first check of the article in its process is told apart; medians are of the others.
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
    """A process of one version, with one engine."""

    def __init__(self, folder: Path, engine: str, paths: list[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--serve", engine, *paths],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def check(self) -> Times:
        """Seconds of a processor and of the clock of a check."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print("check", file=self._process.stdin, flush=True)
        processor, clock = json.loads(self._process.stdout.readline())
        return processor, clock

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


def serve(engine: str, paths: list[str]) -> None:
    """What such a process does."""
    from tqcheck import pipeline, readers

    tools = pipeline.usual_tools(engine)

    def check(files: list[str]) -> None:
        source, target = (readers.read(path, lang) for path, lang in zip(files, ("fr", "en"), strict=True))
        pipeline.check_documents(source, target, tools)

    for name in OTHERS:
        check([str(CORPORA / name / f"article.{lang}.txt") for lang in ("fr", "en")])
    for _ in sys.stdin:
        before = time.process_time(), time.perf_counter()
        check(paths)
        print(json.dumps((time.process_time() - before[0], time.perf_counter() - before[1])), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--beside", type=Path)
    options = parser.parse_args()
    folders = [HERE] if options.beside is None else [options.beside.resolve(), HERE]
    with tempfile.TemporaryDirectory() as folder:
        paths = article(Path(folder))
        for engine in ("none", "bundled"):
            versions = [Version(each, engine, paths) for each in folders]
            first = [version.check() for version in versions]
            found = [[version.check() for version in versions] for _ in range(options.turns)]
            for version in versions:
                version.end()
            columns = list(zip(*found, strict=True))
            for name, start, turns in zip(folders, first, columns, strict=True):
                processor, clock = (statistics.median(times[k] for times in turns) for k in (0, 1))
                print(f"--mt {engine}, {name}: processor {processor:.2f} s, clock {clock:.2f} s", end="")
                print(f" (the first time {start[0]:.2f} and {start[1]:.2f})", flush=True)
            if len(columns) > 1:
                ratios = [after[0] / before[0] for before, after in zip(*columns, strict=True)]
                print(f"--mt {engine}: {statistics.median(ratios):.2f} times the processor's seconds of the other")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2], sys.argv[3:])
    else:
        main()
