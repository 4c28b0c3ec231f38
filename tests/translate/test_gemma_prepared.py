"""The weights as they are found, joined and kept: nothing here needs the real model or any library of it."""

from __future__ import annotations

import errno
import hashlib
import importlib.metadata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tqcheck.errors import UserError
from tqcheck.translate.gemma import prepared, weights
from tqcheck.translate.gemma.prepared import Tell, prepare
from tqcheck.translate.gemma.weights import Weights

CONTENT = b"GGUF" + bytes(range(256)) * 40


@pytest.fixture
def parts(tmp_path: Path) -> Weights:
    paths = []
    for number in range(4):
        path = tmp_path / f"model.gguf.part{number:02}"
        path.write_bytes(CONTENT[number * 3000 : (number + 1) * 3000])
        paths.append(path)
    return Weights("tiny", tuple(paths), hashlib.sha256(CONTENT).hexdigest())


def make(whole: Path, directory: Path, tell: Tell) -> None:
    assert whole.read_bytes() == CONTENT
    (directory / "body.bin").write_bytes(CONTENT * 3)
    tell(0.5)
    (directory / "tokenizer.json").write_text("{}")
    tell(1.0)


def never(whole: Path, directory: Path, tell: Tell) -> None:
    raise AssertionError("made again")


def left(cache: Path) -> list[str]:
    return sorted(path.name for path in (cache / "gemma").iterdir())


def test_it_is_made_once_with_progress(tmp_path: Path, parts: Weights) -> None:
    told: list[tuple[int, int]] = []
    directory = prepare(tmp_path / "cache", parts, make, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (100, 100)
    assert left(tmp_path / "cache") == [directory.name]
    assert prepare(tmp_path / "cache", parts, never) == directory


@pytest.mark.parametrize(
    "damage", ["cut", "altered", "missing", "no manifest", "manifest cut", "manifest of another kind"]
)
def test_what_is_damaged_is_made_anew(tmp_path: Path, parts: Weights, damage: str) -> None:
    directory = prepare(tmp_path, parts, make)
    file, manifest = directory / "body.bin", directory / prepared.MANIFEST
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif damage == "altered":
        file.write_bytes(b"X" + file.read_bytes()[1:])
    elif damage == "missing":
        file.unlink()
    elif damage == "no manifest":
        manifest.unlink()
    elif damage == "manifest cut":
        manifest.write_bytes(manifest.read_bytes()[:20])
    else:
        manifest.write_text("[]")
    assert not prepared.ready(directory)
    assert prepare(tmp_path, parts, make) == directory
    assert prepared.ready(directory)
    assert left(tmp_path) == [directory.name]


def test_two_first_runs_at_once_both_succeed(tmp_path: Path, parts: Weights) -> None:
    together = Barrier(2)

    def slowly(whole: Path, directory: Path, tell: Tell) -> None:
        together.wait(timeout=10)  # both have found nothing, and both make it
        make(whole, directory, tell)
        together.wait(timeout=10)

    with ThreadPoolExecutor(2) as both:
        found = [run.result() for run in [both.submit(prepare, tmp_path, parts, slowly) for _ in range(2)]]
    assert found[0] == found[1]
    assert prepared.ready(found[0])
    assert left(tmp_path) == [found[0].name]


def test_a_full_disk_is_said_and_nothing_is_left(tmp_path: Path, parts: Weights) -> None:
    def full(whole: Path, directory: Path, tell: Tell) -> None:
        (directory / "body.bin").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserError, match="No space left on device") as raised:
        prepare(tmp_path, parts, full)
    assert raised.value.hint is not None
    assert "--cache-dir" in raised.value.hint
    assert left(tmp_path) == []
    prepare(tmp_path, parts, make)


def test_a_cache_that_is_no_directory_is_said(tmp_path: Path, parts: Weights) -> None:
    (tmp_path / "gemma").write_text("a file")
    with pytest.raises(UserError, match="cannot be prepared"):
        prepare(tmp_path, parts, make)


@pytest.mark.parametrize("fault", ["altered", "cut", "empty", "in another order"])
def test_a_damaged_download_is_refused_and_nothing_is_left(tmp_path: Path, parts: Weights, fault: str) -> None:
    last = parts.parts[-1]
    content = last.read_bytes()
    if fault == "in another order":
        parts = parts._replace(parts=parts.parts[::-1])
    else:
        last.write_bytes({"altered": content[:-1] + b"!", "cut": content[:-1], "empty": b""}[fault])
    with pytest.raises(UserError, match="damaged: its SHA-256") as raised:
        prepare(tmp_path / "cache", parts, never)
    assert raised.value.hint is not None
    assert "--force-reinstall" in raised.value.hint
    assert left(tmp_path / "cache") == []


class _Distribution:
    """What importlib.metadata knows of one data package."""

    def __init__(self, folder: Path, files: Sequence[str]) -> None:
        self.folder = folder
        self.names = files

    @property
    def files(self) -> list[importlib.metadata.PackagePath]:
        found = []
        for name in self.names:
            path = importlib.metadata.PackagePath(name)
            path.dist = self  # type: ignore[assignment]
            found.append(path)
        return found

    def locate_file(self, path: Path) -> Path:
        return self.folder / path


def _installed(monkeypatch: pytest.MonkeyPatch, folder: Path, missing: str = "") -> None:
    def files(name: str) -> list[importlib.metadata.PackagePath]:
        number = int(name[-1]) - 1
        if missing == "package" and number == 2:
            raise importlib.metadata.PackageNotFoundError(name)
        listed = ["gemma/__init__.py", f"gemma/data/m.gguf.part0{number}"][: 1 if missing == "entry" else 2]
        return _Distribution(folder, listed).files

    (folder / "gemma/data").mkdir(parents=True)
    for number in range(4 if missing != "file" else 3):
        (folder / f"gemma/data/m.gguf.part0{number}").write_bytes(b"x")
    monkeypatch.setattr(importlib.metadata, "files", files)


def test_the_parts_are_found_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _installed(monkeypatch, tmp_path)
    found = weights.packaged()
    assert found is not None
    assert [part.name for part in found.parts] == [f"m.gguf.part0{number}" for number in range(4)]
    assert found.sha256 == weights.SHA256


def test_without_one_of_the_packages_there_is_no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _installed(monkeypatch, tmp_path, missing="package")
    assert weights.packaged() is None


@pytest.mark.parametrize("missing", ["entry", "file"])
def test_a_package_without_its_file_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str) -> None:
    _installed(monkeypatch, tmp_path, missing=missing)
    with pytest.raises(UserError, match="without its part of the model"):
        weights.packaged()


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        weights.own(tmp_path / "none.gguf")
    with pytest.raises(UserError, match="0 GGUF files"):
        weights.own(tmp_path)
    (tmp_path / "mine.gguf").write_bytes(CONTENT)
    assert weights.own(tmp_path) == weights.own(tmp_path / "mine.gguf")
    assert weights.own(tmp_path).sha256 == hashlib.sha256(CONTENT).hexdigest()
