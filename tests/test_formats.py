"""The command on files that are not plain text: one argument, places, remarks, glossaries, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tqcheck
from tqcheck.cli import main
from tqcheck.errors import UserError

XLIFF = """<xliff version="1.2"><file source-language="fr" target-language="en"><body>
<trans-unit id="lead"><source>La préfète a fermé le pont &amp; <g id="1">12 routes</g> mardi.</source>
<target>The prefect closed the bridge &amp; <g id="1">13 roads</g> on Tuesday.</target>{note}</trans-unit>
</body></file></xliff>
"""
FAST = ("--no-mt", "--lm", "none", "--only", "number-mismatch,glossary")

Check = Callable[..., tuple[int, Any]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Check:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TQCHECK_CACHE_DIR", str(tmp_path / "cache"))

    def run(*arguments: str) -> tuple[int, Any]:
        status = main(["check", *arguments, *FAST, "--format", "json"])
        return status, json.loads(capfdbinary.readouterr().out)

    return run


def places(report: Any) -> list[tuple[str, str, int, int, str | None]]:
    """Rule, English words, line, column and unit of each finding."""
    return [
        (f["rule"], f["target"]["text"], f["target"]["line"], f["target"]["column"], f["target"].get("unit"))
        for f in report["findings"]
    ]


def test_a_file_of_both_languages_is_one_argument(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text(XLIFF.format(note=""), "utf-8")
    status, report = check("a.xlf")
    assert (status, report["source"]["path"], report["target"]["path"]) == (1, "a.xlf", "a.xlf")
    assert places(report) == [("number-mismatch", "13", 3, 55, "unit lead")]
    status, named = check("--pairs", "a.xlf")
    assert (status, named["findings"]) == (1, report["findings"])


def test_a_note_of_the_file_ignores_a_rule(check: Check, tmp_path: Path) -> None:
    note = "<note>tqcheck: ignore number-mismatch: one road was counted twice</note>"
    (tmp_path / "a.xlf").write_text(XLIFF.format(note=note), "utf-8")
    status, report = check("a.xlf")
    assert (status, report["findings"][0]["suppressed"]["kind"]) == (0, "inline")


def test_lines_and_columns_of_pairs_are_those_of_the_table(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("# pairs\nUn pont.\tA bridge.\n\nIl a 12 ans.\tHe is 13.\n", "utf-8")
    for arguments in (("a.tsv",), ("--pairs", "a.tsv")):
        _, report = check(*arguments)
        assert places(report) == [("number-mismatch", "13", 4, 20, None)]
        assert (report["findings"][0]["source"]["line"], report["findings"][0]["source"]["column"]) == (4, 6)


def test_subtitles_are_paired_by_their_times(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.fr.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\nIl avait\n12 ans.\n", "utf-8")
    (tmp_path / "a.en.srt").write_text("1\n00:00:01,200 --> 00:00:03,000\nHe was\n13 years old.\n", "utf-8")
    _, report = check("a.fr.srt", "a.en.srt")
    assert places(report)[0][2:] == (4, 1, "cue 1")


def test_a_changed_glossary_is_seen_though_results_are_kept(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.fr.txt").write_text("La préfète a fermé le pont mardi.", "utf-8")
    (tmp_path / "a.en.txt").write_text("The prefect closed the bridge on Tuesday.", "utf-8")
    terms = tmp_path / "terms.tsv"
    (tmp_path / "tqcheck.toml").write_text('glossaries = ["terms.tsv"]\n', "utf-8")
    terms.write_text("pont\tbridge\n", "utf-8")
    assert check("a.fr.txt", "a.en.txt")[1]["findings"] == []
    terms.write_text("pont\tfootbridge\tbridge\n", "utf-8")
    status, report = check("a.fr.txt", "a.en.txt")
    assert (status, places(report)) == (1, [("glossary", "bridge", 1, 24, None)])
    (tmp_path / "own.tsv").write_text("pont\tbridge\n", "utf-8")
    assert check("a.fr.txt", "a.en.txt", "--glossary", "own.tsv")[1]["findings"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["align", "a.xlf"], "holds both languages"),
        (["check", "a.xlf", "a.txt"], "holds both languages"),
        (["check", "a.txt"], "two files are needed"),
        (["check", "swapped.tsv"], "swapped: the French column of swapped.tsv is in English"),
        (["check", "a.txt", "a.txt", "--glossary", "no.tsv"], "there is no such file"),
    ],
)
def test_what_is_refused(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xlf").write_text(XLIFF.format(note=""), "utf-8")
    (tmp_path / "a.txt").write_text("Il pleut.", "utf-8")
    pair = (
        "The mayor of the city has said that the bridge would be closed on Tuesday.",
        "Le maire de la ville a dit que le pont serait fermé à partir de mardi.",
    )
    (tmp_path / "swapped.tsv").write_text("\t".join(side * 3 for side in pair), "utf-8")
    assert main([*arguments, "--no-mt", "--cache-dir", "cache"] if arguments[0] == "check" else arguments) == 2
    assert message in capsys.readouterr().err


def test_from_python(tmp_path: Path) -> None:
    file = tmp_path / "a.xlf"
    file.write_text(XLIFF.format(note=""), "utf-8")
    assert [finding.rule for finding in tqcheck.check(file).findings] == ["number-mismatch"]
    with pytest.raises(UserError, match="no translation"):
        tqcheck.check("Il pleut.")
