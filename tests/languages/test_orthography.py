from __future__ import annotations

import pytest

from tqcheck.languages.orthography import compounds, looks_like, splits


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("Verhandlungen", "de"),
        ("Müdigkeit", "de"),
        ("negociación", "es"),
        ("riparazione", "it"),
        ("negociação", "pt"),
        ("duidelijkheid", "nl"),
        ("government", None),
        ("miscounting", None),
        ("pimento", None),
    ],
)
def test_letters_and_endings_tell_the_language(word: str, lang: str | None) -> None:
    assert looks_like(word) == lang


def test_a_linking_sound_is_no_part() -> None:
    assert ("nachtrag", "haushalt") in splits("nachtragshaushalt")
    assert ("jäger", "regiment") in splits("jägerregiment")


def test_two_english_words_in_one_are_english() -> None:
    known = {"home": 4.1, "wear": 3.2, "jäger": 3.6, "regiment": 3.8}
    own = {"home": 5.8, "wear": 4.6, "regiment": 3.9}
    assert compounds(["homewear", "jägerregiment"], known, own) == {"jägerregiment": ("jäger", "regiment")}


def test_short_parts_must_be_common() -> None:
    assert compounds(["maritals"], {"mari": 2.6, "tals": 2.5, "marit": 3.3, "als": 6.9}, {}) == {}
