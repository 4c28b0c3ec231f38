"""Forms of English words."""

from __future__ import annotations

import pytest

from tqcheck.languages.inflection import other_forms


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("signs", {"sign", "signed", "signing"}),
        ("signed", {"sign", "signs", "signing"}),
        ("announcing", {"announce", "announced", "announces"}),
        ("planned", {"plan", "plans", "planning"}),
        ("tries", {"try", "tried", "trying"}),
        ("rose", {"rise", "rises", "risen", "rising"}),
        ("risen", {"rise", "rises", "rose", "rising"}),
        ("women", {"woman"}),
        ("city", {"cities"}),
        ("go", {"goes", "went", "gone", "going"}),
    ],
)
def test_forms_of_a_word(word: str, others: set[str]) -> None:
    found = other_forms(word)
    assert others <= set(found)
    assert word not in found
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize(("word", "not_one"), [("the", "thing"), ("thing", "the"), ("his", "hi"), ("led", "ling")])
def test_what_is_no_form(word: str, not_one: str) -> None:
    assert not_one not in other_forms(word)
