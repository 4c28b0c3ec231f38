"""The real loading code of opus-mt on a tiny model with random weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.translate import tiny_marian
from tests.translate.conftest import HUB
from tests.translate.tiny_marian import ENGLISH, FRENCH
from tqcheck.errors import UserError
from tqcheck.translate import hub, opus_mt, piece_engine
from tqcheck.translate.piece_engine import PieceEngine
from tqcheck.translate.registry import Options, available, choose
from tqcheck.translate.splitting import split


@pytest.fixture(scope="module")
def engine(marian: Path) -> PieceEngine:
    return opus_mt.from_directory(str(marian), beams=2)


def copy(marian: Path, folder: Path) -> Path:
    """The French-English model in a folder of its own, to spoil."""
    return Path(shutil.copytree(str(marian).format(source="fr", target="en"), folder / "tiny-fr-en"))


def test_translations_come_in_order_with_a_probability_for_each_piece(engine: PieceEngine) -> None:
    texts = [FRENCH[0] + " " + FRENCH[1], "", FRENCH[2], "  ", FRENCH[3]]
    together = engine.translate(texts, "fr", "en")
    alone = [engine.translate([text], "fr", "en")[0] for text in texts]
    assert [made.text for made in together] == [made.text for made in alone]
    assert [made.text == "" for made in together] == [False, True, False, True, False]
    for made in together:
        assert made.engine == engine.identity
        assert made.pieces is not None
        assert made.log_probabilities is not None
        assert len(made.pieces) == len(made.log_probabilities)
        assert all(value <= 0 for value in made.log_probabilities)


def test_the_same_again(engine: PieceEngine, marian: Path) -> None:
    again = opus_mt.from_directory(str(marian), beams=2)
    assert again.identity == engine.identity
    assert again.translate(FRENCH, "fr", "en") == engine.translate(FRENCH, "fr", "en")
    assert again.score(FRENCH, ENGLISH, "fr", "en") == engine.score(FRENCH, ENGLISH, "fr", "en")


def test_both_directions_are_models_of_their_own(engine: PieceEngine) -> None:
    assert engine.supports("fr", "en")
    assert engine.supports("en", "fr")
    assert not engine.supports("fr", "de")
    assert engine.translate(ENGLISH, "en", "fr") != engine.translate(ENGLISH, "fr", "en")
    with pytest.raises(UserError, match="from fr to de"):
        engine.translate(FRENCH, "fr", "de")


def test_scored_pieces_tile_the_target(engine: PieceEngine) -> None:
    targets = [*ENGLISH, "  «\u202fOdd\u202f» — “text”…\nwith 😀 and ﬁn  ", "", " "]
    sources = [*FRENCH, FRENCH[0], FRENCH[1], ""]
    for target, scored in zip(targets, engine.score(sources, targets, "fr", "en"), strict=True):
        assert "".join(target[piece.start : piece.end] for piece in scored.pieces) == (target if target.strip() else "")
        assert (scored.end is None) == (not target.strip())
        assert scored.log_probability <= 0


def test_scores_are_what_the_library_says(engine: PieceEngine, marian: Path) -> None:
    """The library's own loss over its own tokens is the mean of our log-probabilities."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    directory = str(marian).format(source="fr", target="en")
    model, tokenizer = MarianMTModel.from_pretrained(directory), MarianTokenizer.from_pretrained(directory)
    model.final_logits_bias[0, model.config.pad_token_id] = -torch.inf
    source, target = "Trois soldats du régiment.", "Three soldiers of the regiment."
    inputs = tokenizer(source, text_target=target, return_tensors="pt")
    with torch.inference_mode():
        loss = float(model(**inputs).loss)
    (scored,) = engine.score([source], [target], "fr", "en")
    assert scored.log_probability == pytest.approx(-loss * (len(scored.pieces) + 1), abs=1e-3)


def test_what_is_longer_than_the_model_is_split_not_cut(tmp_path: Path, engine: PieceEngine) -> None:
    short = opus_mt.from_directory(str(tiny_marian.write(tmp_path, positions=40)), beams=1)
    source, target = " ".join(FRENCH), " ".join(ENGLISH)
    (scored,) = short.score([source], [target], "fr", "en")
    assert "".join(target[piece.start : piece.end] for piece in scored.pieces) == target
    (whole,) = engine.score([source], [target], "fr", "en")
    assert [piece.text for piece in whole.pieces] == [piece.text for piece in scored.pieces]
    (made,) = short.translate([source], "fr", "en")
    tokenizer = short._direction("fr", "en").tokenizer
    parts = split(source, lambda part: len(tokenizer.source(part)) <= 39)
    assert len(parts) > len(FRENCH)
    assert made.text == " ".join(translation.text for translation in short.translate(parts, "fr", "en"))


def test_like_lengths_go_together_the_longest_first(engine: PieceEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    tokenizer, model = engine._direction("fr", "en")
    seen: list[list[int]] = []

    class Watched:
        longest = model.longest
        score = model.score

        def generate(self, sources: Any) -> Any:
            seen.append([len(source) for source in sources])
            return model.generate(sources)

    monkeypatch.setattr(piece_engine, "BATCH", 100)
    watched = PieceEngine("watched", "watched", {("fr", "en"): lambda: piece_engine.Loaded(tokenizer, Watched())})
    told: list[tuple[int, int]] = []
    texts = [FRENCH[0][:length] for length in (5, 60, 20, 64, 9, 33, 12)]
    assert [made.text for made in watched.translate(texts, "fr", "en", lambda *step: told.append(step))] == [
        made.text for made in engine.translate(texts, "fr", "en")
    ]
    lengths = [length for batch in seen for length in batch]
    assert lengths == sorted(lengths, reverse=True)
    assert len(seen) > 1
    assert all(len(batch) == 1 or (max(batch) + 1) * len(batch) <= 100 for batch in seen)
    assert told == sorted(told)
    assert told[-1] == (7, 7)


@pytest.mark.usefixtures("hub")
def test_a_vocabulary_for_each_side(tmp_path: Path) -> None:
    separate = opus_mt.from_directory(str(tiny_marian.write(tmp_path, separate=True)), beams=1)
    (scored,) = separate.score(FRENCH[:1], ENGLISH[:1], "fr", "en")
    assert scored.pieces[-1].end == len(ENGLISH[0])
    assert separate.translate(FRENCH[:1], "fr", "en")[0].log_probabilities is not None


@pytest.mark.usefixtures("hub")
def test_a_multilingual_model_is_told_the_language(tmp_path: Path) -> None:
    tagged = opus_mt.from_directory(str(tiny_marian.write(tmp_path, tags=(">>fra<<", ">>ita<<"))), beams=1)
    assert tagged._direction("en", "fr").tokenizer.source("The staff.")[0] == ">>fra<<"
    assert tagged._direction("fr", "en").tokenizer.source("La mort.")[0] != ">>fra<<"


def test_no_model_is_loaded_before_it_is_used(marian: Path, tmp_path: Path) -> None:
    directory = copy(marian, tmp_path)
    (directory / "model.safetensors").write_bytes(b"not what it says")
    spoilt = opus_mt.from_directory(str(directory), beams=1)
    with pytest.raises(UserError, match="cannot be read") as raised:
        spoilt.translate(FRENCH, "fr", "en")
    assert raised.value.place is not None
    assert raised.value.place.path == str(directory)


def test_weights_that_are_missing_are_not_made_up(marian: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    directory = copy(marian, tmp_path)
    weights = load_file(directory / "model.safetensors")
    del weights["model.encoder.layers.0.fc1.weight"]
    save_file(weights, directory / "model.safetensors", {"format": "pt"})
    with pytest.raises(UserError, match=r"no weights for model\.encoder\.layers\.0\.fc1\.weight"):
        opus_mt.from_directory(str(directory), beams=1).translate(FRENCH, "fr", "en")


def test_a_pickle_on_a_path_is_refused(marian: Path, tmp_path: Path) -> None:
    directory = copy(marian, tmp_path)
    (directory / "model.safetensors").rename(directory / "pytorch_model.bin")
    with pytest.raises(UserError, match="pickle"):
        opus_mt.from_directory(str(directory), beams=1)


def test_a_model_of_another_kind_is_refused(marian: Path, tmp_path: Path) -> None:
    directory = copy(marian, tmp_path)
    (directory / "config.json").write_text('{"model_type": "t5"}')
    with pytest.raises(UserError, match=r"not a Marian model.*'t5'"):
        opus_mt.from_directory(str(directory), beams=1)


def test_a_vocabulary_of_another_model_is_refused(marian: Path, tmp_path: Path) -> None:
    directory = copy(marian, tmp_path)
    (directory / "vocab.json").write_text(json.dumps({"</s>": 0, "<unk>": 1, "▁a": 99_999}))
    with pytest.raises(UserError, match="not the vocabulary of this model"):
        opus_mt.from_directory(str(directory), beams=1).translate(FRENCH, "fr", "en")


def test_a_file_that_is_missing_is_named(marian: Path, tmp_path: Path) -> None:
    directory = copy(marian, tmp_path)
    (directory / "target.spm").unlink()
    with pytest.raises(UserError, match=r"target\.spm is missing"):
        opus_mt.from_directory(str(directory), beams=1)


def in_hub_cache(marian: Path, cache: Path, *directions: tuple[str, str]) -> list[Path]:
    """Lay models as the hub's cache has them."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    laid = []
    for source, target in directions:
        repository = cache / f"models--Helsinki-NLP--opus-mt-{source}-{target}"
        (repository / "refs").mkdir(parents=True)
        (repository / "refs" / "main").write_text(commit)
        place = repository / "snapshots" / commit
        laid.append(Path(shutil.copytree(str(marian).format(source=source, target=target), place)))
    return laid


@pytest.mark.usefixtures("no_bundled")
def test_auto_takes_what_is_in_the_local_cache(marian: Path, tmp_path: Path) -> None:
    options = Options(beams=2, hub_cache=tmp_path, models=tmp_path / "pulled")
    empty = choose("auto", options)
    assert empty.engine is None
    assert "tqcheck models pull" in empty.notes[0]
    in_hub_cache(marian, tmp_path, ("fr", "en"))
    one = choose("auto", options)
    assert one.engine is not None
    assert one.engine.supports("fr", "en")
    assert not one.engine.supports("en", "fr")
    assert "nothing is translated back" in one.notes[0]
    in_hub_cache(marian, tmp_path, ("en", "fr"))
    both = choose("auto", options)
    assert both.engine is not None
    assert both.notes == ()
    assert both.engine.identity.startswith("opus-mt:Helsinki-NLP/opus-mt-{source}-{target}+fr-en.")
    assert both.engine.translate(FRENCH[:1], "fr", "en")[0].text
    row = next(row for row in available(options) if row.name == "opus-mt")
    assert row.ready
    assert row.state == "fr-en, en-fr in the local cache"


def test_the_pickles_of_the_hub_are_not_opened(marian: Path, tmp_path: Path) -> None:
    forward, back = in_hub_cache(marian, tmp_path / "cache", ("fr", "en"), ("en", "fr"))
    (back / "model.safetensors").rename(back / "pytorch_model.bin")
    engine = opus_mt.in_cache(2, tmp_path / "cache")
    assert engine is not None
    assert engine.supports("fr", "en")
    assert not engine.supports("en", "fr")
    (forward / "model.safetensors").rename(forward / "pytorch_model.bin")
    assert opus_mt.in_cache(2, tmp_path / "cache") is None


def test_what_cannot_be_downloaded_is_an_error_that_says_so(
    marian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub
    from huggingface_hub.errors import LocalEntryNotFoundError

    asked: list[str] = []

    def refuse(repository: str, **_: object) -> str:
        asked.append(repository)
        raise LocalEntryNotFoundError("no connection")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", refuse)
    in_hub_cache(marian, tmp_path, ("fr", "en"))
    with pytest.raises(UserError, match=r"opus-mt-en-fr .*cannot be downloaded: no connection"):
        choose("opus-mt", Options(hub_cache=tmp_path, models=tmp_path / "pulled"))
    assert asked == ["Helsinki-NLP/opus-mt-en-fr"], "what is in the cache is not asked for"


def test_a_download_takes_the_safe_weights_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub_library = pytest.importorskip("huggingface_hub", reason=HUB)
    wanted: list[Any] = []

    def snapshot(repository: str, allow_patterns: list[str], cache_dir: Path | None) -> str:
        wanted.append(allow_patterns)
        return str(tmp_path)

    monkeypatch.setattr(hub_library, "snapshot_download", snapshot)
    (tmp_path / "safe").touch()
    assert hub.fetch("somebody/model", ("config.json",), "safe", None) == tmp_path
    assert wanted == [["config.json", "safe"]]
    (tmp_path / "safe").unlink()
    with pytest.raises(UserError, match="has no safe, and other weights are not opened") as refused:
        hub.fetch("somebody/model", ("config.json",), "safe", None)
    assert "tqcheck models pull opus-mt" in str(refused.value)
