"""The real loading code of ctranslate2 on a tiny converted model, held against opus-mt on the same weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.translate.tiny_marian import ENGLISH, FRENCH
from tqcheck.errors import UserError
from tqcheck.translate import ctranslate2_engine, opus_mt
from tqcheck.translate.registry import choose


def copy(converted: Path, folder: Path) -> Path:
    return Path(shutil.copytree(str(converted).format(source="fr", target="en"), folder / "converted-fr-en"))


def test_it_says_what_opus_mt_says_of_the_same_weights(converted: Path, marian: Path) -> None:
    exact = ctranslate2_engine.from_directory(str(converted), beams=1, compute_type="float32")
    other = opus_mt.from_directory(str(marian), beams=1)
    for ours, theirs in zip(
        exact.score(FRENCH, ENGLISH, "fr", "en"), other.score(FRENCH, ENGLISH, "fr", "en"), strict=True
    ):
        assert [piece[:3] for piece in ours.pieces] == [piece[:3] for piece in theirs.pieces]
        assert [piece.log_probability for piece in ours.pieces] == pytest.approx(
            [piece.log_probability for piece in theirs.pieces], abs=1e-3
        )
        assert ours.end == pytest.approx(theirs.end, abs=1e-3)
    for direction, texts in ((("fr", "en"), FRENCH), (("en", "fr"), ENGLISH)):
        assert [made.text for made in exact.translate(texts, *direction)] == [
            made.text for made in other.translate(texts, *direction)
        ]


def test_eight_bits_are_the_same_every_time_and_come_in_order(converted: Path) -> None:
    engine, again = choose(f"ctranslate2:{converted}").engine, choose(f"ctranslate2:{converted}").engine
    assert engine is not None
    assert again is not None
    assert "int8" in engine.identity
    assert engine.identity == again.identity
    texts = [FRENCH[2], "", FRENCH[0] + " " + FRENCH[1], "Oui."]
    together = engine.translate(texts, "fr", "en")
    assert together == again.translate(texts, "fr", "en")
    assert [made.text for made in together] == [again.translate([text], "fr", "en")[0].text for text in texts]
    assert together[1].text == ""
    for made in together:
        assert len(made.pieces or ()) == len(made.log_probabilities or ())


def test_scored_pieces_tile_the_target(converted: Path) -> None:
    engine = ctranslate2_engine.from_directory(str(converted), beams=1)
    target = " ".join(ENGLISH) * 6
    (scored,) = engine.score([" ".join(FRENCH) * 6], [target], "fr", "en")
    assert len(scored.pieces) > ctranslate2_engine.LONGEST
    assert "".join(target[piece.start : piece.end] for piece in scored.pieces) == target


def test_one_tokenizer_for_both_languages(converted: Path, tmp_path: Path) -> None:
    directory = copy(converted, tmp_path)
    (directory / "source.spm").unlink()
    (directory / "target.spm").rename(directory / "sentencepiece.model")
    engine = ctranslate2_engine.from_directory(str(directory), beams=1)
    assert engine.score(FRENCH[:1], ENGLISH[:1], "fr", "en")[0].pieces[-1].end == len(ENGLISH[0])


def test_a_tokenizer_json(converted: Path, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    directory = copy(converted, tmp_path)
    for name in ("source.spm", "target.spm"):
        (directory / name).unlink()
    vocabulary = json.loads((directory / "shared_vocabulary.json").read_text("utf-8"))
    tokenizer = tokenizers.Tokenizer(tokenizers.models.Unigram([(piece, -1.0) for piece in vocabulary], unk_id=1))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    tokenizer.decoder = tokenizers.decoders.Metaspace()
    tokenizer.save(str(directory / "tokenizer.json"))
    engine = ctranslate2_engine.from_directory(str(directory), beams=1)
    (scored,) = engine.score(FRENCH[:1], ENGLISH[:1], "fr", "en")
    assert "".join(ENGLISH[0][piece.start : piece.end] for piece in scored.pieces) == ENGLISH[0]
    assert engine.translate(FRENCH[:1], "fr", "en")[0].pieces
    (directory / "tokenizer.json").write_text("{}")
    with pytest.raises(UserError, match="not a tokenizer"):
        ctranslate2_engine.from_directory(str(directory), beams=1).translate(FRENCH, "fr", "en")


def test_a_model_that_adds_its_end_itself_is_not_given_another(converted: Path, tmp_path: Path) -> None:
    """What a native Marian model is converted to says so in its configuration."""
    directory = copy(converted, tmp_path)
    before = ctranslate2_engine.from_directory(str(directory), beams=1).score(FRENCH, ENGLISH, "fr", "en")
    configuration = json.loads((directory / "config.json").read_text())
    (directory / "config.json").write_text(json.dumps({**configuration, "add_source_eos": True}))
    assert ctranslate2_engine.from_directory(str(directory), beams=1).score(FRENCH, ENGLISH, "fr", "en") == before


def test_without_a_tokenizer(converted: Path, tmp_path: Path) -> None:
    directory = copy(converted, tmp_path)
    for name in ("source.spm", "target.spm"):
        (directory / name).unlink()
    with pytest.raises(UserError, match="it has no tokenizer") as raised:
        ctranslate2_engine.from_directory(str(directory), beams=1)
    assert "--copy_files" in (raised.value.hint or "")


def test_a_spoilt_model(converted: Path, tmp_path: Path) -> None:
    directory = copy(converted, tmp_path)
    (directory / "model.bin").write_bytes(b"nothing of the kind")
    with pytest.raises(UserError, match="cannot work with this model"):
        ctranslate2_engine.from_directory(str(directory), beams=1).translate(FRENCH, "fr", "en")


def test_a_multilingual_model_is_refused(converted: Path, tmp_path: Path) -> None:
    directory = copy(converted, tmp_path)
    (directory / "shared_vocabulary.json").write_text(json.dumps(["</s>", "fra_Latn", "eng_Latn"]))
    with pytest.raises(UserError, match="multilingual"):
        ctranslate2_engine.from_directory(str(directory), beams=1)
