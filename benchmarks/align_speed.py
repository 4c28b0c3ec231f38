"""Time and memory of aligning two long texts, one sentence a line.

    python benchmarks/align_speed.py --sentences 10000
    python benchmarks/align_speed.py --source book.fr.txt --target book.en.txt

Without files the text is made from the sentences of ``corpora/``: drawn at random with a fixed seed, each with a number
of its own so that none is read only once, a fiftieth left out on either side and some twentieth joined in pairs.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from pathlib import Path

from tqcheck.align.embeddings import SentenceEncoder
from tqcheck.align.sentences import align, align_sentences
from tqcheck.annotate import segment
from tqcheck.readers import read

CORPORA = Path(__file__).parent.parent / "corpora"
NAMES = (("article.fr.txt", "fr"), ("clean.en.txt", "en"))


def article_pairs() -> list[tuple[str, str]]:
    """The one-to-one pairs of the clean translations in ``corpora/``."""
    found = []
    for folder in sorted(path for path in CORPORA.iterdir() if path.is_dir()):
        french, english = (read(str(folder / name), lang) for name, lang in NAMES)
        bitext = align(segment(french), segment(english), SentenceEncoder())
        found += [
            (pair.source.text, pair.target.text)
            for pair in bitext.pairs
            if len(pair.source.sentences) == len(pair.target.sentences) == 1
        ]
    return found


def made_up(count: int) -> tuple[list[str], list[str]]:
    """About ``count`` sentences a side."""
    pairs, chance = article_pairs(), random.Random(1)
    source: list[str] = []
    target: list[str] = []
    for number in range(count):
        french, english = chance.choice(pairs)
        place = chance.random()
        if place > 0.02:
            source.append(f"{french} ({number})")
        if place < 0.98:
            target.append(f"{english} ({number})")
        if 0.5 < place < 0.55 and len(target) > 1:
            target[-2:] = [" ".join(target[-2:])]
    return source, target


def main() -> None:
    """Print seconds for each step and the peak of memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=10_000)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--target", type=Path)
    options = parser.parse_args()
    if options.source and options.target:
        source, target = (path.read_text("utf-8").splitlines() for path in (options.source, options.target))
    else:
        source, target = made_up(options.sentences)
    words = sum(len(sentence.split()) for sentence in (*source, *target))
    sys.stdout.write(f"{len(source)} and {len(target)} sentences, {words} words\n")
    marks: list[float] = []
    started, used = time.perf_counter(), time.process_time()

    def progress(done: int, count: int) -> None:
        marks[:] = [time.perf_counter(), time.process_time()]

    beads = align_sentences(source, target, None, None, SentenceEncoder(), progress)
    ended, spent = time.perf_counter(), time.process_time()
    sys.stdout.write(
        f"reading {marks[0] - started:.1f} s (processor {marks[1] - used:.1f} s), "
        f"aligning {ended - marks[0]:.1f} s (processor {spent - marks[1]:.1f} s), {len(beads)} beads, "
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB\n"
    )


if __name__ == "__main__":
    main()
