"""Limits on size and time: what is beyond them is told, and the rest of a run goes on."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from tests.reliability.articles import lay
from tqcheck import giants, pipeline, readers
from tqcheck.cli import main
from tqcheck.cli.limits import TimeLimit
from tqcheck.detectors import all_detectors
from tqcheck.errors import UserError
from tqcheck.languages import sentences
from tqcheck.model import Report
from tqcheck.render import data

GOOD = ("Il pleut à Paris depuis hier matin.", "It has been raining in Paris since yesterday morning.")


@functools.cache
def tools() -> pipeline.Tools:
    return pipeline.Tools(detectors=all_detectors())


def checked(*rows: tuple[str, str]) -> Report:
    text = "".join(f"{french}\t{english}\n" for french, english in rows)
    return pipeline.check_pairs(*readers.read_pairs("-", text.encode), tools())


@pytest.mark.parametrize(
    ("french", "english"),
    [
        pytest.param("a" * 21_000, "b" * 21_000, id="one word"),
        pytest.param("«" * 2_500, '"' * 2_500, id="marks"),
        pytest.param("Il pleut. " * 2_001, "It is raining. " * 2_001, id="a book"),
    ],
)
def test_a_giant_pair_is_shown_but_not_checked(french: str, english: str) -> None:
    report = checked((french, english), GOOD)
    (note,) = report.notes
    assert note.startswith("pair 1 is too long to be checked")
    assert [pair.source.text for pair in report.bitext.pairs] == [french, GOOD[0]]
    assert [pair.target.text for pair in report.bitext.pairs] == [english, GOOD[1]]
    assert not [finding for finding in report.findings if finding.pair == 0]
    assert report.bitext.pairs[1].links
    assert data.to_json(report).endswith("}\n")
    assert report.pair_scores[1].quality == pytest.approx(checked(GOOD).pair_scores[0].quality, abs=1e-3)


def test_what_is_no_giant_is_untouched() -> None:
    report = checked(GOOD)
    assert report.notes == ()
    assert giants.without(report.bitext) is report.bitext
    assert giants.restored(report.bitext, report.bitext) is report.bitext


def test_several_giants_are_one_note() -> None:
    report = checked(*[("a" * 20_001, "b")] * 7)
    (note,) = report.notes
    assert note.startswith("7 pairs (1, 2, 3, 4, 5, …) are too long to be checked, with up to 20,001 characters")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_sentence_is_longer_than_the_parser_can_bear(lang: str) -> None:
    words = "mot " * 2_000
    for text in (words, "«" * 5_000, "a" * 5_000, f"Il dort. {words}. Elle lit.", " " * 5_000 + "a" + " " * 5_000):
        places = sentences.split(text, lang)
        assert all(0 < end - start <= sentences.LONGEST for start, end in places)
        assert all(text[start:end] == text[start:end].strip() for start, end in places)
        assert "".join("".join(text[start:end] for start, end in places).split()) == "".join(text.split())


def test_the_time_of_an_article_is_limited_by_a_clock_that_nobody_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    monkeypatch.setattr("time.time", lambda: -1e9)
    seen: list[str] = []
    limit = TimeLimit(lambda stage, done, total: seen.append(stage), 10.0)
    limit("aligning", 1, 2)
    now = 9.0
    limit("articles", 1, 2)
    now = 18.0
    limit("linking words", 1, 2)
    now = 19.5
    with pytest.raises(UserError, match="not done within 10 seconds: the time was over while linking words, 2 of 2"):
        limit("linking words", 2, 2)
    assert seen == ["aligning", "articles", "linking words", "linking words"]


def test_the_command_ends_when_its_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(tmp_path)
    monkeypatch.chdir(tmp_path)
    given = ["check", "a.fr.txt", "a.en.txt", "--no-mt", "--lm", "none", "--cache-dir", "cache", "-o", "out.txt"]
    assert main([*given, "--time-limit", "0.000001"]) == 2
    assert "error: not done within 1e-06 seconds" in capsys.readouterr().err
    assert not Path("out.txt").exists()
    with pytest.raises(SystemExit, match="2"):
        main([*given, "--time-limit", "-1"])
    assert "a number of seconds above 0" in capsys.readouterr().err


def test_memory_that_does_not_suffice_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("tqcheck.cli.explain.run", greedy)
    assert main(["explain", "negation"]) == 2
    assert capsys.readouterr().err.startswith("error: there is not enough memory for this\nhint: ")
