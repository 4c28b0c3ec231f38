"""The recipe of what the scorer has learned, on the tiny model: the same network, and one that learns."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from tests.translate import tiny_gemma
from tqcheck.translate.gemma.learned import Learned
from tqcheck.translate.gemma.unpack import Unpacked
from tqcheck.translate.protocol import BACK, FORWARD

TORCH = 'the recipe of the scorer needs more: pip install torch ".[lm]"'
torch = pytest.importorskip("torch", reason=TORCH)
pytest.importorskip("gguf", reason=TORCH)
pytest.importorskip("tokenizers", reason=TORCH)

from training.scorer import adapt, pack  # noqa: E402
from training.scorer.gemma import Gemma  # noqa: E402
from training.scorer.lessons import Lesson, batches  # noqa: E402

PIECES = ("<bos>", "▁le", "▁chat", "\n", "▁the", "c", "a", "t", ".", "▁le", "▁the", "\n")
OPENING = [2, 4]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_gemma.write(tmp_path_factory.mktemp("gemma") / "tiny.gguf")


@pytest.fixture
def network(path: Path) -> Gemma:
    torch.manual_seed(1)
    embeddings = tiny_gemma.in_eight_bits(tiny_gemma.tensors()["token_embd.weight"])
    return Gemma(path, embeddings, rank=4)


def lesson(first: list[int], second: list[int]) -> Lesson:
    return Lesson(FORWARD, (*first, *second), len(first))


def test_it_begins_as_the_network_that_is_read_from_the_file(network: Gemma) -> None:
    numbers = [tiny_gemma.PIECES.index(piece) for piece in PIECES]
    asked = Lesson(FORWARD, tuple(numbers[2:]), 1)
    found = -adapt.loss_of(network, numbers[:2], [asked], alone=True).detach().numpy()
    wanted = tiny_gemma.log_probabilities(PIECES, tiny_gemma.PIECES)[2:]
    assert found == pytest.approx(wanted, abs=1e-4)


def test_texts_of_several_lengths_are_foreseen_as_each_alone(network: Gemma) -> None:
    lessons = [lesson([270, 271], [280, 4]), lesson([272, 273, 274, 275], [281, 282, 283, 4])]
    together = adapt.loss_of(network, OPENING, lessons).detach().numpy()
    alone = np.concatenate([adapt.loss_of(network, OPENING, [one]).detach().numpy() for one in lessons])
    assert together == pytest.approx(alone, abs=1e-4)
    assert len(together) == 2 + 4, "the pieces of the translations, and their ends"


def test_it_learns_and_what_it_has_learned_is_shipped_whole(network: Gemma, path: Path, tmp_path: Path) -> None:
    generator = random.Random(1)
    lessons = [lesson([first := generator.randint(270, 280), 4], [first + 20, 4]) for _ in range(60)]
    optimizer = torch.optim.AdamW(network.parameters(), 0.02)
    losses = []
    for batch in batches(lessons * 4, 60, 1):
        loss = adapt.loss_of(network, OPENING, batch).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert np.mean(losses[-5:]) < 0.5 * losses[0]

    np.savez(tmp_path / "found.npz", allow_pickle=False, **adapt.updates(network))
    pack.main(tmp_path / "found.npz", tmp_path / "data" / "updates.npz")
    shipped = tmp_path / "data" / "updates.npz"
    learned = Learned(Unpacked(path), shipped, pack.sha256(shipped))
    for name in ("blk.0.attn_q", "blk.6.ffn_down"):
        matrix = network.matrices[name.removeprefix("blk.").replace(".", "_", 1)]
        update = (matrix.up @ matrix.down).detach().numpy()
        added = learned.tensor(f"{name}.weight") - Unpacked(path).tensor(f"{name}.weight")
        assert added == pytest.approx(update, abs=0.02 * float(np.abs(update).max()))
        assert np.abs(update).max() > 0.001


def test_batches_hold_one_direction_and_every_lesson_once() -> None:
    generator = random.Random(2)
    lessons = [
        Lesson(direction, tuple(range(number, number + generator.randint(4, 30))), 2)
        for number in range(200)
        for direction in (FORWARD, BACK)
    ]
    found = list(batches(lessons, 100, 3))
    assert sorted(one for batch in found for one in batch) == sorted(lessons)
    assert all(len({one.direction for one in batch}) == 1 for batch in found)
    assert all(len(batch) * max(len(one.pieces) for one in batch) <= 100 for batch in found)
    assert [len(batch) for batch in found] != [len(batch) for batch in batches(lessons, 100, 4)]
