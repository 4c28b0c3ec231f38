"""The structure of plain texts: every kind of block, wrapped text, and the law that no word is lost."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.readers.lines import BLANKS, plain
from tqcheck.readers.plain_text import blocks

PARAGRAPH = (
    "Le caporal Maxime Blasco a été tué vendredi au Mali par un tir de fusil pendant une opération menée dans la forêt "
    "de N'Daki, a annoncé l'Élysée. M. Le Drian a salué sa mémoire - avec émotion - dans un communiqué. Il avait 34 "
    "ans."
)
ONE_LINE = "Il servait au bataillon depuis plus de dix ans, et il avait déjà été blessé il y a deux ans au Mali."


def told(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(text)) for block in blocks(text)]


def test_an_article() -> None:
    text = (
        "Mali : un soldat français tué\n\n"
        "Publié le 24 septembre 2021 à 16 h 23\n\n"
        f"(Paris) – {ONE_LINE}\n\n"
        "Un homme d'expérience\n\n"
        f"{ONE_LINE}\n\n"
        "Avec AFP\n"
    )
    assert told(text) == [
        ("heading", "Mali : un soldat français tué"),
        ("dateline", "Publié le 24 septembre 2021 à 16 h 23"),
        ("paragraph", f"(Paris) – {ONE_LINE}"),
        ("heading", "Un homme d'expérience"),
        ("paragraph", ONE_LINE),
        ("dateline", "Avec AFP"),
    ]


def test_one_paragraph_a_line() -> None:
    long = PARAGRAPH.replace("\n", " ")
    text = f"Mali : un soldat tué\n(Paris)\n{long}\nIl avait 34 ans.\nUn homme d'expérience\n{long}\n"
    assert told(text) == [
        ("heading", "Mali : un soldat tué"),
        ("dateline", "(Paris)"),
        ("paragraph", long),
        ("paragraph", "Il avait 34 ans."),
        ("heading", "Un homme d'expérience"),
        ("paragraph", long),
    ]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_wrapped_lines_are_one_paragraph(width: int) -> None:
    wrapped = textwrap.fill(PARAGRAPH, width)
    text = f"Mali : un soldat tué\n\n{wrapped}\n\n{wrapped}\n"
    assert told(text) == [("heading", "Mali : un soldat tué"), ("paragraph", wrapped), ("paragraph", wrapped)]


def test_wrapped_paragraphs_that_touch_end_with_a_short_or_begin_with_an_indented_line() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    indented = textwrap.fill(PARAGRAPH, 72, initial_indent="    ")
    text = f"{wrapped}\n{wrapped}\n{indented}"
    assert told(text) == [("paragraph", wrapped), ("paragraph", wrapped), ("paragraph", indented.strip())]


def test_a_sentence_that_goes_on_with_a_small_letter_is_not_cut() -> None:
    text = "Le président de la République a parlé de la guerre au Mali, et il\na dit que la France resterait."
    assert told(text) == [("paragraph", text)]


def test_one_sentence_a_line_stays_one_block_a_line() -> None:
    text = "Il est parti.\nElle est restée.\nNous aussi."
    assert told(text) == [("paragraph", line) for line in text.split("\n")]


def test_list_items_without_their_markers() -> None:
    text = "Les points :\n- un mot\n• deux\n* trois\n– quatre ;\n— cinq.\n1. six\n2) sept\na) huit\n"
    assert told(text) == [
        ("paragraph", "Les points :"),
        ("list-item", "un mot"),
        ("list-item", "deux"),
        ("list-item", "trois"),
        ("list-item", "quatre ;"),
        ("list-item", "cinq."),
        ("list-item", "six"),
        ("list-item", "sept"),
        ("list-item", "huit"),
    ]


def test_somebody_speaking_is_no_list_item() -> None:
    text = "– Oui, dit-il.\n— Vous êtes sûr ?\n– Non…"
    assert told(text) == [("paragraph", line) for line in text.split("\n")]


def test_a_list_item_goes_on_on_indented_lines() -> None:
    item = textwrap.fill(PARAGRAPH, 72, subsequent_indent="  ")
    assert told(f"- {item}\n- deux\n") == [("list-item", item), ("list-item", "deux")]


def test_a_dash_or_a_number_at_the_beginning_of_a_wrapped_line_is_no_item() -> None:
    lines = (
        "Le ministre des armées a salué mardi la mémoire du caporal, qui est né",
        "- dit-on dans son village des Alpes - un soir de grand orage, et aussi",
        "celle de ses camarades morts pour la France au Mali et dans les autres",
        "pays du Sahel pendant les opérations Serval et Barkhane depuis janvier",
        "2013.",
    )
    text = "\n".join(lines)
    assert told(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Pourquoi la France quitte-t-elle le Mali ?", "heading"),
        ("« Nous resterons »", "heading"),
        ("MALI", "heading"),
        ("Il est mort.", "paragraph"),
        ("Au sommaire :", "paragraph"),
        ("Quel drame !", "paragraph"),
        ("– Tu viens ?", "paragraph"),
        ("mot " * 30, "paragraph"),
    ],
)
def test_what_may_be_a_title(first: str, kind: str) -> None:
    assert told(f"{first}\n\n{ONE_LINE}")[0] == (kind, first.strip())


def test_what_may_be_a_heading_further_down() -> None:
    def kind(line: str, after: str = ONE_LINE) -> str:
        return told(f"Titre\n\n{ONE_LINE}\n\n{line}\n\n{after}")[2][0]

    assert kind("Un homme d'expérience") == "heading"
    assert kind("« Un homme » d'expérience") == "heading"
    assert kind("un homme d'expérience") == "paragraph"
    assert kind("« Un homme d'expérience »") == "paragraph"
    assert kind("Que s'est-il passé ?") == "paragraph"
    assert kind("Un homme d'expérience", after="Oui.") == "paragraph"


def test_a_text_of_one_block_has_no_heading() -> None:
    assert told("Il a 12 ans") == [("paragraph", "Il a 12 ans")]


def test_empty_texts_have_no_blocks() -> None:
    assert blocks("") == blocks("\n \n\u200b\n") == ()


_TEXTS = st.lists(
    st.sampled_from(
        [
            "Le président a parlé de la guerre au Mali pendant une heure et",
            "il a dit que la France resterait.",
            "Titre",
            "- un",
            "– Oui.",
            "(Paris)",
            "1. deux",
            "  \u00a0",
            "",
            "    Il était une fois",
            "24 septembre 2021",
            "»\u202f",
        ]
    )
    | st.text(st.sampled_from("ab A.,:;?–-•*1)\u00a0\u200b\n\t")),
    max_size=12,
).map("\n".join)


@given(_TEXTS)
def test_law_blocks_are_in_order_and_hold_every_word(text: str) -> None:
    text = plain(text)
    found = blocks(text)
    done = 0
    outside = ""
    for block in found:
        assert done <= block.span.start < block.span.end
        shown = block.span.of(text)
        assert shown == shown.strip(BLANKS)
        outside += text[done : block.span.start]
        done = block.span.end
    outside += text[done:]
    # a letter or digit outside of the blocks is a list marker: "1)" or "a)"
    assert all(len(word.strip("-–•*.)")) <= 1 for word in outside.replace("\u200b", " ").split())
