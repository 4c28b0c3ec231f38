"""The recipe of what the scorer has learned, on the tiny model: the same network, and one that learns."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from tests.translate import tiny_gemma
from tqcheck.translate.gemma.learned import Learned, factors
from tqcheck.translate.gemma.unpack import Unpacked
from tqcheck.translate.protocol import BACK, FORWARD

TORCH = 'the recipe of the scorer needs more: pip install torch ".[lm]"'
torch = pytest.importorskip("torch", reason=TORCH)
pytest.importorskip("gguf", reason=TORCH)
pytest.importorskip("tokenizers", reason=TORCH)

from training.scorer import adapt, doubting, expected, pack  # noqa: E402
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


@pytest.mark.parametrize("bits", [32, 16])
def test_it_learns_and_what_it_has_learned_is_shipped_whole(
    network: Gemma, path: Path, tmp_path: Path, bits: int
) -> None:
    if bits == 16:
        network.halve()
    generator = random.Random(1)
    lessons = [lesson([first := generator.randint(270, 280), 4], [first + 20, 4]) for _ in range(60)]
    optimizer = torch.optim.AdamW(network.parameters(), 0.02)
    losses = []
    for batch in batches(lessons * 4, 60, 1):
        with adapt.sixteen(bits == 16):
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


def test_it_goes_on_from_what_is_shipped_in_16_bits_too(network: Gemma, path: Path, tmp_path: Path) -> None:
    with torch.no_grad():
        for matrix in network.matrices.values():
            matrix.up.copy_(torch.randn_like(matrix.up) / 20)
    np.savez(tmp_path / "found.npz", allow_pickle=False, **adapt.updates(network))
    pack.main(tmp_path / "found.npz", tmp_path / "updates.npz")
    again = Gemma(path, network.embeddings.numpy(), rank=4)
    batch = [lesson([270, 271, 272], [280, 281, 4])]
    before = adapt.loss_of(again, OPENING, batch).detach().numpy()
    again.begin(factors((tmp_path / "updates.npz").read_bytes()))
    found = adapt.loss_of(again, OPENING, batch).detach().numpy()
    wanted = adapt.loss_of(network, OPENING, batch).detach().numpy()
    assert found == pytest.approx(wanted, abs=0.02)
    assert np.abs(before - wanted).max() > 0.1
    again.halve()
    with adapt.sixteen():
        halved = adapt.loss_of(again, OPENING, batch)
    assert halved.detach().float().numpy() == pytest.approx(wanted, abs=0.1)


def test_what_is_expected_adds_up_by_language(network: Gemma) -> None:
    """One for each place of the two texts, the places between them counted with the first, as numpy has them."""
    one = lesson([270, 271, 4, 271], [280, 4])
    found = expected.added(network, OPENING, [one])
    assert {lang: float(mass.sum()) for lang, mass in found.items()} == pytest.approx({"fr": 3, "en": 2})
    pieces = [tiny_gemma.PIECES[number] for number in (*OPENING, *one.pieces)]
    rows = np.exp(tiny_gemma.next_pieces(pieces[:-1], tiny_gemma.PIECES))
    assert found["en"].numpy() == pytest.approx(rows[-2:].sum(axis=0), abs=1e-3)
    chosen = expected.most(np.array([1.0, 50.0, 0.0, 30.0, 19.0]), 0.02)
    assert chosen.tolist() == [False, True, False, True, True]
    assert expected.most(np.array([1.0, 1.0]), 0.0).all()


def test_what_was_saved_is_gone_on_from(network: Gemma, path: Path, tmp_path: Path) -> None:
    assert adapt.resumed(tmp_path / "state.pt", {"network": network}) == (0.0, 0)
    with torch.no_grad():
        network.matrices["0_attn_q"].up += 1.5
    adapt.save(tmp_path / "state.pt", {"network": network}, 61.5, 7)
    assert [file.name for file in tmp_path.iterdir()] == ["state.pt"]
    another = Gemma(path, network.embeddings.numpy(), rank=4)
    assert adapt.resumed(tmp_path / "state.pt", {"network": another}) == (61.5, 7)
    assert torch.equal(another.matrices["0_attn_q"].up, network.matrices["0_attn_q"].up)


def test_it_learns_which_pieces_are_wrong(network: Gemma, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece of the second text is 20 more than that of the first; where it is not, it is wrong."""
    monkeypatch.setattr(doubting, "LAYERS", (2, 6))
    monkeypatch.setattr(doubting, "EARLY", (1, 3))
    generator = random.Random(3)
    lessons, marks = [], {}
    for _ in range(60):
        first, wrong = generator.randint(270, 280), generator.random() < 0.5
        made = lesson([first, 4], [first + (generator.randint(1, 10) + 20) % 30 if wrong else first + 20, 4])
        lessons.append(made)
        marks[made.pieces] = [[float(wrong), 0.0, 0.0], [0.0, float(wrong), 0.0]]
    heads = torch.nn.ModuleList([doubting.Doubter(2 * network.sizes.width) for _ in range(2)])
    optimizer = torch.optim.AdamW([*network.parameters(), *heads.parameters()], 0.02)
    losses = []
    for batch in batches(lessons * 6, 60, 1):
        _, [said, _], _ = doubting.said(network, list(heads), OPENING, batch)
        truth = torch.tensor([row for one in batch for row in marks[one.pieces]])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(said, truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert np.mean(losses[-5:]) < 0.5 * np.mean(losses[:2])


def test_it_is_taught_none_of_the_pairs_left_out_and_few_of_the_easy_ones() -> None:
    def record(number: int, *kinds: str) -> dict[str, object]:
        return {"source": f"le {number}", "target": f"the {number}", "kinds": list(kinds)}

    records = [record(number, ("unrelated", "sense", "cut-short")[number % 3]) for number in range(600)]
    empty = {**record(900, "cut-short"), "target": " "}
    found = doubting.chosen([*records, empty], {f"le {number}" for number in range(30)}, random.Random(1))
    assert not [one for one in found if int(one["source"][3:]) < 30 or not one["target"].strip()]
    counts = {kind: sum(kind in one["kinds"] for one in found) for kind in ("unrelated", "sense", "cut-short")}
    assert counts["sense"] == 190
    assert 15 < counts["unrelated"] < 50 < counts["cut-short"] < 140


def test_what_is_wrong_is_marked_piece_by_piece() -> None:
    """A word of two pieces is wrong, a word is missing before the last."""
    record = {
        "source": "ab cd",
        "target": "xy zu v",
        "changed": [[3, 5, "sense"]],
        "gaps": [[5, "dropped-word"]],
        "left_out": [],
        "wrong": [[3, 5]],
    }
    found, marked = doubting.lesson_of(Letters(), record, FORWARD)
    assert found.start == 8
    assert [row[0] for row in marked.says] == [0, 0, 0, 1, 1, 0, 0, 0]
    assert [row[1] for row in marked.says] == [0, 0, 0, 0, 1, 1, 0, 0]
    assert [row[2] for row in marked.says] == [0, 0, 0, 0, 0, 0, 1, 0]
    assert [marked.right[number] for number in range(3, 5)] == [False, False], "the French that it renders wrongly"
    back, marked = doubting.lesson_of(Letters(), record, BACK)
    assert back.direction == BACK
    assert [row[0] for row in marked.says] == [0, 0, 0, 1, 1, 0]
    assert not any(row[2] for row in marked.says)


class Letters:
    """A teacher whose pieces are letters: as many between the texts as this says."""

    def lesson(self, direction: tuple[str, str], source: str, target: str) -> Lesson:
        first = [*map(ord, source), 1, 2, 3]
        return Lesson(direction, (*first, *map(ord, target), 4), len(first))

    def places(self, text: str) -> list[int]:
        return list(range(len(text)))


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
