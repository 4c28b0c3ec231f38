"""Compare what git knows of the package with what is in its wheel and in its source distribution.

    python .ci/contents.py dist/tqcheck-*.whl dist/tqcheck-*.tar.gz

Every file of ``tqcheck/`` is in both, and nothing else is: no bytecode, no file that lay about when they were built.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

PACKAGE = "tqcheck/"
STRAY = ("__pycache__", ".pyc", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".git/", ".venv", ".tmp")


def known() -> set[str]:
    """The files of the package that git has."""
    listed = subprocess.run(["git", "ls-files", "-z", PACKAGE], capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name}


def in_wheel(path: Path) -> set[str]:
    """The names in a wheel without those of its metadata."""
    with zipfile.ZipFile(path) as wheel:
        return {name for name in wheel.namelist() if ".dist-info/" not in name and not name.endswith("/")}


def in_source(path: Path) -> set[str]:
    """The names in a source distribution below its only folder."""
    with tarfile.open(path) as archive:
        return {member.name.partition("/")[2] for member in archive if member.isfile()}


def main(wheel: str, source: str) -> None:
    """Exit with the differences if there are any."""
    expected, wheeled, sourced = known(), in_wheel(Path(wheel)), in_source(Path(source))
    assert expected, "run this in the repository"
    wrong = {
        "not in the wheel": expected - wheeled,
        "stray in the wheel": wheeled - expected,
        "not in the source distribution": expected - sourced,
        "stray in the source distribution": {n for n in sourced if n.startswith(PACKAGE)} - expected
        | {name for name in sourced if any(part in name for part in STRAY)},
        "not beside the package in the source distribution": {"README.md", "LICENSE", "NOTICE", "pyproject.toml"}
        - sourced,
    }
    if any(wrong.values()):
        sys.exit("\n".join(f"{what}: {', '.join(sorted(names))}" for what, names in wrong.items() if names))
    sys.stdout.write(f"{len(expected)} files of the package are in both, and no others\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
