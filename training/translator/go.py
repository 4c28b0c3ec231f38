"""The whole recipe with one command: what is done already is not done again.

    python training/translator/go.py --work WORK --corpora CORPORA --bench BENCH/dev --minutes 27

Select the pairs and cut them into parts, learn the pieces, train, export, evaluate. Where the GPU stands elsewhere,
the first two steps are done at home (`--until pieces`), WORK/data (under 62 MiB) and WORK/joint.model go there, and
`--until train` is called there as often as there is time; WORK/weights comes back, and the rest is done at home.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
STAGES = ("select", "pieces", "train", "export", "evaluate")


def commands(options: argparse.Namespace) -> dict[str, Sequence[object]]:
    """The command of each stage."""
    work: Path = options.work
    data, pieces, weights, model = work / "data", work / "joint.model", work / "weights", work / "model"
    tiny = ["--tiny", "--warm-up", 60, "--tokens", 1500] if options.tiny else []
    return {
        "select": ["selection.py", "--corpora", options.corpora, "--bench", options.bench, "--out", data],
        "pieces": ["pieces.py", "--data", data, "--out", pieces, "--size", 350 if options.tiny else 32_000],
        "train": [
            *("train.py", "--data", data, "--pieces", pieces, "--out", weights, "--state", work / "state"),
            *("--minutes", options.minutes, *tiny),
        ],
        "export": ["export.py", "--weights", weights, "--pieces", pieces, "--to", model],
        "evaluate": ["evaluate.py", "--bench", options.bench, "--engine", f"model:{model}"],
    }


def done(stage: str, work: Path) -> bool:
    """Whether a stage need not be run: training always goes on, and what follows it is made anew."""
    made = {"select": work / "data" / "held.tsv", "pieces": work / "joint.model"}
    return stage in made and made[stage].exists()


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--minutes", type=float, default=27.0, help="of training (%(default)s)")
    parser.add_argument("--until", choices=STAGES, default=STAGES[-1], help="the last stage to run")
    parser.add_argument("--tiny", action="store_true", help="a network of a minute, for trying the recipe")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    for stage, command in commands(options).items():
        if not done(stage, options.work):
            if None in command:
                raise SystemExit(f"the stage {stage} needs --corpora and --bench")
            print(f"{stage}: {' '.join(map(str, command))}", flush=True)
            finished = subprocess.run([sys.executable, str(HERE / str(command[0])), *map(str, command[1:])])
            if finished.returncode:
                raise SystemExit(f"{stage} failed; the same command goes on from there")
        if stage == options.until:
            break


if __name__ == "__main__":
    main()
