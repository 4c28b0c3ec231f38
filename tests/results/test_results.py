"""What is kept: the very same report, under a key that changes with everything it depends on, whole or not at all."""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bitexts import bitext_of
from tests.render.reports import LAW, bitext, bridge, report, with_pair
from tqcheck import results, stored
from tqcheck.model import (
    Anchor,
    Comment,
    PairScores,
    Report,
    Score,
    Span,
    Suppression,
    TextScores,
    Translation,
    Verdict,
    WordScore,
)
from tqcheck.results import Results, packed, program

KEY = "0" * 64


def kept(made: Report, folder: Path) -> Report | None:
    Results(folder).put(KEY, made)
    return Results(folder).get(KEY)


def real() -> Report:
    """With everything that a report can have, tokens of the real annotation among it."""
    text = bitext_of("Elle a 12 ans.\nElle dort.", "She is 13.\nShe sleeps.", "She is 12.\nShe sleeps.")
    target = text.pairs[0].target
    scores = TextScores(tuple(WordScore(-0.5, -3.25, 2) for _ in target.tokens), WordScore(-0.1, -0.2, 1))
    text = with_pair(text, 0, target_scores=scores, back=Translation("Elle a 13 ans.", "x", ("Elle",), (-0.25,)))
    comment = Comment(Span(0, 1), "x")
    text = replace(text, source=replace(text.source, comments=(comment,), anchors=(Anchor(0, 1, 1, "unit a"),)))
    return Report(
        text,
        (),
        (Score("quality", 0.5, "s"), Score("chrf", None, "s")),
        tuple(PairScores(0.25, (Score("chrf", 61.5, "sig"),)) for _ in text.pairs),
        Verdict(False, ("so",), ("f",)),
        {"models": {"a": "b"}, "rules": ["x"]},
        ("a note",),
        {"f": Suppression("baseline", "r")},
    )


@pytest.mark.parametrize("made", [bridge(), real()], ids=["by-hand", "annotated"])
def test_the_very_same_report_comes_back(made: Report, tmp_path: Path) -> None:
    made = replace(made, provenance={"engines": {"forward": None}, "versions": ["tqcheck 0.1.0"]})
    found = kept(made, tmp_path)
    assert found == made
    assert found is not made


@pytest.mark.parametrize("made", [bridge(), real(), report(bitext([]))], ids=["by-hand", "annotated", "no-pairs"])
def test_a_long_report_is_the_same_with_its_pairs_on_disk(
    made: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "MANY", -1)
    made = replace(made, provenance={"versions": ["tqcheck 0.1.0"]})
    found = kept(made, tmp_path)
    assert found is not None
    assert isinstance(found.bitext.pairs, stored.View)
    assert found == made
    assert found.bitext.pairs[-1:] == made.bitext.pairs[-1:]


@LAW
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=4))
def test_any_text_comes_back(rows: list[tuple[str, str]]) -> None:
    made = report(bitext(rows))
    assert packed.unpack(packed.pack(made)) == made


def test_without_words_everything_but_the_words_is_there() -> None:
    made = real()
    light = packed.unpack(packed.pack(made), words=False)
    assert light.bitext.source.tokens == ()
    assert light.bitext.pairs[0].links == ()
    assert [p.source.text for p in light.bitext.pairs] == [p.source.text for p in made.bitext.pairs]
    assert (light.findings, light.scores, light.verdict) == (made.findings, made.scores, made.verdict)


def test_a_report_that_is_no_slice_of_its_text_is_not_packed(tmp_path: Path) -> None:
    made = bridge()
    wrong = with_pair(made.bitext, 0, source=replace(made.bitext.pairs[0].source, text="other"))
    with pytest.raises(ValueError, match="slice"):
        list(packed.pack(replace(made, bitext=wrong)))
    cache = Results(tmp_path)
    cache.put(KEY, replace(made, bitext=wrong))
    assert "results are not kept" in cache.notes[0]


BASE: Mapping[str, object] = {"rules": [["a"]], "mt": "x"}


def test_the_key_changes_with_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [
        results.key(b"a", b"b", BASE),
        results.key(b"a", b"c", BASE),
        results.key(b"b", b"a", BASE),
        results.key(b"ab", b"", BASE),
        results.key(b"a", b"b", {**BASE, "mt": "y"}),
        results.key(b"a", b"b", {**BASE, "severity": {}}),
    ]
    assert results.key(b"a", b"b", {"mt": "x", "rules": [["a"]]}) == keys[0]
    monkeypatch.setattr(results, "digest", lambda: "another version")
    keys.append(results.key(b"a", b"b", BASE))
    assert len(set(keys)) == len(keys)


def test_the_program_is_its_files_and_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    before = program.digest.__wrapped__()
    assert before == program.digest.__wrapped__()
    monkeypatch.setattr(program, "_version", lambda name: "0")
    assert program.digest.__wrapped__() != before


@pytest.mark.parametrize("data", [b"", b"x", gzip.compress(b"{"), gzip.compress(b"{}"), gzip.compress(b"[1, 2]")])
def test_a_damaged_file_is_none(data: bytes, tmp_path: Path) -> None:
    made = bridge()
    assert kept(made, tmp_path) is not None
    (path,) = tmp_path.rglob("*.json.gz")
    whole = path.read_bytes()
    for damaged in (data, whole[: len(whole) // 2], whole[:-6] + b"\0" + whole[-5:]):
        path.write_bytes(damaged)
        assert Results(tmp_path).get(KEY) is None
    assert Results(tmp_path).get("1" * 64) is None


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file", "utf-8")
    cache = Results(tmp_path)
    for _ in range(2):
        cache.put(KEY, bridge())
    assert len(cache.notes) == 1
    assert "cannot be written" in cache.notes[0]


def test_nothing_half_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stops)
    with pytest.raises(KeyboardInterrupt):
        Results(tmp_path).put(KEY, bridge())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_run_left_is_removed_a_day_later(tmp_path: Path) -> None:
    cache = Results(tmp_path)
    cache.put(KEY, bridge())
    kept = next(tmp_path.rglob("*.json.gz"))
    old, young = (kept.with_name(f".{kept.name}-{digits}.tmp") for digits in ("0123456789ab", "ba9876543210"))
    for path in (old, young):
        path.write_text("half")
    os.utime(old, (1000, 1000))
    cache.tidy()
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {kept, young}


def test_what_nobody_asked_for_the_longest_is_removed(tmp_path: Path) -> None:
    cache = Results(tmp_path)
    names = [str(n) * 64 for n in range(4)]
    for age, name in enumerate(names):
        cache.put(name, bridge())
        os.utime(tmp_path / "results" / name[:2] / f"{name[2:]}.json.gz", (1000 - age, 1000 - age))
    size = next(tmp_path.rglob("*.json.gz")).stat().st_size
    assert cache.get(names[3]) is not None  # asked for just now
    cache.tidy(limit=2 * size + size // 2)
    assert [cache.get(name) is not None for name in names] == [True, False, False, True]
    assert "2 reports" in results.info(tmp_path)
    assert results.clear(tmp_path) == 2
