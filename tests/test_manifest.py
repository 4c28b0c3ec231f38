"""Which files are pairs: patterns whose wildcards stand for the same, manifests, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.reports import LAW
from tqcheck.config import Pairs
from tqcheck.errors import UserError
from tqcheck.manifest import Article, articles, counterpart


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", "utf-8")


def found(folder: Path, french: str, english: str) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    result = articles([Pairs(folder, french=french, english=english)], folder)
    return [tuple(article) for article in result.articles], result.notes  # type: ignore[misc]


def test_patterns_pair_by_what_their_wildcards_stand_for(tmp_path: Path) -> None:
    make(tmp_path, "a/x.fr.md", "a/x.en.md", "a/b/y.fr.md", "a/b/y.en.md", "a/z.fr.md", "a/w.en.md", "a/n.txt")
    pairs, notes = found(tmp_path, "a/**/*.fr.md", "a/**/*.en.md")
    assert pairs == [("a/b/y.fr.md", "a/b/y.en.md"), ("a/x.fr.md", "a/x.en.md")]
    assert notes == ("a/z.fr.md has no translation", "a/w.en.md has no original")
    assert found(tmp_path, "a/*.fr.md", "a/*.en.md")[0] == [("a/x.fr.md", "a/x.en.md")]


def test_of_many_that_are_alone_a_few_are_named(tmp_path: Path) -> None:
    make(tmp_path, *(f"{n}.fr.md" for n in range(9)))
    assert found(tmp_path, "*.fr.md", "*.en.md")[1] == (
        "9 files have no translation: 0.fr.md, 1.fr.md, 2.fr.md and 6 more",
    )


def test_whole_paths_are_no_patterns(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a whole path"):
        found(tmp_path, f"{tmp_path}/*.fr.md", "*.en.md")


def test_languages_may_be_folders(tmp_path: Path) -> None:
    make(tmp_path, "fr/s/a.txt", "en/s/a.txt", "fr/b.txt", "en/b.txt", "fr/.hidden/c.txt", "en/.hidden/c.txt")
    assert found(tmp_path, "fr/**/*.txt", "en/**/*.txt") == (
        [("fr/b.txt", "en/b.txt"), ("fr/s/a.txt", "en/s/a.txt")],
        (),
    )


def test_marks_of_patterns_in_names_are_names(tmp_path: Path) -> None:
    make(tmp_path, "a [1] (é+).fr.md", "a [1] (é+).en.md")
    assert found(tmp_path, "*.fr.md", "*.en.md")[0] == [("a [1] (é+).fr.md", "a [1] (é+).en.md")]


def test_other_wildcards_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="different wildcards"):
        found(tmp_path, "*/*.fr.md", "*.en.md")


def test_a_pair_that_two_patterns_name_is_checked_once(tmp_path: Path) -> None:
    make(tmp_path, "a.fr.md", "a.en.md")
    entry = Pairs(tmp_path, french="*.fr.md", english="*.en.md")
    assert articles([entry, entry], tmp_path).articles == (Article("a.fr.md", "a.en.md"),)


def test_a_manifest(tmp_path: Path) -> None:
    make(tmp_path, "d/x.md", "d/y.md", "z.md")
    listing = tmp_path / "d" / "pairs.tsv"
    listing.write_text("# French\tEnglish\nx.md\ty.md\r\n\n../z.md\ty.md\n", "utf-8")
    shown = [tuple(a) for a in articles([Pairs(tmp_path, manifest=listing)], tmp_path).articles]
    assert shown == [("d/x.md", "d/y.md"), ("z.md", "d/y.md")]


def test_files_of_both_languages_by_pattern_and_in_a_manifest(tmp_path: Path) -> None:
    make(tmp_path, "l10n/a.xlf", "l10n/deep/b.xlf", "l10n/c.md")
    entry = Pairs(tmp_path, both="l10n/**/*")
    both = [Article(name, name) for name in ("l10n/a.xlf", "l10n/deep/b.xlf")]
    assert list(articles([entry], tmp_path).articles) == both
    listing = tmp_path / "pairs.tsv"
    listing.write_text("l10n/a.xlf\nl10n/deep/b.xlf\n", "utf-8")
    assert list(articles([Pairs(tmp_path, manifest=listing)], tmp_path).articles) == both


@pytest.mark.parametrize(("line", "said"), [("x.md", "no pair"), ("x.md\tgone.md", "gone.md"), ("\tx.md", "no pair")])
def test_a_wrong_manifest_names_its_line(tmp_path: Path, line: str, said: str) -> None:
    make(tmp_path, "x.md")
    listing = tmp_path / "pairs.tsv"
    listing.write_text(f"# first\n{line}\n", "utf-8")
    with pytest.raises(UserError, match=said) as caught:
        articles([Pairs(tmp_path, manifest=listing)], tmp_path)
    assert f"{listing}:2:1" in str(caught.value)
    with pytest.raises(UserError, match="cannot be read"):
        articles([Pairs(tmp_path, manifest=tmp_path / "none.tsv")], tmp_path)


NAME = st.text(st.characters(exclude_characters="/\0"), min_size=0, max_size=8)


@LAW
@given(NAME, st.lists(NAME.filter(bool), max_size=3))
def test_a_counterpart_of_a_counterpart_is_the_file_itself(name: str, folders: list[str]) -> None:
    path = "/".join(["fr", *folders, f"{name}.md"])
    other = counterpart(path, "fr/**/*.md", "en/**/*.md")
    assert other == "/".join(["en", *folders, f"{name}.md"])
    assert counterpart(other, "en/**/*.md", "fr/**/*.md") == path
