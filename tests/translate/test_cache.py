from __future__ import annotations

import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest

from tests.translate.engines import Echo
from tqcheck.errors import UserError
from tqcheck.translate import cache as cache_module
from tqcheck.translate.cache import FILE, Cache, clear, info, key
from tqcheck.translate.cached import CHUNK, CachedEngine


def test_what_is_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    with Cache(tmp_path / "deep" / "folder") as cache:
        assert cache.read([key("a")]) == {}
        cache.write("engine", {key("a"): "1", key("b"): "2"})
    with Cache(tmp_path / "deep" / "folder") as cache:
        assert cache.read([key("b"), key("c"), key("a")]) == {key("a"): "1", key("b"): "2"}
        assert cache.notes == ()


def test_many_keys_at_once(tmp_path: Path) -> None:
    values = {key(str(number)): str(number) for number in range(2500)}
    with Cache(tmp_path) as cache:
        cache.write("engine", values)
        assert cache.read(list(values)) == values


def test_a_key_tells_its_parts_apart() -> None:
    assert len({key("ab", "c"), key("a", "bc"), key("abc"), key("c", "ab"), key("ab", "c", "")}) == 5
    assert key("\ud800") == key("\ud800")


def test_info_and_clear(tmp_path: Path) -> None:
    assert info(tmp_path).entries == 0
    assert clear(tmp_path) == 0
    assert list(tmp_path.iterdir()) == [], "looking makes no file"
    with Cache(tmp_path) as cache:
        cache.write("one", {key(str(number)): "x" * 1000 for number in range(200)})
        cache.write("other", {key("a"): "1"})
    found = info(tmp_path)
    assert (found.entries, found.engines) == (201, (("one", 200), ("other", 1)))
    assert found.describe() == f"201 entries, {found.size / 1e6:.1f} MB in {tmp_path / FILE}"
    assert str(found).splitlines() == [found.describe(), "     200 by one", "       1 by other"]
    assert 200_000 < found.size < 500_000
    assert clear(tmp_path) == 201
    assert info(tmp_path).entries == 0
    assert info(tmp_path).size < found.size / 4


def test_a_damaged_file_is_moved_aside_and_made_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    (tmp_path / f"{FILE}-wal").write_bytes(b"nor is this its journal")
    with Cache(tmp_path) as cache:
        cache.write("engine", {key("a"): "1"})
        assert cache.read([key("a")]) == {key("a"): "1"}
        (note,) = cache.notes
        assert "damaged" in note
    assert (tmp_path / f"{FILE}.damaged").read_bytes().startswith(b"this is no database")
    clear(tmp_path)
    assert not (tmp_path / f"{FILE}.damaged").exists()


def test_damage_in_the_middle_is_found_as_well(tmp_path: Path) -> None:
    values = {key(str(number)): "x" * 500 for number in range(500)}
    with Cache(tmp_path) as cache:
        cache.write("engine", values)
    content = bytearray((tmp_path / FILE).read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    (tmp_path / FILE).write_bytes(content)
    with Cache(tmp_path) as cache:
        assert len(cache.read(list(values))) < 500
        cache.write("engine", values)
        assert cache.read(list(values)) == values
        assert len(cache.notes) == 1


def test_an_older_schema_is_made_anew_and_a_newer_one_left_alone(tmp_path: Path) -> None:
    for version, entries in ((0, 1), (99, 0)):
        path = tmp_path / str(version)
        path.mkdir()
        with sqlite3.connect(path / FILE) as connection:
            connection.execute("CREATE TABLE answers (something)")
            connection.execute(f"PRAGMA user_version={version}")
        connection.close()
        with Cache(path) as cache:
            cache.write("engine", {key("a"): "1"})
            assert len(cache.read([key("a")])) == entries
        assert bool(cache.notes) == (entries == 0)
    assert "later version" in cache.notes[0]


def test_a_place_that_cannot_be_written_is_noted_once_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "below")
    engine = Echo()
    for _ in range(2):
        assert CachedEngine(engine, cache).translate(["Oui."], "fr", "en")[0].text == ".iuO"
    assert len(engine.asked) == 2
    (note,) = cache.notes
    assert "is not used" in note
    with pytest.raises(UserError, match="is not used"):
        clear_busy(tmp_path)


def clear_busy(folder: Path) -> None:
    """Clear a cache whose file is a directory."""
    (folder / "odd" / FILE).mkdir(parents=True)
    clear(folder / "odd")


def test_a_file_that_may_not_be_written_and_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for reason in ("attempt to write a readonly database", "database or disk is full"):

        def refuse(connection: sqlite3.Connection, reason: str = reason) -> None:
            raise sqlite3.OperationalError(reason)

        monkeypatch.setattr(cache_module, "_prepare", refuse)
        cache = Cache(tmp_path)
        assert CachedEngine(Echo(), cache).translate(["Oui."], "fr", "en")[0].text == ".iuO"
        assert reason in cache.notes[0]


def test_another_run_that_holds_on_to_it_is_waited_for_then_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_BUSY", 0.1)
    with Cache(tmp_path) as cache:
        cache.write("engine", {key("a"): "1"})
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache = Cache(tmp_path)
    cache.write("engine", {key("b"): "2"})
    assert "locked" in cache.notes[0]
    other.close()


def test_a_forked_process_opens_its_own(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.write("engine", {key("a"): "1"})
        before = cache._connection
        cache._process += 1
        assert cache.read([key("a")]) == {key("a"): "1"}
        assert cache._connection is not before


def _work(folder: str, number: int) -> tuple[str, ...]:
    with Cache(Path(folder)) as cache:
        for step in range(20):
            cache.write(f"engine {number}", {key(str(number), str(step)): str(step), key("shared", str(step)): "same"})
            cache.read([key(str(other), str(step)) for other in range(4)])
        return cache.notes


@pytest.mark.parametrize("damaged", [False, True])
def test_runs_at_the_same_time(tmp_path: Path, damaged: bool) -> None:
    if damaged:
        (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        notes = pool.starmap(_work, [(str(tmp_path), number) for number in range(3)])
    with Cache(tmp_path) as cache:
        wanted = [key("shared", str(step)) for step in range(20)]
        wanted += [key(str(number), str(step)) for number in range(3) for step in range(20)]
        found = cache.read(wanted)
    if damaged:
        assert any("damaged" in note for some in notes for note in some)
        assert len(found) >= 40, "whoever came first may have lost a little, nobody stopped"
    else:
        assert notes == [(), (), ()]
        assert len(found) == 80


def test_an_engine_is_asked_for_what_is_not_known_in_chunks_that_are_kept(tmp_path: Path) -> None:
    texts = [f"texte {number}" + "!" * (number % 5) for number in range(CHUNK + 10)]
    engine = Echo()
    told: list[tuple[int, int]] = []
    with Cache(tmp_path) as cache:
        made = CachedEngine(engine, cache).translate([*texts, texts[0]], "fr", "en", lambda *step: told.append(step))
        assert [translation.text for translation in made] == [text[::-1] for text in [*texts, texts[0]]]
        assert [len(asked) for _, asked in engine.asked] == [CHUNK, 10]
        assert told == [(CHUNK, CHUNK + 10), (CHUNK + 10, CHUNK + 10)]
        again = CachedEngine(engine, cache).translate([texts[3], "nouveau"], "fr", "en")
        assert engine.asked[-1] == ("fr-en", ("nouveau",))
        assert again[0] == made[3]


def test_direction_source_and_engine_are_part_of_the_key(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        for identity in ("echo:1", "echo:2"):
            engine = Echo(identity)
            cached = CachedEngine(engine, cache)
            cached.translate(["a"], "fr", "en")
            cached.translate(["a"], "en", "fr")
            cached.score(["s", "t"], ["a", "a"], "fr", "en")
            assert len(engine.asked) == 3
            assert cached.score(["t"], ["a"], "fr", "en") == engine.score(["t"], ["a"], "fr", "en")
            assert len(engine.asked) == 4, "the last is ours, straight to the engine"
        assert cache.info().entries == 8
