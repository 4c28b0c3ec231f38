"""A desk in git: an article whose translation is right on ``main``, and has two new errors on the branch ``draft``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
WHOLE = bool(os.environ.get("TQCHECK_PLATFORMS"))
"""Whether the job installs the package by itself."""

FRENCH = "Le ministre a présenté mardi un projet de loi.\n\nLe 52e soldat n'a pas été identifié.\n"
RIGHT = "The minister presented a bill on Tuesday.\n\nThe 52nd soldier has not been identified.\n"
WRONG = "The minister presented a bill on Tuesday.\n\nThe 25th soldier has been identified.\n"
SETTINGS = 'mt = "none"\nlm = "none"\n[[pairs]]\nfrench = "articles/*.fr.md"\nenglish = "articles/*.en.md"\n'


def documented(name: str) -> str:
    """The block of docs/ci.md that begins with the name of its file in a comment."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.S)
    (block,) = (block for block in blocks if block.startswith(f"# {name}\n"))
    return str(block)


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def make(folder: Path, files: dict[str, str]) -> tuple[str, str]:
    """The desk in ``folder``, with ``files`` on both branches; the last commits of ``main`` and ``draft``."""
    contents = {"articles/a.fr.md": FRENCH, "articles/a.en.md": RIGHT, "tqcheck.toml": SETTINGS, **files}
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "as it was")
    git(folder, "checkout", "--quiet", "-b", "draft")
    (folder / "articles" / "a.en.md").write_text(WRONG, "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "two errors")
    return git(folder, "rev-parse", "main"), git(folder, "rev-parse", "draft")
