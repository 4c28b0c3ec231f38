"""Weights in parts of less than 16 MiB, each with its hash, and what a run needs to go on.

A checkpoint is a folder `step-NNNNNNN` with `manifest.json` and `part-NN.bin`. It is written under another name and
renamed when it is whole: a run that is cut off leaves the one before it. `weights` are kept in bfloat16 (what the next
machine starts from, and what is averaged), `moments` of the optimiser in full, where there is room for them.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

PART = 15 * 2**20
_KINDS = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def save(folder: Path, step: int, tensors: Mapping[str, Tensor], notes: Mapping[str, Any]) -> Path:
    """Write a checkpoint and answer its folder; ``notes`` are JSON and come back from ``load``."""
    final = folder / f"step-{step:07}"
    making = folder / f".making-{step:07}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    rows, blobs = [], []
    for name, tensor in tensors.items():
        kept = tensor.detach().cpu().contiguous()
        rows.append([name, list(kept.shape), str(kept.dtype).removeprefix("torch.")])
        blobs.append(kept.reshape(-1).view(torch.uint8).numpy().tobytes())
    whole = memoryview(b"".join(blobs))
    parts = []
    for number, start in enumerate(range(0, len(whole), PART)):
        part = whole[start : start + PART]
        (making / f"part-{number:02}.bin").write_bytes(part)
        parts.append(hashlib.sha256(part).hexdigest())
    manifest = {"step": step, "notes": dict(notes), "tensors": rows, "parts": parts}
    (making / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    shutil.rmtree(final, ignore_errors=True)
    making.rename(final)
    return final


def load(folder: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors and notes of a checkpoint. Raises SystemExit where a part is missing or damaged."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    blobs = []
    for number, wanted in enumerate(manifest["parts"]):
        path = folder / f"part-{number:02}.bin"
        blobs.append(path.read_bytes() if path.exists() else b"")
        if hashlib.sha256(blobs[-1]).hexdigest() != wanted:
            raise SystemExit(f"{path} is missing or damaged: bring it again, or go on from an earlier step")
    whole = bytearray(b"".join(blobs))
    tensors, start = {}, 0
    for name, shape, kind in manifest["tensors"]:
        count = torch.Size(shape).numel()
        tensors[name] = torch.frombuffer(whole, dtype=_KINDS[kind], count=count, offset=start).reshape(shape).clone()
        start += tensors[name].nbytes
    return tensors, {"step": manifest["step"], **manifest["notes"]}


def steps(folder: Path) -> list[Path]:
    """The whole checkpoints of a folder, the oldest first."""
    found = [path for path in folder.glob("step-*") if re.fullmatch(r"step-\d{7}", path.name)]
    return sorted(path for path in found if (path / "manifest.json").exists())


def prune(folder: Path, keep: int) -> None:
    """Delete all but the newest."""
    for path in steps(folder)[:-keep]:
        shutil.rmtree(path)


def average(folders: Sequence[Path]) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The mean of the weights of several checkpoints, in float32, and the notes of the last."""
    total: dict[str, Tensor] = {}
    notes: dict[str, Any] = {}
    for folder in folders:
        tensors, notes = load(folder)
        for name, tensor in tensors.items():
            total[name] = total[name] + tensor.float() if name in total else tensor.float()
    return {name: tensor / len(folders) for name, tensor in total.items()}, notes
