"""Teach the language model to say which pieces of a text are wrong, beside how probable they are.

    python -m training.scorer.doubting --models CACHE --errors errors.jsonl --begin STATE --work WORK --minutes 52

`--errors` is what `training/errors/generate.py` wrote: right pairs, and pairs with errors of which every one is known.
A small network reads the states of four layers and says of each piece of the second text three things: that it is wrong
(of the French: wrong, or left out), that the piece before it is, and that words are missing before it. It and the
updates of low rank are learned together (the right pieces are foreseen as before, so that the
probabilities stay what they are). Needs `pip install torch ".[lm]"`. The state, with the small
network, is written to `WORK/state.pt` every five minutes and at the end; the same command goes on from there. The
program does not use what comes of it (README.md says why).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tqcheck.translate.protocol import BACK, FORWARD, Direction
from training.scorer import adapt
from training.scorer.gemma import Gemma
from training.scorer.lessons import Lesson, Teacher, batches

RATE = 3e-4
HEAD_RATE = 1e-3
WARM = 30
PIECES = 1_200
FORESEEN = (0.4, 0.2)
"""The share of batches in which the second text alone, and in which both texts, are foreseen as well."""
LAYERS = (5, 9, 13, 17)
EARLY = (5, 8)
"""Layers whose states the small network reads; and one that is learned beside it, of what half of the layers know."""
INNER = 96
KEPT = {"unrelated": 0.15, "added-sentence": 0.15, "cut-short": 0.5, "right": 0.7}
"""What of these kinds is learned from: they are easy, and have most of the words that are wrong."""
SAYS = ("wrong", "wrong-before", "gap")
SAVE = 300.0


class Marked(NamedTuple):
    """1.0 where SAYS holds, of the pieces from ``start`` on, the line's end too; which of all may be foreseen."""

    says: tuple[tuple[float, float, float], ...]
    right: tuple[bool, ...]


class Doubter(nn.Module):
    """(places, layers · width) to (places, 3): logits of SAYS, for each direction by itself."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.inner = nn.ModuleDict({name(way): nn.Linear(wide, INNER) for way in (FORWARD, BACK)})
        self.outer = nn.ModuleDict({name(way): nn.Linear(INNER, len(SAYS)) for way in (FORWARD, BACK)})
        for layer in self.outer.values():
            nn.init.zeros_(layer.weight)
            nn.init.constant_(layer.bias, -3.0)

    def forward(self, states: Tensor, direction: Direction) -> Tensor:
        found: Tensor = self.outer[name(direction)](functional.gelu(self.inner[name(direction)](states)))
        return found


def name(direction: Direction) -> str:
    return "-".join(direction)


class Teaches(Protocol):
    """What a `Teacher` can."""

    def lesson(self, direction: Direction, source: str, target: str) -> Lesson: ...
    def places(self, text: str) -> list[int]: ...


def lesson_of(teacher: Teaches, record: dict[str, Any], direction: Direction) -> tuple[Lesson, Marked]:
    """The pair as it was made, and what is wrong with the pieces of its second text."""
    texts = {"fr": record["source"], "en": record["target"]}
    wrong = {
        "en": [(start, end) for start, end, _ in record["changed"]],
        "fr": [(start, end) for start, end in (*record["left_out"], *record["wrong"])],
    }
    gaps = [place for place, _ in record["gaps"]] if direction == FORWARD else []
    lesson = teacher.lesson(direction, texts[direction[0]], texts[direction[1]])
    first = marks(teacher.places(texts[direction[0]]), texts[direction[0]], wrong[direction[0]])
    second = marks(teacher.places(texts[direction[1]]), texts[direction[1]], wrong[direction[1]])
    after = [0.0] * len(second)
    spots = teacher.places(texts[direction[1]])
    ends = [*spots[1:], len(texts[direction[1]])]
    late = 0.0
    for gap in gaps:
        number = next((n for n, end in enumerate(ends) if end > gap + 1), None)
        if number is None:
            late = 1.0
        else:
            after[number] = 1.0
    says = [*zip(map(float, second), (0.0, *map(float, second[:-1])), after, strict=True)]
    says.append((0.0, float(second[-1]) if second else 0.0, late))
    between = lesson.start - len(first)
    right = (*(not mark for mark in first), *([True] * between), *(not mark for mark in second), True)
    assert len(right) == len(lesson.pieces)
    assert lesson.start + len(says) == len(lesson.pieces)
    return lesson, Marked(tuple(says), right)


def marks(spots: Sequence[int], text: str, wrong: Sequence[tuple[int, int]]) -> list[bool]:
    found = []
    for start, end in zip(spots, [*spots[1:], len(text)], strict=True):
        while start < end - 1 and text[start].isspace():
            start += 1
        found.append(any(start < stop and end > begin for begin, stop in wrong))
    return found


def states_of(network: Gemma, opening: list[int], batch: list[Lesson]) -> tuple[Tensor, Tensor, Tensor]:
    """The last layer's output and those of LAYERS and of EARLY, one after the other; (batch, longest, …)."""
    with torch.no_grad():
        _, past = network(torch.tensor([opening]))
    longest = max(len(lesson.pieces) for lesson in batch)
    shown = torch.zeros(len(batch), longest, dtype=torch.long)
    for number, lesson in enumerate(batch):
        shown[number, : len(lesson.pieces)] = torch.tensor(lesson.pieces)
    found, _ = network(shown, past)
    kept = {layer: functional.rms_norm(network.states[layer], (network.sizes.width,)) for layer in {*LAYERS, *EARLY}}
    return found, torch.cat([kept[n] for n in LAYERS], -1), torch.cat([kept[n] for n in EARLY], -1)


def said(
    network: Gemma, heads: Sequence[Doubter], opening: list[int], batch: list[Lesson]
) -> tuple[Tensor, list[Tensor], Tensor]:
    """The last layer's output, logits of SAYS at the pieces of the second texts by each head, and their rows."""
    found, *kept = states_of(network, opening, batch)
    longest = found.shape[1]
    rows = [n * longest + spot for n, lesson in enumerate(batch) for spot in range(lesson.start, len(lesson.pieces))]
    own = torch.tensor(rows)
    logits = [
        head(states.reshape(-1, states.shape[-1])[own], batch[0].direction)
        for head, states in zip(heads, kept, strict=True)
    ]
    return found, logits, own


@torch.no_grad()
def held(network: Gemma, heads: Sequence[Doubter], teacher: Teacher, some: list[tuple[Lesson, Marked]]) -> str:
    """How well the pieces that are wrong are told, by average precision: the heads, and the log-probability alone."""
    parts = []
    by_lesson = {id(lesson): marked for lesson, marked in some}
    for way in (FORWARD, BACK):
        scores: list[list[float]] = [[], [], [], []]
        truth: list[float] = []
        gaps: list[float] = []
        for batch in batches([lesson for lesson, _ in some if lesson.direction == way], PIECES, 0):
            found, logits, own = said(network, heads, teacher.opening(way), batch)
            flat = found.reshape(-1, found.shape[-1])[own - 1]
            wanted = torch.tensor([n for lesson in batch for n in lesson.pieces[lesson.start :]])
            scores[0] += logits[0][:, 0].tolist()
            scores[1] += logits[1][:, 0].tolist()
            scores[2] += network.losses(flat, wanted).tolist()
            scores[3] += logits[0][:, 2].tolist()
            for lesson in batch:
                truth += [row[0] for row in by_lesson[id(lesson)].says]
                gaps += [row[2] for row in by_lesson[id(lesson)].says]
        values = [average_precision(truth, one) for one in scores[:3]]
        parts.append(f"{name(way)}: heads {values[0]:.3f}, early {values[1]:.3f}, probability {values[2]:.3f}")
        if any(gaps):
            parts.append(f"gaps {average_precision(gaps, scores[3]):.3f} of {sum(gaps) / len(gaps):.3f}")
    return "; ".join(parts)


def average_precision(truth: Sequence[float], scores: Sequence[float]) -> float:
    order = np.argsort(-np.array(scores), kind="stable")
    hits = np.array(truth)[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(1.0, hits.sum()))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def chosen(records: list[dict[str, Any]], without: set[str], chance: random.Random) -> list[dict[str, Any]]:
    """Those with an English whose French is not in ``without``; of each kind of KEPT such a share."""
    found = []
    for record in records:
        share = min((KEPT[kind] for kind in record["kinds"] or ["right"] if kind in KEPT), default=1.0)
        if record["target"].strip() and record["source"] not in without and chance.random() < share:
            found.append(record)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--errors", type=Path, required=True)
    parser.add_argument("--without", type=Path, help="errors.jsonl of the forests, whose French is left out")
    parser.add_argument("--begin", type=Path, required=True, help="the state.pt of adapt.py")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    network, teacher = adapt.loaded(given.models)
    adapt.resumed(given.begin, {"network": network})
    heads = nn.ModuleList([Doubter(len(layers) * network.sizes.width) for layers in (LAYERS, EARLY)])
    rates = ((network, RATE), (heads, HEAD_RATE))
    groups = [{"params": list(module.parameters()), "top": rate} for module, rate in rates]
    optimizer = torch.optim.AdamW(groups, RATE, betas=(0.9, 0.98), weight_decay=0.01)
    kept, parts = given.work / "state.pt", {"network": network, "heads": heads, "optimizer": optimizer}
    spent, step = adapt.resumed(kept, parts)
    generator = random.Random(given.seed)
    without = read(given.without) if given.without else []
    records = chosen(read(given.errors), {record["source"] for record in without}, generator)
    generator.shuffle(records)
    ways = (FORWARD, BACK)
    tested = [lesson_of(teacher, record, ways[n % 2]) for n, record in enumerate(records[:120])]
    # Each pair once in either direction, half of the pairs later.
    made = [lesson_of(teacher, record, ways[n % 2]) for n, record in enumerate(records[120:])]
    made += [lesson_of(teacher, record, ways[1 - n % 2]) for n, record in enumerate(records[120:])]
    made = [one for one in made if len(one[0].pieces) < 300]
    marked = {id(lesson): marks for lesson, marks in made}
    stream = list(batches([lesson for lesson, _ in made], PIECES, given.seed))
    print(f"{len(made)} lessons, {len(stream)} steps", flush=True)
    started, saved = time.monotonic() - spent, time.monotonic()
    recent: list[tuple[float, ...]] = []
    while (share := (time.monotonic() - started) / 60 / given.minutes) < 1 and step < len(stream):
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(1.0, (step + 1) / WARM) * 0.5 * (1 + math.cos(math.pi * share))
        batch = stream[step]
        found, logits, _ = said(network, list(heads), teacher.opening(batch[0].direction), batch)
        truth = torch.tensor([row for lesson in batch for row in marked[id(lesson)].says])
        losses = [functional.binary_cross_entropy_with_logits(one, truth) for one in logits]
        loss = 10.0 * (losses[0] + 0.5 * losses[1])
        turn = generator.random()
        foreseen = float("nan")
        if turn < sum(FORESEEN):
            lm = foreseen_loss(network, found, batch, marked, both=turn < FORESEEN[1])
            loss = loss + lm
            foreseen = float(lm.detach())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*network.parameters(), *heads.parameters()], 1.0)
        optimizer.step()
        step += 1
        recent.append((float(losses[0].detach()), float(losses[1].detach()), foreseen))
        if step % 25 == 0:
            means = np.nanmean(np.array(recent), axis=0)
            print(f"{step} steps, {share:.3f}: {means.round(4).tolist()}", flush=True)
            recent.clear()
        if step % 120 == 0:
            print(held(network, list(heads), teacher, tested), flush=True)
        if time.monotonic() - saved > SAVE:
            saved = time.monotonic()
            adapt.save(kept, parts, saved - started, step)
    print("held out, after:", held(network, list(heads), teacher, tested), flush=True)
    adapt.save(kept, parts, time.monotonic() - started, step)
    np.savez_compressed(given.work / "updates.npz", allow_pickle=False, **adapt.updates(network))
    print(f"{step} steps of {len(stream)}")


def foreseen_loss(network: Gemma, found: Tensor, batch: list[Lesson], marked: dict[int, Marked], both: bool) -> Tensor:
    """Minus the mean log-probability of the pieces that are right."""
    longest = found.shape[1]
    rows, wanted = [], []
    for number, lesson in enumerate(batch):
        for spot in range(1 if both else lesson.start, len(lesson.pieces)):
            if marked[id(lesson)].right[spot]:
                rows.append(number * longest + spot - 1)
                wanted.append(lesson.pieces[spot])
    return network.losses(found.reshape(-1, found.shape[-1])[rows], torch.tensor(wanted)).mean()


if __name__ == "__main__":
    main()
