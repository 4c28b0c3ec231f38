"""A thousand pairs of sentences that a tiny model can learn, and the folders in which the recipes expect them."""

from __future__ import annotations

import gzip
import json
import lzma
import random
from itertools import product
from pathlib import Path

SUBJECTS = (
    ("Le ministre", "The minister"),
    ("La police", "The police"),
    ("Un soldat", "A soldier"),
    ("Le président", "The president"),
    ("La maire", "The mayor"),
    ("Le journal", "The newspaper"),
    ("Une femme", "A woman"),
    ("Le gouvernement", "The government"),
)
VERBS = (
    ("a vu", "saw"),
    ("a trouvé", "found"),
    ("a perdu", "lost"),
    ("cherche", "seeks"),
    ("a montré", "showed"),
    ("attend", "expects"),
)
OBJECTS = (
    ("la maison", "the house"),
    ("le chien", "the dog"),
    ("deux voitures", "two cars"),
    ("les 45 pages", "the 45 pages"),
    ("la ville", "the city"),
    ("les enfants", "the children"),
    ("un avion", "a plane"),
)
ENDINGS = (
    ("hier", "yesterday"),
    ("ce matin", "this morning"),
    ("à Paris", "in Paris"),
    ("le lundi", "on Monday"),
)

Texts = tuple[str, str]


def pairs() -> list[Texts]:
    """All of them, in a fixed random order."""
    found = [
        (" ".join(part[0] for part in parts) + ".", " ".join(part[1] for part in parts) + ".")
        for parts in product(SUBJECTS, VERBS, OBJECTS, ENDINGS)
    ]
    random.Random(1).shuffle(found)
    return found


def write(folder: Path, learned: int, measured: int) -> tuple[Path, Path]:
    """The folders of corpora and of evaluation records: the second set is in both, as it must not be learned from."""
    corpora, bench = folder / "corpora", folder / "bench"
    corpora.mkdir()
    bench.mkdir()
    some = pairs()[: learned + measured]
    third = len(some) // 3
    rows = {
        "europarl_v7": ["\t".join(pair) for pair in some[:third]],
        "canada_laws": ["\t".join(pair) for pair in some[third : 2 * third]],
        "various": ["\t".join(("rte3_news", *pair)) for pair in some[2 * third :]],
    }
    for name, lines in rows.items():
        with lzma.open(corpora / f"{name}.tsv.xz", "wt", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")
    with gzip.open(bench / "clean.jsonl.gz", "wt", encoding="utf-8") as file:
        for number, pair in enumerate(some[learned:]):
            file.write(json.dumps({"id": str(number), "set": "held", "pairs": [pair]}) + "\n")
    return corpora, bench
