"""The card of the forests speaks of the files that are there."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

DATA = files("tqcheck.evidence").joinpath("data")


@pytest.mark.parametrize("name", ["words.npz", "read.npz"])
def test_the_hash_is_that_of_the_file(name: str) -> None:
    card = DATA.joinpath("README.md").read_text("utf-8")
    own = card.split(f"## {name}")[1].split("\n## ")[0]
    assert hashlib.sha256(DATA.joinpath(name).read_bytes()).hexdigest() in own
