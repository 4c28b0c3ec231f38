"""Choose and clean the parallel text that the translators learn from.

In: a folder with `europarl_v7.tsv.xz`, `canada_laws.tsv.xz` (French, English) and `various.tsv.xz` (source, French,
English), and a folder of evaluation records. Out: `pairs-NN.tsv.xz` of at most 15 MiB each (source, weight, French,
English; shuffled with the seed), and `held.tsv`, pairs of the news-like sources that are kept out for tuning.

    python training/translator/selection.py --corpora CORPORA --bench BENCH/dev --out DATA
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import lzma
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleaning import refusal, tidy
from evaluation_lines import Forbidden, read
from likeness import Likeness

FILES = ("europarl_v7", "canada_laws", "various")
NEWS = ("rte3_news", "tico19", "canada_gov_web", "debian_web")
"""The nearest to news that there is: what a source is compared with where it has more than is wanted."""
HELD = {"rte3_news": 350, "tico19": 250, "canada_gov_web": 100}
PART = 15 * 2**20
AT_ONCE = 50_000


class Pair(NamedTuple):
    """A sentence and its translation, where they are from, and how often an epoch shows them."""

    source: str
    weight: int
    french: str
    english: str


class Source(NamedTuple):
    """The most ``pairs`` that are taken of a source, and the ``weight`` of each."""

    pairs: int
    weight: int


def sources() -> dict[str, Source]:
    """The table `sources.tsv`."""
    with (Path(__file__).parent / "sources.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["source"]: Source(int(row["pairs"]), int(row["weight"])) for row in rows}


def lines(folder: Path) -> Iterator[Pair]:
    """Every pair of the wanted sources, tidied."""
    wanted = sources()
    for name in FILES:
        with lzma.open(folder / f"{name}.tsv.xz", "rt", encoding="utf-8", newline="\n") as stream:
            for line in stream:
                fields = line.rstrip("\n").split("\t")
                if name != "various":
                    fields.insert(0, name)
                if len(fields) == 3 and fields[0] in wanted:
                    yield Pair(fields[0], wanted[fields[0]].weight, tidy(fields[1]), tidy(fields[2]))


def clean(folder: Path, forbidden: Forbidden, counts: Counter[str]) -> dict[str, list[Pair]]:
    """The pairs of each source that are usable, new, and share nothing with the evaluation; ``counts`` says why not."""
    found: dict[str, list[Pair]] = {name: [] for name in sources()}
    seen: set[bytes] = set()
    batch: list[Pair] = []

    def flush() -> None:
        left = forbidden.in_any([pair.french for pair in batch])
        right = forbidden.in_any([pair.english for pair in batch])
        for pair, bad in zip(batch, map(max, left, right), strict=True):
            if bad:
                counts["evaluation"] += 1
            else:
                found[pair.source].append(pair)
        batch.clear()

    for pair in lines(folder):
        reason = refusal(pair.french, pair.english)
        if reason is None:
            mark = hashlib.blake2b(f"{pair.french}\t{pair.english}".casefold().encode(), digest_size=12).digest()
            reason = "repeated" if mark in seen else None
            seen.add(mark)
        if reason is not None:
            counts[reason] += 1
            continue
        batch.append(pair)
        if len(batch) == AT_ONCE:
            flush()
    flush()
    return found


def choose(found: dict[str, list[Pair]], seed: int) -> tuple[list[Pair], list[Pair]]:
    """The pairs to learn from, shuffled, and those held out; the most news-like of a source that has too many."""
    generator = random.Random(seed)
    held: list[Pair] = []
    for name, count in HELD.items():
        generator.shuffle(found[name])
        held += found[name][:count]
        found[name] = found[name][count:]
    known = {text for pair in held for text in (pair.french, pair.english)}
    news = [pair.english for name in NEWS for pair in found[name]]
    chosen: list[Pair] = []
    for name, (most, _) in sources().items():
        pairs = [pair for pair in found[name] if pair.french not in known and pair.english not in known]
        if len(pairs) > most:
            likeness = Likeness(news, [pair.english for pair in pairs])
            ranked = sorted(zip(likeness.of_all(), range(len(pairs)), strict=True), reverse=True)
            pairs = [pairs[number] for _, number in ranked[:most]]
        chosen += pairs
    generator.shuffle(chosen)
    return chosen, held


def thinned(pairs: list[Pair], most: int) -> list[Pair]:
    """The pairs without so many of the largest source, from the end of the list, that ``most`` are left."""
    largest = Counter(pair.source for pair in pairs).most_common(1)[0][0]
    places = [place for place, pair in enumerate(pairs) if pair.source == largest]
    dropped = set(places[max(0, len(places) - max(0, len(pairs) - most)) :])
    return [pair for place, pair in enumerate(pairs) if place not in dropped]


def write(pairs: list[Pair], folder: Path) -> list[Path]:
    """Write `pairs-NN.tsv.xz`, each well under 16 MiB; the same pairs give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("pairs-*.tsv.xz"):
        old.unlink()
    written: list[Path] = []
    waiting = iter(pairs)
    done = False
    while not done:
        path = folder / f"pairs-{len(written):02}.tsv.xz"
        with path.open("wb") as file, lzma.LZMAFile(file, "wb", preset=6) as packed:
            for pair in waiting:
                packed.write(("\t".join(map(str, pair)) + "\n").encode())
                # What is already out; the packer keeps less than a mebibyte back.
                if file.tell() > PART - 2**20:
                    break
            else:
                done = True
        written.append(path)
    return written


def load(folder: Path) -> list[Pair]:
    """What ``write`` wrote."""
    found: list[Pair] = []
    for path in sorted(folder.glob("pairs-*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as stream:
            for line in stream:
                source, weight, french, english = line.rstrip("\n").split("\t")
                found.append(Pair(source, int(weight), french, english))
    return found


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True, help="records of which nothing may be learned")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=950_000, help="pairs in all: about 60 MiB, what a call can carry")
    parser.add_argument("--pairs", type=int, help="keep that many, for trying the recipe")
    options = parser.parse_args()
    began = time.monotonic()
    counts: Counter[str] = Counter()
    chosen, held = choose(clean(options.corpora, Forbidden(read(options.bench)), counts), options.seed)
    chosen = thinned(chosen, options.most)
    files = write(chosen[: options.pairs], options.out)
    with (options.out / "held.tsv").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines("\t".join(map(str, pair)) + "\n" for pair in held)
    print("refused:", ", ".join(f"{name} {count:,}" for name, count in counts.most_common()))
    print("chosen:", ", ".join(f"{name} {count:,}" for name, count in Counter(p.source for p in chosen).most_common()))
    print(f"{len(chosen):,} pairs, {len(held)} held out, {sum(f.stat().st_size for f in files) / 2**20:.1f} MiB in")
    print(f"{len(files)} files, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
