"""Lists of pairs: every form, headings, lines that are wrong, and nothing read before it is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tqcheck.batch import lists, storage
from tqcheck.batch.lists import Bad, Job, Listed, Repeated
from tqcheck.errors import UserError
from tqcheck.manifest import Article


def read(folder: Path, name: str, text: str) -> list[Listed]:
    (folder / name).write_text(text, "utf-8")
    return list(lists.read(str(folder / name), folder))


def articles(found: list[Listed]) -> list[Article]:
    assert all(isinstance(line, Job) for line in found), found
    return [line.article for line in found if isinstance(line, Job)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.tsv", "# a remark\na.fr.md\ta.en.md\n\nb.xlf\n"),
        ("list.txt", "\ufefffrench\tenglish\r\na.fr.md\ta.en.md\r\nb.xlf\tb.xlf\r\n"),
        ("list.csv", '"a.fr.md","a.en.md"\nb.xlf\n'),
        ("list.csv", "id,target,source\n1,a.en.md,a.fr.md\n2,b.xlf,b.xlf\n"),
        ("list.jsonl", '{"french": "a.fr.md", "english": "a.en.md", "id": 7}\n\n["b.xlf"]\n'),
        ("list.ndjson", '["a.fr.md", "a.en.md"]\n"b.xlf"\n'),
    ],
)
def test_every_form_says_the_same(tmp_path: Path, name: str, text: str) -> None:
    assert articles(read(tmp_path, name, text)) == [Article("a.fr.md", "a.en.md"), Article("b.xlf", "b.xlf")]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("list.tsv", "one.txt"),
        ("list.tsv", "a\tb\tc"),
        ("list.csv", "a.txt,"),
        ("list.jsonl", '{"french": "a.txt"}'),
        ("list.jsonl", '{"french": 1, "english": "b"}'),
        ("list.jsonl", "{broken"),
    ],
)
def test_a_line_that_is_wrong_is_listed_and_the_next_is_read(tmp_path: Path, name: str, line: str) -> None:
    good = {"list.tsv": "a.fr\ta.en", "list.csv": "a.fr,a.en", "list.jsonl": '["a.fr", "a.en"]'}[name]
    first, second = read(tmp_path, name, f"{line}\n{good}\n")
    assert isinstance(first, Bad)
    assert (first.number, first.text) == (1, line)
    assert isinstance(second, Job)
    assert second.number == 2


def test_a_pair_is_checked_once(tmp_path: Path) -> None:
    found = read(tmp_path, "list.tsv", "a.fr\ta.en\nb.fr\tb.en\na.fr\ta.en\n")
    assert [type(line) for line in found] == [Job, Job, Repeated]


def test_names_are_seen_from_the_list_and_stay_where_they_lead_away(tmp_path: Path) -> None:
    text = "a.fr.txt\ts3://b/a.en.txt\n/x/a.fr.txt\tfile:///x/a%20b.en.txt\n"
    found = articles(read(tmp_path, "list.tsv", text))
    assert found == [Article("a.fr.txt", "s3://b/a.en.txt"), Article("/x/a.fr.txt", "/x/a b.en.txt")]
    assert storage.beside("gs://b/lists/today.csv", "a.txt") == "gs://b/lists/a.txt"


def test_files_are_named_after_the_translation_and_no_two_alike(tmp_path: Path) -> None:
    rows = [["a", "été/../../x/<i>.en.md"], ["a", "x/_i_.en.md"], ["b", "x/_i_.en.md"], ["c", "d/" + "n" * 400]]
    found = read(tmp_path, "list.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    names = [line.name for line in found if isinstance(line, Job)]
    assert len(set(names)) == 4
    assert names[0].startswith("x___i_.en.md-")
    assert all(
        name.isascii() and len(name) < 130 and not set(name) & set('/\\<>:"|?*. '.replace(".", "")) for name in names
    )


def test_a_list_is_read_line_by_line(tmp_path: Path) -> None:
    """What stands behind the first lines may be nothing that can be read."""
    (tmp_path / "list.tsv").write_bytes(b"a.fr\ta.en\n" + b"b.fr\tb.en\n" * 10_000 + b"\xff\xfe\n")
    lines = lists.read(str(tmp_path / "list.tsv"), tmp_path)
    assert isinstance(next(lines), Job)
    with pytest.raises(UserError, match="not in UTF-8"):
        list(lines)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        list(lists.read(str(tmp_path / "none.tsv"), tmp_path))
