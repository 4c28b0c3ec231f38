"""Files in which each line counts: every text to the letter, articles, paragraphs, and lines that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck import readers
from tqcheck.errors import UserError
from tqcheck.model import Document
from tqcheck.readers import PairsFile


def pairs(text: str | bytes) -> PairsFile:
    data = text.encode() if isinstance(text, str) else text
    return readers.read_pairs("-", lambda: data)


def sides(found: PairsFile) -> list[tuple[str, str]]:
    return list(zip(texts(found.source), texts(found.target), strict=True))


def texts(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def refused(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        pairs(text)
    return caught.value


def test_pairs_of_two_articles() -> None:
    found = pairs("Un.\tOne.\nDeux.\tTwo.\n\nTrois.\tThree.\n")
    assert sides(found) == [("Un.", "One."), ("Deux.", "Two."), ("Trois.", "Three.")]
    assert found.articles == (0, 0, 1)
    assert (found.source.text, found.target.text) == ("Un.\nDeux.\nTrois.", "One.\nTwo.\nThree.")
    assert (found.source.lang, found.target.lang) == ("fr", "en")
    assert {block.kind for block in found.source.blocks} == {"paragraph"}


def test_either_side_may_be_empty_and_still_has_a_place() -> None:
    found = pairs("Un.\t\n\tTwo.\n\t\nTrois.\tThree.")
    assert sides(found) == [("Un.", ""), ("", "Two."), ("", ""), ("Trois.", "Three.")]
    assert [block.span.start for block in found.source.blocks] == [0, 4, 5, 6]
    assert found.articles == (0, 0, 0, 0)


def test_lines_and_columns_are_those_of_the_file() -> None:
    found = pairs("# Pairs of today\nUn.\tOne.\n\nDeux ou trois.\tTwo or three.\nSans.\t\n")
    assert [found.source.line_column(offset) for offset in (0, 2, 4, 9)] == [(2, 1), (2, 3), (4, 1), (4, 6)]
    three = found.target.text.index("three")
    assert [found.target.line_column(offset) for offset in (0, three)] == [(2, 5), (4, 23)]
    assert found.target.line_column(len(found.target.text)) == (5, 7)


def test_several_empty_lines_are_one_and_those_at_the_ends_none() -> None:
    assert pairs("\n\nUn.\tOne.\n\n \n\nDeux.\tTwo.\n\n").articles == (0, 1)


def test_comments_and_texts_that_begin_with_the_same_mark() -> None:
    found = pairs(
        "# Pairs of today\n#French\tEnglish\n# by me\tand her\n"
        "#MeToo\t#MeToo\n# 1\tNo. 1\n# a comment\n#MeToo fin\t#end\n"
    )
    assert sides(found) == [("#MeToo", "#MeToo"), ("# 1", "No. 1"), ("#MeToo fin", "#end")]
    assert found.articles == (0, 0, 0)


def test_windows_line_ends_and_a_byte_order_mark() -> None:
    found = pairs("\ufeffUn.\tOne.\r\n\r\nDeux.\tTwo.\r\n")
    assert sides(found) == [("Un.", "One."), ("Deux.", "Two.")]
    assert found.articles == (0, 1)


def test_texts_come_back_to_the_letter() -> None:
    french, english = " a\u2028b\u0085c\x0bd\x0ce\rf\u0082\u00a0", "\u202f x\u200b "
    assert sides(pairs(f"{french}\t{english}\n")) == [(french, english)]


# of the control characters only those that are found in real texts: a file with more than a few others is refused
_ODD = st.sampled_from("\x0b\x0c\x85\x92\u2028\u2029\u200b\u00a0\u202f\ufeff\u00ad")
_SIDE = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | _ODD).filter(
    lambda text: text[:1] not in ("#", "\ufeff")
)


@given(st.lists(st.lists(st.tuples(_SIDE, _SIDE), min_size=1, max_size=3), min_size=1, max_size=3))
def test_law_what_is_written_is_read(articles: list[list[tuple[str, str]]]) -> None:
    articles[0][0] = ("Le début.", "The beginning.")
    text = "\n".join("".join(f"{french}\t{english}\n" for french, english in article) for article in articles)
    found = pairs(text)
    assert sides(found) == [pair for article in articles for pair in article]
    assert list(found.articles) == [number for number, article in enumerate(articles) for _ in article]


def test_three_columns() -> None:
    assert str(refused("Un.\tOne.\nDeux.\tTwo.\tDrei.\n")) == (
        "error: 3 columns, not two\n"
        "  --> standard input:2:11\n"
        "   |\n"
        "   | Deux.�Two.�Drei.\n"
        "   |           ^\n"
        "hint: each line is French, one tab, English; an empty line begins a new document"
    )


def test_a_line_without_a_tab() -> None:
    assert str(refused("Un.\tOne.\n\nDeux. Two.\n")) == (
        "error: there is no tab between French and English\n"
        "  --> standard input:3\n"
        "   |\n"
        "   | Deux. Two.\n"
        "hint: each line is French, one tab, English; an empty line begins a new document"
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_no_pairs(text: str) -> None:
    assert refused(text).message == "standard input holds no text"


def test_a_segmented_text() -> None:
    document = readers.read_segmented("-", "fr", "Un.\r\nDeux\u2028x.\r\n\r\n \r\n# Trois.\r\n\r\n".encode)
    assert texts(document) == ["Un.", "Deux\u2028x.", "# Trois."]
    assert readers.paragraphs(document) == (0, 0, 1)
    assert document.line_column(document.blocks[2].span.start) == (5, 1)
    assert document.lang == "fr"


def test_paragraphs_of_an_article_and_of_nothing() -> None:
    document = readers.read("-", "fr", "Un titre\n\nUn mot.\nDeux mots.\n".encode)
    assert readers.paragraphs(document) == (0, 1, 1)
    assert readers.paragraphs(Document("-", "fr", "")) == ()


def test_an_empty_segmented_text() -> None:
    with pytest.raises(UserError, match="standard input holds no text"):
        readers.read_segmented("-", "fr", " \n".encode)


def test_a_comment_stands_at_the_pair_below_it(tmp_path: Path) -> None:
    (tmp_path / "p.tsv").write_text("# head\nUn.\tOne.\n# tqcheck: ignore negation: so\nDeux.\tTwo.\n# end\n", "utf-8")
    source = readers.read_pairs(str(tmp_path / "p.tsv")).source
    assert [(comment.span.start, comment.text.strip()) for comment in source.comments] == [
        (0, "head"),
        (4, "tqcheck: ignore negation: so"),
        (9, "end"),
    ]
