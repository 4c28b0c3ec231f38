"""Marks that no sentence has, and those that only look like it."""

from __future__ import annotations

import pytest

from tqcheck.languages.strays import strays


@pytest.mark.parametrize(
    ("english", "mark"),
    [
        ("He went to the; house on Monday.", ";"),
        ("The new? bridge was closed.", "?"),
        ("The previously- closed bridge was opened.", "-"),
        ("It stood near~ the door.", "~"),
        ("Seven_ days later it rained.", "_"),
        ("It rained;; we stayed.", ";;"),
        ('The bridge" was closed on Monday.', '"'),
    ],
)
def test_a_stray_is_found_in_its_place(english: str, mark: str) -> None:
    assert [english[stray.start : stray.end] for stray in strays(english, "Le pont est fermé.")] == [mark]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Pre- and post-war buildings stand here.", "Des bâtiments."),
        ('"Will it be? he asked, and left.', "« Sera-t-il ? »"),
        ("The mayor came; the mayor left.", "Le maire."),
        ("What is it to? us", "Qu'est-ce ?"),
        ("Write to a_b@c.fr today.", "Écrivez."),
        ("The rope was 5' 11\" long.", "La corde."),
    ],
)
def test_what_may_stand_there_is_left_alone(english: str, french: str) -> None:
    assert list(strays(english, french)) == []
