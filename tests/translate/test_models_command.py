"""tqcheck models as a user meets it, against a server on this machine: pulled, found by --mt auto, shown, removed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.translate import model_server, tiny_firefox, tiny_marian
from tests.translate.model_server import Server, packed
from tests.translate.tiny_marian import FRENCH
from tqcheck.cli import main
from tqcheck.errors import UserError
from tqcheck.translate import registry
from tqcheck.translate.models import http, sources
from tqcheck.translate.registry import Options

SLOW_PULL = """
import sys
from tests.translate.test_models_command import pin
from tqcheck.translate.models import sources
from pathlib import Path
sources._FIREFOX = pin(Path(sys.argv.pop(1)))
from tqcheck.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with model_server.running() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of models of these runs; nothing of the user's own environment is used."""
    for name in ("HF_ENDPOINT", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TQCHECK_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("TQCHECK_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "models"


def pin(tiny: Path) -> dict[str, tuple[sources._Pinned, ...]]:
    """What sources says of Mozilla's files, said of those in a folder."""
    pinned: dict[str, list[sources._Pinned]] = {}
    for place, files in sources._FIREFOX.items():
        for file in files:
            content = (tiny / file.path).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            pinned.setdefault(place, []).append(file._replace(size=len(content), sha256=digest))
    return {place: tuple(files) for place, files in pinned.items()}


@pytest.fixture
def mozilla(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tiny models in the place of Mozilla's, and the server has them as its storage does."""
    pytest.importorskip("fxtranslate", reason="the extra firefox is not installed: pip install 'tqcheck[firefox]'")
    pytest.importorskip("sentencepiece", reason="sentencepiece writes the toy's vocabulary")
    tiny = tiny_firefox.write(tmp_path / "tiny")
    monkeypatch.setattr(sources, "_FIREFOX", pin(tiny))
    for place, files in sources._FIREFOX.items():
        for file in files:
            server.files[f"/{place}/{file.name}"] = packed((tiny / file.path).read_bytes())
    return tiny


def run(*arguments: str) -> int:
    return int(main([*arguments]))


@pytest.mark.usefixtures("no_bundled")
def test_the_list_fetches_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(http, "opened", lambda *_: pytest.fail("the network was asked"))
    assert run("models", "list") == 0
    out, err = capsys.readouterr()
    assert err == ""
    for words in (
        "firefox  not here",
        "opus-mt  not here",
        "gemma-3-1b  not here",
        "MPL-2.0",
        "BLEU 44.3",
        "Gemma Terms",
    ):
        assert words in out
    registry.choose("auto", Options(models=folder, hub_cache=folder))
    assert not folder.exists()


@pytest.mark.usefixtures("no_bundled")
def test_firefox_pulled_found_shown_and_removed(
    server: Server, mozilla: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(models=folder, hub_cache=folder)
    assert "tqcheck models pull firefox" in registry.choose("auto", options).notes[0]
    assert run("models", "pull", "firefox", "--from", server.url) == 0
    out, err = capsys.readouterr()
    assert out.startswith("firefox is there: ")
    assert "--mt auto finds it" in out
    assert "MPL-2.0" in err
    server.files.clear()
    choice = registry.choose("auto", options)
    assert choice.notes == ()
    assert choice.engine is not None
    assert choice.engine.identity.startswith("firefox+fr-en.")
    assert choice.engine.translate(FRENCH[:1], "fr", "en")[0].text
    run("doctor")
    assert "engine firefox" in capsys.readouterr().out
    run("models", "list")
    assert "firefox  installed (1 MB)" in capsys.readouterr().out
    assert run("models", "remove", "firefox") == 0
    assert registry.choose("auto", options).engine is None
    assert run("models", "remove", "firefox") == 2
    assert "is not in" in capsys.readouterr().err


@pytest.mark.usefixtures("no_bundled")
def test_a_model_that_was_spoilt_is_not_used(
    server: Server, mozilla: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("models", "pull", "firefox", "--from", server.url)
    model = folder / "firefox/fr-en/model.bin"
    model.write_bytes(model.read_bytes()[:-1] + b"\xff")
    options = Options(models=folder, hub_cache=folder)
    for spec in ("auto", "firefox"):
        with pytest.raises(UserError, match="the model firefox is damaged") as raised:
            registry.choose(spec, options)
        assert raised.value.hint == "get it again: tqcheck models pull firefox"
    model.write_bytes(b"")
    assert run("models", "list") == 0
    assert "firefox  damaged: pull it again" in capsys.readouterr().out
    assert run("models", "pull", "firefox", "--from", server.url) == 0
    assert registry.choose("auto", options).engine is not None


def test_two_runs_at_once_and_one_that_is_killed(server: Server, mozilla: Path, folder: Path) -> None:
    server.pause = 0.3
    command = [sys.executable, "-c", SLOW_PULL, str(mozilla), "models", "pull", "firefox", "--from", server.url]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    first = start()
    until = time.monotonic() + 30
    while not server.seen and time.monotonic() < until:
        time.sleep(0.02)
    second = start()
    assert "another run is at work on the model firefox" in second.communicate(timeout=60)[1]
    assert second.returncode == 2
    first.kill()
    first.communicate()
    assert not (folder / "firefox").exists()
    server.pause = 0.0
    third = start()
    assert third.communicate(timeout=60)[0].startswith("firefox is there")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pull", "firefoks"], "did you mean firefox?"),
        (["pull", "x"], "it is one of firefox, opus-mt, gemma-3-1b"),
        (["pull"], "needs the name of a model"),
        (["remove"], "needs the name of a model"),
        (["pull", "firefox", "--from", "ftp://example"], "not an address of a server"),
    ],
)
def test_what_is_wrong(
    mozilla: Path, folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run("models", *arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("no_bundled")
@pytest.mark.slow
def test_opus_mt_pulled_converted_and_found(
    server: Server, marian: Path, converted: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for source, target in tiny_marian.DIRECTIONS:
        files = {
            path.name: path.read_bytes() for path in Path(str(marian).format(source=source, target=target)).iterdir()
        }
        files["tokenizer_config.json"] = b'{"source_lang": "%s", "target_lang": "%s"}' % (
            source.encode(),
            target.encode(),
        )
        server.publish(f"Helsinki-NLP/opus-mt-{source}-{target}", {**files, "tf_model.h5": b"not wanted" * 1000})
    assert run("models", "pull", "opus-mt", "--from", server.url) == 0
    assert "opus-mt is there" in capsys.readouterr().out
    assert not server.requests("tf_model.h5")
    server.files.clear()
    options = Options(beams=2, models=folder, hub_cache=folder)
    for spec in ("auto", "opus-mt"):
        choice = registry.choose(spec, options)
        assert choice.engine is not None
        assert choice.engine.identity.startswith("ctranslate2:opus-mt-{source}-{target}+fr-en.")
        expected = registry.choose(f"ctranslate2:{converted}", options).engine
        assert expected is not None
        for way in tiny_marian.DIRECTIONS:
            ours, theirs = (engine.translate(FRENCH, *way) for engine in (choice.engine, expected))
            assert [made.text for made in ours] == [made.text for made in theirs]
    row = next(row for row in registry.available(options) if row.name == "opus-mt")
    assert row.ready
    shutil.rmtree(folder / "opus-mt" / "opus-mt-fr-en")
    with pytest.raises(UserError, match="the model opus-mt is damaged"):
        registry.choose("auto", options)
