"""Word links of all pairs, in both directions, with eflomal.

    python training/phrases/alignment.py --work WORK [--part 360000]

The pairs are aligned in parts, which are kept (`links-NN.npz`): a run that is called again goes on behind them.
Source: Östling and Tiedemann (2016), "Efficient word alignment with Markov Chain Monte Carlo". It samples and takes no
seed: a second run gives links of the same quality, not the same links. Everything after them is deterministic.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy


def lines(arrays: Any, lang: str, start: int, end: int) -> Iterator[str]:
    """The sentences ``start`` to ``end`` in lower case: alignment gains from fewer forms."""
    words = numpy.array([word.lower() for word in str(arrays[f"{lang}_words"]).split("\n")], dtype=object)
    ids, lengths = arrays[f"{lang}_ids"], arrays[f"{lang}_lengths"]
    at = int(lengths[:start].sum())
    for length in lengths[start:end].tolist():
        yield " ".join(words[ids[at : at + length]]) + "\n"
        at += length


def read(path: Path, first: int) -> Any:
    """Links as an array of shape (links, 3): sentence (the file's first is ``first``), French word, English word."""
    content = path.read_text("ascii")
    counts = [line.count("-") for line in content.splitlines()]
    links = numpy.array(content.replace("-", " ").split(), numpy.int32).reshape(-1, 2)
    return numpy.column_stack(
        [numpy.repeat(numpy.arange(first, first + len(counts), dtype=numpy.int32), counts), links]
    )


def align(arrays: Any, start: int, end: int, out: Path) -> None:
    """Align some of the sentences."""
    import eflomal

    with tempfile.TemporaryDirectory() as name:
        forward, backward = Path(name) / "forward", Path(name) / "backward"
        eflomal.Aligner(model=3, n_samplers=1).align(
            lines(arrays, "fr", start, end),
            lines(arrays, "en", start, end),
            links_filename_fwd=str(forward),
            links_filename_rev=str(backward),
            quiet=True,
        )
        numpy.savez(out, forward=read(forward, start), backward=read(backward, start))


def load(work: Path) -> tuple[Any, Any]:
    """The links of all parts, forward and backward."""
    found = []
    for path in sorted(work.glob("links-*.npz")):
        with numpy.load(path) as arrays:
            found.append((arrays["forward"], arrays["backward"]))
    forward, backward = (numpy.concatenate(column) for column in zip(*found, strict=True))
    return forward, backward


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--part", type=int, default=360_000, help="sentences (%(default)s)")
    options = parser.parse_args()
    began = time.monotonic()
    with numpy.load(options.work / "tokens.npz") as file:
        arrays = dict(file)
    whole = len(arrays["fr_lengths"])
    for number, start in enumerate(range(0, whole, options.part)):
        out = options.work / f"links-{number:02}.npz"
        if not out.exists():
            align(arrays, start, min(whole, start + options.part), out)
        print(f"{out.name}: {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
