"""A model pulled: whole or not at all, resumed, checked, and offline ever after."""

from __future__ import annotations

import errno
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.translate import model_server
from tests.translate.model_server import Server, packed, sha256
from tqcheck.errors import UserError
from tqcheck.translate.models import pull, store
from tqcheck.translate.models.catalogue import ENTRIES, Entry
from tqcheck.translate.models.files import Plan, RemoteFile
from tqcheck.translate.models.sources import Site
from tqcheck.translate.models.store import State

FILES = {
    "fr-en/model.bin": b"weights" * 20_000,
    "fr-en/vocab.spm": b"pieces" * 100,
    "en-fr/model.bin": b"more" * 30_000,
}


@pytest.fixture
def server() -> Iterator[Server]:
    with model_server.running() as server:
        server.files |= {f"/models/{name}.gz": packed(content) for name, content in FILES.items()}
        yield server


def planned(site: Site) -> Plan:
    return Plan(
        tuple(
            RemoteFile(name, f"{site.mozilla}/models/{name}.gz", len(content), sha256(content), True)
            for name, content in FILES.items()
        ),
        "release 1",
    )


ENTRY = Entry(
    name="toy",
    what="a toy",
    use="--mt toy:{directory}",
    licence="MPL-2.0",
    terms="https://toys.example",
    fetched=1_000_000,
    room=1_000_000,
    quality="none",
    needs="nothing",
    install="nothing",
    missing=lambda: None,
    plan=planned,
)


def pulled(server: Server, folder: Path, entry: Entry = ENTRY) -> store.Installed:
    site = Site(server.url, server.url)
    return pull.pull(entry, folder, site, lambda stage, done, total: None, pause=lambda seconds: None)


def content(directory: Path) -> dict[str, bytes]:
    files = {
        path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }
    files.pop(store.MANIFEST)
    return files


def test_a_model_is_there_and_nothing_else_is_left(server: Server, tmp_path: Path) -> None:
    assert store.state(tmp_path, "toy") == State("absent", 0)
    stages: list[tuple[str, int, int]] = []
    found = pull.pull(ENTRY, tmp_path, Site(server.url, server.url), lambda *step: stages.append(step))
    assert content(found.directory) == FILES
    assert found == store.checked(tmp_path, "toy")
    assert (found.size, found.revision) == (sum(map(len, FILES.values())), "release 1")
    assert {stage for stage, _, _ in stages} == {f"toy: {name} (MB)" for name in FILES}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".pulling", ".toy.lock", "toy"]
    assert not any((tmp_path / ".pulling").iterdir())
    assert store.state(tmp_path, "toy") == State("installed", found.size)


def test_it_is_offline_ever_after(server: Server, tmp_path: Path) -> None:
    first = pulled(server, tmp_path)
    server.seen.clear()
    assert pulled(server, tmp_path) == first
    assert server.seen == []


def test_a_pull_that_broke_goes_on_and_until_then_there_is_no_model(server: Server, tmp_path: Path) -> None:
    last = "/models/en-fr/model.bin.gz"
    server.cuts[last] = [100, *[0] * 9]
    with pytest.raises(UserError, match="ended early"):
        pulled(server, tmp_path)
    assert store.installed(tmp_path, "toy") is None
    kind, size = store.state(tmp_path, "toy")
    assert kind == "partial"
    assert size > len(FILES["fr-en/model.bin"])
    server.cuts.clear()
    server.seen.clear()
    assert content(pulled(server, tmp_path).directory) == FILES
    assert [path for path, _, _ in server.seen] == [last], "what is there whole is not asked for again"


def test_a_wrong_hash_leaves_what_was_there_before(server: Server, tmp_path: Path) -> None:
    before = pulled(server, tmp_path)
    (before.directory / "fr-en/vocab.spm").write_bytes(b"spoilt" * 100)
    server.files["/models/fr-en/vocab.spm.gz"] = packed(b"others" * 100)
    with pytest.raises(UserError, match=r"vocab\.spm\.gz is not what was published"):
        pulled(server, tmp_path)
    assert content(before.directory)["fr-en/vocab.spm"] == b"spoilt" * 100
    with pytest.raises(UserError, match="the model toy is damaged") as raised:
        store.checked(tmp_path, "toy")
    assert raised.value.hint == "get it again: tqcheck models pull toy"
    server.files["/models/fr-en/vocab.spm.gz"] = packed(FILES["fr-en/vocab.spm"])
    assert content(pulled(server, tmp_path).directory) == FILES


@pytest.mark.parametrize("spoil", ["cut", "missing", "manifest"])
def test_a_model_that_is_not_whole_any_more_is_seen_without_reading_it(
    server: Server, tmp_path: Path, spoil: str
) -> None:
    directory = pulled(server, tmp_path).directory
    if spoil == "cut":
        (directory / "fr-en/model.bin").write_bytes(b"weights")
    elif spoil == "missing":
        (directory / "fr-en/model.bin").unlink()
    else:
        (directory / store.MANIFEST).write_text("{")
    assert store.state(tmp_path, "toy").kind == "damaged"
    assert content(pulled(server, tmp_path).directory) == FILES


class FullDisk:
    """A file on a disk with no room for more than ``left`` bytes."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self.file, self.left = file, left

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.file.write(data)

    def __enter__(self) -> FullDisk:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


@pytest.mark.parametrize("suffix", [".part", ".unpacked"])
def test_a_full_disk(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    opened = Path.open

    def full(path: Path, mode: str = "r", *arguments: Any, **more: Any) -> Any:
        file = opened(path, mode, *arguments, **more)
        return FullDisk(file, 200) if path.name.endswith(suffix) and mode in ("wb", "ab") else file

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        with pytest.raises(UserError, match="toy cannot be stored: No space left on device") as raised:
            pulled(server, tmp_path)
    assert "1 MB" in (raised.value.hint or "")
    assert store.installed(tmp_path, "toy") is None
    assert content(pulled(server, tmp_path).directory) == FILES


def test_too_little_room_is_said_before_anything_is_fetched(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
    with pytest.raises(UserError, match=r"needs 67 MB while it is made, and 1 MB are free"):
        pulled(server, tmp_path)
    assert server.seen == []


def test_a_folder_that_cannot_be_written(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="toy cannot be stored"):
        pulled(server, tmp_path / "file" / "models")


def test_two_pulls_at_once(server: Server, tmp_path: Path) -> None:
    server.pause = 0.1
    errors: list[UserError] = []
    found: list[store.Installed] = []

    def run() -> None:
        try:
            found.append(pulled(server, tmp_path))
        except UserError as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    assert [error.message for error in errors] == ["another run is at work on the model toy"]
    assert content(found[0].directory) == FILES


def test_remove(server: Server, tmp_path: Path) -> None:
    assert store.remove(tmp_path, "toy") == 0
    pulled(server, tmp_path)
    with store.alone(tmp_path, "toy"), pytest.raises(UserError, match="another run is at work"):
        store.remove(tmp_path, "toy")
    assert store.remove(tmp_path, "toy") > sum(map(len, FILES.values()))
    assert store.state(tmp_path, "toy") == State("absent", 0)
    server.cuts["/models/en-fr/model.bin.gz"] = [100, *[0] * 9]
    with pytest.raises(UserError, match="ended early"):
        pulled(server, tmp_path)
    assert store.remove(tmp_path, "toy") > 0
    assert store.state(tmp_path, "toy") == State("absent", 0)


def test_what_is_missing_is_said_before_anything_is_fetched(server: Server, tmp_path: Path) -> None:
    entry = ENTRY._replace(missing=lambda: "torch", needs="it is converted once", install="pip install torch")
    with pytest.raises(UserError, match="toy needs the library torch: it is converted once") as raised:
        pulled(server, tmp_path, entry)
    assert raised.value.hint == "pip install torch"
    assert server.seen == []


def test_the_pinned_files_of_mozilla() -> None:
    entry = next(entry for entry in ENTRIES if entry.name == "firefox")
    plan = entry.plan(Site())
    assert [file.path for file in plan.files] == [
        f"{way}/{name}" for way in ("fr-en", "en-fr") for name in ("model.bin", "lex.bin", "vocab.spm")
    ]
    assert all(file.url.startswith("https://") and file.url.endswith(".gz") and file.packed for file in plan.files)
    assert all(len(file.digest) == len("sha256:") + 64 for file in plan.files)
    assert plan.size == entry.room
