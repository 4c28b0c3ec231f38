from __future__ import annotations

from tests.bitexts import bitext_of
from tqcheck.languages import renderings


def test_what_stands_for_the_word_elsewhere_is_offered() -> None:
    bitext = bitext_of(
        "Le syndicat proteste.\nLe syndicat a voté.\nLe syndicat attend.",
        "The union is protesting.\nThe union has voted.\nThe syndicat is waiting.",
    )
    pair = bitext.pairs[2]
    word = next(token for token in pair.source.tokens if token.text == "syndicat")
    assert renderings.Renderings(bitext).elsewhere(pair, word) == "union"


def test_nothing_is_offered_where_the_word_stands_once() -> None:
    bitext = bitext_of("Le syndicat attend.", "The syndicat is waiting.")
    pair = bitext.pairs[0]
    assert renderings.Renderings(bitext).elsewhere(pair, pair.source.tokens[1]) is None
