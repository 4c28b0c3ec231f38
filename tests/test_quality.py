"""Quality falls where the evidence says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bitexts import bitext_of
from tqcheck import quality
from tqcheck.model import Finding, TextScores, WordScore
from tqcheck.mqm import Category, Severity

GOOD = bitext_of("Le préfet a interdit le rassemblement de jeudi.", "The prefect banned Thursday's gathering.").pairs[0]


def of(source: str, target: str) -> float:
    return quality.quality(bitext_of(source, target).pairs[0], ())


def finding(severity: Severity, confidence: float = 0.9) -> Finding:
    return Finding("number-mismatch", Category.MISTRANSLATION, severity, confidence, "a message", 0, None, None)


def test_a_right_translation_is_better_than_a_wrong_one() -> None:
    source = "Le préfet a interdit le rassemblement de jeudi."
    right = of(source, "The prefect banned Thursday's gathering.")
    for wrong in (
        "The prefect banned.",
        "The prefect banned the cheese of the moon.",
        "the prefect banned thursday's gathering",
        "My tailor is rich.",
    ):
        assert of(source, wrong) < right


def test_what_the_detectors_found_weighs_by_severity_and_confidence() -> None:
    plain = quality.quality(GOOD, ())
    minor, major = (quality.quality(GOOD, [finding(s)]) for s in (Severity.MINOR, Severity.MAJOR))
    assert major < minor < plain
    assert major < quality.quality(GOOD, [finding(Severity.MAJOR, 0.5)]) < plain


@pytest.mark.parametrize(("source", "target"), [("Il pleut sur Brest.", ""), ("", "It is raining in Brest.")])
def test_a_sentence_without_a_counterpart_is_no_good(source: str, target: str) -> None:
    assert of(source, target) < 0.1


def test_the_document_weighs_its_pairs_by_length() -> None:
    bitext = bitext_of("Oui.\nLe préfet a interdit le rassemblement de jeudi.", "Yes.\nThe prefect banned the moon.")
    scores = quality.assess(bitext, [], [(), ()])
    overall = quality.overall(bitext, scores)
    assert overall.name == "quality"
    assert overall.value is not None
    low, high = sorted(s.quality for s in scores)
    assert low <= overall.value <= high
    assert abs(overall.value - scores[1].quality) < abs(overall.value - scores[0].quality)


def test_every_feature_has_a_weight_and_the_sign_that_reason_gives_it() -> None:
    values = quality.features(replace(GOOD, similarity=0.8), ())
    assert set(values) == set(quality.WEIGHTS)
    assert set(quality.WEIGHTS) >= quality.HELPFUL
    assert all((weight <= 0) == (name in quality.HELPFUL) or weight == 0 for name, weight in quality.WEIGHTS.items())


def test_a_longer_pair_has_more_to_get_wrong() -> None:
    values = quality.features(GOOD, ())
    assert quality.risk(values, 40) > quality.risk(values, 10) > 0


def test_where_it_was_read_a_word_more_counts_most_in_a_short_pair() -> None:
    steps = [quality.risk_of_length(count + 1) - quality.risk_of_length(count) for count in (0, 5, 30)]
    assert steps == sorted(steps, reverse=True)
    assert quality.risk_of_length(0) == 0
    assert quality.risk_of_length(200) == pytest.approx(quality.LONG)


def test_a_finding_that_is_sure_leaves_little_hope() -> None:
    assert quality.quality(GOOD, [finding(Severity.MAJOR, 0.95)]) < 0.45


def read(given: float, alone: float) -> TextScores:
    """As if the language model found every word of GOOD's longer side alike."""
    return TextScores(tuple(WordScore(given, alone, 1) for _ in GOOD.source.tokens), None)


def test_a_pair_that_the_language_model_has_read_is_judged_by_that_too() -> None:
    assert quality.scored(GOOD) is None
    expected, surprised = (
        replace(GOOD, source_scores=read(*scores), target_scores=read(*scores))
        for scores in ((-0.5, -6.0), (-9.0, -6.0))
    )
    values = quality.scored(expected)
    assert values is not None
    assert set(values) == set(quality.READ_WEIGHTS)
    assert quality.quality(surprised, ()) < quality.quality(expected, ()) - 0.1


def test_the_signs_of_what_the_language_model_says() -> None:
    for name, weight in quality.READ_WEIGHTS.items():
        assert (weight <= 0) == name.endswith(("gain", "given"))


def test_every_doubt_adds_to_what_is_expected_where_it_was_read() -> None:
    said = dict.fromkeys(quality.READ_WEIGHTS, 0.0)
    least = quality.risk_where_read(0.2, said, (0.0, 0.0), 8)
    assert least > quality.KEPT * 0.2
    for more in (
        quality.risk_where_read(0.3, said, (0.0, 0.0), 8),
        quality.risk_where_read(0.2, said | {"target-unhelped": 1.0}, (0.0, 0.0), 8),
        quality.risk_where_read(0.2, said, (0.5, 0.0), 8),
        quality.risk_where_read(0.2, said, (0.0, 0.5), 8),
        quality.risk_where_read(0.2, said, (0.0, 0.0), 9),
    ):
        assert more > least
