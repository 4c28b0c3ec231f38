"""Pages: which text is the article, where its words stand in the file, which language they say to be in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.files import at, kinds, misplaced, texts
from tqcheck import readers
from tqcheck.errors import UserError
from tqcheck.model import Document

PAGE = """<!doctype html>
<html lang="fr-FR">
<head><title>Le Courrier</title><style>p { color: red }</style></head>
<body>
<header><a href="/">Accueil</a></header>
<nav><ul><li>Monde<li>Sport</ul></nav>
<main>
<article>
  <header><h1>Un pont ferm&eacute; &agrave; Vauclair</h1></header>
  <p class="date">Publié le 24 septembre 2021 à 16 h 23</p>
  <p>La préfète a <b>annoncé</b> mardi
     la fermeture &amp; le retour du <a href="/pont">pont&#160;neuf</a>.
  <p>Le maire<br>proteste.<br><br>Il ira en justice.
  <ul><li>Un détour<li>Deux <i>bacs</i></ul>
  <blockquote><p>« Nous tiendrons. »</p></blockquote>
  <p hidden>caché</p><p aria-hidden="true">caché</p><div role="navigation">Suite</div>
  <script>document.write("<p>non</p>");</script>
</article>
<article><p>Autre sujet.</p></article>
</main>
<aside>Lire aussi</aside>
<footer>Mentions légales</footer>
</body></html>
"""


def page(folder: Path, text: str, lang: str = "fr") -> Document:
    file = folder / "page.html"
    file.write_text(text, "utf-8")
    return readers.read(str(file), lang)


def test_the_article_of_a_page(tmp_path: Path) -> None:
    found = page(tmp_path, PAGE)
    assert list(zip(kinds(found), texts(found), strict=True)) == [
        ("heading", "Un pont fermé à Vauclair"),
        ("dateline", "Publié le 24 septembre 2021 à 16 h 23"),
        ("paragraph", "La préfète a annoncé mardi la fermeture & le retour du pont\N{NO-BREAK SPACE}neuf."),
        ("paragraph", "Le maire proteste."),
        ("paragraph", "Il ira en justice."),
        ("list-item", "Un détour"),
        ("list-item", "Deux bacs"),
        ("quotation", "« Nous tiendrons. »"),
    ]


def test_every_word_stands_where_it_is_said_to(tmp_path: Path) -> None:
    found = page(tmp_path, PAGE)
    assert misplaced(found, PAGE.split("\n")) == []
    assert at(found, "fermeture") == (12, 9)
    assert at(found, "le retour") == (12, 25)
    assert at(found, "neuf") == (12, 64)


def test_without_an_article_main_counts_and_without_main_the_body(tmp_path: Path) -> None:
    assert texts(page(tmp_path, "<p>Un.<main><p>Deux.<p>Trois.</main><p>Quatre.")) == ["Deux.", "Trois."]
    assert texts(page(tmp_path, "<body><div>Un.<div>Deux.</div>Trois.</div>")) == ["Un.", "Deux.", "Trois."]
    assert texts(page(tmp_path, "Un seul mot.")) == ["Un seul mot."]


def test_articles_of_one_length_are_all_read(tmp_path: Path) -> None:
    assert texts(page(tmp_path, "<article>Un mot</article><article>Un nom</article>")) == ["Un mot", "Un nom"]


def test_a_head_that_does_not_end_hides_nothing(tmp_path: Path) -> None:
    assert texts(page(tmp_path, "<html><head><title>x</title><meta charset=utf-8><p>Un.</html>")) == ["Un."]


def test_cells_and_words_inside_tags_that_nobody_knows(tmp_path: Path) -> None:
    found = page(tmp_path, "<table><tr><td>Un<td>Deux<tr><td>Trois</table><p>Le <x-mot>pont</x-mot> neuf</p>")
    assert texts(found) == ["Un", "Deux", "Trois", "Le pont neuf"]


def test_a_comment_belongs_to_its_paragraph_or_to_the_next(tmp_path: Path) -> None:
    found = page(tmp_path, "<p>Un.</p><!-- tqcheck: ignore negation: vu --><p>Deux.</p><p>Trois <!-- ici --> mots.</p>")
    assert [(c.span.start, c.text.strip()) for c in found.comments] == [
        (found.text.index("Deux"), "tqcheck: ignore negation: vu"),
        (found.text.index("Trois"), "ici"),
    ]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    found = page(tmp_path, "<p>&lt;script&gt;alert(1)&lt;/script&gt; &#x92; &#0; a &nosuch; & b &#x1b;[1m</p>")
    assert texts(found) == ["<script>alert(1)</script> ’ � a &nosuch; & b [1m"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Un <![CDx>pont", "Un pont"),
        ("Un <![5 mots]]>pont", "Un pont"),
        ("Un <![>pont", "Un pont"),
        ("Un <![if !IE]>grand<![endif]> pont", "Un grand pont"),
    ],
)
def test_a_section_with_an_unknown_word_is_a_remark(tmp_path: Path, written: str, shown: str) -> None:
    file = tmp_path / "a.html"
    file.write_text(f"<p>{written} neuf.</p><p>Deux.</p>", "utf-8")
    assert texts(readers.read(str(file), "fr")) == [f"{shown} neuf.", "Deux."]


@pytest.mark.parametrize("lang", ["en", "de-DE"])
def test_a_page_that_says_to_be_in_another_language_is_refused(tmp_path: Path, lang: str) -> None:
    with pytest.raises(UserError) as caught:
        page(tmp_path, f'<!doctype html>\n<html lang="{lang}"><p>Un pont.</p></html>')
    assert f'language is "{lang}", and "fr"' in caught.value.message
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (2, 1)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text", ["<html><head><title>x</title></head><body></body></html>", "<nav>Un</nav>", "<p> </p>"]
)
def test_a_page_without_text_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="no text"):
        page(tmp_path, text)


WORDS = st.sampled_from(
    ["Un ", "é", "\n", " ", "&amp;", "&#233;", "<b>", "</b>", "<p>", "</p>", "<br>", "<li>", "«", "\t", "x\n\n"]
)


@given(st.lists(WORDS, max_size=40))
def test_places_hold_in_whatever_is_put_together(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    text = "<p>Mot</p>" + "".join(parts)
    found = page(tmp_path_factory.getbasetemp(), text)
    assert misplaced(found, text.split("\n")) == []
