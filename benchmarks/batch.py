"""Many articles: pairs a second and memory at one and two workers, and what nothing new to do costs.

    python benchmarks/batch.py [--pairs 24] [--workers 1 2] [--engine local] [--mt none] [--lm none]

Makes article pairs of corpora/ (each again with its paragraphs in another order and a heading of its own), then runs
``tqcheck batch`` on them through the installed command, once for each number of workers and once more when all is
finished. Prints a table in Markdown. Seconds of a processor are those of all processes; ``pairs/s`` is by the clock
without the start, which is taken from a run of one pair. Memory is read from /proc: PSS counts a page that n processes
share as an nth of it in each, so that the sum is what the machine really gave.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from desk import make


class Memory:
    """What the processes of a command took at most, in MiB: together, and each process but the first by itself."""

    def __init__(self) -> None:
        self.together = 0.0
        self.own = 0.0

    def look(self, pid: int) -> None:
        found = [numbers for process in family(pid) if (numbers := rollup(process))]
        self.together = max(self.together, sum(numbers["Pss"] for numbers in found) / 1024)
        for numbers in found[1:]:
            own = numbers["Private_Clean"] + numbers["Private_Dirty"]
            self.own = max(self.own, own / 1024)


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text("ascii").split():
            yield from family(int(child))


def rollup(pid: int) -> dict[str, int]:
    """KiB by kind, nothing for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").split("\n")[1:]
    except OSError:
        return {}
    return {line.split(":")[0]: int(line.split()[1]) for line in lines if line}


def measured(folder: Path, *arguments: str) -> tuple[float, float, Memory, str]:
    """Seconds by the clock, of a processor, memory, and the last line of a run of ``tqcheck batch``."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "TQCHECK_CACHE_DIR": str(folder / "cache"), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tqcheck", "batch", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=(folder / "standard-error.txt").open("w", encoding="utf-8"),
        text=True,
    )
    memory = Memory()
    while process.poll() is None:
        memory.look(process.pid)
        time.sleep(0.25)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    out = process.communicate()[0].strip()
    if process.returncode > 1:
        sys.exit(f"status {process.returncode}: {out}\n{(folder / 'standard-error.txt').read_text('utf-8')}")
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, memory, out


def lists(folder: Path, count: int) -> None:
    """All pairs in all.tsv, the first one in one.tsv."""
    make(folder, count)
    french = sorted((folder / "articles").glob("*/*.fr.md"), key=lambda path: path.name)
    rows = [f"{path}\t{str(path).removesuffix('.fr.md')}.en.md\n" for path in french]
    (folder / "all.tsv").write_text("".join(rows), "utf-8")
    (folder / "one.tsv").write_text(rows[0], "utf-8")
    words = sum(len(path.read_text("utf-8").split()) for path in french)
    print(f"{count} pairs, {words / count:.0f} French words each on average, {os.cpu_count()} processors\n")


def run(folder: Path, options: argparse.Namespace) -> None:
    lists(folder, options.pairs)
    flags = ["--mt", options.mt, "--lm", options.lm, "--engine", options.engine]
    print("| workers | seconds | of a processor | start | pairs/s | processor s a pair | MiB together | of its own |")
    print("|---|---|---|---|---|---|---|---|")
    for workers in options.workers:
        common = [*flags, "--workers", str(workers)]
        start, start_processor, _, _ = measured(folder, "one.tsv", "-o", f"one{workers}", *common)
        seconds, processor, memory, _ = measured(folder, "all.tsv", "-o", f"all{workers}", *common)
        pairs = options.pairs - 1
        rate = f"{pairs / (seconds - start):.2f}" if seconds > 1.5 * start else "–"
        # Ray's processes are nobody's children: what they take is not in the system's sum.
        times = (
            ("–", "–")
            if options.engine == "ray"
            else (f"{processor:.1f}", f"{(processor - start_processor) / pairs:.2f}")
        )
        print(
            f"| {workers} | {seconds:.1f} | {times[0]} | {start:.1f} | {rate} | {times[1]} | {memory.together:.0f} "
            f"| {memory.own:.0f} |",
            flush=True,
        )
    seconds, processor, _, line = measured(folder, "all.tsv", "-o", f"all{options.workers[-1]}", *common)
    print(f"\nnothing new to do: {seconds:.1f} s, {processor:.1f} of a processor: {line}")
    size = sum(path.stat().st_size for path in (folder / f"all{workers}").rglob("*") if path.is_file())
    print(f"results: {size / options.pairs / 1000:.0f} kB a pair")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=24)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engine", default="local")
    parser.add_argument("--mt", default="none")
    parser.add_argument("--lm", default="none")
    with tempfile.TemporaryDirectory() as place:
        run(Path(place), parser.parse_args())
