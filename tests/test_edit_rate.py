from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics import TER, lib_ter

from tqcheck.edit_rate import Distance, terms

WORDS = st.lists(st.sampled_from("abcdef"), min_size=0, max_size=40)
SOME_WORDS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=40)


@st.composite
def changed(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A reference of up to 60 words, and a text made of it by taking out, putting in, and moving words."""
    reference = draw(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=60))
    words = list(reference)
    for _ in range(draw(st.integers(0, 8))):
        start, end, to = (draw(st.integers(0, len(words))) for _ in range(3))
        moved = words[start : min(end, start + 6)]
        kept = words[:start] + words[start + len(moved) :]
        words = kept[:to] + draw(st.sampled_from([moved, [], ["x"]])) + kept[to:]
    return words, reference


@given(WORDS, SOME_WORDS)
def test_the_distance_and_its_edits_are_those_of_sacrebleu(words: list[str], reference: list[str]) -> None:
    expected = lib_ter.BeamEditDistance(reference)(words)
    assert Distance(reference, lib_ter.BeamEditDistance)(words) == expected


@given(changed())
def test_ter_is_that_of_sacrebleu(texts: tuple[list[str], list[str]]) -> None:
    hypothesis, reference = map(" ".join, texts)
    theirs, ours = (metric.sentence_score(hypothesis, [reference]) for metric in (TER(), terms()))
    assert (ours.score, ours.num_edits, ours.ref_length) == (theirs.score, theirs.num_edits, theirs.ref_length)


@pytest.mark.parametrize(("hypothesis", "reference"), [("", ""), ("Yes.", ""), ("", "Yes."), ("a " * 90, "b " * 70)])
def test_ter_of_nothing_and_of_texts_with_nothing_in_common(hypothesis: str, reference: str) -> None:
    theirs, ours = (metric.sentence_score(hypothesis, [reference]) for metric in (TER(), terms()))
    assert (ours.score, ours.num_edits, ours.ref_length) == (theirs.score, theirs.num_edits, theirs.ref_length)


def test_where_little_is_in_common_sacrebleu_is_asked() -> None:
    asked = []

    def slow(reference: list[str]) -> object:
        asked.append(reference)
        return lib_ter.BeamEditDistance(reference)

    distance = Distance(["a"] * 60, slow)
    assert distance(["a"] * 50) == (10, "i" * 10 + " " * 50)
    assert not asked
    assert distance(["b"] * 60) == lib_ter.BeamEditDistance(["a"] * 60)(["b"] * 60)
    assert len(asked) == 1


def test_the_signature_is_that_of_sacrebleu() -> None:
    metrics = TER(), terms()
    for metric in metrics:
        metric.sentence_score("Yes.", ["Yes."])
    assert str(metrics[0].get_signature()) == str(metrics[1].get_signature())
