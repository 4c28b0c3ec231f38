"""The rule meaning, given doubts."""

from __future__ import annotations

from dataclasses import replace

from tests.bitexts import bitext_of
from tqcheck.detectors.meaning import DETECTOR
from tqcheck.model import WordDoubt


def found(french: str, english: str, doubted: str) -> list[str]:
    """The English words that are reported where one word alone is doubted."""
    bitext = bitext_of(french, english)
    pair = bitext.pairs[0]
    doubts = tuple(WordDoubt(0.01, 0.65 if token.text == doubted else 0.01) for token in pair.target.tokens)
    bitext = replace(bitext, pairs=(replace(pair, target_doubts=doubts),))
    spans = (finding.target for finding in DETECTOR.find(DETECTOR, bitext))
    return [span.of(english) for span in spans if span]


def test_a_part_of_a_name_that_stands_in_the_french_is_not_reported() -> None:
    assert found("Il vit à Fos-lès-Mer.", "He lives in Fos-lès-Mer.", "Mer") == []
    assert found("Il vit à Toulon.", "He lives in Fos-lès-Mer.", "Mer") == ["Mer"]
