"""The rule meaning, given doubts."""

from __future__ import annotations

from dataclasses import replace

from tests.bitexts import bitext_of
from tqcheck.detectors.meaning import DETECTOR
from tqcheck.model import Link, TextScores, WordDoubt
from tqcheck.mqm import Severity


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


def severity_of(doubt: float, *, linked: bool) -> Severity:
    """What a doubted word is called that a language model has read."""
    bitext = bitext_of("La coque s'est ouverte.", "The hull split open.")
    pair = bitext.pairs[0]
    french, english = (
        next(t for t in s.tokens if t.text == w) for s, w in ((pair.source, "ouverte"), (pair.target, "split"))
    )
    pair = replace(
        pair,
        links=(Link(french.index, english.index, 0.9),) if linked else (),
        target_doubts=tuple(WordDoubt(0.01, doubt if token is english else 0.01) for token in pair.target.tokens),
        target_scores=TextScores((None,) * len(pair.target.tokens), None),
    )
    (finding,) = DETECTOR.find(DETECTOR, replace(bitext, pairs=(pair,)))
    return finding.severity


def test_a_word_that_nothing_stands_behind_is_doubted_more_before_it_is_a_major_error() -> None:
    assert [severity_of(0.9, linked=linked) for linked in (True, False)] == [Severity.MAJOR, Severity.MINOR]
    assert severity_of(0.96, linked=False) is Severity.MAJOR
