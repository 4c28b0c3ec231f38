"""What unlikely, omission and addition say after a second look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bitexts import bitext_of
from tqcheck.detector import Detector
from tqcheck.detectors.addition import DETECTOR as ADDITION
from tqcheck.detectors.omission import DETECTOR as OMISSION
from tqcheck.detectors.unlikely import DETECTOR as UNLIKELY
from tqcheck.model import Contrast, Finding, Segment, TextScores, WordDoubt, WordScore, WordTrial
from tqcheck.mqm import Severity

FRENCH, ENGLISH = "Les prix du blé tendre ont augmenté en mars.", "The wheat prices rise in cold March."


def doubts(segment: Segment, word: str, doubt: float) -> tuple[WordDoubt, ...]:
    return tuple(WordDoubt(*((doubt, doubt) if token.text == word else (0.01, 0.01))) for token in segment.tokens)


def tried(
    word: str, doubt: float, expected: str, replaced: float | None, inserted: float | None
) -> tuple[Finding, ...]:
    bitext = bitext_of(FRENCH, ENGLISH)
    (pair,) = bitext.pairs
    token = next(token for token in pair.target.tokens if token.text == word)
    scores = TextScores(tuple(WordScore(-9.0, -3.0, 1) for _ in pair.target.tokens), None)
    trial = WordTrial(token.index, expected, replaced, inserted, 0.0)
    pair = replace(
        pair, target_doubts=doubts(pair.target, word, doubt), target_scores=scores, trials=(trial,), source_doubts=()
    )
    return tuple(UNLIKELY.find(UNLIKELY, replace(bitext, pairs=(pair,))))


def test_another_form_of_the_word_is_suggested() -> None:
    (finding,) = tried("rise", 0.3, "risen", 9.0, -9.0)
    assert finding.suggestion == "risen"
    assert (
        finding.message
        == '"rise" is not the form that the French leads one to expect here: "risen" would be far more likely.'
    )
    assert finding.evidence[-1] == 'With "risen" in place of "rise" the text is 8,000 times as probable.'
    assert finding.severity is Severity.MINOR


def test_a_word_that_seems_missing_is_named() -> None:
    (finding,) = tried("rise", 0.5, "have", -2.0, 9.0)
    assert finding.suggestion is None
    assert finding.message == 'A word seems to be missing before "rise", such as "have".'


def test_another_word_is_evidence_and_no_suggestion() -> None:
    (finding,) = tried("rise", 0.57, "grow", 6.0, -9.0)
    assert finding.suggestion is None
    assert '"grow" in place of "rise"' in finding.evidence[-1]


def test_half_of_a_compound_is_no_word() -> None:
    bitext = bitext_of("La Floride a mis le favori en tête.", "Florida put the front-runner ahead.")
    (pair,) = bitext.pairs
    token = next(token for token in pair.target.tokens if token.text == "runner")
    scores = TextScores(tuple(WordScore(-9.0, -3.0, 1) for _ in pair.target.tokens), None)
    trial = WordTrial(token.index, "running", 9.0, -9.0, 0.0)
    pair = replace(pair, target_doubts=doubts(pair.target, "runner", 0.3), target_scores=scores, trials=(trial,))
    assert tuple(UNLIKELY.find(UNLIKELY, replace(bitext, pairs=(pair,)))) == ()


def test_what_the_model_expects_itself_is_let_go() -> None:
    assert tried("rise", 0.42, "rise", None, None) == ()
    assert tried("rise", 0.25, "grow", 1.0, -9.0) == ()
    assert [finding.severity for finding in tried("rise", 0.57, "grow", 3.0, -9.0)] == [Severity.NEUTRAL]


def taken_out(rule: Detector, side: str, word: str, doubt: float, change: float, hardest: float) -> tuple[Finding, ...]:
    bitext = bitext_of(FRENCH, ENGLISH)
    (pair,) = bitext.pairs
    segment = pair.source if side == "source" else pair.target
    place = next(token.index for token in segment.tokens if token.text == word)
    made = doubts(segment, word, doubt)
    contrasts = (Contrast(side, place, place, change, hardest, 1.0),)
    if side == "source":
        pair = replace(pair, contrasts=contrasts, source_doubts=made)
    else:
        pair = replace(pair, contrasts=contrasts, target_doubts=made)
    return tuple(rule.find(rule, replace(bitext, pairs=(pair,))))


def test_a_word_that_the_other_text_is_likelier_without_is_reported() -> None:
    (left_out,) = taken_out(OMISSION, "source", "tendre", 0.9, 3.0, -0.2)
    assert left_out.source is not None
    assert left_out.source.of(FRENCH) == "tendre"
    assert left_out.severity is Severity.MINOR
    (perhaps,) = taken_out(OMISSION, "source", "tendre", 0.7, 5.0, -0.5)
    assert perhaps.severity is Severity.NEUTRAL
    assert left_out.evidence == (
        "Without « tendre » a language model finds the English 20 times as probable as with it.",
    )
    (put_in,) = taken_out(ADDITION, "target", "cold", 0.6, 2.0, -0.1)
    assert put_in.target is not None
    assert put_in.target.of(ENGLISH) == "cold"


def test_a_word_that_the_other_text_needs_is_let_go() -> None:
    assert taken_out(OMISSION, "source", "tendre", 0.5, -9.0, -8.0) == ()
    assert taken_out(ADDITION, "target", "cold", 0.3, -9.0, -1.0) == ()


@pytest.mark.parametrize(
    ("french", "severity"),
    [("Un véhicule du Samu stationnera devant l’hôpital.", Severity.MINOR)]
    + [(f"Un véhicule {rest} stationnera devant l’hôpital.", Severity.MAJOR) for rest in ("jaune", "de Limoges")],
)
def test_words_that_may_explain_a_french_name_are_a_small_error(french: str, severity: Severity) -> None:
    place = " in Limoges" if "Limoges" in french else ""
    bitext = bitext_of(french, f"A vehicle of the emergency service{place} will stand in front of the hospital.")
    (pair,) = bitext.pairs
    added = ("of", "the", "emergency", "service")
    first = [token.text for token in pair.target.tokens].index("of")
    made = tuple(
        WordDoubt(*((0.95, 0.95) if first <= place < first + len(added) else (0.01, 0.01)))
        for place in range(len(pair.target.tokens))
    )
    pair = replace(pair, target_doubts=made, source_doubts=())
    (finding,) = ADDITION.find(ADDITION, replace(bitext, pairs=(pair,)))
    assert finding.severity is severity
    assert finding.target is not None
    assert "emergency service" in finding.target.of(bitext.target.text)
