from __future__ import annotations

import sys

from tqcheck.languages.frequency import zipf


def test_common_words_score_high_and_unknown_ones_are_left_out() -> None:
    found = zipf(["the", "shareholder", "actionnaire"], "en")
    assert found["the"] > 7
    assert 2.5 < found["shareholder"] < 4.5
    assert "actionnaire" not in found


def test_a_word_is_commoner_in_its_own_language() -> None:
    assert zipf(["actionnaire"], "fr")["actionnaire"] > 3
    assert zipf(["gewerkschaft"], "de")["gewerkschaft"] > 3
    assert zipf(["gewerkschaft"], "fr").get("gewerkschaft", 0.0) < 2


def test_nothing_is_read_for_nothing() -> None:
    assert zipf([], "de") == {}


def test_the_library_is_loaded_when_asked_for() -> None:
    zipf(["the"], "en")
    assert "wordfreq" in sys.modules
