"""What the embedded model has learned: added to its matrices, checked by hash, and as many as the network has."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tqcheck.errors import UserError
from tqcheck.translate.gemma import learned
from tqcheck.translate.gemma.learned import Learned
from tqcheck.translate.gemma.prepared import place
from tqcheck.translate.gemma.unpack import Sizes, Vocabulary
from tqcheck.translate.gemma.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

MATRIX = "blk.0.attn_q.weight"


class Plain:
    """A model of one matrix of ones and one gain."""

    sizes = Sizes(1, 3, 1, 2, 4, 1e-6, 1e6)
    vocabulary = Vocabulary(("a",), (0.0,), (1,))

    def tensor(self, name: str, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        return np.ones((2, 3) if name == MATRIX else 3, np.float32)


@pytest.fixture
def shipped(tmp_path: Path) -> tuple[Path, str]:
    """An update of rank one, of 2 by 3, and its hash."""
    path = tmp_path / "updates.npz"
    factors: dict[str, Any] = {
        f"{MATRIX}.up": np.array([[2], [-4]], np.int8),
        f"{MATRIX}.up.scale": np.array([[0.5], [0.25]], np.float32),
        f"{MATRIX}.down": np.array([[1, 2, 3]], np.int8),
        f"{MATRIX}.down.scale": np.array([[0.1]], np.float32),
    }
    np.savez(path, allow_pickle=False, **factors)
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_update_is_added_to_its_matrix_and_to_no_other(shipped: tuple[Path, str]) -> None:
    model = Learned(Plain(), *shipped)
    assert model.tensor(MATRIX) == pytest.approx(np.array([[1.1, 1.2, 1.3], [0.9, 0.8, 0.7]]))
    assert model.tensor("blk.0.attn_norm.weight").tolist() == [1, 1, 1]
    assert (model.sizes, model.vocabulary) == (Plain.sizes, Plain.vocabulary)


def test_a_file_that_was_altered_is_refused(shipped: tuple[Path, str]) -> None:
    path, sha256 = shipped
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(UserError, match="damaged") as raised:
        Learned(Plain(), path, sha256)
    assert raised.value.hint is not None
    assert "tqcheck" in raised.value.hint


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read: No such file") as raised:
        Learned(Plain(), tmp_path / "updates.npz", "")
    assert raised.value.place is not None


def test_the_shipped_file_has_an_update_for_every_matrix_of_the_network() -> None:
    model = Learned(Plain())  # by its hash
    matrices = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    wanted = {f"blk.{layer}.{matrix}.weight" for layer in range(18) for matrix in matrices}
    assert {name.removesuffix(".up") for name in model._factors if name.endswith(".up")} == wanted
    for name in wanted:
        up, down = model._factors[f"{name}.up"], model._factors[f"{name}.down"]
        assert up.shape[1] == down.shape[0]
        assert 0 < np.abs(up @ down).max() < 1


def test_a_model_that_has_learned_is_prepared_beside_the_one_that_has_not(tmp_path: Path) -> None:
    plain = Weights("one", (), "a" * 64)
    assert place(tmp_path, plain) != place(tmp_path, plain._replace(learned=learned.SHA256))
