"""What the examples of the rule third-language do not show: an article a part of which was never translated."""

from __future__ import annotations

from tests.bitexts import bitext_of
from tqcheck import detector
from tqcheck.detectors import third_language

FRENCH = "Le ministre a démissionné lundi de toutes ses fonctions."
GERMAN = "Der Minister ist am Montag von allen seinen Ämtern zurückgetreten."


def test_a_few_passages_are_reported_one_by_one() -> None:
    found = detector.run([third_language.DETECTOR], bitext_of("\n".join([FRENCH] * 2), "\n".join([GERMAN] * 2)))
    assert [finding.pair for finding in found] == [0, 1]
    assert all(finding.source is None for finding in found)


def test_many_are_reported_once_and_so_are_the_words_elsewhere() -> None:
    many = third_language.OFTEN
    french = "\n".join(["Il pleut.", *[FRENCH] * many, "L'économie va mal."])
    english = "\n".join(["It is raining.", *[GERMAN] * many, "The Wirtschaft is doing badly."])
    (finding,) = detector.run([third_language.DETECTOR], bitext_of(french, english))
    assert finding.pair == 1
    assert finding.message.startswith(f"From here on {many} passages are in German")
