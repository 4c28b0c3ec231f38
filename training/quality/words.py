"""Fit the forests that doubt words: tqcheck/evidence/data/words.npz and, for pairs read by a language model, read.npz.

    python -m training.quality.words --samples samples.pickle --out tqcheck/evidence/data/words.npz [--predictions FILE]
    python -m training.quality.words --samples samples.pickle --bench DIR --errors errors.jsonl --out …
    python -m training.quality.words --samples read.pickle … --models DIR --cache DIR --out …/read.npz

`samples.pickle` is made of `--bench` (the `dev` folder of the benchmark) and `--errors` (`training.errors.generate`)
when it is not there. Gradient boosting with histograms (`pip install scikit-learn`): for each side one forest
for words without a counterpart and one for words without a right one. Each is the mean of two, of which one does not
know what the bundled translator knows: its phrases were learned from the text that the errors were made in, and that
half is not taken in by them. A third of the groups is left out in turn; what
is printed, and kept by `--predictions` for `training.quality.fit`, are probabilities of words that the fit has not
seen. With `--models` (where the language model is prepared) and `--cache` (which keeps what it says) the samples are of
pairs that it has read (`training.quality.readings`), with what it says among the evidence.
"""

from __future__ import annotations

import argparse
import pickle
import zlib
from pathlib import Path

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier

from tqcheck.evidence import doubts, trees, words
from tqcheck.translate.bundled import familiar
from training.quality.readings import Readings
from training.quality.samples import Sample, all_samples

Predictions = dict[tuple[tuple[str, str], int], dict[str, numpy.ndarray]]
"""By the two texts of a pair and the side, for each kind of doubt, the probability of every token."""
FOLDS = 3
FAMILIAR = len(familiar.NAMES)
WEIGHTS = {"errors": 1.0, "partial": 4.0, "rsd": 0.7, "biomqm": 1.0, "human": 1.0, "clean": 1.0}
WEIGHTS |= {"demetr": 1.0, "demetr wrong": 0.5}
SETTINGS = {
    "max_iter": 60,
    "learning_rate": 0.13,
    "max_leaf_nodes": 13,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
    "max_bins": 63,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--articles", type=int, default=55)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    if not options.samples.exists():
        readings = Readings(options.models, options.cache) if options.models else None
        made = [s for _, part in all_samples(options.bench, options.errors, options.articles, readings) for s in part]
        options.samples.write_bytes(pickle.dumps(made))
    if options.models:
        WEIGHTS.update(human=2.0, clean=2.0)
    samples: list[Sample] = pickle.loads(options.samples.read_bytes())
    arrays: dict[str, numpy.ndarray] = {}
    left_out: Predictions = {}
    for side, side_name in enumerate(doubts.SIDES):
        own = [sample for sample in samples if sample.side == side]
        for kind in doubts.KINDS:
            for fold in range(FOLDS):
                models = fitted([s for s in own if part(s) != fold], kind)
                rest = [s for s in own if part(s) == fold]
                found = probabilities(models, numpy.concatenate([s.rows for s in rest]))
                for sample, some in zip(rest, split(found, rest), strict=True):
                    left_out.setdefault((sample.pair, side), {})[kind] = some
            report(side_name, kind, own, left_out)
            whole = fitted(own, kind)
            arrays |= {f"{side_name}.{kind}.{name}": value for name, value in together(whole).items()}
            check(whole, arrays, f"{side_name}.{kind}", own[0].rows)
    options.out.parent.mkdir(exist_ok=True)
    numpy.savez_compressed(options.out, **arrays)
    if options.predictions:
        options.predictions.write_bytes(pickle.dumps(left_out))


def part(sample: Sample) -> int:
    """Human and machine translations of a document go together, and right and wrong ones of a sentence."""
    task = {"human": "biomqm", "demetr wrong": "demetr"}.get(sample.task, sample.task)
    return zlib.crc32(f"{task} {sample.group}".encode()) % FOLDS


def fitted(samples: list[Sample], kind: str) -> list[HistGradientBoostingClassifier]:
    """The two whose mean is shipped. Of pairs that no model has read, the one that knows less has no `demetr`."""
    whole = samples[0].rows.shape[1]
    less = whole - FAMILIAR
    seen = [s for s in samples if less > len(words.NAMES) or not s.task.startswith("demetr")]
    return [fit(seen, kind, less), fit(samples, kind, whole)]


def probabilities(models: list[HistGradientBoostingClassifier], rows: numpy.ndarray) -> numpy.ndarray:
    """Those of the mean of the models' log odds."""
    odds = [model.decision_function(rows[:, : model.n_features_in_]) for model in models]
    return 1 / (1 + numpy.exp(-numpy.mean(odds, axis=0)))


def fit(samples: list[Sample], kind: str, width: int) -> HistGradientBoostingClassifier:
    rows = numpy.concatenate([s.rows[:, :width] for s in samples])
    wanted = numpy.concatenate([getattr(s, kind) for s in samples])
    weights = numpy.concatenate([numpy.full(len(s.rows), WEIGHTS[s.task]) for s in samples])
    known = ~numpy.isnan(wanted)
    # What is never known of a language: the library makes no bins of it.
    rows[:, numpy.isnan(rows[known]).all(axis=0)] = 0
    model = HistGradientBoostingClassifier(random_state=0, early_stopping=False, **SETTINGS)
    return model.fit(rows[known], wanted[known] >= 0.5, sample_weight=weights[known])


def split(found: numpy.ndarray, samples: list[Sample]) -> list[numpy.ndarray]:
    """The values of the words of all samples, sample by sample."""
    return numpy.split(found, numpy.cumsum([len(s.rows) for s in samples])[:-1])


def together(models: list[HistGradientBoostingClassifier]) -> dict[str, numpy.ndarray]:
    """The trees of all models, each with its share of the sum."""
    parts = [exported(model) for model in models]
    size = max(part["column"].shape[1] for part in parts)
    found = {
        name: numpy.concatenate(
            [
                numpy.pad(
                    part[name], ((0, 0), (0, size - part[name].shape[1])), constant_values=-1 if name == "column" else 0
                )
                for part in parts
            ]
        )
        for name in parts[0]
        if name != "start"
    }
    found["value"] = (found["value"] / len(parts)).astype(numpy.float32)
    start, depth = numpy.stack([part["start"] for part in parts]).T
    return {"start": numpy.array([start.mean(), depth.max()]), **found}


def exported(model: HistGradientBoostingClassifier) -> dict[str, numpy.ndarray]:
    """The fitted trees as the arrays that `tqcheck.evidence.trees` reads."""
    nodes = [predictors[0].nodes for predictors in model._predictors]
    shape = len(nodes), max(map(len, nodes))
    found = {
        "column": numpy.full(shape, -1, dtype=numpy.int16), "threshold": numpy.zeros(shape, dtype=numpy.float32),
        "left": numpy.zeros(shape, dtype=numpy.int16), "right": numpy.zeros(shape, dtype=numpy.int16),
        "missing_left": numpy.zeros(shape, dtype=bool), "value": numpy.zeros(shape, dtype=numpy.float32),
    }  # fmt: skip
    for number, tree in enumerate(nodes):
        inner = tree["is_leaf"] == 0
        size = len(tree)
        found["column"][number, :size] = numpy.where(inner, tree["feature_idx"], -1)
        found["threshold"][number, :size] = numpy.where(inner, tree["num_threshold"], 0)
        for name, column in (("left", "left"), ("right", "right"), ("missing_left", "missing_go_to_left")):
            found[name][number, :size] = tree[column] * inner
        found["value"][number, :size] = numpy.where(inner, 0, tree["value"])
    depth = max(int(tree["depth"].max()) for tree in nodes)
    return {"start": numpy.array([float(model._baseline_prediction.ravel()[0]), depth]), **found}


def check(
    models: list[HistGradientBoostingClassifier], arrays: dict[str, numpy.ndarray], name: str, rows: numpy.ndarray
) -> None:
    """What is shipped says what was fitted."""
    ours = trees.Trees.read(arrays, name).probabilities(rows.astype(float))
    theirs = probabilities(models, rows)
    if not numpy.allclose(ours, theirs, atol=1e-3):
        raise ValueError(f"{name}: the trees differ by {numpy.abs(ours - theirs).max()}")


def report(side: str, kind: str, samples: list[Sample], left_out: Predictions) -> None:
    for task in dict.fromkeys(sample.task for sample in samples):
        own = [s for s in samples if s.task == task]
        wanted = numpy.concatenate([getattr(s, kind) for s in own])
        found = numpy.concatenate([left_out[s.pair, s.side][kind] for s in own])
        known = ~numpy.isnan(wanted)
        if not known.any():
            continue
        truth, found = wanted[known] >= 0.5, found[known]
        brier, base = numpy.mean((found - truth) ** 2), truth.mean() * (1 - truth.mean())
        print(
            f"{side} {kind} {task}: {len(truth):,} words, {truth.mean():.4f} true, mean {found.mean():.4f}, "
            f"AP {precision(found, truth):.3f}, Brier {brier:.4f} (of the share alone {base:.4f})",
            flush=True,
        )


def precision(found: numpy.ndarray, truth: numpy.ndarray) -> float:
    """Average precision."""
    if not truth.any():
        return float("nan")
    ranked = truth[numpy.argsort(-found, kind="stable")]
    return float((numpy.cumsum(ranked) / numpy.arange(1, len(ranked) + 1))[ranked].mean())


if __name__ == "__main__":
    main()
