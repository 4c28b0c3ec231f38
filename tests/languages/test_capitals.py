"""What English writes with a capital."""

from __future__ import annotations

from tqcheck.languages.capitals import half_capitals, is_common_phrase, is_people


def test_peoples_and_languages_but_no_common_words() -> None:
    assert is_people("french")
    assert is_people("germans")
    assert not is_people("polish")
    assert not is_people("china")


def test_things_that_may_be_written_small() -> None:
    assert is_common_phrase("french fries and beer")
    assert not is_common_phrase("french president")


def test_a_body_known_from_the_french_has_its_capitals() -> None:
    english = "He told the European union, and the union of workers."
    assert list(half_capitals("Il l'a dit à l'Union européenne.", english)) == [(12, 26, "European Union")]
    assert not list(half_capitals("Il l'a dit au syndicat.", english))


def test_house_style_may_write_parts_of_names_small() -> None:
    assert not list(half_capitals("Il vient d'Asie centrale.", "He is from central Asia."))
