from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translate import tiny_marian
from tqcheck.errors import UserError
from tqcheck.translate.pieces import SentencePieces, plain

CASES = (
    ("« Oui »", '"Oui"'),
    ("«\u202fOui\u202f», dit-elle\u00a0; non\u00a0!", '"Oui", dit-elle; non!'),
    ("l’été — “so”…", 'l\'été  -  "so"...'),
    ("1\u202f234\u00a0%", "1 234%"),
    ("Paris : une ville", "Paris : une ville"),
    ("rien", "rien"),
)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_typography_becomes_what_a_marian_model_knows(text: str, expected: str) -> None:
    assert plain(text).text == expected


@given(st.text(alphabet=st.sampled_from("ab «»“”’—…\u00a0\u202f;!?é\u00ad"), max_size=30))
def test_every_plain_character_has_a_place_in_the_original(text: str) -> None:
    simple = plain(text)
    assert len(simple.origins) == len(simple.text) + 1
    assert simple.origins[-1] == len(text)
    assert list(simple.origins) == sorted(simple.origins)
    for character, origin in zip(simple.text, simple.origins, strict=False):
        if character.isalpha():
            assert text[origin] == character


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> SentencePieces:
    pytest.importorskip("sentencepiece")
    folder = tmp_path_factory.mktemp("pieces")
    for name, texts in (("source.spm", tiny_marian.FRENCH), ("target.spm", tiny_marian.ENGLISH)):
        tiny_marian.sentence_pieces(folder / name, texts)
    return SentencePieces(folder / "source.spm", folder / "target.spm", ">>eng<<")


def test_the_places_of_pieces_are_those_of_their_letters(pieces: SentencePieces) -> None:
    text = "  She said: “Três bien…”  and left."
    found = pieces.target(text)
    ends = [*(start for _, start in found[1:]), len(text)]
    for (piece, start), end in zip(found, ends, strict=True):
        letters = "".join(c for c in piece if c.isalpha())
        assert letters in text[start:end]
    assert [start for _, start in found] == sorted(start for _, start in found)


def test_a_tag_goes_before_the_source_alone(pieces: SentencePieces) -> None:
    assert pieces.source("La mort.")[0] == ">>eng<<"
    assert ">>eng<<" not in [piece for piece, _ in pieces.target("The death.")]


def test_text_and_back(pieces: SentencePieces) -> None:
    text = "The minister went to the border."
    assert pieces.text([piece for piece, _ in pieces.target(text)]) == text


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentencepiece")
    broken = tmp_path / "source.spm"
    broken.write_bytes(b"not a model")
    with pytest.raises(UserError, match=r"source\.spm"):
        SentencePieces(broken, broken)
