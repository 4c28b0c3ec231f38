"""The whole recipe of the network, from corpora to scores, with a tiny network on a thousand sentences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.training import templates
from tests.training.conftest import Run

TORCH = "torch is not installed: the recipe of the network needs it (pip install torch sentencepiece ctranslate2)"


@pytest.mark.slow
def test_from_corpora_to_scores(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason=TORCH)
    pytest.importorskip("sentencepiece", reason=TORCH)
    pytest.importorskip("ctranslate2", reason=TORCH)
    corpora, bench = templates.write(tmp_path, 1000, 60)
    data, pieces = tmp_path / "data", tmp_path / "joint.model"
    told = run("translator/selection.py", "--corpora", corpora, "--bench", bench, "--out", data)
    assert "evaluation 60" in told
    run("translator/pieces.py", "--data", data, "--out", pieces, "--size", 350, "--lines", 2000)
    out, state = tmp_path / "out", tmp_path / "state"
    common = ("--data", data, "--pieces", pieces, "--out", out, "--state", state, "--tiny", "--workers", 1)
    more = ("--tokens", 1500, "--warm-up", 60, "--rate", 0.004, "--tell-every", 20, "--minutes", 60)
    first = run("translator/train.py", *common, *more, "--steps", 40)
    assert "begins from nothing" in first
    then = run("translator/train.py", *common, *more, "--steps", STEPS)
    assert "goes on from" in then
    assert _losses(then)[-1] < 0.6 * _losses(first)[0]

    whole, small = tmp_path / "float32", tmp_path / "int8"
    for folder, kind in ((whole, "float32"), (small, "int8")):
        exported = ("--weights", out, "--pieces", pieces, "--to", folder, "--quantization", kind, "--last", 1)
        run("translator/export.py", *exported)
    assert (small / "model.bin").stat().st_size < 0.5 * (whole / "model.bin").stat().st_size
    assert json.loads((small / "config.json").read_text("utf-8"))["add_source_eos"] is True
    engine = f"model:{small}"
    scores = run("translator/evaluate.py", "--bench", bench, "--engine", engine, "--sets", "held", "--beams", 2)
    for way in ("fr-en", "en-fr"):
        found = re.search(rf"held {way}: BLEU ([\d.]+)", scores)
        assert found is not None
        assert float(found[1]) > 10, scores


STEPS = 260


def _losses(told: str) -> list[float]:
    return [float(value) for value in re.findall(r"loss ([\d.]+)", told)]
