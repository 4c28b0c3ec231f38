"""The language of a text: seven of them, long and short; and what is refused, with the words of the message."""

from __future__ import annotations

import pytest

from tqcheck.errors import UserError
from tqcheck.languages import identify
from tqcheck.languages.function_words import FUNCTION_WORDS, NAMES, clear_language, looks_like
from tqcheck.model import Document, Segment, Span

TEXTS = {
    "fr": "Le président a rendu hommage au soldat qui a été tué hier dans le nord du pays par un tireur.",
    "en": "The president has paid tribute to the soldier who was killed yesterday in the north by a sniper.",
    "de": "Der Präsident hat den Soldaten gewürdigt, der gestern im Norden von einem Schützen getötet wurde.",
    "es": "El presidente rindió homenaje al soldado que fue muerto ayer en el norte del país por un tirador.",
    "it": "Il presidente ha reso omaggio al soldato che è stato ucciso ieri nel nord del paese da un cecchino.",
    "nl": "De president heeft hulde gebracht aan de soldaat die gisteren in het noorden door een schutter is gedood.",
    "pt": "O presidente prestou homenagem ao soldado que foi morto ontem no norte do país por um atirador.",
}
RUSSIAN = "Президент республики почтил память солдата, который был убит вчера на севере страны снайпером."


def document(text: str, lang: str, path: str | None = None) -> Document:
    return Document(path or f"article.{lang}.txt", lang, text)


def refused(source: str, target: str, path: str | None = None) -> UserError:
    with pytest.raises(UserError) as caught:
        identify.verify(document(source, "fr", path), document(target, "en", path))
    return caught.value


@pytest.mark.parametrize("lang", TEXTS)
def test_seven_languages_are_told_apart(lang: str) -> None:
    (best, probability), *_ = identify.identify(TEXTS[lang])
    assert (best, probability > 0.99) == (lang, True)
    assert clear_language(TEXTS[lang].rstrip(".").split()) == lang


def test_the_same_text_gives_the_same_numbers() -> None:
    mixed = f"{TEXTS['fr']} {TEXTS['it']}"
    assert identify.identify(mixed) == identify.identify(mixed)


def test_there_may_be_nothing_to_go_by() -> None:
    assert identify.identify("24 %, 16:23") == ()
    assert identify.identify(RUSSIAN) == ()


def test_a_long_text_is_judged_by_samples_from_all_of_it() -> None:
    text = f"{TEXTS['en']} " + f"{TEXTS['fr']} " * 1000
    assert identify.identify(text)[0][0] == "fr"


def test_the_right_languages_pass() -> None:
    identify.verify(document(TEXTS["fr"], "fr"), document(TEXTS["en"], "en"))


@pytest.mark.parametrize(
    "text", ["", "24 %", "Yes.", "Oui, monsieur.", "Marseille 2 Barcelona 1", "The New York Times"]
)
def test_what_is_short_or_unclear_passes(text: str) -> None:
    identify.verify(document(text, "fr"), document(text, "en"))


def test_a_list_of_names_passes() -> None:
    names = "Maxime Blasco, Jean-Yves Le Drian, Florence Parly, Emmanuel Macron, Bernard Barrera, Laurent Michon"
    identify.verify(document(names, "fr"), document(names, "en"))


def test_a_french_article_with_an_english_quotation_passes() -> None:
    french = f"{TEXTS['fr']} « {TEXTS['en']} » {TEXTS['fr']} {TEXTS['fr']}"
    identify.verify(document(french, "fr"), document(TEXTS["en"], "en"))


def test_an_english_page_that_quotes_a_lot_of_german_passes() -> None:
    page = "\n\n".join([TEXTS["en"], *[f"{number}. {TEXTS['de']}" for number in range(20)]])
    identify.verify(document(TEXTS["fr"], "fr"), document(page, "en"))
    assert refused(TEXTS["fr"], page.replace(TEXTS["en"], "")).message.endswith("this looks like German")


def test_a_translation_that_was_left_half_french_passes_and_one_with_a_line_of_english_does_not() -> None:
    french = [f"{number}. {TEXTS['fr']}" for number in range(20)]
    identify.verify(document(TEXTS["fr"], "fr"), document("\n".join([*french, *[TEXTS["en"]] * 8]), "en"))
    assert "both texts are in French" in refused(TEXTS["fr"], "\n".join([*french, TEXTS["en"]])).message


def test_swapped() -> None:
    assert str(refused(TEXTS["en"], TEXTS["fr"])) == (
        "error: swapped: article.fr.txt is in English and article.en.txt in French\n"
        "hint: give the French first and the English second"
    )


def test_swapped_columns() -> None:
    assert refused(TEXTS["en"], TEXTS["fr"], path="pairs.tsv").message == (
        "swapped: the French column of pairs.tsv is in English and the English column of pairs.tsv in French"
    )


@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_both_the_same_language(lang: str) -> None:
    assert str(refused(TEXTS[lang], TEXTS[lang])) == (
        f"error: both texts are in {NAMES[lang]}: article.fr.txt and article.en.txt\n"
        "hint: give the French article first and its English translation second"
    )


@pytest.mark.parametrize("lang", ["de", "es", "it", "nl", "pt"])
def test_another_language(lang: str) -> None:
    assert str(refused(TEXTS["fr"], TEXTS[lang])) == (
        f"error: article.en.txt should be in English, but this looks like {NAMES[lang]}\n"
        "  --> article.en.txt\n"
        "hint: give the French article first and its English translation second"
    )
    assert refused(TEXTS[lang], TEXTS["en"]).message == (
        f"article.fr.txt should be in French, but this looks like {NAMES[lang]}"
    )


def test_one_side_wrong_and_the_other_too_short_to_say() -> None:
    assert refused(TEXTS["en"], "Oui.").message == "article.fr.txt should be in French, but this looks like English"


def test_another_alphabet() -> None:
    error = refused(TEXTS["fr"], RUSSIAN)
    assert error.message == "article.en.txt should be in English, but this looks like text in Cyrillic letters"
    chinese = "总统向昨天在该国北部被狙击手杀害的士兵致敬。" * 5
    assert refused(TEXTS["fr"], chinese).message.endswith("text in CJK letters")


def test_standard_input_is_called_by_its_name() -> None:
    with pytest.raises(UserError, match=r"both texts are in English: standard input and b\.txt"):
        identify.verify(document(TEXTS["en"], "fr", "-"), document(TEXTS["en"], "en", "b.txt"))


def segment(text: str) -> Segment:
    return Segment(Span(0, len(text)), text, (), (0,), 0)


def test_segments_in_the_wrong_language() -> None:
    texts = [TEXTS["en"], TEXTS["fr"], "Oui, bien sûr.", TEXTS["de"], "", RUSSIAN, "16:23", f"He said: {TEXTS['en']}"]
    found = identify.wrong_language_segments(document("", "en"), [segment(text) for text in texts])
    assert found == ((1, "fr"), (3, "de"), (5, "Cyrillic"))


def test_a_name_or_a_title_in_another_language_is_no_wrong_language() -> None:
    sentence = "The 7th battalion of the Chasseurs alpins and the 1er régiment de chasseurs de Thierville have left."
    assert identify.wrong_language_segments(document("", "en"), [segment(sentence)]) == ()


def test_function_words_are_lower_case_and_many() -> None:
    assert set(FUNCTION_WORDS) == set(NAMES) == set(TEXTS)
    for words in FUNCTION_WORDS.values():
        assert len(words) >= 120
        assert all(word == word.lower() for word in words)


def test_shares_of_function_words() -> None:
    # "the" is English alone; "on" is French too, and "in" German, Italian and Dutch
    assert looks_like(["THE", "cat", "Sat", "on"])["en"] == (1 + 1 / 2) / 4
    assert looks_like(["in"])["en"] == looks_like(["in"])["it"] == 1 / 4
    assert looks_like([]) == dict.fromkeys(FUNCTION_WORDS, 0.0)
    assert clear_language([]) is None
    assert clear_language(["on", "the", "on", "table"]) == "en"
    assert clear_language(["on", "table", "on"]) is None
