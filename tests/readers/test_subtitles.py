"""Subtitles: cues, codes, sentences over several cues, and two files that are aligned by their times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.files import at, misplaced, sides, texts, units
from tqcheck import readers
from tqcheck.errors import UserError
from tqcheck.readers import PairsFile

FRENCH = """1
00:00:01,000 --> 00:00:03,000
<i>Le maire</i> n'a pas
répondu.

2
00:00:03,200 --> 00:00:05,000 X1:40
{\\an8}La préfète, qui était
absente,

3
00:00:05,100 --> 00:00:07,000
est rentrée mardi.

4
00:00:20,000 --> 00:00:22,000
♪ La la ♪

5
00:00:30,000 --> 00:00:31,000
Fin
"""
ENGLISH = """1
00:00:01,100 --> 00:00:03,000
The mayor did not answer.

2
00:00:03,300 --> 00:00:07,000
The prefect, who was away,
came home on Tuesday.

3
00:00:31,500 --> 00:00:33,000
The end.
"""


def write(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    return str(file)


def both(folder: Path, french: str = FRENCH, english: str = ENGLISH) -> PairsFile:
    paths = write(folder, "film.fr.srt", french), write(folder, "film.en.srt", english)
    assert readers.are_aligned(*paths)
    return readers.read_aligned(*paths)


def test_two_files_are_aligned_by_time_and_cut_into_sentences(tmp_path: Path) -> None:
    found = both(tmp_path)
    assert sides(found) == [
        ("Le maire n'a pas répondu.", "The mayor did not answer."),
        (
            "La préfète, qui était absente, est rentrée mardi.",
            "The prefect, who was away, came home on Tuesday.",
        ),
        ("♪ La la ♪", ""),
        ("Fin", "The end."),
    ]
    assert units(found.source) == ["cue 1", "cues 2 to 3", "cue 4", "cue 5"]
    assert (found.source.path[-11:], found.target.path[-11:]) == ("film.fr.srt", "film.en.srt")


def test_every_word_stands_where_it_is_said_to(tmp_path: Path) -> None:
    found = both(tmp_path)
    assert misplaced(found.source, FRENCH.split("\n")) == []
    assert misplaced(found.target, ENGLISH.split("\n")) == []
    assert at(found.source, "rentrée") == (13, 5)
    assert at(found.target, "Tuesday") == (8, 14)


def test_one_file_is_a_document(tmp_path: Path) -> None:
    found = readers.read(write(tmp_path, "film.srt", FRENCH.replace("\n", "\r\n")), "fr")
    assert texts(found)[:2] == ["Le maire n'a pas répondu.", "La préfète, qui était absente, est rentrée mardi."]
    assert at(found, "absente") == (9, 1)


def test_a_version_that_runs_a_little_late_still_fits(tmp_path: Path) -> None:
    late = "".join(f"{n}\n00:00:{3 * n:02},700 --> 00:00:{3 * n + 2:02},600\nLine {n}.\n\n" for n in range(1, 8))
    there = "".join(f"{n}\n00:00:{3 * n:02},000 --> 00:00:{3 * n + 2:02},000\nLigne {n}.\n\n" for n in range(1, 8))
    assert sides(both(tmp_path, there, late)) == [(f"Ligne {n}.", f"Line {n}.") for n in range(1, 8)]


def test_songs_without_stops_do_not_become_one_pair(tmp_path: Path) -> None:
    song = "".join(f"{n}\n00:00:{2 * n:02},000 --> 00:00:{2 * n + 1:02},900\nLa la {n}\n\n" for n in range(1, 25))
    assert len(both(tmp_path, song, song).articles) == 3


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("Il pleut.\nIl pleut encore.\nEt encore.\n", "no subtitles", 1),
        ("1\n00:00:03,000 --> 00:00:01,000\nUn.\n", "ends before it begins", 2),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "holds no text", None),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, text: str, message: str, line: int | None) -> None:
    with pytest.raises(UserError) as caught:
        readers.read(write(tmp_path, "a.srt", text), "fr")
    assert message in caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert caught.value.hint
