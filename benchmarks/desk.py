"""A desk of many articles, made of corpora/: how long it takes to check, and what it costs when nothing has changed.

    python benchmarks/desk.py [--articles 50] [--keep FOLDER]

Makes a folder of article pairs (the articles of corpora/, each again with its paragraphs in another order and a heading
of its own), then does what a CI does, through the installed command: check, write a baseline, check, change one
article for the worse, check. Prints each command's status, seconds, and seconds of a processor as a table in Markdown.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPORA = Path(__file__).parent.parent / "corpora"
SETTINGS = 'mt = "none"\nlm = "none"\n\n[[pairs]]\nfrench = "articles/**/*.fr.md"\nenglish = "articles/**/*.en.md"\n'
NEW_FRENCH = "\n\nLe maire a confirmé que 14 personnes ont été blessées dans l'accident.\n"
NEW_ENGLISH = "\n\nThe mayor confirmed that 40 people were injured in the accident.\n"


def make(folder: Path, count: int) -> None:
    """``count`` pairs in ``folder``, and settings that name them."""
    names = sorted(path.parent.name for path in CORPORA.glob("*/expected.json"))
    for number in range(count):
        name = names[number % len(names)]
        for lang, heading in (("fr", "Édition"), ("en", "Edition")):
            text = (CORPORA / name / f"article.{lang}.txt").read_text("utf-8")
            blocks = text.strip().split("\n\n")
            turn = number // len(names) % max(1, len(blocks))
            blocks = [f"# {heading} {number + 1}", *blocks[turn:], *blocks[:turn]]
            file = folder / "articles" / name / f"{number + 1:03}.{lang}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n\n".join(blocks) + "\n", "utf-8")
    (folder / "tqcheck.toml").write_text(SETTINGS, "utf-8")


def worsen(folder: Path) -> None:
    """One new major error at the end of the first article."""
    first = min((folder / "articles").glob("*/*.fr.md"))
    for file, text in ((first, NEW_FRENCH), (Path(str(first).replace(".fr.md", ".en.md")), NEW_ENGLISH)):
        file.write_text(file.read_text("utf-8").rstrip() + text, "utf-8")


def timed(what: str, folder: Path, *arguments: str, status: int) -> float:
    """Run the command, print a row, and return its seconds. It has to end with ``status``."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "TQCHECK_CACHE_DIR": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "tqcheck", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    last = (done.stdout.strip() or done.stderr.strip()).split("\n")[-1]
    print(
        f"| {what} | `tqcheck {' '.join(arguments)}` | {done.returncode} | {seconds:.1f} | {processor:.1f} | {last} |",
        flush=True,
    )
    if done.returncode != status:
        sys.exit(f"{what}: the status should be {status}\n{done.stderr}")
    return seconds


def run(folder: Path, count: int) -> None:
    make(folder, count)
    print("| | command | status | seconds | of a processor | last line |\n|---|---|---|---|---|---|")
    timed("first run", folder, "check", status=1)
    timed("nothing changed", folder, "check", status=1)
    timed("old findings", folder, "baseline", "write", status=0)
    (folder / "tqcheck.toml").write_text(f'baseline = "tqcheck-baseline.json"\n{SETTINGS}', "utf-8")
    timed("passes now", folder, "check", status=0)
    worsen(folder)
    timed("one new error", folder, "check", status=1)
    timed("nothing changed since", folder, "check", status=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep:
        run(options.keep, options.articles)
    else:
        with tempfile.TemporaryDirectory() as place:
            run(Path(place), options.articles)
