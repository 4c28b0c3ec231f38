"""What the phrase model knows of the words of a pair, where they stand."""

from __future__ import annotations

import math

import numpy
import pytest

from tests.bitexts import bitext_of
from tqcheck.model import Pair
from tqcheck.translate.bundled import engine, familiar
from tqcheck.translate.bundled.language_model import BEGIN

SOURCE = "Le président de la République a signé la loi hier."
RIGHT = "The president of the Republic signed the law yesterday."


def rows(pair: Pair, side: int = 1) -> list[dict[str, float]]:
    table = engine.familiarity()([pair])[0][side]
    return [dict(zip(familiar.NAMES, row, strict=True)) for row in table.tolist()]


def row(pair: Pair, word: str) -> dict[str, float]:
    return rows(pair)[[token.text for token in pair.target.tokens].index(word)]


def pair_of(source: str, target: str) -> Pair:
    return bitext_of(source, target).pairs[0]


def test_every_token_has_a_row_whatever_else_is_asked() -> None:
    odd = "« Zzyzx-1 » 🙂 a coûté 3 500 € !"
    pairs = [pair_of(SOURCE, RIGHT), pair_of(odd, '"Zzyzx-1" 🙂 cost €3,500!'), pair_of("Oui.", RIGHT)]
    ask = engine.familiarity()
    together = ask(pairs)
    for pair, both in zip(pairs, together, strict=True):
        alone = ask([pair])[0]
        for segment, one, other in zip((pair.source, pair.target), both, alone, strict=True):
            assert one.shape == (len(segment.tokens), len(familiar.NAMES))
            assert numpy.array_equal(one, other, equal_nan=True)
    assert ask([]) == []


def test_the_score_of_a_word_is_the_models() -> None:
    table = engine._table(engine.DATA, tuple(engine.FILES.items()), "fr", "en")
    number = table.target.number
    places = [BEGIN, BEGIN, *(number[word] for word in ("the", "president", "of"))]
    found = rows(pair_of(SOURCE, RIGHT))
    for place in range(3):
        three = (numpy.array([word]) for word in places[place : place + 3])
        assert found[place]["after-two"] == pytest.approx(float(table.target.model.score(*three)[0]))


def test_neighbours_that_changed_places_would_rather_change_back() -> None:
    wrong = pair_of(SOURCE, RIGHT.replace("of the Republic", "the of Republic"))
    assert row(wrong, "the")["swapped"] > 0 > row(pair_of(SOURCE, RIGHT), "of")["swapped"]
    assert row(wrong, "of")["swapped-before"] == row(wrong, "the")["swapped"]
    assert rows(wrong)[0]["swapped-before"] == familiar.NO_SWAP


def test_a_word_too_many_would_rather_be_gone() -> None:
    wrong = pair_of(SOURCE, RIGHT.replace("president", "president president"))
    assert row(wrong, "president")["without"] > 0 > row(pair_of(SOURCE, RIGHT), "president")["without"]


def test_a_phrase_that_renders_the_french_has_its_score_and_another_word_has_none() -> None:
    wrong = pair_of(SOURCE, RIGHT.replace("law", "cheese"))
    law, cheese = row(pair_of(SOURCE, RIGHT), "law"), row(wrong, "cheese")
    assert (law["by-itself"], cheese["by-itself"]) == (1, 0)
    assert law["own-words"] >= 2 > cheese["own-words"]
    assert not math.isnan(law["rendered"])
    assert math.isnan(cheese["rendered"])
    assert law["behind-best"] >= 0


def test_the_french_is_asked_about_as_well() -> None:
    by_word = {
        t.text: r for t, r in zip(pair_of(SOURCE, RIGHT).source.tokens, rows(pair_of(SOURCE, RIGHT), 0), strict=True)
    }
    lost = rows(pair_of(SOURCE, "The president signed the law yesterday."), 0)
    place = [token.text for token in pair_of(SOURCE, RIGHT).source.tokens].index("République")
    assert by_word["République"]["renderings"] > 0 == lost[place]["renderings"]


def test_without_a_phrase_model_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "FILES", {"absent.npz": ""})
    pair = pair_of(SOURCE, RIGHT)
    source, target = engine.familiarity()([pair])[0]
    assert source.shape == (len(pair.source.tokens), len(familiar.NAMES))
    assert numpy.isnan(target).all()
