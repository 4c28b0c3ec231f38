"""From pairs of lines to numbered tokens: cut, cased as inside a sentence, numbers hidden.

    python training/phrases/prepare.py --data DATA --work WORK [--pairs N]

Writes `tokens.npz` (for each language: the words, and the numbers of the words of all sentences in a row with the
lengths of the sentences) to WORK, and `held.npz` likewise of the pairs that were held out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy

from tqcheck.translate.bundled.words import cased, masked, tokens

sys.path.insert(0, str(Path(__file__).parent.parent / "translator"))
from selection import Pair, load

LONGEST = 60
"""Words of a side: longer sentences cost more in the alignment than they give."""
LANGUAGES = ("fr", "en")
LEFT_OUT = frozenset(
    "php_docs manpages_misc software_ui desktop_help libreoffice_help debian_package_descriptions".split()
)
"""Sources that are little like prose: a phrase table of limited size has better things to keep."""


def held(folder: Path) -> list[Pair]:
    """The pairs that the selection kept out."""
    rows = [line.split("\t") for line in (folder / "held.tsv").read_text("utf-8").splitlines()]
    return [Pair(row[0], int(row[1]), row[2], row[3]) for row in rows]


def counted(sentences: Sequence[Sequence[str]]) -> Counter[str]:
    """How often each form is seen where its case means something: not first, not among capitals."""
    counts: Counter[str] = Counter()
    for words in sentences:
        if sum(word.isupper() and len(word) > 1 for word in words) <= 0.5 * len(words):
            first = next((place for place, word in enumerate(words) if word[:1].isalpha()), 0)
            counts.update(words[first + 1 :])
    return counts


def numbered(sentences: Sequence[Sequence[str]], counts: Counter[str]) -> dict[str, Any]:
    """`words`, `ids` and `lengths` of the sentences as the model sees them."""
    numbers: dict[str, int] = {}
    ids: list[int] = []
    lengths = []
    for sentence in sentences:
        found = [masked(word) for word in cased(sentence, lambda form: counts[form])]
        ids += [numbers.setdefault(word, len(numbers)) for word in found]
        lengths.append(len(found))
    return {
        "words": numpy.array("\n".join(numbers)),
        "ids": numpy.array(ids, numpy.int32),
        "lengths": numpy.array(lengths, numpy.int32),
    }


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="what training/translator/selection.py wrote")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--pairs", type=int)
    options = parser.parse_args()
    began = time.process_time()
    options.work.mkdir(parents=True, exist_ok=True)
    pairs = [pair for pair in load(options.data) if pair.source not in LEFT_OUT][: options.pairs]
    sides = [[tokens(text, lang) for text in column] for lang, column in zip(LANGUAGES, _columns(pairs), strict=True)]
    kept = [i for i in range(len(pairs)) if all(1 <= len(side[i]) <= LONGEST for side in sides)]
    arrays: dict[str, Any] = {}
    for lang, side in zip(LANGUAGES, sides, strict=True):
        made = numbered([side[i] for i in kept], counted(side))
        arrays |= {f"{lang}_{name}": value for name, value in made.items()}
    numpy.savez(options.work / "tokens.npz", **arrays)
    sizes = ", ".join(f"{lang} {len(arrays[f'{lang}_ids']):,} tokens" for lang in LANGUAGES)
    print(f"{len(kept):,} of {len(pairs):,} pairs, {sizes}, {time.process_time() - began:.0f} s of processor")


def _columns(pairs: Sequence[Pair]) -> tuple[list[str], list[str]]:
    return [pair.french for pair in pairs], [pair.english for pair in pairs]


if __name__ == "__main__":
    main()
