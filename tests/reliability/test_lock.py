"""The lock files have what the project asks for, in a version that it takes, and a hash for every file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?P<rest>[^\n]*(?:\n +[^\n]*)*)", re.M)


def pins(name: str) -> dict[str, list[str]]:
    """Package -> versions (another one for an older Python), each of which has hashes."""
    found: dict[str, list[str]] = {}
    for match in PIN.finditer((ROOT / "requirements" / name).read_text("utf-8")):
        assert "--hash=sha256:" in match["rest"], match["name"]
        found.setdefault(canonicalize_name(match["name"]), []).append(match["version"])
    return found


@pytest.mark.parametrize("extra", ["plain", "lm", "test"])
def test_every_direct_dependency_is_locked_as_the_project_asks(extra: str) -> None:
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"].get(extra, ())]
    locked = pins(f"{extra}.txt")
    assert len(locked) > len(asked)
    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in requirements/{extra}.txt: just lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: just lock"


def test_the_review_is_of_the_locked_versions() -> None:
    """docs/dependencies.md: a package that was locked anew is looked at anew."""
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:(?:lm|formats|firefox) \| )?([a-z0-9-]+) \| (\d[^|]*?) \|", page, re.M)
    locked = {name: {*versions} for file in ("test.txt", "lm.txt") for name, versions in pins(file).items()}
    reviewed = {name: set(re.findall(r"(?<!Python )\b\d+(?:\.\d+)+", versions)) for name, versions in rows}
    assert reviewed == {name: locked[name] for name in reviewed}
    assert {canonicalize_name(Requirement(asked).name) for asked in PROJECT["dependencies"]} <= reviewed.keys()
