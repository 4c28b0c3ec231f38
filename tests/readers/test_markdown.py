"""The structure of Markdown: what is a block, what is skipped, and that the places hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.readers.markdown import structure


def told(text: str) -> list[tuple[str, str]]:
    found = structure(text)
    assert len(found.text) == len(text)
    return [(block.kind, block.span.of(found.text)) for block in found.blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Titre\n\nTexte.\n", [("heading", "Titre"), ("paragraph", "Texte.")]),
        ("Titre\n=====\n\nSous\n---\n", [("heading", "Titre"), ("heading", "Sous")]),
        ("Un titre\nsur deux lignes\n===\n", [("heading", "Un titre\nsur deux lignes")]),
        ("## Un # deux ##\n", [("heading", "Un # deux")]),
        ("  ### Titre  \n", [("heading", "Titre")]),
        ("Le **président**\nest [là](http://x).\n", [("paragraph", "Le **président**\nest [là](http://x).")]),
        (
            "- un\n- deux\n  suite\n* trois\n",
            [("list-item", "un"), ("list-item", "deux\n  suite"), ("list-item", "trois")],
        ),
        ("1. un\n2) deux\n", [("list-item", "un"), ("list-item", "deux")]),
        ("1. 1\n", [("list-item", "1")]),
        ("- un\n  - deux\n\n  trois\n", [("list-item", "un"), ("list-item", "deux"), ("list-item", "trois")]),
        ("> cité\n> encore\nsuite\n", [("quotation", "cité\n  encore\nsuite")]),
        ("> un\n>\n> deux\n", [("quotation", "un"), ("quotation", "deux")]),
        ("- > un\n  > deux\n", [("quotation", "un\n    deux")]),
        ("> # Titre\n", [("heading", "Titre")]),
        ("(Paris)\n\n(Paris) – Il parle.\n", [("dateline", "(Paris)"), ("paragraph", "(Paris) – Il parle.")]),
        (
            "Par Jean Dupont\nPublié le 24 septembre 2021\n",
            [("dateline", "Par Jean Dupont\nPublié le 24 septembre 2021")],
        ),
        ("    Un texte en retrait.\n", [("paragraph", "Un texte en retrait.")]),
        ("```\ncode\n```\n~~~\ncode\n~~~\nTexte\n", [("paragraph", "Texte")]),
        ("<!-- un\n\ndeux -->\n\nTexte <!-- trois --> ici\n", [("paragraph", "Texte                ici")]),
        ("<div>\nUn <b>gras</b> mot\n</div>\n", [("paragraph", "Un <b>gras</b> mot")]),
        ("<p>Un</p><p>Deux</p>\n", [("paragraph", "Un"), ("paragraph", "Deux")]),
        ("<style>\np {}\n</style>\n\nTexte\n", [("paragraph", "Texte")]),
        ("---\ntitle: Un\n---\nTexte\n", [("paragraph", "Texte")]),
        ("+++\ntitle = 1\n+++\n\n# Titre\n", [("heading", "Titre")]),
        ("Texte\n\n---\n\nFin\n", [("paragraph", "Texte"), ("paragraph", "Fin")]),
        ("[r]: http://x\nTexte\n", [("paragraph", "Texte")]),
        ("\u00a0Texte\u00a0\n", [("paragraph", "Texte")]),
        ("\u00a0\nTexte\n\u00a0\n", [("paragraph", "Texte")]),
        ("", []),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_cells_of_a_table() -> None:
    text = "| a | b \\| a |\n|---|---|\n| b | a |\n| | c |\n"
    assert [words for _, words in told(text)] == ["a", "b \\| a", "b", "a", "c"]
    assert [block.span.start for block in structure(text).blocks] == [2, 6, 27, 31, 39]


def test_only_the_marks_of_quotations_become_blanks() -> None:
    text = "> un > deux\n> trois\n\nquatre > cinq\n> six\n"
    assert structure(text).text == "> un > deux\n  trois\n\nquatre > cinq\n> six\n"


_PIECES = st.sampled_from(
    [
        *(
            "# Titre",
            "mot",
            "mot mot",
            "- un",
            "  deux",
            "> trois",
            "> > x",
            "1. un",
            "",
            "",
            "---",
            "```",
            "| a | b |",
        ),
        *("|--|--|", "<!-- x -->", "<div>", "</div>", "    mot", "\tmot", "* *", "===", "+++", "\\", "[a]: b", "mot  "),
        "\u00a0",
    ]
)


@given(st.lists(_PIECES, max_size=10).map("\n".join) | st.text(st.sampled_from("a #>-|`\n\t.1<*\u00a0"), max_size=30))
def test_law_blocks_are_in_order_and_not_empty(text: str) -> None:
    found = structure(text)
    assert len(found.text) == len(text)
    done = 0
    for block in found.blocks:
        assert done <= block.span.start < block.span.end <= len(text)
        words = block.span.of(found.text)
        assert words == words.strip()
        done = block.span.end


def test_a_comment_hides_no_words_and_is_told() -> None:
    text = "<!-- un --> Texte\n<!-- deux\nlignes -->\n\n```\n<!-- code -->\n```\nFin <!-- trois -->\n"
    found = structure(text)
    assert [block.span.of(found.text) for block in found.blocks] == ["Texte", "Fin"]
    assert len(found.text) == len(text)
    assert [comment.text for comment in found.comments] == [" un ", " deux\nlignes ", " trois "]
    assert all(comment.span.of(text) == f"<!--{comment.text}-->" for comment in found.comments)
