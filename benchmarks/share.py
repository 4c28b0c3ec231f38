"""Articles of 600 words in a warm process, both ways, with and without the language model reading a share of each.

    python benchmarks/share.py [--share 0.1] [--articles 5] [--words 600]

Every article is other sentences of ``corpora/`` drawn at random (`lengths.py`), a number behind each, so that none was
seen before; a first one loads the models and is not counted. A second process parses and translates, as the command has
it. Nothing is kept between runs. Needs the extra ``lm``, prepared.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import platformdirs
from align_speed import article_pairs
from lengths import article

from tqcheck import pipeline, readers
from tqcheck.apart import Apart
from tqcheck.model import Document
from tqcheck.translate import scorers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--articles", type=int, default=5)
    parser.add_argument("--words", type=int, default=600)
    given = parser.parse_args()
    models = platformdirs.user_cache_path("tqcheck", appauthor=False)
    plain = pipeline.usual_tools("bundled", Apart())
    reading = replace(plain, scorer=scorers.choose("auto", models).scorer, share=given.share)
    # One more word each makes it another drawing.
    texts = [documents(given.words + number) for number in range(given.articles + 1)]
    for name, tools in (("not read", plain), (f"{given.share:g} of the pairs read", reading)):
        times = [seconds(source, target, tools) for source, target in texts]
        print(f"{name}: {' '.join(f'{one:.2f}' for one in times[1:])} s, median {statistics.median(times[1:]):.2f}")


def documents(words: int) -> tuple[Document, Document]:
    with tempfile.TemporaryDirectory() as folder:
        french, english = article(Path(folder), words, article_pairs())
        return readers.read(french, "fr"), readers.read(english, "en")


def seconds(source: Document, target: Document, tools: pipeline.Tools) -> float:
    """Of the clock, for a check."""
    started = time.perf_counter()
    pipeline.check_documents(source, target, tools)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
