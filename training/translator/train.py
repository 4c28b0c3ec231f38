"""Learn the network: as long as is asked, from where the last run stopped.

    python training/translator/train.py --data DATA --pieces joint.model --out OUT --state STATE --minutes 9

Reads `pairs-NN.tsv.xz` and cuts them into pieces here. Every few minutes the weights go to OUT (bfloat16, in parts) and
the whole state of the run to STATE. A run begins with the newest whole state there is, else with the newest weights
in OUT (and fresh moments), else from nothing.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import checkpoints
import torch
from batches import Epochs
from network import Network, Shape
from pieces import processor
from selection import load
from torch import Tensor

SMOOTHING = 0.1
TINY = {"width": 64, "heads": 4, "hidden": 128, "dropout": 0.1}


class Place(NamedTuple):
    """Where a run is: ``step`` batches learned in all, ``batch`` of them in this ``epoch``."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    fresh: int = 0
    """The step at which the moments began anew."""


def rate(place: Place, highest: float, warm_up: int) -> float:
    """Up in a straight line, down with the root of the step; after a fresh start the line is climbed again, fast."""
    usual = highest * min((place.step + 1) / warm_up, math.sqrt(warm_up / (place.step + 1)))
    return usual * min(1.0, (place.step + 1 - place.fresh) / (warm_up / 10)) if place.fresh else usual


class Run:
    """A network, its optimiser, and the place in the data."""

    def __init__(self, options: argparse.Namespace, device: torch.device) -> None:
        self.options, self.device = options, device
        torch.manual_seed(options.seed)
        size = processor(options.pieces).get_piece_size()
        self.shape = Shape(-(-size // 64) * 64, **(TINY if options.tiny else {}))
        self.network = Network(self.shape).to(device)
        self.optimiser = torch.optim.Adam(
            self.network.parameters(), lr=options.rate, betas=(0.9, 0.98), eps=1e-9, fused=device.type == "cuda"
        )
        self.place = self._resume()
        self.step = torch.compile(self.network, dynamic=True) if options.compile else self.network

    def _resume(self) -> Place:
        whole, weights = checkpoints.steps(self.options.state), checkpoints.steps(self.options.out)
        newest = (whole or weights)[-1:]
        if not newest:
            print("begins from nothing")
            return Place()
        tensors, notes = checkpoints.load(newest[0])
        if notes["shape"] != list(self.shape):
            raise SystemExit(f"{newest[0]} is of another shape: {notes['shape']}, not {list(self.shape)}")
        print(f"goes on from {newest[0]}")
        names = dict(self.network.named_parameters())
        with torch.no_grad():
            for name, parameter in names.items():
                parameter.copy_(tensors[name])
        place = Place(*notes["place"])
        if not whole:
            return place._replace(fresh=place.step)
        for name, parameter in names.items():
            self.optimiser.state[parameter] = {
                "step": torch.tensor(float(place.step - place.fresh)),
                "exp_avg": tensors[f"{name}.first"].to(self.device),
                "exp_avg_sq": tensors[f"{name}.second"].to(self.device),
            }
        return place

    def save(self) -> None:
        """Weights to OUT, everything to STATE; older ones than are averaged or gone on from are deleted."""
        notes = {"shape": list(self.shape), "place": list(self.place), "seed": self.options.seed}
        weights = dict(self.network.named_parameters())
        checkpoints.save(
            self.options.out, self.place.step, {name: w.to(torch.bfloat16) for name, w in weights.items()}, notes
        )
        whole: dict[str, Tensor] = {}
        for name, parameter in weights.items():
            state = self.optimiser.state[parameter]
            whole |= {name: parameter, f"{name}.first": state["exp_avg"], f"{name}.second": state["exp_avg_sq"]}
        checkpoints.save(self.options.state, self.place.step, whole, notes)
        checkpoints.prune(self.options.out, self.options.keep)
        checkpoints.prune(self.options.state, 1)

    def learn(self, source: Any, target: Any) -> tuple[Tensor, int]:
        """One step; the loss per token and the tokens of the batch."""
        torch.manual_seed(self.options.seed * 1_000_003 + self.place.step)  # dropout alike whenever it goes on
        for group in self.optimiser.param_groups:
            group["lr"] = rate(self.place, self.options.rate, self.options.warm_up)
        half = self.device.type == "cuda" or self.options.bfloat16
        with torch.autocast(self.device.type, torch.bfloat16) if half else nullcontext():
            loss, count = self.step(*(torch.from_numpy(side).to(self.device) for side in (source, target)), SMOOTHING)
        mean = loss / count
        mean.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return mean.detach(), int((target[:, 1:] != 0).sum())


def batches(epochs: Epochs, run: Run) -> Iterator[tuple[Any, Any]]:
    """Batch after batch from where the run is; its place moves on when the next one is asked for."""
    while True:
        for number, batch in enumerate(epochs.batches(run.place.epoch, run.options.tokens)):
            if number < run.place.batch:
                continue
            yield batch
            run.place = run.place._replace(step=run.place.step + 1, batch=number + 1)
        run.place = run.place._replace(epoch=run.place.epoch + 1, batch=0)


def train(options: argparse.Namespace) -> None:
    """Learn until the minutes or the steps are over."""
    began = saved = told = time.monotonic()
    pairs = load(options.data)
    if not pairs:
        raise SystemExit(f"no pairs-NN.tsv.xz in {options.data}: run selection.py")
    epochs = Epochs(pairs, options.pieces, options.seed, options.workers)
    run = Run(options, torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    run.network.train()
    counted, total, steps = 0, torch.zeros((), device=run.device), 0
    try:
        for source, target in batches(epochs, run):
            now = time.monotonic()
            if now - began > options.minutes * 60 or run.place.step >= options.steps:
                break
            if now - saved > options.save_every * 60:
                run.save()
                saved = time.monotonic()
            loss, count = run.learn(source, target)
            counted, total, steps = counted + count, total + loss, steps + 1
            if run.place.step % options.tell_every == 0:
                speed = counted / max(time.monotonic() - told, 1e-9)
                where = f"step {run.place.step} epoch {run.place.epoch}"
                print(f"{where} loss {total.item() / steps:.3f} {speed:,.0f} tokens/s", flush=True)
                counted, total, steps, told = 0, torch.zeros_like(total), 0, time.monotonic()
    finally:
        epochs.close()
    run.save()
    print(f"step {run.place.step}, {time.monotonic() - began:.0f} s, {run.device.type}: saved in {options.out}")


def arguments() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser()
    for name in ("data", "pieces", "out", "state"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=9.0, help="wall time, tokenising counted (%(default)s)")
    parser.add_argument("--steps", type=int, default=10**9, help="stop after that many in all")
    parser.add_argument("--tokens", type=int, default=50_000, help="a batch and side, padding counted (%(default)s)")
    parser.add_argument("--save-every", type=float, default=1.5, help="minutes (%(default)s)")
    parser.add_argument("--warm-up", type=int, default=1500, help="steps (%(default)s)")
    parser.add_argument("--rate", type=float, default=1e-3, help="highest, for batches of 50,000 tokens (%(default)s)")
    parser.add_argument("--keep", type=int, default=8, help="checkpoints of weights (%(default)s)")
    parser.add_argument("--tell-every", type=int, default=100, help="steps (%(default)s)")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tiny", action="store_true", help="a network of a minute, for trying the recipe")
    parser.add_argument("--bfloat16", action="store_true", help="also on a processor")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=torch.cuda.is_available())
    return parser


if __name__ == "__main__":
    train(arguments().parse_args())
