from __future__ import annotations

import pytest

from tests.bitexts import bitext_of
from tqcheck.languages import loan_words


@pytest.mark.parametrize(
    ("english", "accepted"),
    [
        ("The coup d'état failed.", ["coup", "d'état"]),
        ("The coup d’etat failed.", ["coup", "d’etat"]),
        ("He sells baguettes here.", ["baguettes"]),
        ("An accrochage took place.", []),
    ],
)
def test_borrowed_words_are_known_without_accents_and_in_the_plural(english: str, accepted: list[str]) -> None:
    tokens = bitext_of("Oui.", english).pairs[0].target.tokens
    numbers = loan_words.accepted(tokens)
    assert [token.text for token in tokens if token.index in numbers] == accepted
