"""The engine firefox: the real library on a model of a few kilobytes, written as the published ones are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.translate import tiny_firefox
from tests.translate.tiny_marian import ENGLISH, FRENCH
from tqcheck.errors import UserError
from tqcheck.translate import firefox
from tqcheck.translate.firefox import FirefoxEngine

pytest.importorskip("fxtranslate", reason="the extra firefox is not installed: pip install 'tqcheck[firefox]'")
pytest.importorskip("sentencepiece", reason="sentencepiece writes the toy's vocabulary")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_firefox.write(tmp_path_factory.mktemp("firefox"))


@pytest.fixture(scope="module")
def engine(tiny: Path) -> FirefoxEngine:
    return firefox.from_directory(tiny)


def test_translations_come_in_order_and_the_same_again(engine: FirefoxEngine, tiny: Path) -> None:
    texts = [FRENCH[0], "", FRENCH[2], " \n", FRENCH[3]]
    told: list[tuple[int, int]] = []
    made = engine.translate(texts, "fr", "en", lambda *step: told.append(step))
    assert [translation.text == "" for translation in made] == [False, True, False, True, False]
    assert len({translation.text for translation in made}) == 4
    assert all(translation.engine == engine.identity for translation in made)
    assert told == [(number, 5) for number in range(1, 6)]
    again = firefox.from_directory(tiny)
    assert again.identity == engine.identity
    assert again.translate(texts, "fr", "en") == made
    assert [engine.translate([text], "fr", "en")[0] for text in texts] == list(made)


def test_both_directions_are_models_of_their_own(engine: FirefoxEngine) -> None:
    assert engine.translate(ENGLISH, "en", "fr") != engine.translate(ENGLISH, "fr", "en")
    assert not engine.supports("fr", "de")
    with pytest.raises(UserError, match="from fr to de"):
        engine.translate(FRENCH, "fr", "de")


def test_the_identity_is_of_the_files(engine: FirefoxEngine, tmp_path: Path) -> None:
    other = tiny_firefox.write(tmp_path, width=48)
    assert firefox.from_directory(other).identity != engine.identity
    assert "fxtranslate." in engine.identity


def test_it_cannot_score(engine: FirefoxEngine) -> None:
    assert not engine.can_score
    with pytest.raises(UserError, match="cannot score"):
        engine.score(FRENCH, ENGLISH, "fr", "en")


@pytest.mark.parametrize("text", ["x" * 2_000, "😀", "a\u0000b", "\u200b", " ".join(FRENCH * 5), "«" * 300])
def test_odd_texts(engine: FirefoxEngine, text: str) -> None:
    assert isinstance(engine.translate([text], "fr", "en")[0].text, str)


def test_a_long_text_is_not_cut(engine: FirefoxEngine) -> None:
    (one,) = engine.translate([FRENCH[0]], "fr", "en")
    (many,) = engine.translate([" ".join([FRENCH[0]] * 40)], "fr", "en")
    assert many.text == " ".join([one.text] * 40)


@pytest.mark.parametrize("name", ["model.bin", "lex.bin", "vocab.spm"])
def test_a_file_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    tiny_firefox.write(tmp_path)
    (tmp_path / "en-fr" / name).unlink()
    with pytest.raises(UserError, match=f"{name} is missing"):
        firefox.from_directory(tmp_path)


def test_a_model_that_is_none(tmp_path: Path) -> None:
    tiny_firefox.write(tmp_path)
    (tmp_path / "fr-en" / "model.bin").write_bytes(b"not a model")
    with pytest.raises(UserError, match="not a Firefox translation model"):
        firefox.from_directory(tmp_path).translate(FRENCH, "fr", "en")
