"""Speed and memory of the translator of the package, beside `transformers` running a Marian network of the same shape.

    python benchmarks/translate.py PAIRS.jsonl.gz [--count 128] [--set wmt13] [--alone]

PAIRS has records with "set" and "pairs" of [French, English]. The network is that of `training/translator` (6 and 2
layers, d = 512, 8 heads, feed-forward 2,048, 32,000 pieces) with random weights, in batches of 16 of like length. It is
given as many pieces as the French has and made to write as many as the English has, since one that knows nothing does
not know when to stop. They take turns, 64 sentences each, so that what else the machine does hits all. It takes torch
and transformers; --alone goes without.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from align_speed import article_pairs

BATCH = 16
TURN = 64
PIECES = 32_000
Pair = tuple[str, str]


def pairs(path: Path | None, name: str, count: int) -> list[Pair]:
    """Some pairs of a set, or of corpora/, the longest first."""
    found = article_pairs() if path is None else list(of_set(path, name))
    some = random.Random(1).sample(found, min(count, len(found)))
    return sorted(some, key=lambda pair: -len(pair[0]))


def of_set(path: Path, name: str) -> Iterator[Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["set"] == name:
                yield from ((french, english) for french, english in record["pairs"])


def pieces(text: str) -> int:
    """About as many as a joint vocabulary of 32,000 would make: a word of more than seven letters is cut."""
    return sum(1 + max(0, len(word) - 2) // 6 for word in re.findall(r"\w+|[^\w\s]", text))


def bundled() -> Callable[[Sequence[Pair]], object]:
    """The phrase model of the package."""
    from tqcheck.translate.bundled.engine import DATA, FILES, PhraseEngine

    engine = PhraseEngine(DATA, FILES)
    engine.translate(["Bonjour."], "fr", "en")
    return lambda batch: engine.translate([french for french, _ in batch], "fr", "en")


def marian(beams: int) -> Callable[[Sequence[Pair]], object]:
    """`transformers` with random weights."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(1)
    model: Any = MarianMTModel(
        MarianConfig(
            vocab_size=PIECES,
            d_model=512,
            encoder_layers=6,
            decoder_layers=2,
            encoder_attention_heads=8,
            decoder_attention_heads=8,
            encoder_ffn_dim=2048,
            decoder_ffn_dim=2048,
            pad_token_id=0,
            eos_token_id=1,
            decoder_start_token_id=0,
            forced_eos_token_id=None,
        )
    ).eval()

    def translate(texts: Sequence[Pair]) -> object:
        return [batched(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]

    def batched(batch: Sequence[Pair]) -> object:
        longest = max(pieces(french) for french, _ in batch)
        sources = torch.zeros(len(batch), longest, dtype=torch.long)
        for row, (french, _) in enumerate(batch):
            sources[row, : pieces(french)] = torch.randint(2, PIECES, (pieces(french),))
        wanted = round(sum(pieces(english) for _, english in batch) / len(batch))
        with torch.inference_mode():
            return model.generate(
                sources,
                attention_mask=(sources != 0).long(),
                num_beams=beams,
                do_sample=False,
                min_new_tokens=wanted,
                max_new_tokens=wanted,
            )

    return translate


def beside(engines: dict[str, Callable[[Sequence[Pair]], object]], some: Sequence[Pair]) -> None:
    """Each turn with each engine; sentences a second, of the clock and of one processor."""
    spent = {name: [0.0, 0.0] for name in engines}
    for start in range(0, len(some), TURN):
        for name, translate in engines.items():
            began = time.perf_counter(), time.process_time()
            translate(some[start : start + TURN])
            spent[name][0] += time.perf_counter() - began[0]
            spent[name][1] += time.process_time() - began[1]
    first = next(iter(spent.values()))
    for name, (wall, processor) in spent.items():
        print(f"{name}: {len(some) / wall:.1f}/s by the clock, {len(some) / processor:.1f}/s of one processor", end="")
        print(f"; {wall / first[0]:.1f} and {processor / first[1]:.1f} times the first one's time", flush=True)


def whole(path: Path | None, name: str) -> None:
    """All of a set with the translator of the package alone, both ways, and its memory."""
    from tqcheck.translate.bundled.engine import DATA, FILES, PhraseEngine

    began = time.process_time()
    engine = PhraseEngine(DATA, FILES)
    engine.translate(["Bonjour."], "fr", "en")
    print(f"ready after {time.process_time() - began:.2f} s of processor")
    engine.translate(["Hello."], "en", "fr")
    some = pairs(path, name, 10**9)
    for side, way in enumerate((("fr", "en"), ("en", "fr"))):
        began, clock = time.process_time(), time.perf_counter()
        engine.translate([pair[side] for pair in some], *way)
        wall, processor = time.perf_counter() - clock, time.process_time() - began
        print(f"{'-'.join(way)}: {len(some)} sentences, {len(some) / wall:.1f}/s by the clock, ", end="")
        print(f"{len(some) / processor:.1f}/s of one processor")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=128)
    parser.add_argument("--set", default="wmt13")
    parser.add_argument("--alone", action="store_true", help="without transformers: the whole set, and the memory")
    options = parser.parse_args()
    if options.alone:
        whole(options.pairs, options.set)
        return
    given = [str(options.pairs)] if options.pairs else []
    alone = [sys.executable, __file__, *given, "--set", options.set, "--alone"]
    subprocess.run(alone, check=True)
    engines = {"bundled": bundled(), "transformers, greedy": marian(1), "transformers, 4 beams": marian(4)}
    beside(engines, pairs(options.pairs, options.set, options.count))


if __name__ == "__main__":
    main()
