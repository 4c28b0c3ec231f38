from __future__ import annotations

import subprocess
import sys

import pytest

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


def test_rare_words_can_be_left_out() -> None:
    words = ["haus", "nachtragshaushalt"]
    assert set(zipf(words, "de")) == set(words)
    assert set(zipf(words, "de", least=5.0)) == {"haus"}
    assert set(zipf(["the", "shareholder"], "en", least=5.0)) == {"the"}


@pytest.mark.parametrize("lang", ["en", "fr", "de", "es", "it", "nl", "pt"])
def test_frequencies_are_those_of_the_library(lang: str) -> None:
    wordfreq = pytest.importorskip("wordfreq")
    words = wordfreq.top_n_list(lang, 50_000)[::997]
    found = zipf(words, lang)
    assert len(found) > 40
    for word, frequency in found.items():
        assert frequency == pytest.approx(wordfreq.zipf_frequency(word, lang), abs=0.011)


def test_the_library_is_not_imported_for_its_lists() -> None:
    command = "import sys; from tqcheck.languages.frequency import zipf; zipf(['the'], 'en'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert "wordfreq" not in run.stdout.split()
