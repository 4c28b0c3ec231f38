"""An article of which only a part was translated is one thing to say."""

from __future__ import annotations

from tests.bitexts import bitext_of
from tqcheck import detector
from tqcheck.detectors.addition import DETECTOR as ADDITION
from tqcheck.detectors.omission import DETECTOR as OMISSION
from tqcheck.languages.extent import Extent, partly

FRENCH = [
    "Le maire a fermé les quais du port.",
    *(f"La grève a été suivie par {n} conducteurs." for n in range(20, 32)),
]
ENGLISH = ["The mayor closed the harbour quays.", *[""] * 12]


def test_most_of_the_french_is_not_there() -> None:
    bitext = bitext_of("\n".join(FRENCH), "\n".join(ENGLISH))
    assert partly(bitext, "source") == {0: Extent(12, 13, 1)}
    assert partly(bitext, "target") == {}
    (found,) = detector.run([OMISSION], bitext)
    assert found.pair == 1
    assert found.message.startswith("12 of 13 sentences")


def test_most_of_the_english_is_not_in_the_french() -> None:
    bitext = bitext_of(
        "Il pleut." + "\n" * 10, "\n".join(["It is raining.", *["The strike goes on in the port."] * 10])
    )
    assert [found.pair for found in detector.run([ADDITION], bitext)] == [1]


def test_a_few_sentences_are_reported_one_by_one() -> None:
    bitext = bitext_of("\n".join(FRENCH[:4]), "\n".join(ENGLISH[:4]))
    assert partly(bitext, "source") == {}
    assert len(detector.run([OMISSION], bitext)) == 3
