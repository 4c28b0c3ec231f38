"""The bundled lexicon: it loads, is the file that was shipped, and knows what it should."""

from __future__ import annotations

import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.align.lexicon import FILE_NAME, SHA256, Lexicon, LexiconError, normalise_word, verified


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.bundled()


def test_bundled_is_read_once_and_is_the_shipped_file(lexicon: Lexicon) -> None:
    assert Lexicon.bundled() is lexicon
    assert lexicon.sha256 == SHA256


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("gouvernement", "government"),
        ("soldats", "soldiers"),
        ("guerre", "war"),
        ("médecin", "doctor"),
        ("hausse", "increase"),
        ("Allemagne", "Germany"),
        ("jamais", "never"),
        ("pas", "not"),
        ("elle", "she"),
        ("cœur", "heart"),
        ("lundi", "Monday"),
    ],
)
def test_common_words_have_their_common_translation(lexicon: Lexicon, french: str, english: str) -> None:
    assert lexicon.forward(french, english) > 0.05
    assert lexicon.backward(french, english) > 0.01
    assert english.lower() in [word for word, _ in lexicon.translations(french, 8)]
    assert normalise_word(french) in [word for word, _ in lexicon.sources(english, 12)]


def test_a_false_friend_is_not_the_likely_translation(lexicon: Lexicon) -> None:
    assert lexicon.forward("actuellement", "currently") > 10 * lexicon.forward("actuellement", "actually")
    assert lexicon.forward("sensible", "sensitive") > 10 * lexicon.forward("sensible", "sensible")


def test_translations_and_sources_agree_with_the_probabilities(lexicon: Lexicon) -> None:
    for word in ("parti", "pays", "tenir", "avocat"):
        ranked = lexicon.translations(word, 20)
        assert ranked
        assert list(ranked) == sorted(ranked, key=lambda item: -item[1])
        assert all(lexicon.forward(word, english) == probability for english, probability in ranked)
        assert sum(probability for _, probability in ranked) < 1.05
    for word in ("party", "country", "lawyer"):
        assert all(lexicon.backward(french, word) == probability for french, probability in lexicon.sources(word, 20))
    assert len(lexicon.translations("pays", 3)) == 3


def test_words_are_known_by_frequency(lexicon: Lexicon) -> None:
    assert lexicon.knows_source("Ambassade")
    assert lexicon.knows_target("EMBASSY")
    assert not lexicon.knows_target("Jägerregiment")
    assert not lexicon.knows_source("zzqwx")
    assert lexicon.source_count("le") > lexicon.source_count("soldat") > lexicon.source_count("zzqwx") == 0
    assert lexicon.target_count("the") > lexicon.target_count("soldier") > 0


def test_numbers_and_marks_are_not_in_it(lexicon: Lexicon) -> None:
    for word in (*lexicon.french_words, *lexicon.english_words):
        assert not any(c.isdigit() for c in word)
        assert any(c.isalpha() for c in word)


def test_lemmas_cover_a_rare_inflection(lexicon: Lexicon) -> None:
    assert lexicon.lemmas.row("intervenir")
    assert lexicon.lemmas.row("soldat")["soldier"][0] > 0.5


def test_it_loads_fast() -> None:
    content = files("tqcheck.align").joinpath("data", FILE_NAME).read_bytes()
    assert len(content) < 5_000_000
    started = time.process_time()
    Lexicon(content)
    assert time.process_time() - started < 1.5  # 0.1 s on an idle machine; the limit only catches another kind of cost


def test_a_damaged_file_is_a_clear_error() -> None:
    content = files("tqcheck.align").joinpath("data", FILE_NAME).read_bytes()
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    with pytest.raises(LexiconError, match=r"damaged.*install the package again"):
        verified(bytes(changed), SHA256)
    assert verified(content, SHA256) is content
    with pytest.raises(LexiconError, match="damaged"):
        Lexicon(content[: len(content) // 2])
    with pytest.raises(LexiconError, match="damaged"):
        Lexicon(b"")


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_word_may_be_asked(one: str, other: str) -> None:
    lexicon = Lexicon.bundled()
    assert 0 <= lexicon.forward(one, other) <= 1
    assert 0 <= lexicon.backward(one, other) <= 1
    assert lexicon.knows_source(one) <= (lexicon.source_count(one) > 0)
    assert lexicon.knows_target(other) <= (lexicon.target_count(other) > 0)
    assert bool(lexicon.translations(one)) <= (lexicon.source_count(one) > 0)
    assert bool(lexicon.sources(other)) <= (lexicon.target_count(other) > 0)


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(word: str) -> None:
    once = normalise_word(word)
    assert normalise_word(once) == once
