"""What a language model made of the words becomes evidence, and changes what is doubted."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy
import pytest

from tests.bitexts import bitext_of
from tqcheck.evidence import doubts, reading
from tqcheck.model import Pair, TextScores, WordScore

SOURCE, TARGET = "Le juge a entendu trois témoins hier.", "The judge heard three witnesses yesterday."


def read(pair: Pair, worst: str = "", given: float = -12.0) -> Pair:
    """The pair as if a model had found every word likely given the other text, but for one."""

    def scores(segment_words: list[str]) -> TextScores:
        found = [WordScore(given if word == worst else -0.5, -6.0, 1) for word in segment_words]
        return TextScores(tuple(found), WordScore(-0.1, -2.0, 1))

    source, target = ([token.text for token in side.tokens] for side in (pair.source, pair.target))
    return replace(pair, source_scores=scores(source), target_scores=scores(target))


def column(rows: numpy.ndarray, name: str) -> list[float]:
    return [float(value) for value in rows[:, reading.NAMES.index(name)]]


def test_no_model_no_evidence() -> None:
    assert reading.evidence(bitext_of(SOURCE, TARGET).pairs[0]) is None


def test_every_token_has_a_row_and_every_name_a_column() -> None:
    pair = read(bitext_of(SOURCE, TARGET).pairs[0])
    found = reading.evidence(pair)
    assert found is not None
    assert len(set(reading.NAMES)) == len(reading.NAMES)
    for rows, side in zip(found, (pair.source, pair.target), strict=True):
        assert rows.shape == (len(side.tokens), len(reading.NAMES))


def test_the_least_likely_word_is_the_lowest_of_its_text_and_seen_by_its_neighbours() -> None:
    pair = read(bitext_of(SOURCE, TARGET).pairs[0], worst="three")
    found = reading.evidence(pair)
    assert found is not None
    place = [token.text for token in pair.target.tokens].index("three")
    ranks, after, least = (column(found[1], name) for name in ("rank-gain", "after-gain", "own-least"))
    assert ranks[place] == 0
    assert after[place - 1] == -6.0
    assert set(least) == {-6.0}
    linked = column(found[0], "link-gain")
    assert linked[[token.text for token in pair.source.tokens].index("trois")] == -6.0


def test_a_token_without_a_piece_is_not_known() -> None:
    pair = read(bitext_of(SOURCE, TARGET).pairs[0])
    assert pair.target_scores is not None
    words = (None, *pair.target_scores.words[1:])
    found = reading.evidence(replace(pair, target_scores=TextScores(words, None)))
    assert found is not None
    assert math.isnan(column(found[1], "given")[0])
    assert all(map(math.isnan, column(found[1], "end-gain")))


def test_a_name_that_is_hard_to_foresee_is_as_expected_and_a_wrong_word_is_not() -> None:
    pair = read(bitext_of(SOURCE, TARGET).pairs[0])
    words = [token.text for token in pair.target.tokens]
    assert pair.target_scores is not None
    # Both are as improbable; where "judge" stands the model was sure of something else.
    expected = {"witnesses": (-8.0, 4.0), "judge": (-0.1, 0.2)}
    found = [WordScore(-8.0, -9.0, 1, *expected.get(word, (-8.0, 4.0))) for word in words]
    rows = reading.evidence(replace(pair, target_scores=TextScores(tuple(found), None)))
    assert rows is not None
    wrong = words.index("judge")
    typical, rank, least = (column(rows[1], name) for name in ("typical", "rank-typical", "own-typical"))
    assert typical[words.index("witnesses")] == 0
    assert typical[wrong] == pytest.approx(-7.9 / math.sqrt(0.7))
    assert rank[wrong] == 0
    assert set(least) == {typical[wrong]}
    assert column(rows[1], "before-typical")[wrong + 1] == typical[wrong]
    across = [token.text for token in pair.source.tokens].index("juge")
    assert column(rows[0], "link-typical")[across] == typical[wrong]
    assert all(map(math.isnan, column(rows[0], "typical"))), "nothing was said of the French"


def test_a_word_in_whose_place_others_were_expected() -> None:
    pair = read(bitext_of(SOURCE, TARGET).pairs[0])
    words = [token.text for token in pair.target.tokens]
    # In the place of "judge" the next word was expected given the French, not without; another form in that of "heard".
    rivals = {"judge": (3.0, -1.0, None), "heard": (-4.0, -4.0, 2.5)}
    found = [WordScore(-2.0, -9.0, 1, -1.0, 1.0, *rivals.get(word, (-6.0, -6.0, None))) for word in words]
    rows = reading.evidence(replace(pair, target_scores=TextScores(tuple(found), None)))
    assert rows is not None
    judge, heard = words.index("judge"), words.index("heard")
    assert column(rows[1], "skipped")[judge] == 3.0
    assert column(rows[1], "skipped-gain")[judge] == 4.0
    assert column(rows[1], "rank-skipped")[judge] == 1
    assert column(rows[1], "before-skipped")[heard] == column(rows[1], "own-skipped")[0] == 3.0
    assert column(rows[1], "inflected")[heard] == column(rows[1], "own-inflected")[0] == 2.5
    assert math.isnan(column(rows[1], "inflected")[judge])
    french = [token.text for token in pair.source.tokens]
    assert column(rows[0], "link-skipped")[french.index("juge")] == 3.0
    assert column(rows[0], "link-skipped-gain")[french.index("juge")] == 4.0
    assert column(rows[0], "link-inflected")[french.index("entendu")] == 2.5
    assert all(map(math.isnan, column(rows[0], "own-skipped"))), "nothing was said of the French"


def test_an_unlikely_word_is_doubted_more() -> None:
    pair = bitext_of(SOURCE, TARGET).pairs[0]
    right, wrong = (reading.evidence(read(pair, worst)) for worst in ("", "three"))
    assert right is not None
    assert wrong is not None
    place = [token.text for token in pair.target.tokens].index("three")
    known, familiar = (numpy.full((len(pair.target.tokens), columns), numpy.nan) for columns in (41, 19))
    forest = doubts.forests(read=True)["target", "differs"]
    low, high = (forest.probabilities(numpy.hstack([known, table[1], familiar]))[place] for table in (right, wrong))
    assert high > low + 0.05
