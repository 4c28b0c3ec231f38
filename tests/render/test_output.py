"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tqcheck.errors import UserError
from tqcheck.render.output import write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_text_arrives_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    write_whole(target, "é\r\n⟦x⟧\n")
    assert target.read_bytes() == "é\r\n⟦x⟧\n".encode()
    assert names(tmp_path) == ["report.txt"]


def test_pieces_arrive_in_their_order_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise ValueError("a fault")

    file = tmp_path / "report.txt"
    write_whole(file, iter(["one ", "é\n", "\udce9"]))
    assert file.read_bytes() == "one é\n\\udce9".encode()
    with pytest.raises(ValueError, match="a fault"):
        write_whole(file, broken())
    assert file.read_bytes().startswith(b"one")
    assert names(tmp_path) == ["report.txt"]


def test_a_lone_surrogate_is_written_as_an_escape(tmp_path: Path) -> None:
    write_whole(str(tmp_path / "a"), "x\ud800")
    assert (tmp_path / "a").read_text("utf-8") == "x\\ud800"


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("x")
    write_whole(tmp_path / "ours", "x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_an_old_file_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    target.chmod(0o640)
    write_whole(target, "new")
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")

    def fail(descriptor: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((UserError, KeyboardInterrupt)) as caught:
        write_whole(target, "new")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["report.txt"]
    if isinstance(caught.value, UserError):
        assert "no space left on device" in caught.value.message


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole("/dev/null", "x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("missing/report.txt", "its folder does not exist", "mkdir -p"),
        (".", "that is a folder", "report.txt"),
        ("file/report.txt", "a part of its path is a file", None),
    ],
)
def test_what_cannot_be_written_is_the_users_to_mend(tmp_path: Path, path: str, message: str, hint: str | None) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError) as caught:
        write_whole(tmp_path / path, "x")
    assert message in caught.value.message
    assert str(caught.value.place) == str(tmp_path / path)
    assert caught.value.hint is None if hint is None else hint in (caught.value.hint or "")
    assert names(tmp_path) == ["file"]


def test_a_read_only_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    # Root may write to any file, so the answer of the system is put in its mouth.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(UserError, match="no permission"):
        write_whole(target, "new")
    assert target.read_text() == "old"


def test_what_killed_runs_left_a_day_ago_goes_with_the_next_write(tmp_path: Path) -> None:
    old = time.time() - 2 * 86400
    left, young = tmp_path / ".tqcheck-0123456789ab.tmp", tmp_path / ".tqcheck-ba9876543210.tmp"
    others = [tmp_path / name for name in ("report.tmp", ".tqcheck-notes.tmp", ".tqcheck-0123456789ab.tmp~")]
    for path in (left, young, *others):
        path.write_text("half")
        os.utime(path, (old, old))
    os.utime(young)
    link, folder = tmp_path / ".tqcheck-aaaaaaaaaaaa.tmp", tmp_path / ".tqcheck-bbbbbbbbbbbb.tmp"
    link.symlink_to("report.tmp")
    os.utime(link, (old, old), follow_symlinks=False)
    folder.mkdir()
    write_whole(tmp_path / "report.txt", "new")
    kept = ["report.txt", *(path.name for path in (young, *others, link, folder))]
    assert names(tmp_path) == sorted(kept)
