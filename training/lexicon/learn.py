"""Learn the bilingual lexicon from parallel text, from corpora to the shipped file.

    python training/lexicon/learn.py --corpora DIR --bench DIR --out FILE [--work DIR] [--pairs N] [--seed N]

``--work`` keeps the tokenised text and the links, so that counting can be repeated without aligning again.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from alignment import align, symmetrise, tokenise
from counting import Counts, count, write
from selection import select

SEED = 20_240_921


def prepared(arguments: argparse.Namespace) -> Iterator[tuple[float, str, str]]:
    """(weight, French tokens, English tokens) of every selected pair, from the work folder where it is there."""
    path = arguments.work / "text.tsv"
    if not path.exists():
        started = time.monotonic()
        pairs = select(arguments.corpora, arguments.bench, arguments.seed, arguments.pairs)
        print(f"selected in {time.monotonic() - started:.0f} s", flush=True)
        started = time.monotonic()
        french = tokenise("fr", [pair.french for pair in pairs], arguments.workers)
        english = tokenise("en", [pair.english for pair in pairs], arguments.workers)
        print(f"tokenised in {time.monotonic() - started:.0f} s", flush=True)
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            for pair, left, right in zip(pairs, french, english, strict=True):
                if left and right:
                    stream.write(f"{pair.weight}\t{left}\t{right}\n")
    with path.open(encoding="utf-8", newline="\n") as stream:
        for line in stream:
            weight, left, right = line.rstrip("\n").split("\t")
            yield float(weight), left, right


def linked(work: Path, french: list[str], english: list[str]) -> Iterator[tuple[set[tuple[int, int]], ...]]:
    """(agreed links, grown links) of every pair, from the work folder where they are there."""
    path = work / "links.txt"
    if not path.exists():
        started = time.monotonic()
        with path.with_suffix(".part").open("w", encoding="ascii") as stream:
            for forward, backward in align(french, english):
                agreed, grown = symmetrise(forward, backward)
                stream.write("\t".join(_written(links) for links in (agreed, grown)) + "\n")
        path.with_suffix(".part").rename(path)
        print(f"aligned in {time.monotonic() - started:.0f} s", flush=True)
    with path.open(encoding="ascii") as stream:
        for line in stream:
            agreed_text, _, grown_text = line.rstrip("\n").partition("\t")
            yield _parsed(agreed_text), _parsed(grown_text)


def _written(links: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{left}-{right}" for left, right in sorted(links))


def _parsed(text: str) -> set[tuple[int, int]]:
    return {(int(left), int(right)) for left, _, right in (link.partition("-") for link in text.split())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the parallel text")
    parser.add_argument("--bench", type=Path, required=True, help="folder of evaluation records to keep out")
    parser.add_argument("--out", type=Path, required=True, help="the file to write (.npz)")
    parser.add_argument("--work", type=Path, default=Path("lexicon-work"), help="folder for what lies between")
    parser.add_argument("--pairs", type=int, help="use this many pairs only, to try the script")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    weights, french, english = zip(*prepared(arguments), strict=True)
    print(f"{len(french):,} pairs, {sum(len(line.split()) for line in french):,} French tokens", flush=True)
    started = time.monotonic()
    counts: Counts = count(weights, french, english, linked(arguments.work, list(french), list(english)))
    print(f"counted in {time.monotonic() - started:.0f} s", flush=True)
    size = write(counts, arguments.out)
    digest = hashlib.sha256(arguments.out.read_bytes()).hexdigest()
    print(f"{arguments.out}: {size:,} bytes, SHA-256 {digest}")


if __name__ == "__main__":
    main()
