"""Words that nothing renders are doubted, those of a right translation are not."""

from __future__ import annotations

from collections import defaultdict

import numpy

from tests.bitexts import bitext_of
from tqcheck.evidence import words
from tqcheck.model import Pair

SOURCE = "Le préfet a interdit le rassemblement en raison des violences survenues la semaine dernière à Nantes."
RIGHT = "The prefect banned the gathering because of the violence last week in Nantes."


def doubts(pair: Pair, word: str, kind: str) -> float:
    sides = ((pair.source, pair.source_doubts), (pair.target, pair.target_doubts))
    found = [d for segment, own in sides for t, d in zip(segment.tokens, own, strict=True) if t.text == word]
    return float(getattr(found[0], kind))


def test_every_token_of_a_pair_with_two_sides_has_its_doubts() -> None:
    whole, alone = bitext_of(f"{SOURCE}\nIl pleut.", f"{RIGHT}\n").pairs
    assert len(whole.source_doubts) == len(whole.source.tokens)
    assert len(whole.target_doubts) == len(whole.target.tokens)
    assert alone.source_doubts == alone.target_doubts == ()


def test_what_is_left_out_is_doubted() -> None:
    right = bitext_of(SOURCE, RIGHT).pairs[0]
    short = bitext_of(SOURCE, "The prefect banned the gathering.").pairs[0]
    for word in ("violences", "semaine", "Nantes"):
        assert doubts(short, word, "missing") > 0.5 > doubts(right, word, "missing")


def test_what_is_put_in_is_doubted() -> None:
    longer = bitext_of("Le préfet a interdit le rassemblement.", RIGHT).pairs[0]
    for word in ("violence", "week", "Nantes"):
        assert doubts(longer, word, "missing") > 0.5


def test_a_wrong_word_is_doubted_more_than_the_right_one() -> None:
    right = bitext_of(SOURCE, RIGHT).pairs[0]
    wrong = bitext_of(SOURCE, RIGHT.replace("gathering", "cheese")).pairs[0]
    assert doubts(wrong, "cheese", "differs") > doubts(right, "gathering", "differs") + 0.2


def test_evidence_names_every_column_once_and_has_a_row_for_every_token() -> None:
    pair = bitext_of("Il pleut.", "It is raining.").pairs[0]
    shape = len(pair.source.tokens), len(pair.target.tokens)

    class Nothing:
        forward = backward = numpy.zeros(shape)

    vectors = {word: numpy.ones(1, dtype=numpy.float32) for word in words.wanted(pair)}
    none = defaultdict[str, float](float)
    source, target = words.evidence(pair, Nothing(), vectors, words.Counts(none, none))
    assert source.shape == (shape[0], len(words.NAMES))
    assert target.shape == (shape[1], len(words.NAMES))
    assert len(set(words.NAMES)) == len(words.NAMES)
