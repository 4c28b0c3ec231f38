"""Every input that was a fault once, and every seed: refused with a word for the user, or read, and quickly."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz import inputs
from tests.fuzz.session import Session
from tests.fuzz.targets import targets

FINDS = sorted((Path(__file__).parent / "finds").iterdir())


@pytest.mark.parametrize("find", FINDS, ids=lambda path: path.name)
def test_what_was_a_fault_is_none(find: Path, tmp_path: Path) -> None:
    if find.name.startswith("read.docx"):
        pytest.importorskip("docx", reason="python-docx is not installed: pip install 'tqcheck[formats]'")
    session = Session(find.name.partition("--")[0], tmp_path, tmp_path / "finds")
    session.feed(find.read_bytes())
    assert session.faults == {}


@pytest.mark.parametrize("name", [name for name in inputs.seeds() if name not in ("report", "read.docx")])
def test_seeds_are_accepted_and_a_few_changes_do_no_harm(name: str, tmp_path: Path) -> None:
    session, chance = Session(name, tmp_path, tmp_path / "finds"), random.Random(2)
    pool = inputs.seeds()[name]
    assert all(session.feed(data) for data in pool)
    for _ in range(20):
        session.feed(inputs.changed(chance.choice(pool), pool, chance))
    assert session.faults == {}


def test_there_is_a_seed_for_every_target() -> None:
    assert set(inputs.seeds()) == set(targets())


def test_a_fault_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session("config", tmp_path, tmp_path / "finds")

    def broken(data: bytes, folder: Path) -> None:
        raise ZeroDivisionError(data)

    monkeypatch.setattr(session, "_target", broken)
    assert not session.feed(b"one")
    assert not session.feed(b"other")
    assert (session.inputs, session.accepted) == (2, 0)
    assert [path.read_bytes() for path in (tmp_path / "finds").iterdir()] == [b"one"]


def test_only_what_is_slow_twice_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first input of a kind may load a model."""
    session = Session("config", tmp_path, tmp_path / "finds")
    took = iter(((True, 3.0), (True, 0.1), (False, 3.0), (False, 2.5), (True, 0.1)))
    monkeypatch.setattr(session, "_timed", lambda data: next(took))
    assert [session.feed(data) for data in (b"loads", b"slow", b"quick")] == [True, False, True]
    assert session.faults == {"slow": "2.5 s for 4 bytes"}
