"""The weights of the scores: those with which the held-out pairs are translated best.

    python training/phrases/tuning.py --data DATA --work WORK --out weights.json [--pairs 300] [--rounds 5]

Round by round the held-out pairs are translated, the hypotheses of the last stacks are kept with their features, and
the weights are sought with which the best ones would have come out first (as Och 2003, "Minimum error rate training in
statistical machine translation"; here by seeded random steps and not line by line). Measured in BLEU over tokens.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from packing import PLAIN, scores, with_weights
from prepare import held

from tqcheck.translate.bundled import options, phrases, words
from tqcheck.translate.bundled.search import Search
from tqcheck.translate.bundled.stacks import Weights

NAMES = (
    "given_source",
    "given_target",
    "words_given_source",
    "words_given_target",
    "word",
    "phrase",
    "language_model",
    "distortion",
)
BATCH = 16
STEPS = 4000
NEAR = 0.02
"""How far the search goes from where the hypotheses come from is punished: BLEU points over squared distance."""


class Kept(NamedTuple):
    """Hypotheses of all sentences: ``features`` (n, 8), the counts of BLEU (n, 10), and the sentence of each."""

    features: Any
    counts: Any
    sentence: Any


def bleu_counts(made: Sequence[str], reference: Sequence[str]) -> list[int]:
    """Matches and totals of n-grams of one to four words, and both lengths."""
    found: list[int] = []
    for order in range(1, 5):
        ours, theirs = (
            Counter(tuple(text[i : i + order]) for i in range(len(text) - order + 1)) for text in (made, reference)
        )
        found += [sum((ours & theirs).values()), max(0, len(made) - order + 1)]
    return [*found, len(made), len(reference)]


def bleu(counts: Any) -> Any:
    """BLEU of summed counts (Papineni et al. 2002), 0 to 100."""
    if min(counts[0:8:2]) == 0:
        return 0.0
    precision = sum(numpy.log(counts[i] / counts[i + 1]) for i in (0, 2, 4, 6)) / 4
    return 100 * numpy.exp(precision + min(0.0, 1 - counts[9] / counts[8]))


class Direction:
    """One direction of a model whose scores are not yet fixed."""

    def __init__(self, arrays: dict[str, Any], source: str, target: str) -> None:
        self.arrays, self.source = arrays, source
        packed = with_weights(arrays, {source: PLAIN})
        self.table = options.Table.of(packed, *(options.Side.of(packed, lang) for lang in (source, target)))
        columns = [0, 1, 2, 3] if source == "fr" else [1, 0, 3, 2]
        features = arrays["features"][:, columns]
        length = arrays[f"{target}.length"][:, None]
        self.features = numpy.concatenate([features, length, numpy.ones_like(length)], axis=1).astype(numpy.float32)
        if source == "en":
            self.features = self.features[phrases.three_bytes(arrays["english_order"])]

    def with_weights(self, weights: dict[str, float]) -> options.Table:
        """The table with other weights."""
        return self.table._replace(
            rows=self.table.rows._replace(cost=scores(self.arrays, weights, self.source)),
            weights=Weights(weights["language_model"], weights["distortion"]),
        )

    def hypotheses(self, weights: dict[str, float], pairs: Sequence[tuple[str, str]]) -> tuple[Kept, float]:
        """The last stacks of every sentence, and the BLEU of the best of them."""
        table = self.with_weights(weights)
        sources = [options.sentence(source, table.source) for source, _ in pairs]
        references = [words.tokens(target, table.target.lang) for _, target in pairs]
        order = sorted(range(len(pairs)), key=lambda i: -len(sources[i].written))
        rows: list[tuple[Any, list[int], int]] = []
        best = numpy.zeros(10)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            some = [sources[i] for i in batch]
            made = options.choices(table, some)
            search = Search(
                numpy.array([len(s.written) for s in some]), made.options, table.target.model, table.weights
            )
            search.run()
            for place, number in enumerate(batch):
                found = self._last(table, search, made, some, place, references[number])
                rows += [(features, counts, number) for features, counts in found[1]]
                best += found[0]
        return Kept(*(numpy.array(column) for column in zip(*rows, strict=True))), float(bleu(best))

    def _last(
        self, table: options.Table, search: Search, made: options.Choices, some: Any, place: int, reference: list[str]
    ) -> tuple[Any, list[tuple[Any, list[int]]]]:
        found = []
        for row in search.ends(place):
            way = search.way(int(row))
            target = options.spelt_out(table, some[place], made, way, str)
            features, jumps, end, score = numpy.zeros(8), 0, 0, 0.0
            for start, size, option in way:
                at = int(made.row[option])
                if at >= 0:
                    features[:6] += self.features[at]
                    score += float(table.rows.scores(at))
                else:
                    score += options.COPIED
                jumps, end = jumps + abs(start - end), start + size
            total = float(search.all.score[row])
            features[7] = -jumps
            features[6] = (total - score + table.weights.distortion * jumps) / table.weights.language_model
            found.append((total, (features, bleu_counts(target, reference))))
        return max(found, key=lambda item: item[0])[1][1], [item[1] for item in found]


def better(kept: Kept, weights: Any, generator: Any) -> Any:
    """Weights near the given ones with which the right hypotheses come first."""
    order = numpy.argsort(kept.sentence, kind="stable")
    features, counts, sentence = kept.features[order], kept.counts[order].astype(float), kept.sentence[order]
    first = numpy.flatnonzero(numpy.concatenate([[True], sentence[1:] != sentence[:-1]]))
    group = numpy.cumsum(numpy.concatenate([[0], (sentence[1:] != sentence[:-1]).astype(int)]))

    def value(some: Any) -> float:
        score = features @ some
        top = numpy.maximum.reduceat(score, first)
        at = numpy.flatnonzero(score >= top[group])
        chosen = at[numpy.unique(group[at], return_index=True)[1]]
        return float(bleu(counts[chosen].sum(axis=0))) - NEAR * float((((some - weights) / 0.1) ** 2).sum())

    best, top = weights, value(weights)
    for step in range(STEPS):
        scale = 0.15 * (1 - step / STEPS) + 0.005
        mask = generator.random(len(best)) < 0.4
        trial = best + mask * generator.normal(0, scale, len(best))
        trial[[0, 1, 2, 3, 6, 7]] = numpy.maximum(trial[[0, 1, 2, 3, 6, 7]], 0.01)
        trial *= numpy.abs(weights).sum() / numpy.abs(trial).sum()
        found = value(trial)
        if found > top:
            best, top = trial, found
    return best


def tuned(direction: Direction, pairs: Sequence[tuple[str, str]], rounds: int, seed: int) -> dict[str, float]:
    """The weights of the round whose own translations were best."""
    generator = numpy.random.default_rng(seed)
    weights = numpy.array([PLAIN[name] for name in NAMES])
    kept: list[Kept] = []
    tried: list[tuple[float, Any]] = []
    for number in range(rounds):
        began = time.process_time()
        found, score = direction.hypotheses(dict(zip(NAMES, weights, strict=True)), pairs)
        tried.append((score, weights))
        kept.append(found)
        whole = Kept(*(numpy.concatenate(column) for column in zip(*kept, strict=True)))
        print(f"{direction.source} round {number}: BLEU {score:.2f}, {time.process_time() - began:.0f} s", flush=True)
        print("  " + ", ".join(f"{name} {value:.3f}" for name, value in zip(NAMES, weights, strict=True)), flush=True)
        weights = better(whole, weights, generator)
    best = max(tried, key=lambda item: item[0])[1]
    return {name: round(float(value), 4) for name, value in zip(NAMES, best, strict=True)}


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options_ = parser.parse_args()
    with numpy.load(options_.work / "model.npz") as file:
        arrays = {name: file[name] for name in file}
    some = [(pair.french, pair.english) for pair in held(options_.data) if 4 <= len(pair.french.split()) <= 45]
    step = max(1, len(some) // options_.pairs)
    both = some[::step][: options_.pairs]
    found = {
        source: tuned(
            Direction(arrays, source, target),
            both if source == "fr" else [pair[::-1] for pair in both],
            options_.rounds,
            options_.seed,
        )
        for source, target in (("fr", "en"), ("en", "fr"))
    }
    options_.out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
