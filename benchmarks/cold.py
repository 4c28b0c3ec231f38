"""A cold start on an article of about 600 words: seconds, memory, and how much of the time is our own code.

    python benchmarks/cold.py [--runs 5]

The pair is made of two articles of corpora/. Seconds are those of whole processes (median, fastest); memory is the
largest of all runs. Our own code is what the profiler sees inside of the package with what it calls taken away,
divided by how many times as long the profiler makes the whole.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPORA = Path(__file__).parent.parent / "corpora"
WORDS = 600


def article(folder: Path) -> list[str]:
    """The paths of a pair of about WORDS French words: paragraphs of two articles, as many on each side."""
    blocks = {
        side: [
            b for name in ("mali", "musee") for b in (CORPORA / name / file).read_text("utf-8").strip().split("\n\n")
        ]
        for side, file in (("fr", "article.fr.txt"), ("en", "article.en.txt"))
    }
    count = next(n for n in range(len(blocks["fr"]) + 1) if len(" ".join(blocks["fr"][:n]).split()) >= WORDS)
    paths = []
    for side, texts in blocks.items():
        path = folder / f"article.{side}.txt"
        path.write_text("\n\n".join(texts[:count]) + "\n", "utf-8")
        paths.append(str(path))
    return paths


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds of a whole process, and its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode > 1:
        raise SystemExit(f"{' '.join(command)} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_seconds(paths: list[str]) -> tuple[float, float]:
    """Seconds inside functions of the package itself, by the profiler, and how many times as long it makes the whole.

    Each in a process of its own, tools made before the clock starts.
    """
    own, whole, plain = (
        float(subprocess.run([sys.executable, __file__, mode, *paths], check=True, capture_output=True).stdout)
        for mode in ("--own", "--profiled", "--plain")
    )
    return own, whole / plain


def in_process(mode: str, paths: list[str]) -> float:
    """Of one check: seconds of our own code, or of all of it, with the profiler or without."""
    from tqcheck import pipeline, readers

    tools = pipeline.usual_tools()
    profile = cProfile.Profile()
    if mode != "--plain":
        profile.enable()
    started = time.process_time()
    source, target = (readers.read(path, lang) for path, lang in zip(paths, ("fr", "en"), strict=True))
    pipeline.check_documents(source, target, tools)
    seconds = time.process_time() - started
    profile.disable()
    if mode != "--own":
        return seconds
    rows = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    return sum(row[2] for (file, _, _), row in rows.items() if f"{os.sep}tqcheck{os.sep}" in file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        paths = article(Path(folder))
        command = [sys.executable, "-m", "tqcheck"]
        check = ["check", *paths, "--lm", "none", "--no-cache", "--mt"]
        commands = (
            ("--help", ["--help"]),
            ("check --mt none", [*check, "none"]),
            ("check --mt bundled", [*check, "bundled"]),
        )
        for title, arguments in commands:
            found = [measured([*command, *arguments]) for _ in range(runs)]
            wall, processor = ([row[k] for row in found] for k in (0, 1))
            print(f"{title}: {statistics.median(wall):.2f} s (fastest {min(wall):.2f}), ", end="")
            print(f"processor {statistics.median(processor):.2f} s (least {min(processor):.2f})")
        print(f"largest memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
        own, times = own_seconds(paths)
        print(
            f"our own code: {own / times:.2f} s ({own:.2f} profiled, which makes the whole {times:.2f} times as long)"
        )


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ("--own", "--profiled", "--plain"):
        print(in_process(sys.argv[1], sys.argv[2:]))
    else:
        main()
