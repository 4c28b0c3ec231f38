"""Folders and filesystems: what is written is there whole, what passes is tried again, what does not is said."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tqcheck.batch import storage
from tqcheck.batch.storage import Storage, Unreachable, Unwritable
from tqcheck.errors import UserError


@pytest.fixture(params=["folder", "file", "local", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One folder, in every way of saying where it is."""
    if request.param in ("local", "memory"):
        pytest.importorskip("fsspec", reason='no filesystems by URL: pip install ".[cluster]"')
    starts = {"folder": "", "file": "file://", "local": "local://", "memory": "memory://"}
    return f"{starts[request.param]}{tmp_path}/results"


def test_what_is_put_is_there_whole(place: str) -> None:
    folder = Storage(place)
    assert not folder.has("a/b.json")
    assert folder.get("a/b.json") is None
    for words in ("first é", "second"):
        folder.put("a/b.json", words)
        assert folder.get("a/b.json") == words.encode()
    assert folder.has("a/b.json")
    assert storage.read(folder.path("a/b.json")) == b"second"
    with storage.lines(folder.path("a/b.json")) as lines:
        assert list(lines) == ["second"]
    with pytest.raises(UserError, match="no such file"):
        storage.read(folder.path("c"))
    folder.put("empty", b"")
    with pytest.raises(UserError, match="no text"):
        storage.read(folder.path("empty"))


def test_nothing_is_left_beside_what_was_put(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason='no filesystems by URL: pip install ".[cluster]"')
    for place in (str(tmp_path / "one"), f"local://{tmp_path}/one"):
        Storage(place).put("a/b", b"x")
        assert [path.name for path in (tmp_path / "one" / "a").iterdir()] == ["b"]


def test_a_filesystem_that_is_not_there() -> None:
    pytest.importorskip("fsspec", reason='no filesystems by URL: pip install ".[cluster]"')
    with pytest.raises(UserError, match="no filesystem nosuch://"):
        storage.read("nosuch://bucket/a.txt")


def test_what_passes_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "WAITS", (0.0, 0.0))
    left = [OSError(errno.EIO, "input/output error"), OSError(errno.EAGAIN, "busy")]
    real = Storage._put

    def put(self: Storage, name: str, data: bytes) -> None:
        if left:
            raise left.pop()
        real(self, name, data)

    monkeypatch.setattr(Storage, "_put", put)
    Storage(str(tmp_path)).put("a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"
    left += [OSError(errno.ENOSPC, "No space left on device")] * 2
    with pytest.raises(Unwritable, match="no space left"):
        Storage(str(tmp_path)).put("b", b"x")
    assert len(left) == 1, "a full disk is asked once"


def test_a_disk_that_answers_no_more_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, *arguments: object) -> os.stat_result:
        raise OSError(errno.ESTALE, "Stale file handle")

    (tmp_path / "a").write_text("x", "utf-8")
    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(Unreachable, match="Stale"):
        storage.read(str(tmp_path / "a"))


def test_what_a_killed_run_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    for name, age in ((".tqcheck-old.tmp", 7200), (".tqcheck-new.tmp", 0), ("report.json", 7200)):
        (tmp_path / name).write_text("half", "utf-8")
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    Storage(str(tmp_path)).sweep(".", "none")
    assert {path.name for path in tmp_path.iterdir()} == {".tqcheck-new.tmp", "report.json"}
