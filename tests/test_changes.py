"""What git says has changed, in a repository made for it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tqcheck.changes import changed_since
from tqcheck.errors import UserError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("a.md", "b.md", "c d é.md", "sub/e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one\n", "utf-8")
    (tmp_path / ".gitignore").write_text("ignored.md\n", "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    return tmp_path


def names(folder: Path, revision: str, start: Path | None = None) -> set[str]:
    return {path.relative_to(folder.resolve()).as_posix() for path in changed_since(revision, start or folder)}


def test_committed_staged_changed_and_new_files(repository: Path) -> None:
    assert names(repository, "HEAD") == set()
    git(repository, "checkout", "-q", "-b", "work")
    (repository / "a.md").write_text("two\n", "utf-8")
    git(repository, "commit", "-q", "-am", "two")
    (repository / "c d é.md").write_text("two\n", "utf-8")
    git(repository, "add", "-A")
    (repository / "sub" / "e.md").write_text("two\n", "utf-8")
    (repository / "sub" / "new.md").write_text("x\n", "utf-8")
    (repository / "ignored.md").write_text("x\n", "utf-8")
    assert names(repository, "main") == {"a.md", "c d é.md", "sub/e.md", "sub/new.md"}
    assert names(repository, "HEAD", repository / "sub") == {"c d é.md", "sub/e.md", "sub/new.md"}


def test_what_the_other_branch_did_is_not_ours(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "work")
    (repository / "a.md").write_text("two\n", "utf-8")
    git(repository, "commit", "-q", "-am", "ours")
    git(repository, "checkout", "-q", "main")
    (repository / "b.md").write_text("two\n", "utf-8")
    git(repository, "commit", "-q", "-am", "theirs")
    git(repository, "checkout", "-q", "work")
    assert names(repository, "main") == {"a.md"}


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "HEAD..HEAD"])
def test_a_revision_that_is_not_there(repository: Path, revision: str) -> None:
    with pytest.raises(UserError, match="revision"):
        changed_since(revision, repository)
    assert not (repository / "x").exists()


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UserError, match="not a git repository") as caught:
        changed_since("HEAD", tmp_path)
    assert caught.value.hint == "--changed-since needs a git repository"
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="git is not installed"):
        changed_since("HEAD", tmp_path)
