from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.translate.engines import Echo
from tqcheck.errors import UserError
from tqcheck.translate import registry
from tqcheck.translate.model_files import digest, directories
from tqcheck.translate.protocol import Engine
from tqcheck.translate.registry import Availability, Kind, Options, available, choose


def test_none_is_no_engine_and_nothing_to_say() -> None:
    assert choose("none") == registry.Choice(None)


@pytest.mark.usefixtures("no_bundled")
def test_auto_with_nothing_there_says_what_to_do(tmp_path: Path) -> None:
    choice = choose("auto", Options(hub_cache=tmp_path, models=tmp_path))
    assert choice.engine is None
    (note,) = choice.notes
    assert "\n" not in note
    assert "no translation engine" in note
    assert "tqcheck models pull firefox" in note


def test_auto_takes_the_first_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Echo()

    def kind(name: str, found: Callable[[Options], Engine | None]) -> Kind:
        return Kind(
            name, (name,), lambda argument, options: engine, found, lambda options: Availability(name, True, "")
        )

    def not_asked(options: Options) -> Engine | None:
        raise AssertionError

    kinds = (kind("absent", lambda options: None), kind("best", lambda options: engine), kind("next", not_asked))
    monkeypatch.setattr(registry, "KINDS", kinds)
    assert choose("auto") == (engine, ())


@pytest.mark.parametrize(
    ("spec", "hint"),
    [
        ("opus", "did you mean opus-mt?"),
        ("OPUS-MT", "did you mean opus-mt?"),
        ("ctranslate:x", "did you mean ctranslate2?"),
        ("record:x", "did you mean recorded?"),
        (
            "xyz",
            "it is one of auto, none, firefox, firefox:PATH, opus-mt, opus-mt:PATH, bundled, ctranslate2:PATH,"
            " gemma, gemma:PATH, recorded:PATH",
        ),
        ("none:x", "did you mean none?"),
    ],
)
def test_a_wrong_name_gets_a_near_one(spec: str, hint: str) -> None:
    with pytest.raises(UserError, match="there is no translation engine") as raised:
        choose(spec)
    assert raised.value.hint == hint


@pytest.mark.parametrize("name", ["ctranslate2", "recorded", "recorded:"])
def test_an_engine_that_needs_a_path_says_so(name: str) -> None:
    with pytest.raises(UserError, match="needs a path"):
        choose(name)


def test_doctor_has_a_row_for_each_engine(tmp_path: Path) -> None:
    rows = available(Options(hub_cache=tmp_path, models=tmp_path))
    assert [row.name for row in rows] == [kind.name for kind in registry.KINDS]
    for row in rows:
        assert row.ready or row.remedy


@pytest.mark.usefixtures("no_bundled")
def test_an_engine_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    (tmp_path / "model-fr-en").mkdir()
    nothing = Options(models=tmp_path)
    for spec in ("opus-mt", f"ctranslate2:{tmp_path / 'model-fr-en'}"):
        with pytest.raises(UserError, match="is not installed") as raised:
            choose(spec)
        assert raised.value.hint == "pip install 'tqcheck[hub]'"
    for spec in ("firefox", f"firefox:{tmp_path}"):
        with pytest.raises(UserError, match="is not installed") as raised:
            choose(spec, Options(models=tmp_path))
        assert (raised.value.hint or "").startswith("pip install 'tqcheck[firefox]'")
    for spec in ("gemma", f"gemma:{tmp_path}"):
        with pytest.raises(UserError, match="is not installed") as raised:
            choose(spec)
        assert raised.value.hint == "pip install 'tqcheck[lm]'"
    ready = {row.name for row in available(nothing) if row.ready}
    assert ready == {"recorded"}
    assert "pip install" in choose("auto", nothing).notes[0]


def test_directions_of_a_path(tmp_path: Path) -> None:
    forward, back, odd = (tmp_path / name for name in ("opus-mt-fr-en", "opus-mt-en-fr", "model"))
    for directory in (forward, back, odd):
        directory.mkdir()
    assert directories(str(forward)) == {("fr", "en"): forward}
    assert directories(str(tmp_path / "opus-mt-{source}-{target}")) == {("fr", "en"): forward, ("en", "fr"): back}
    with pytest.raises(UserError, match="cannot be told"):
        directories(str(odd))
    (odd / "tokenizer_config.json").write_text(json.dumps({"source_lang": "eng", "target_lang": "fra"}))
    assert directories(str(odd)) == {("en", "fr"): odd}
    (tmp_path / "translate_en_fr" / "model").mkdir(parents=True)
    assert ("en", "fr") in directories(str(tmp_path / "translate_en_fr" / "model"))


def test_paths_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, message in (
        ("nowhere", "no such directory"),
        ("{source}-{target}", "no such directory"),
        ("file", "not a directory"),
    ):
        with pytest.raises(UserError, match=message):
            directories(str(tmp_path / path))


def test_the_hash_is_of_the_content_wherever_it_lies(tmp_path: Path) -> None:
    plain = tmp_path / "a" / "model.bin"
    plain.parent.mkdir()
    plain.write_bytes(b"weights")
    blob = tmp_path / "blobs" / "3b92a50a1d5b8fd9e8f2d9f83a46ad9eb74c58d1d62e5fb4f7a8a5d6bb8d0c11"
    blob.parent.mkdir()
    blob.write_bytes(b"whatever: its name is its hash")
    link = tmp_path / "snapshot" / "model.bin"
    link.parent.mkdir()
    link.symlink_to(blob)
    before = digest([plain]), digest([link])
    assert before[0] != before[1]
    blob.write_bytes(b"not read")
    plain.write_bytes(b"other weights")
    after = digest([plain]), digest([link])
    assert after[1] == before[1]
    assert after[0] != before[0]
    assert digest([plain, link]) != digest([link, plain])
