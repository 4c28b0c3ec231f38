"""Articles from 100 to 50,000 words: seconds of whole processes and of a warm one, and memory, with and without MT.

    python benchmarks/lengths.py [--words 100,600,2000,10000,50000] [--mt none,bundled] [--lm none] [--warm 10000]

The texts are made of the sentences of ``corpora/``, drawn at random with a fixed seed, each with a number of its own so
that none is parsed only once. Cold: a process of its own for each, start and imports included (the largest memory is
its own). Warm, for those of at most ``--warm`` words: one process that has checked a short article before, with another
beside it as the command has (`tqcheck.apart`), whose processor seconds count too; the seconds of every stage of the
line stand in the second table. Nothing is kept between runs. The words are those of the French.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from align_speed import article_pairs

SENTENCES_OF_A_PARAGRAPH = 4


def article(folder: Path, words: int, pairs: list[tuple[str, str]]) -> list[str]:
    """The paths of a French text of about so many words and its translation."""
    chance = random.Random(words)
    drawn: list[tuple[str, str]] = []
    count = 0
    while count < words:
        french, english = chance.choice(pairs)
        drawn.append((f"{french} ({len(drawn)})", f"{english} ({len(drawn)})"))
        count += len(french.split())
    paths = []
    for side, lang in enumerate(("fr", "en")):
        lines = [pair[side] for pair in drawn]
        starts = range(0, len(lines), SENTENCES_OF_A_PARAGRAPH)
        path = folder / f"{words}.{lang}.txt"
        path.write_text("\n\n".join(" ".join(lines[s : s + SENTENCES_OF_A_PARAGRAPH]) for s in starts) + "\n", "utf-8")
        paths.append(str(path))
    return paths


def cold(paths: list[str], mt: str, lm: str) -> tuple[float, float, float, float]:
    """Seconds of the clock, seconds of a processor, MiB of a whole process, and MiB with those that it started.

    The last is looked at ten times a second, in /proc, and is 0 where there is none. Linux counts what this process has
    for the other one, too: to be called while this one is small.
    """
    command = [sys.executable, "-m", "tqcheck", "check", *paths, "--mt", mt, "--lm", lm, "--no-cache", "-o", os.devnull]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    together = 0.0
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        together = max(together, resident(process.pid))
        time.sleep(0.1)
    _, status, used = ended
    if os.waitstatus_to_exitcode(status) > 1:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, together


def resident(process: int) -> float:
    """MiB of a process and of those that it started."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        started = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 2**20 + sum(resident(int(other)) for other in started)


def warm(all_paths: list[list[str]], mt: str) -> list[tuple[float, float, dict[str, float]]]:
    """Seconds of the clock and of processors, and of each stage, in this process; the first article is not counted."""
    from tqcheck import pipeline, readers
    from tqcheck.apart import Apart

    beside = Apart()
    stages: dict[str, float] = {}
    since = [0.0]

    def progress(stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        stages[stage] = stages.get(stage, 0.0) + now - since[0]
        since[0] = now

    tools = replace(pipeline.usual_tools(mt, beside), progress=progress)

    def processor() -> float:
        return time.process_time() + beside.ask(time.process_time).answer()

    found = []
    for paths in (all_paths[0], *all_paths):
        stages.clear()
        used, started = processor(), time.perf_counter()
        since[0] = started
        french, english = (readers.read(path, lang) for path, lang in zip(paths, ("fr", "en"), strict=True))
        pipeline.check_documents(french, english, tools)
        seconds = time.perf_counter() - started
        found.append((seconds, processor() - used, dict(stages)))
    beside.close()
    return found[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", default="100,600,2000,10000,50000")
    parser.add_argument("--mt", default="none,bundled")
    parser.add_argument("--lm", default="none", help="of the cold runs")
    parser.add_argument("--warm", type=int, default=10_000)
    parser.add_argument("--no-cold", action="store_true")
    options = parser.parse_args()
    lengths = sorted(int(words) for words in options.words.split(","))
    engines = options.mt.split(",")
    pairs = article_pairs()
    with tempfile.TemporaryDirectory() as folder:
        paths = [article(Path(folder), words, pairs) for words in lengths]
        all_starts = {mt: [] if options.no_cold else [cold(own, mt, options.lm) for own in paths] for mt in engines}
        for mt in engines:
            print(f"\n| words, --mt {mt} | cold, s | processor, s | MiB | and beside", end="")
            print(" | warm, s | processor, s | ms a word |\n|---|---|---|---|---|---|---|---|", flush=True)
            starts: list[tuple[float, float, float, float] | None] = [*all_starts[mt]] or [None] * len(paths)
            some = sum(words <= options.warm for words in lengths)
            warmed = warm(paths[:some], mt) if some else []
            for words, start, own in zip_longest(lengths, starts, warmed):
                whole = ("", "", "", "")
                if start is not None:
                    seconds, used, memory, together = start
                    whole = (f"{seconds:.1f}", f"{used:.1f}", f"{memory:.0f}", f"{together:.0f}")
                times = ("", "", "")
                if own is not None:
                    times = (f"{own[0]:.2f}", f"{own[1]:.2f}", f"{1000 * own[0] / words:.2f}")
                print(f"| {' | '.join((f'{words:,}', *whole, *times))} |", flush=True)
            print(f"\n| stage, warm, s, --mt {mt} | {' | '.join(f'{words:,} words' for words in lengths[:some])} |")
            print(f"|---|{'---|' * some}")
            for stage in dict.fromkeys(stage for run in warmed for stage in run[2]):
                print(f"| {stage} | {' | '.join(f'{found[2].get(stage, 0.0):.2f}' for found in warmed)} |", flush=True)
    print(f"\nlargest memory of the warm process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
