"""The number words of French and English as tables: units, tens, scales and ranks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class NumberWords(NamedTuple):
    """``units`` below the first of ``tens``; ``scales`` from a thousand on; ``ordinals`` lead to the cardinals."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: Mapping[str, str]


def _french() -> NumberWords:
    small = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
    tens = dict(
        zip(
            "vingt trente quarante cinquante soixante septante octante nonante".split(), range(20, 100, 10), strict=True
        )
    )
    tens["huitante"] = 80
    powers = {"mille": 3, "million": 6, "milliard": 9, "billion": 12, "billiard": 15, "trillion": 18}
    stems = {"cinq": "cinqu", "neuf": "neuv"}
    ranked = [*small[1:], *tens, "cent", *powers]
    return NumberWords(
        {word: number for number, word in enumerate(small)} | {"une": 1},
        tens,
        {word: 10**power for word, power in powers.items()} | {"mil": 1000},
        {stems.get(word, word.removesuffix("e")) + "ième": word for word in ranked},
    )


def _english() -> NumberWords:
    small = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
    tens = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
    powers = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15}
    irregular = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
    irregular |= {"twelve": "twelfth"} | {word: word.removesuffix("y") + "ieth" for word in tens}
    ranked = [*small, *tens, "hundred", *powers]
    return NumberWords(
        {word: number for number, word in enumerate(small)},
        tens,
        {word: 10**power for word, power in powers.items()},
        {irregular.get(word, word + "th"): word for word in ranked},
    )


FRENCH = _french()
ENGLISH = _english()
