from __future__ import annotations

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages.foreign import Reading, readings, whole_segment
from tqcheck.languages.frequency import zipf


def _readings(*words: str) -> dict[str, Reading]:
    return readings(words, zipf(words, "en"), zipf(words, "fr"))


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("gewerkschaft", "de"),
        ("huelga", "es"),
        ("fabbrica", "it"),
        ("wielrenner", "nl"),
        ("eleição", "pt"),
        ("zwischen", "de"),
        ("husarenregiment", "de"),
    ],
)
def test_a_word_is_read_as_one_of_its_language(word: str, lang: str) -> None:
    assert _readings(word)[word].lang == lang


def test_a_compound_that_is_in_no_list_is_taken_apart() -> None:
    assert _readings("jägerregiment")["jägerregiment"] == Reading("de", "compound", ("jäger", "regiment"))


@pytest.mark.parametrize(
    "word", ["regiment", "homewear", "programm", "actionnaire", "cholecystectomy", "qual", "ganes", "rapporteur"]
)
def test_english_french_and_misspelt_words_are_none(word: str) -> None:
    assert _readings(word) == {}


@pytest.mark.parametrize(
    ("english", "lang"),
    [
        ("Der Minister ist am Montag von allen seinen Ämtern zurückgetreten.", "de"),
        ("The minister resigned on Monday from all his posts.", None),
        ("Shaolin kung fu is great!", None),
        ("Ad astra", None),
    ],
)
def test_a_passage_in_another_language_is_seen(english: str, lang: str | None) -> None:
    assert whole_segment(bitext_of("Oui.", english).pairs[0].target) == lang
