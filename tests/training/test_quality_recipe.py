"""The recipe of the doubts and of the quality runs from end to end, on a few sentences of our own."""

from __future__ import annotations

import gzip
import json
import pickle
import sys
from pathlib import Path
from typing import Any

import platformdirs
import pytest

pytest.importorskip("sklearn", reason="scikit-learn fits the forests")
pytest.importorskip("openvino", reason="the extra lm reads the pairs")
pytestmark = pytest.mark.slow

PAIRS = [
    (
        "Le préfet a interdit le rassemblement de jeudi.",
        "The prefect banned Thursday's gathering.",
        "banned",
        "praised",
    ),
    ("Le juge a entendu trois témoins hier.", "The judge heard three witnesses yesterday.", "three", "wooden"),
    ("Les prix du blé ont augmenté en mars.", "Wheat prices rose in March.", "prices", "shoes"),
    ("La maire a inauguré la nouvelle école samedi.", "The mayor opened the new school on Saturday.", "new", "sad"),
    ("Les pompiers ont éteint l'incendie.", "The firefighters put out the fire.", "fire", "cheese"),
    ("Les syndicats ont signé un accord mardi.", "The unions signed an agreement on Tuesday.", "signed", "ate"),
]


def places(text: str) -> list[list[int]]:
    found, start = [], 0
    for word in text.split(" "):
        found.append([start, start + len(word)])
        start += len(word) + 1
    return found


def bench(folder: Path) -> None:
    """A record or more of every task for each sentence, right and with one word changed."""
    tasks: dict[str, list[dict[str, Any]]] = {name: [] for name in ("biomqm", "partial", "diabla", "paracrawl")}
    tasks |= {"demetr": [], "clean": [], "rsd": []}
    for number, (source, right, word, other) in enumerate(PAIRS):
        wrong, start = right.replace(word, other), right.index(word)
        span = [start, start + len(other)]
        error = {"side": "target", "start": span[0], "end": span[1], "category": "Accuracy", "severity": "major"}
        segments = [{"src": source, "mt": mt, "errors": found} for mt, found in ((right, []), (wrong, [error]))]
        tasks["biomqm"].append({"doc": str(number), "human": False, "segments": segments})
        tasks["biomqm"].append({"doc": str(number), "human": True, "segments": segments[:1]})
        tokens, others = places(source), places(right)
        partial = {"id": number, "src": source, "tgt": right, "src_tokens": tokens, "tgt_tokens": others}
        label = "partial" if number % 2 else "sure"
        lost = [len(tokens) - 1] if number % 2 else []
        tasks["partial"].append(partial | {"labels": [label] * 2, "src_missing": [lost] * 2, "tgt_extra": [[], []]})
        judged = {"judgement": "poor" if number % 2 else "perfect"}
        tasks["diabla"].append({"id": number, "pairs": [[source, wrong if number % 2 else right, judged]]})
        tasks["paracrawl"].append({"label": "VEA"[number % 3], "src": source, "tgt": wrong if number % 3 else right})
        planted = {"id": number, "kind": "antonym", "severity": "major", "src": source, "good": right, "bad": wrong}
        tasks["demetr"].append(planted | {"spans": [span], "gap": False})
        tasks["clean"].append({"id": number, "pairs": [[source, right]]})
        marks = {"fr_marks": [], "en_marks": [[0, *span, 4]]}
        tasks["rsd"].append({"page": number, "fr": [source], "en": [wrong]} | marks)
    for name, records in tasks.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)


def errors(path: Path) -> None:
    lines = []
    for source, right, word, other in PAIRS:
        start = right.index(word)
        changed = [[start, start + len(other), "other-word"]]
        record = {"source": source, "target": right.replace(word, other), "changed": changed}
        lines.append(json.dumps(record | {"gaps": [], "left_out": [], "wrong": [], "kinds": ["other-word"]}))
    path.write_text("\n".join(lines), encoding="utf-8")


def test_the_recipe_runs_from_sentences_to_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from training.quality import fit, readings, scored, words

    models = platformdirs.user_cache_path("tqcheck", appauthor=False)
    bench(tmp_path)
    errors(tmp_path / "errors.jsonl")
    shared = ["--bench", str(tmp_path), "--errors", str(tmp_path / "errors.jsonl")]
    reading = ["--models", str(models), "--cache", str(tmp_path / "cache")]
    for name, more in (("words", []), ("read", reading)):
        files = ["--samples", "samples", "--out", "npz", "--predictions", "pickle"]
        own = [part if part.startswith("--") else str(tmp_path / f"{name}.{part}") for part in files]
        monkeypatch.setattr(sys, "argv", ["words", *shared, *own, *more])
        words.main()
        assert len(pickle.loads((tmp_path / f"{name}.pickle").read_bytes())) > len(PAIRS)
    monkeypatch.setattr(fit, "STEPS", 20)
    monkeypatch.setattr(scored, "STEPS", 20)
    known = ["--bench", str(tmp_path), "--predictions"]
    monkeypatch.setattr(sys, "argv", ["fit", *known, str(tmp_path / "words.pickle")])
    fit.main()
    scored.main([*known, str(tmp_path / "read.pickle"), *reading], dict.fromkeys(readings.EVERY, 1))
    printed = capsys.readouterr().out
    assert "START =" in printed
    assert "KEPT, READ_START =" in printed
