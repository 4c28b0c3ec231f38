"""What git knows to have changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tqcheck.errors import UserError


def changed_since(revision: str, folder: Path) -> frozenset[Path]:
    """The files of the repository of ``folder`` that differ from where ``revision`` and the present parted ways.

    Whole paths: committed, staged, changed or new and not ignored. Raises UserError without git, outside of a
    repository, and for a revision that is not there.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel", hint="--changed-since needs a git repository").strip())
    if not revision or revision.startswith("-"):
        raise UserError(f"{revision!r} is no revision", hint="give a branch, a tag or a commit: origin/main")
    shallow = "in CI fetch the whole history (GitHub: fetch-depth: 0, GitLab: GIT_DEPTH: 0)"
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", what=revision, hint=shallow)
    parted = _git(folder, "merge-base", commit.strip(), "HEAD", what=revision, hint=shallow).strip()
    differ = _git(top, "diff", "--name-only", "--no-renames", "-z", parted, "--")
    new = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset((top / name).resolve() for name in (differ + new).split("\0") if name)


def _git(folder: Path, *arguments: str, what: str | None = None, hint: str | None = None) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except FileNotFoundError:
        raise UserError("git is not installed", hint="--changed-since asks it what has changed") from None
    except subprocess.CalledProcessError as error:
        said = str(error.stderr).strip().split("\n")[-1].removeprefix("fatal: ")
        if what is not None:
            said = f"git does not know the revision {what!r}" + (f": {said}" if said else "")
        raise UserError(said or "git failed", hint=hint) from None
    return done.stdout
