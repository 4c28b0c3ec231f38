"""From counted phrase pairs to the file that the package reads.

    python training/phrases/packing.py --work WORK --out FOLDER [--pairs N] [--weights FILE]

`--weights` is what `tuning.py` found; without it plain ones are taken.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import extraction
import language_model
import links
import numpy
import scoring
from extraction import LONGEST

from tqcheck.translate.bundled import words as tokens
from tqcheck.translate.bundled.phrases import OFFSET, STEP

FIRST = ["<unk>", "<s>", "</s>"]
FEATURES = ("given_source", "given_target", "words_given_source", "words_given_target", "word", "phrase")
PLAIN = {
    "given_source": 0.2,
    "given_target": 0.3,
    "words_given_source": 0.1,
    "words_given_target": 0.1,
    "word": 0.45,
    "phrase": 0.23,
    "language_model": 0.42,
    "distortion": 0.35,
}


class Vocabulary(NamedTuple):
    """The words of one language, most frequent first, and the new number of each old one (0: left out)."""

    spelling: list[str]
    number: Any


def vocabulary(spelling: Sequence[str], counts: Any, used: Any) -> Vocabulary:
    """The words that some pair uses."""
    order = [int(old) for old in numpy.argsort(-counts, kind="stable") if used[old]]
    number = numpy.zeros(len(spelling), numpy.int64)
    number[order] = numpy.arange(len(FIRST), len(FIRST) + len(order))
    return Vocabulary([*FIRST, *(spelling[old] for old in order)], number)


def trie(phrases: Any, size: int) -> tuple[dict[str, Any], Any]:
    """The trie over rows of words (-1 on the right), and the node of each row."""
    node = phrases[:, 0].astype(numpy.int64)
    levels, children, start = [], [], size
    parents = numpy.zeros(size, numpy.int64)
    base = 0
    for level in range(1, LONGEST):
        longer = phrases[:, level] >= 0
        keys, number = numpy.unique(node[longer] * size + phrases[longer, level], return_inverse=True)
        count = numpy.bincount(keys // size - base, minlength=len(parents))
        children.append(count)
        levels.append(keys % size)
        node[longer] = start + number
        base, start, parents = start, start + len(keys), numpy.zeros(len(keys), numpy.int64)
    flat = numpy.concatenate([*children, numpy.zeros(len(parents), numpy.int64)])
    words = numpy.concatenate(levels)
    assert flat.max() < 2**16, "a phrase with too many continuations for its counter"
    return {"trie_words": three(words), "trie_children": flat.astype(numpy.uint16)}, node


def three(numbers: Any) -> Any:
    """Numbers below 2^24 as three bytes each, low first."""
    return numbers.astype("<u4").view(numpy.uint8).reshape(-1, 4)[:, :3].copy()


def prepared(work: Path, most: int) -> dict[str, Any]:
    """Everything but the weights: the pairs that are kept with their features, tries, words, language models."""
    began = time.process_time()
    french, english, spelling = extraction.texts(work)
    own, other = links.places(numpy.load(work / "symmetrised.npy"))
    found = scoring.lexicon(french, english, own, other, (len(spelling["fr"]), len(spelling["en"])))
    with numpy.load(work / "pairs.npz") as arrays:
        size = arrays["size"].astype(numpy.int64)
        pairs = scoring.Pairs(
            scoring.spelt(french, arrays["french_at"], size // LONGEST + 1),
            scoring.spelt(english, arrays["english_at"], size % LONGEST + 1),
            *(arrays[name] for name in ("count", "french_count", "english_count")),
        )
        numbers = [arrays[name] for name in ("french", "english")]
    digits = [numpy.array([_digits(word) for word in spelling[lang]]) for lang in ("fr", "en")]
    agree = scoring.digits_agree(pairs, (digits[0], digits[1]))
    pairs, numbers = pairs.only(agree), [number[agree] for number in numbers]
    kept = scoring.chosen(pairs, *numbers, most)
    pairs = pairs.only(kept)
    seconds = time.process_time() - began
    print(f"{len(kept):,} pairs with agreeing numbers, {kept.sum():,} kept, {seconds:.0f} s", flush=True)
    result: dict[str, Any] = {}
    nodes = []
    features = scoring.features(pairs, found)
    for lang, side, phrases in (("fr", french, pairs.french), ("en", english, pairs.english)):
        counts = numpy.bincount(side.ids, minlength=len(spelling[lang]))
        used = numpy.zeros(len(counts), bool)
        used[phrases[phrases >= 0]] = True
        words = vocabulary(spelling[lang], counts, used)
        new = numpy.where(phrases >= 0, words.number[numpy.maximum(phrases, 0)], -1)
        arrays_of, node = trie(new, len(words.spelling))
        nodes.append(node)
        result |= {f"{lang}.{name}": value for name, value in arrays_of.items()}
        result[f"{lang}.words"] = numpy.frombuffer("\n".join(words.spelling).encode(), numpy.uint8)
        result[f"{lang}.ids"] = words.number[side.ids]
        print(f"{lang}: {len(words.spelling):,} words, {len(arrays_of['trie_words']):,} longer phrases", flush=True)
    order = numpy.lexsort((nodes[1], nodes[0]))
    french_nodes = len(result["fr.trie_children"])
    result["french_pairs"] = numpy.bincount(nodes[0], minlength=french_nodes).astype(numpy.uint16)
    result["english_node"] = three(nodes[1][order])
    result["english_order"] = three(numpy.argsort(nodes[1][order], kind="stable"))
    result["features"] = features[order]
    for side, lang in enumerate(("fr", "en")):
        phrases = (pairs.french, pairs.english)[side]
        result[f"{lang}.length"] = (phrases >= 0).sum(axis=1)[order].astype(numpy.int8)
    print(f"{time.process_time() - began:.0f} s", flush=True)
    return result


def _digits(word: str) -> int:
    return sum(c.isdigit() for c in word) if tokens.is_masked(word) else 0


def scores(arrays: dict[str, Any], weights: dict[str, float], source: str) -> Any:
    """The stored score of each pair in one direction."""
    columns = arrays["features"].astype(numpy.float64)
    order = (0, 1, 2, 3) if source == "fr" else (1, 0, 3, 2)
    target = "en" if source == "fr" else "fr"
    found = sum(weights[name] * columns[:, column] for name, column in zip(FEATURES, order, strict=False))
    found = found + weights["word"] * arrays[f"{target}.length"] + weights["phrase"]
    return numpy.clip(numpy.rint(OFFSET - found / STEP), 0, 255).astype(numpy.uint8)


def with_weights(arrays: dict[str, Any], weights: dict[str, dict[str, float]]) -> dict[str, Any]:
    """The arrays as the package reads them."""
    left_out = ("features", "ids", "length")
    found = {name: value for name, value in arrays.items() if name.rpartition(".")[2] not in left_out}
    for source, values in weights.items():
        found[f"score.{source}"] = scores(arrays, values, source)
        found[f"weights.{source}"] = numpy.array([values["language_model"], values["distortion"]], numpy.float32)
    return found


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=2_500_000)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--least", type=int, nargs=2, default=(2, 3), help="counts of word pairs and triples")
    options = parser.parse_args()
    arrays = prepared(options.work, options.pairs)
    with numpy.load(options.work / "tokens.npz") as texts:
        for lang in ("fr", "en"):
            size = arrays[f"{lang}.words"].tobytes().count(b"\n") + 1
            model = language_model.estimate(arrays[f"{lang}.ids"], texts[f"{lang}_lengths"], size, options.least)
            arrays |= language_model.packed(model, size, lang)
            del arrays[f"{lang}.ids"]
    numpy.savez(options.work / "model.npz", **arrays)
    weights = json.loads(options.weights.read_text("utf-8")) if options.weights else {"fr": PLAIN, "en": PLAIN}
    write(with_weights(arrays, weights), options.out)


def write(arrays: dict[str, Any], folder: Path) -> None:
    """Write the file and say its hash, which `tqcheck/translate/bundled/engine.py` must know."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "phrases.npz"
    numpy.savez(path, **arrays)
    for name, value in sorted(arrays.items(), key=lambda item: -item[1].nbytes)[:12]:
        print(f"{value.nbytes / 2**20:8.1f} MiB {name}")
    print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB, {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
