"""Caches that are damaged, and clocks that jump: the report is the same."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.reliability.articles import lay
from tqcheck import results
from tqcheck.cli import main
from tqcheck.model import Translation
from tqcheck.translate import cache
from tqcheck.translate.cached import CachedEngine


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(folder: Path) -> bytes:
    given = ["check", "a.fr.txt", "a.en.txt", "--no-mt", "--lm", "none", "--cache-dir", "cache", "--format", "json"]
    assert main([*given, "-o", "out.json"]) == 1
    return (folder / "out.json").read_bytes()


def test_damaged_results_are_made_anew(folder: Path) -> None:
    whole = report(folder)
    (kept,) = (folder / "cache" / results.FOLDER).glob("*/*.json.gz")
    right = kept.read_bytes()
    for damaged in (right[: len(right) // 2], b"[" * 100_000):
        kept.write_bytes(damaged)
        assert report(folder) == whole
    assert report(folder) == whole, "what was made anew is kept"


def test_a_cache_that_is_a_file_is_not_used(folder: Path) -> None:
    whole = report(folder).replace(b"results are not kept", b"")
    for path in sorted((folder / "cache").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "cache").rmdir()
    (folder / "cache").write_bytes(b"mine")
    found = report(folder)
    assert b"results are not kept" in found
    assert found != whole
    assert (folder / "cache").read_bytes() == b"mine"


class Echo:
    """An engine that says what it is told, and counts."""

    name, identity, can_score, worth_caching = "echo", "echo:1", False, True

    def __init__(self) -> None:
        self.asked: list[str] = []

    def supports(self, source: str, target: str) -> bool:
        return True

    def translate(self, texts: list[str], *_: object) -> tuple[Translation, ...]:
        self.asked += texts
        return tuple(Translation(text.upper(), self.identity) for text in texts)


def test_damaged_answers_are_asked_for_again(tmp_path: Path) -> None:
    engine = Echo()
    with cache.Cache(tmp_path) as kept:
        CachedEngine(engine, kept).translate(["un", "deux", "trois", "quatre"], "fr", "en")  # type: ignore[arg-type]
    broken = ["{", "7", '["a"]', "[" * 10_000]
    with sqlite3.connect(tmp_path / cache.FILE) as database:
        for (name,), value in zip(database.execute("SELECT key FROM answers").fetchall(), broken, strict=True):
            database.execute("UPDATE answers SET value = ? WHERE key = ?", (value, name))
    with cache.Cache(tmp_path) as kept:
        for _ in range(2):
            answers = CachedEngine(engine, kept).translate(["un", "deux", "trois", "quatre"], "fr", "en")  # type: ignore[arg-type]
            assert [answer.text for answer in answers] == ["UN", "DEUX", "TROIS", "QUATRE"]
    assert len(engine.asked) == 8


def jumping() -> Iterator[float]:
    """Seconds since 1970, as a clock tells them that is set again and again."""
    return (float([-1, 4e9, 0, 1.6e9][n % 4] + n) for n in count())


def test_a_clock_that_jumps_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = report(folder)
    for name in ("time", "monotonic", "perf_counter"):
        clock = jumping()
        monkeypatch.setattr(time, name, lambda clock=clock: next(clock))
    assert report(folder) == whole, "from the results"
    for path in (folder / "cache" / results.FOLDER).glob("*/*.json.gz"):
        path.unlink()
    assert report(folder) == whole, "made anew"
