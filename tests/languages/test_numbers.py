"""Numbers in both languages: tables of cases, and laws of words and digits that go there and back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tqcheck.languages import numbers, numbers_en, numbers_fr, numbers_written, quantities, units
from tqcheck.languages.numbers import Quantity

FRENCH = [
    ("quatre-vingt-dix-sept soldats", "97", "cardinal", ()),
    ("quatre-vingts jours", "80", "cardinal", ("day",)),
    ("quatre vingt onze voix", "91", "cardinal", ()),
    ("soixante et onze députés", "71", "cardinal", ()),
    ("soixante-dix-neuf", "79", "cardinal", ()),
    ("septante", "70", "cardinal", ()),
    ("nonante-cinq", "95", "cardinal", ()),
    ("vingt et un", "21", "cardinal", ()),
    ("vingt-et-un mille", "21000", "cardinal", ()),
    ("cent", "100", "cardinal", ()),
    ("deux cents", "200", "cardinal", ()),
    ("mille neuf cent quatre-vingt-quatre", "1984", "cardinal", ()),
    ("deux millions cinq cent mille trois cent vingt et un", "2500321", "cardinal", ()),
    ("trois milliards d’euros", "3000000000", "cardinal", ("EUR",)),
    ("deux billions", "2000000000000", "cardinal", ()),
    ("cent mille milliards", "100000000000000", "cardinal", ()),
    ("une dizaine", "10", "cardinal", ()),
    ("deux douzaines", "24", "cardinal", ()),
    ("une centaine de milliers", "100000", "cardinal", ()),
    ("un millier d’hommes", "1000", "cardinal", ()),
    ("un demi-million", "500000", "cardinal", ()),
    ("trois millions et demi", "3500000", "cardinal", ()),
    ("le million et demi", "1500000", "cardinal", ()),
    ("une heure et demie", "3/2", "cardinal", ("hour",)),
    ("les deux tiers", "2/3", "fraction", ()),
    ("les trois premiers quarts", "3/4", "fraction", ()),
    ("deux dixièmes", "1/5", "fraction", ()),
    ("la moitié", "1/2", "fraction", ()),
    ("1er", "1", "ordinal", ()),
    ("7e", "7", "ordinal", ()),
    ("2nde", "2", "ordinal", ()),
    ("XXIe", "21", "ordinal", ()),
    ("cinquante-deuxième", "52", "ordinal", ()),
    ("vingt et unième", "21", "ordinal", ()),
    ("centième", "100", "ordinal", ()),
    ("12,5 %", "25/2", "cardinal", ("percent",)),
    ("12,5\u00a0%", "25/2", "cardinal", ("percent",)),
    ("douze pour cent", "12", "cardinal", ("percent",)),
    ("2 points de pourcentage", "2", "cardinal", ("point",)),
    ("1 234,50 €", "2469/2", "cardinal", ("EUR",)),
    ("1\u202f234\u202f567,89", "123456789/100", "cardinal", ()),
    ("1.234.567", "1234567", "cardinal", ()),
    ("1’234’567", "1234567", "cardinal", ()),
    ("30 M€", "30000000", "cardinal", ("EUR",)),
    ("4 Md€", "4000000000", "cardinal", ("EUR",)),
    ("500 kilomètres carrés", "500", "cardinal", ("km²",)),
    ("20 km/h", "20", "cardinal", ("km/h",)),
    ("200 milles marins", "200", "cardinal", ("nautical mile",)),
    ("4 h 31 min 22 s", "16282", "cardinal", ("second",)),
    ("trois virgule quatorze", "157/50", "cardinal", ()),
    ("dizaines de milliers", "10000", "vague", ()),
    ("milliards de dollars", "1000000000", "vague", ("USD", "CAD", "AUD")),
]
ENGLISH = [
    ("ninety-seven", "97", "cardinal", ()),
    ("two dozen", "24", "cardinal", ()),
    ("half a million", "500000", "cardinal", ()),
    ("a quarter of a million", "250000", "cardinal", ()),
    ("half-dozen", "6", "cardinal", ()),
    ("a hundred", "100", "cardinal", ()),
    ("one hundred and fifty million", "150000000", "cardinal", ()),
    ("two hundred thousand", "200000", "cardinal", ()),
    ("fifteen hundred", "1500", "cardinal", ()),
    ("a million and a half", "1500000", "cardinal", ()),
    ("one and a half million", "1500000", "cardinal", ()),
    ("two and a half years", "5/2", "cardinal", ("year",)),
    ("three point one four", "157/50", "cardinal", ()),
    ("the twenty-first", "21", "ordinal", ()),
    ("52nd", "52", "ordinal", ()),
    ("one hundred and third", "103", "ordinal", ()),
    ("two-thirds", "2/3", "fraction", ()),
    ("three quarters", "3/4", "fraction", ()),
    ("12.5 percent", "25/2", "cardinal", ("percent",)),
    ("12.5 per cent", "25/2", "cardinal", ("percent",)),
    ("2 percentage points", "2", "cardinal", ("point",)),
    ("€1,234.50", "2469/2", "cardinal", ("EUR",)),
    ("1,234,567.89", "123456789/100", "cardinal", ()),
    ("1 234 567", "1234567", "cardinal", ()),
    ("5,4%", "27/5", "cardinal", ("percent",)),
    ("$3m", "3000000", "cardinal", ("USD", "CAD", "AUD")),
    ("US$3bn", "3000000000", "cardinal", ("USD",)),
    ("£3.2 million", "3200000", "cardinal", ("GBP",)),
    ("$300+ billion", "300000000000", "cardinal", ("USD", "CAD", "AUD")),
    ("23-year", "23", "cardinal", ("year",)),
    ("168.4-kilometre", "842/5", "cardinal", ("km",)),
    ("6-foot-6", "78", "cardinal", ("inch",)),
    ("1 minute 47 seconds", "107", "cardinal", ("second",)),
    ("a fortnight", "1", "cardinal", ("fortnight",)),
    ("tens of thousands", "10000", "vague", ()),
    ("several hundred thousand", "100000", "vague", ()),
    ("dozens", "10", "vague", ()),
]
NO_NUMBER = [
    ("fr", "un Airbus A320 et le Covid-19"),
    ("fr", "un appartement neuf dans Paris"),
    ("fr", "le G7, la 5G et le SARS-CoV-2"),
    ("fr", "appelez le 01 23 45 67 89"),
    ("en", "an A320, the G7 and Covid-19"),
    ("en", "see https://example.org/2345 and version 2.0.1"),
]


@pytest.mark.parametrize(("text", "value", "kind", "found"), FRENCH)
def test_french(text: str, value: str, kind: str, found: tuple[str, ...]) -> None:
    _is_read(numbers.read(text, "fr"), value, kind, found)


@pytest.mark.parametrize(("text", "value", "kind", "found"), ENGLISH)
def test_english(text: str, value: str, kind: str, found: tuple[str, ...]) -> None:
    _is_read(numbers.read(text, "en"), value, kind, found)


def _is_read(read: tuple[Quantity, ...], value: str, kind: str, found: tuple[str, ...]) -> None:
    assert [q.value for q in read] == [Fraction(value)]
    assert read[0].kind == kind
    assert read[0].units == found


@pytest.mark.parametrize(("lang", "text"), NO_NUMBER)
def test_names_hold_no_quantities(lang: str, text: str) -> None:
    assert [q for q in numbers.read(text, lang) if not q.weak] == []


def test_places_are_those_of_the_text() -> None:
    text = "Le plan coûte 4,2 milliards d’euros, dont 12 % cette année."
    assert [text[q.start : q.end] for q in numbers.read(text, "fr")] == ["4,2 milliards d’euros", "12 %"]
    assert [text[slice(*q.numeral)] for q in numbers.read(text, "fr")] == ["4,2 milliards", "12"]


def test_places_that_are_taken_are_left_out() -> None:
    assert [q.value for q in numbers.read("12 au 14 mai, 30 fois", "fr", [(0, 12)])] == [30]


def test_a_range_shares_scale_and_unit() -> None:
    first, second = numbers.read("de 3 à 5 millions d’euros", "fr")
    assert Fraction(3_000_000) in first.values
    assert first.units == second.units == ("EUR",)


def test_roman_figures() -> None:
    assert [numbers.roman(f) for f in ("I", "IV", "IX", "XIV", "XXI", "XL", "XCIX", "IIX", "")] == [
        1, 4, 9, 14, 21, 40, 99, None, None,
    ]  # fmt: skip


def _quantity(text: str, lang: str) -> Quantity:
    (found,) = numbers.read(text, lang)
    return found


EQUIVALENT = [
    ("30 kilomètres", "19 miles"),
    ("un mètre", "three feet"),
    ("30 °C", "86°F"),
    ("deux kilos", "four pounds"),
    ("quinze jours", "two weeks"),
    ("huit jours", "a week"),
    ("dix ans", "a decade"),
    ("48 heures", "two days"),
    ("20 %", "a fifth"),
    ("la moitié", "50%"),
    ("une dizaine", "a dozen"),
    ("5 123 soldats", "about 5,100"),
    ("1 234 567 habitants", "1.2 million"),
    ("des milliers", "thousands"),
    ("des milliers de kilomètres", "thousands of miles"),
]
CONTRADICTORY = [
    ("41 euros", "€14"),
    ("9e", "19th"),
    ("40", "41"),
    ("4,2 milliards", "4.2 million"),
    ("des centaines", "thousands"),
    ("11 mois", "12 months"),
    ("environ 7 000", "about 7,003"),
]


@pytest.mark.parametrize(("french", "english"), EQUIVALENT)
def test_the_same_said_in_another_way(french: str, english: str) -> None:
    one, other = _quantity(french, "fr"), _quantity(english, "en")
    assert quantities.equivalent(one, other) or quantities.same(one, other)


@pytest.mark.parametrize(("french", "english"), CONTRADICTORY)
def test_contradictions(french: str, english: str) -> None:
    one, other = _quantity(french, "fr"), _quantity(english, "en")
    assert quantities.comparable(one, other)
    assert not quantities.equivalent(one, other)
    assert not quantities.same(one, other)


@pytest.mark.parametrize(
    ("french", "english", "written"),
    [
        ("41 euros", "€14", "€41"),
        ("21,5 milliards d’euros", "€21.5 million", "€21.5 billion"),
        ("9e", "19th", "9th"),
        ("52e", "forty-second", "fifty-second"),
        ("soixante et onze", "Sixty-one", "Seventy-one"),
        ("3 milliards de dollars", "$3m", "$3,000m"),
        ("12 ans", "13 years", "12 years"),
        ("5 100", "5200", "5100"),
        ("5 100", "5,200", "5,100"),
        ("41 euros", "14 miles", None),
    ],
)
def test_a_number_is_written_as_the_english_one_was(french: str, english: str, written: str | None) -> None:
    assert numbers_written.written(_quantity(french, "fr"), _quantity(english, "en"), english) == written


def test_units_convert_there_and_back() -> None:
    for name, unit in units.all_units().items():
        for other in units.all_units().values():
            there = units.convert(Fraction(100), name, other.name)
            if there is not None:
                assert unit.dimension == other.dimension
                assert units.convert(there, other.name, name) == 100


def _french_words(number: int) -> str:
    """French words for a number below 10**12, written for these tests alone."""
    words = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    small = dict(enumerate(words.split()))
    small |= {17: "dix-sept", 18: "dix-huit", 19: "dix-neuf"}
    tens = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}

    def hundred(n: int) -> str:
        if n < 20:
            return small[n]
        ten, unit = divmod(n, 10)
        if ten in (7, 9):
            ten, unit = ten - 1, unit + 10
        if unit == 0:
            return tens[ten] + ("s" if ten == 8 else "")
        return tens[ten] + (" et " if unit in (1, 11) and ten != 8 else "-") + small[unit]

    def thousand(n: int) -> str:
        hundreds, rest = divmod(n, 100)
        if not hundreds:
            return hundred(rest)
        head = "cent" if hundreds == 1 else f"{small[hundreds]} cent" + ("s" if not rest else "")
        return head + (f" {hundred(rest)}" if rest else "")

    parts = []
    for size, name in ((10**9, "milliard"), (10**6, "million"), (10**3, "mille")):
        count, number = divmod(number, size)
        if count:
            said = "" if name == "mille" and count == 1 else thousand(count).replace("cents", "cent") + " "
            if name == "mille":
                said = said.replace("quatre-vingts ", "quatre-vingt ")
            parts.append(said + name + ("s" if count > 1 and name != "mille" else ""))
    return " ".join([*parts, *([thousand(number)] if number or not parts else [])])


@settings(deadline=None)
@given(st.integers(0, 10**9 - 1) | st.integers(0, 3000))
def test_law_french_words_give_their_number(number: int) -> None:
    assert [q.value for q in numbers.read(_french_words(number), "fr")] == [number]


@settings(deadline=None)
@given(st.integers(0, 999))
def test_law_english_words_give_their_number(number: int) -> None:
    assert [q.value for q in numbers.read(numbers_en.words(number), "en")] == [number]


@settings(deadline=None)
@given(st.integers(1, 99))
def test_law_english_ranks_give_their_number(number: int) -> None:
    for text in (numbers_en.ordinal_words(number), numbers_en.ordinal_digits(number)):
        (read,) = numbers.read(text, "en")
        assert read.kind == "ordinal"
        assert read.value == number


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", "."]))
def test_law_digits_are_read_in_both_manners(whole: int, cents: int, blank: str) -> None:
    english = f"{whole:,}.{cents:02}"
    french = f"{whole:,}".replace(",", blank) + f",{cents:02}"
    value = Fraction(whole) + Fraction(cents, 100)
    assert numbers_en.values(english)[0] == value
    assert numbers_fr.values(french)[0] == value
    (read,) = numbers.read(french, "fr")
    assert (read.value, read.start, read.end) == (value, 0, len(french))


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["fr", "en"]))
def test_law_whatever_is_read_lies_in_the_text_in_order(text: str, lang: str) -> None:
    end = 0
    for quantity in numbers.read(text, lang):
        assert end <= quantity.start <= quantity.numeral[0] < quantity.numeral[1] <= quantity.end <= len(text)
        end = quantity.end
