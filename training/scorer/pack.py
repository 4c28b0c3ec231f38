"""Make the file that is shipped of what `adapt.py` has learned: eight-bit numbers with a scale a row.

    python -m training.scorer.pack WORK/updates.npz tqcheck/translate/gemma/data/updates.npz

Prints its SHA-256, which `tqcheck/translate/gemma/learned.py` names.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from tqcheck.translate.gemma.graph import quantised


def main(found: Path, to: Path) -> None:
    packed = {}
    with np.load(found, allow_pickle=False) as file:
        for name in sorted(file.files):
            matrix, factor = name.rsplit(".", 1)
            numbers, scales = quantised(file[name].astype(np.float32))
            packed[f"{matrix}.weight.{factor}"] = numbers
            packed[f"{matrix}.weight.{factor}.scale"] = scales
    to.parent.mkdir(exist_ok=True)
    np.savez_compressed(to, allow_pickle=False, **packed)
    print(to.stat().st_size, "bytes, SHA-256", sha256(to))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
