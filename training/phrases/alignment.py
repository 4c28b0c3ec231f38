"""Word links of all pairs, in both directions, with eflomal.

    python training/phrases/alignment.py --work WORK

Source: Östling and Tiedemann (2016), "Efficient word alignment with Markov Chain Monte Carlo". It samples and takes no
seed: a second run gives links of the same quality, not the same links. They are kept (`links.npz`), and everything
after them is deterministic.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy


def lines(arrays: Any, lang: str) -> Iterator[str]:
    """The sentences in lower case: alignment gains from fewer forms."""
    words = numpy.array([word.lower() for word in str(arrays[f"{lang}_words"]).split("\n")], dtype=object)
    ids = arrays[f"{lang}_ids"]
    start = 0
    for length in arrays[f"{lang}_lengths"].tolist():
        yield " ".join(words[ids[start : start + length]]) + "\n"
        start += length


def read(path: Path) -> Any:
    """Links as an array of shape (links, 3): sentence, French word, English word."""
    found: list[Any] = []
    with path.open(encoding="ascii") as stream:
        for number, line in enumerate(stream):
            links = numpy.array(line.replace("-", " ").split(), numpy.int32).reshape(-1, 2)
            found.append(numpy.insert(links, 0, number, axis=1))
    return numpy.concatenate(found)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    import eflomal

    began = time.monotonic()
    with numpy.load(options.work / "tokens.npz") as arrays, tempfile.TemporaryDirectory() as name:
        forward, backward = Path(name) / "forward", Path(name) / "backward"
        eflomal.Aligner(model=3, n_samplers=1).align(
            lines(arrays, "fr"),
            lines(arrays, "en"),
            links_filename_fwd=str(forward),
            links_filename_rev=str(backward),
            quiet=False,
        )
        numpy.savez(options.work / "links.npz", forward=read(forward), backward=read(backward))
    print(f"links in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
