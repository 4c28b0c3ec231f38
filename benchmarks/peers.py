"""What a user would take instead, in the same run on the same sentences.

    python benchmarks/peers.py align [--sentences 300,1000,3000]
    python benchmarks/peers.py estimate [--pairs 24]        (needs the extra `hub`)

``align``: Gale and Church (1993, lengths alone), and a dynamic programme over the whole matrix of cosines of the
sentences' vectors (the same encoder), beside ours. Seconds are of a processor, from the sentences to the beads; vectors
of single sentences are made by the two that need them. F1 is of beads, strict, against how the text was made
(`align_speed.made_up`). ``estimate``: the time, and the time only, of an encoder of the size of XLM-R large (24 layers,
1,024 wide) with random weights, which is what a COMETKiwi score of each pair costs at the least, beside the whole check
of the same pairs without MT and language model. Turn by turn, medians.
"""

from __future__ import annotations

import argparse
import math
import re
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence

import numpy
from align_speed import article_pairs, made_up

from tqcheck.align.embeddings import SentenceEncoder
from tqcheck.align.sentences import align_sentences

Bead = tuple[tuple[int, ...], tuple[int, ...]]
Aligner = Callable[[Sequence[str], Sequence[str]], list[Bead]]
STEPS = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
PRIORS = {(1, 1): 0.89, (1, 0): 0.005, (0, 1): 0.005, (2, 1): 0.05, (1, 2): 0.05}
"""Gale and Church, table 5, by the shape of the bead; the deviation of lengths below is theirs, too."""
DEVIATION = 6.8
NOTHING = 0.35
"""What a sentence without a counterpart costs where a pair costs one minus its cosine."""
TURNS = 3


def programme(size: tuple[int, int], cost: Callable[[int, int, int, int], float]) -> list[Bead]:
    """The cheapest monotone way through all cells; ``cost`` of the sentences i-a to i and j-b to j."""
    best = numpy.full((size[0] + 1, size[1] + 1), math.inf)
    step = numpy.zeros(best.shape, dtype=numpy.int8)
    best[0, 0] = 0.0
    for i in range(size[0] + 1):
        for j in range(size[1] + 1):
            for number, (a, b) in enumerate(STEPS):
                if i >= a and j >= b and (i, j) != (0, 0):
                    total = best[i - a, j - b] + cost(i, j, a, b)
                    if total < best[i, j]:
                        best[i, j], step[i, j] = total, number
    return list(_back(step, *size))[::-1]


def _back(step: numpy.ndarray, i: int, j: int) -> Iterator[Bead]:
    while i or j:
        a, b = STEPS[step[i, j]]
        yield tuple(range(i - a, i)), tuple(range(j - b, j))
        i, j = i - a, j - b


def gale_church(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    lengths = [[0], [0]]
    for side, texts in enumerate((source, target)):
        for text in texts:
            lengths[side].append(lengths[side][-1] + len(text))
    ratio = lengths[1][-1] / lengths[0][-1]

    def cost(i: int, j: int, a: int, b: int) -> float:
        ours, theirs = lengths[0][i] - lengths[0][i - a], lengths[1][j] - lengths[1][j - b]
        mean = (ours + theirs / ratio) / 2
        delta = abs(theirs - ours * ratio) / math.sqrt(max(1.0, mean) * DEVIATION)
        return -math.log(PRIORS[a, b]) - math.log(max(1e-300, math.erfc(delta / math.sqrt(2))))

    return programme((len(source), len(target)), cost)


def whole_matrix(encoder: SentenceEncoder) -> Aligner:
    def aligned(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
        cosines = encoder.encode(source) @ encoder.encode(target).T

        def cost(i: int, j: int, a: int, b: int) -> float:
            if not a or not b:
                return NOTHING
            return float((1.0 - cosines[i - a : i, j - b : j]).mean()) * max(a, b)

        return programme((len(source), len(target)), cost)

    return aligned


def ours(encoder: SentenceEncoder) -> Aligner:
    def aligned(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
        return [(bead.source, bead.target) for bead in align_sentences(source, target, None, None, encoder)]

    return aligned


def made(source: Sequence[str], target: Sequence[str]) -> set[Bead]:
    """The beads as the text was made: sentences that carry the same number."""
    numbers = [[set(re.findall(r"\((\d+)\)", text)) for text in side] for side in (source, target)]
    beads = {
        (tuple(i for i, own in enumerate(numbers[0]) if own & there), (j,))
        for j, there in enumerate(numbers[1])
        if any(own & there for own in numbers[0][max(0, j - 200) : j + 200])
    }
    return {bead for bead in beads if bead[0]}


def compare_aligners(counts: list[int]) -> None:
    encoder = SentenceEncoder()
    encoder.load()
    aligners: dict[str, Aligner] = {
        "ours": ours(encoder),
        "Gale and Church": gale_church,
        "whole matrix of cosines": whole_matrix(encoder),
    }
    print("| sentences | aligner | processor, s | of ours | MiB of arrays | F1 |\n|---|---|---|---|---|---|")
    for number, count in enumerate(counts):
        source, target = made_up(count)
        right = made(source, target)
        seconds: dict[str, list[float]] = {name: [] for name in aligners}
        beads: dict[str, list[Bead]] = {}
        for _ in range(TURNS if count <= 1000 else 1):
            for name, aligner in aligners.items():
                started = time.process_time()
                beads[name] = aligner(source, target)
                seconds[name].append(time.process_time() - started)
        own = statistics.median(seconds["ours"])
        for name, aligner in aligners.items():
            found = {bead for bead in beads[name] if bead[0] and bead[1]}
            f1 = 2 * len(found & right) / (len(found) + len(right))
            median = statistics.median(seconds[name])
            memory = f"{traced(aligner, source, target):.0f}" if not number else ""
            print(f"| {len(source)} | {name} | {median:.2f} | {median / own:.1f} | {memory} | {f1:.3f} |", flush=True)


def traced(aligner: Aligner, source: Sequence[str], target: Sequence[str]) -> float:
    """MiB that Python and numpy hold at most while it aligns."""
    tracemalloc.start()
    aligner(source, target)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def compare_estimates(count: int) -> None:
    import torch
    from transformers import XLMRobertaConfig, XLMRobertaModel, logging

    from tqcheck import pipeline, readers
    from tqcheck.align.embeddings import _Pieces

    logging.set_verbosity_error()
    torch.set_num_threads(2)
    config = XLMRobertaConfig(
        vocab_size=2_000, hidden_size=1024, num_hidden_layers=24, num_attention_heads=16, intermediate_size=4096,
        max_position_embeddings=514, type_vocab_size=1,
    )  # fmt: skip
    model = XLMRobertaModel(config, add_pooling_layer=False).eval()
    pairs = article_pairs()[:count]
    pieces = _Pieces()
    lengths = sorted(min(510, len(pieces.encode(there)) + len(pieces.encode(here))) for there, here in pairs)
    tools = pipeline.usual_tools()
    texts = ["\n\n".join(pair[side] for pair in pairs) + "\n" for side in (0, 1)]
    french, english = (readers.read("-", lang, text.encode) for text, lang in zip(texts, ("fr", "en"), strict=True))
    pipeline.check_documents(french, english, tools)
    times: dict[str, list[float]] = {"ours": [], "encoder": []}
    for _ in range(TURNS):
        started = time.perf_counter()
        pipeline.check_documents(french, english, tools)
        times["ours"].append((time.perf_counter() - started) / count)
        started = time.perf_counter()
        with torch.inference_mode():
            for start in range(0, count, 8):
                longest = max(lengths[start : start + 8])
                model(torch.randint(5, 1_999, (len(lengths[start : start + 8]), longest)))
        times["encoder"].append((time.perf_counter() - started) / count)
    own, other = statistics.median(times["ours"]), statistics.median(times["encoder"])
    print(f"{count} pairs of {statistics.mean(lengths):.0f} pieces, 2 threads, medians of {TURNS} turns")
    print(f"whole check, no MT, no language model: {1000 * own:.0f} ms a pair")
    print(f"encoder of the size of XLM-R large, random weights: {1000 * other:.0f} ms a pair, {other / own:.1f} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("align", "estimate"))
    parser.add_argument("--sentences", default="300,1000,3000")
    parser.add_argument("--pairs", type=int, default=24)
    options = parser.parse_args()
    if options.what == "align":
        compare_aligners([int(count) for count in options.sentences.split(",")])
    else:
        compare_estimates(options.pairs)


if __name__ == "__main__":
    main()
