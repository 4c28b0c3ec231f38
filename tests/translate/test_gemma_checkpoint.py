"""A model as the hub has it scores as the GGUF file of the same model does; what is wrong with one is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.translate import tiny_gemma
from tqcheck.errors import UserError
from tqcheck.translate.gemma import vocabulary, weights
from tqcheck.translate.gemma.checkpoint import Checkpoint
from tqcheck.translate.gemma.engine import from_path
from tqcheck.translate.protocol import FORWARD, Passage

PASSAGE = Passage("Le chat « dort » là.", "The cat’s  asleep, then.")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_gemma.write_checkpoint(tmp_path_factory.mktemp("hub") / "tiny-gemma")


def test_it_scores_as_the_gguf_file_does(directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("gguf", "tokenizers", "openvino", "wordfreq"):
        pytest.importorskip(library, reason="the extra lm is not installed: pip install 'tqcheck[lm]'")
    monkeypatch.setattr(vocabulary, "LEAST", 1e-3)
    packed = from_path(tiny_gemma.write(tmp_path / "tiny.gguf"), tmp_path).read([PASSAGE], *FORWARD)
    engine = from_path(directory, tmp_path)
    assert "tiny-gemma" in engine.identity
    (found,), (wanted,) = engine.read([PASSAGE], *FORWARD), packed
    for side, other in zip(found, wanted, strict=True):
        assert [piece[:3] for piece in side.pieces] == [piece[:3] for piece in other.pieces]
        values = [[piece.log_probability for piece in text.pieces] for text in (side, other)]
        np.testing.assert_allclose(values[0], values[1], atol=2e-3)


def test_numbers_of_every_kind(tmp_path: Path) -> None:
    values = np.array([[1.5, -2.0], [0.25, 3.0]], np.float32)
    raw = {"F32": values.tobytes(), "F16": values.astype("<f2").tobytes()}
    raw["BF16"] = (values.view(np.uint32) >> 16).astype("<u2").tobytes()
    for kind, content in raw.items():
        tiny_gemma.write_checkpoint(tmp_path)
        for file in tmp_path.glob("*.safetensors"):
            file.unlink()
        told = {"model.embed_tokens.weight": {"dtype": kind, "shape": [2, 2], "data_offsets": [0, len(content)]}}
        header = json.dumps(told).encode()
        (tmp_path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + content)
        checkpoint = Checkpoint(tmp_path)
        np.testing.assert_array_equal(checkpoint.tensor("token_embd.weight"), values)
        np.testing.assert_array_equal(checkpoint.tensor("token_embd.weight", np.array([1])), values[1:])
        with pytest.raises(UserError, match=r"model\.norm\.weight is missing"):
            checkpoint.tensor("output_norm.weight")


def _cut(directory: Path) -> None:
    file = next(directory.glob("*.safetensors"))
    file.write_bytes(file.read_bytes()[:-1])


def _no_header(directory: Path) -> None:
    next(directory.glob("*.safetensors")).write_bytes(b"\xff" * 200)


def _no_config(directory: Path) -> None:
    (directory / "config.json").unlink()


def _broken_config(directory: Path) -> None:
    (directory / "config.json").write_text("{")


def _another_kind(directory: Path) -> None:
    tiny_gemma.write_checkpoint(directory, kind="llama")


def _many_heads(directory: Path) -> None:
    config = json.loads((directory / "config.json").read_text())
    (directory / "config.json").write_text(json.dumps({**config, "num_key_value_heads": 4}))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_cut, "not a complete safetensors file: it is cut"),
        (_no_header, "not a complete safetensors file: no header"),
        (_no_config, r"it has no config\.json"),
        (_broken_config, r"its config\.json cannot be read"),
        (_another_kind, "a model of the kind 'llama'"),
        (_many_heads, "more than one head of keys"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, damage: Callable[[Path], None], message: str) -> None:
    directory = tiny_gemma.write_checkpoint(tmp_path / "model")
    damage(directory)
    with pytest.raises(UserError, match=message):
        Checkpoint(directory)


def test_a_tokenizer_of_another_kind_is_said(tmp_path: Path) -> None:
    directory = tiny_gemma.write_checkpoint(tmp_path)
    for content in ("[]", '{"model": {"vocab": {"a": 1}}, "added_tokens": []}', "{"):
        (directory / "tokenizer.json").write_text(content)
        with pytest.raises(UserError, match=r"tokenizer\.json"):
            _ = Checkpoint(directory).vocabulary


def test_a_directory_is_known_by_its_files(directory: Path) -> None:
    found = weights.own(directory)
    assert found.apart
    assert found.name == "tiny-gemma"
    assert weights.whole(found, Path("nowhere"), lambda share: None) == directory


def test_a_directory_without_its_config_is_said(tmp_path: Path) -> None:
    directory = tiny_gemma.write_checkpoint(tmp_path)
    (directory / "config.json").unlink()
    with pytest.raises(UserError, match="cannot be read: No such file"):
        weights.own(directory)
