"""Offsets: from a text to what the model sees, and from its pieces to words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tqcheck.model import Span
from tqcheck.translate.gemma import vocabulary
from tqcheck.translate.gemma.prompt import opening
from tqcheck.translate.gemma.tokenizer import laid_flat
from tqcheck.translate.gemma.unpack import Vocabulary
from tqcheck.translate.protocol import ScoredPiece, ScoredText
from tqcheck.translate.word_scores import Summed, by_span


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("Le chat", "▁Le▁chat"),
        ("  Le\n chat\u00a0! ", "▁Le▁chat▁!"),
        ("12\u202f%", "▁12▁%"),
        ("co\u00adopérer", "▁coopérer"),
        ("a\u200b b", "▁a▁b"),
        ("", ""),
        ("a" * 300 + " b" + "c" * 300, "▁" + "a" * 200 + "▁b" + "c" * 199),
        ("a \udc80", "▁a▁\ufffd"),
        (" \n", ""),
    ],
)
def test_layout_is_not_seen(text: str, flat: str) -> None:
    assert laid_flat(text).text == flat


@given(st.text(alphabet="ab é’\u00a0\n\t\u00ad\u200b😀▁"))
def test_what_is_laid_flat_knows_where_it_comes_from(text: str) -> None:
    flat = laid_flat(text)
    assert len(flat.origins) >= len(flat.text) + 1 or not flat.text
    assert list(flat.origins) == sorted(flat.origins)
    for place, character in enumerate(flat.text[1:], 1):
        assert character == "▁" or text[flat.origin(place)] == character


def test_a_word_has_what_its_pieces_have() -> None:
    text = 'He said "no".'
    pieces = [(0, 2, -1.0), (2, 5, -2.0), (5, 7, -3.0), (7, 9, -4.0), (9, 10, -0.5), (10, 13, -0.25)]
    scored = ScoredText(tuple(ScoredPiece(start, end, "", value) for start, end, value in pieces), -0.1)
    spans = [Span(0, 2), Span(3, 7), Span(8, 9), Span(9, 11), Span(11, 12), Span(12, 13)]
    # The last piece is the end of the word, the mark and the full stop: it is the word's.
    assert [found and found[:2] for found in by_span(scored, text, spans)] == [
        (-1.0, 1),
        (-5.0, 2),
        (-4.0, 1),
        (-0.75, 2),
        None,
        None,
    ]


def test_empty_pieces_and_lone_blanks_belong_to_the_word_that_follows() -> None:
    text = "a 😀 b"
    pieces = [(0, 1), (1, 2), (2, 2), (2, 2), (2, 3), (3, 5)]
    scored = ScoredText(tuple(ScoredPiece(start, end, "", -1.0) for start, end in pieces), -0.1)
    found = by_span(scored, text, [Span(0, 1), Span(2, 3), Span(4, 5)])
    assert found == (Summed(-1.0, 1), Summed(-4.0, 4), Summed(-1.0, 1))


def test_what_was_expected_of_a_word_is_known_where_it_is_of_all_its_pieces() -> None:
    known = ScoredPiece(0, 2, "", -1.0, -0.5, 0.25), ScoredPiece(2, 3, "", -2.0, -3.0, 1.5)
    pieces = (*known, ScoredPiece(3, 5, "", -1.0))
    found = by_span(ScoredText(pieces, None), "abcde", [Span(0, 3), Span(3, 5)])
    assert found == (Summed(-3.0, 2, -3.5, 1.75), Summed(-1.0, 1))


def test_a_word_is_compared_with_what_might_begin_where_it_begins() -> None:
    pieces = ScoredPiece(0, 2, "", -4.0, ahead=-1.0, form=-5.0), ScoredPiece(2, 3, "", -2.0, ahead=-0.5)
    (found,) = by_span(ScoredText(pieces, None), "abc", [Span(0, 3)])
    assert found is not None
    assert (found.skipped, found.inflected) == (3.0, -1.0)


def test_the_example_is_in_both_languages() -> None:
    assert [line.label for line in opening("fr", "en")] == ["French:", "English:", "French:"]
    assert [line.label for line in opening("en", "fr")] == ["English:", "French:", "English:"]
    assert opening("fr", "en")[-1].text is None


WORDS = Vocabulary(
    pieces=("<unk>", "t", "h", "e", "▁", "th", "▁th", "▁the", "x", "xe", "\n", "<0x41>", "ж", "жe"),
    scores=tuple(-float(place) for place in range(14)),
    types=(2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 6, 1, 1),
)


def test_a_kept_piece_keeps_all_from_which_it_is_merged() -> None:
    kept = [WORDS.pieces[number] for number in vocabulary.closed(WORDS, ["▁the", "<0x41>", "no piece"])]
    assert kept == ["<unk>", "t", "h", "e", "▁", "th", "▁th", "▁the", "x", "\n", "<0x41>"]


def test_text_of_kept_pieces_is_cut_as_with_the_whole_vocabulary() -> None:
    pytest.importorskip("tokenizers", reason="the extra lm is not installed: pip install 'tqcheck[lm]'")
    order = vocabulary.ranks(WORDS)
    pieces = [WORDS.pieces[number] for number in vocabulary.closed(WORDS, ["▁the"])]
    whole, trimmed = vocabulary.build(WORDS.pieces, order), vocabulary.build(pieces, order)
    for text in ("▁the", "▁theth", "▁hethe▁the▁t"):
        assert whole.encode(text).tokens == trimmed.encode(text).tokens
    assert whole.encode("▁thexe").tokens == ["▁the", "xe"]
    assert trimmed.encode("▁thexe").tokens == ["▁the", "x", "e"]


def test_the_pieces_of_each_language_are_some_half_of_gemmas_and_of_another_vocabulary_all() -> None:
    assert vocabulary.expected(WORDS, [0, 2, 5], "fr").tolist() == [0, 1, 2]
    gemmas = Vocabulary(("x",) * (1 << 18), (0.0,), (1,))
    found = {lang: vocabulary.expected(gemmas, range(1 << 18), lang) for lang in ("fr", "en")}  # by its hash
    assert {lang: 20_000 < len(numbers) < 40_000 for lang, numbers in found.items()} == {"fr": True, "en": True}
    assert len(set(found["fr"].tolist()) & set(found["en"].tolist())) > 10_000
    some = found["en"][100:200].tolist()
    assert vocabulary.expected(gemmas, some, "en").tolist() == list(range(100))
