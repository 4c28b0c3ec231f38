"""A language model that reads a share of the pairs: those that the other evidence doubts most."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bitexts import bitext_of, lines, tools
from tests.translate.test_word_scores import Letters
from tqcheck import closer, pipeline
from tqcheck.model import Pair, Report, WordDoubt
from tqcheck.translate.bundled import usual
from tqcheck.translate.cache import Cache

FRENCH = (
    "Le maire a ouvert l'école lundi.",
    "Les prix du blé ont augmenté en mars.",
    "Il pleut depuis deux jours.",
    "Le juge a entendu trois témoins.",
)
ENGLISH = (
    "The mayor opened the school on Monday.",
    "Wheat the potato in prices March bicycle.",
    "It has been raining for two days.",
    "The judge heard three witnesses.",
)


def report(share: float, scorer: Letters | None, cache: Cache | None = None) -> Report:
    """The check of the pairs above as one article."""
    some = replace(tools(), scorer=scorer, share=share, cache=cache)
    return pipeline.check_pairs(lines("\n".join(FRENCH), "fr"), lines("\n".join(ENGLISH), "en"), [0] * 4, some)


def doubted(*doubts: float, articles: tuple[int, ...] | None = None) -> tuple[Pair, ...]:
    """Pairs of one text each whose words are doubted so much; where the article is -1 a side is empty."""
    (pair,) = bitext_of(FRENCH[0], ENGLISH[0]).pairs
    empty = replace(pair.source, text="", tokens=())
    return tuple(
        replace(
            pair,
            index=number,
            source=empty if article < 0 else pair.source,
            document=max(0, article),
            target_doubts=tuple(WordDoubt(0.0, doubt) for _ in pair.target.tokens),
        )
        for number, (doubt, article) in enumerate(zip(doubts, articles or (0,) * len(doubts), strict=True))
    )


def test_the_most_doubted_of_each_article_are_read_and_at_least_one() -> None:
    assert closer.most_doubted(doubted(0.1, 0.9, 0.2, 0.8), 0.5) == {1, 3}
    assert closer.most_doubted(doubted(0.1, 0.9, 0.2, 0.8), 0.51) == {1, 2, 3}
    assert closer.most_doubted(doubted(0.1, 0.9, 0.2, 0.8, articles=(0, 1, 0, 1)), 0.5) == {1, 2}
    assert closer.most_doubted(doubted(0.1, 0.2, articles=(0, 1)), 0.01) == {0, 1}


def test_a_share_is_not_rounded_up_for_how_numbers_are_kept() -> None:
    assert len(closer.most_doubted(doubted(*[0.3] * 30), 0.1)) == 3


def test_pairs_with_an_empty_side_are_not_counted_and_the_earlier_of_two_alike_is_read() -> None:
    assert closer.most_doubted(doubted(0.9, 0.2, 0.2, articles=(-1, 0, 0)), 0.5) == {1}


def test_unusual_english_is_read_first_and_less_so_where_the_french_is_as_unusual() -> None:
    (pair,) = bitext_of(FRENCH[0], ENGLISH[0]).pairs
    strange = replace(pair, target=replace(pair.target, text="School the on opened Monday mayor the."))
    both = replace(strange, source=replace(pair.source, text="École le ouvert lundi l' a maire."))
    plain, odd, odd_in_both = closer.worth_reading((pair, strange, both))
    assert plain < odd_in_both < odd


def test_words_in_another_order_are_strange() -> None:
    plain, mixed, empty = usual.strangeness([ENGLISH[0], "School the on opened Monday mayor the.", ""], "en") or ()
    assert 0.0 < plain < mixed
    assert empty == 0.0
    assert usual.strangeness(["Guten Tag"], "de") is None


def test_a_pair_that_is_read_is_as_if_all_were_and_the_others_as_if_none_was() -> None:
    some, every, none = (report(*how).bitext.pairs for how in ((0.25, Letters()), (1.0, Letters()), (1.0, None)))
    assert [pair.target_scores is not None for pair in some] == [False, True, False, False]
    assert (some[1].target_scores, some[1].target_doubts) == (every[1].target_scores, every[1].target_doubts)
    assert some[1].target_doubts != none[1].target_doubts
    assert [some[k] for k in (0, 2, 3)] == [none[k] for k in (0, 2, 3)]


def test_only_those_are_asked_about() -> None:
    scorer = Letters()
    report(0.25, scorer)
    assert not scorer.questions
    assert [passages[0].source for _, _, passages in scorer.asked] == [FRENCH[1], ENGLISH[1]]
    assert [len(passages) for _, _, passages in scorer.asked] == [1, 1]


def test_what_the_cache_holds_changes_nothing(tmp_path: Path) -> None:
    cold = report(0.25, Letters(), Cache(tmp_path))
    report(1.0, Letters(), Cache(tmp_path))
    assert report(0.25, Letters(), Cache(tmp_path)) == cold


def test_the_report_says_how_many_were_read() -> None:
    said = "the language model read 1 of 4 pairs, those that the other evidence doubts most"
    some = report(0.25, Letters())
    assert said in some.notes
    assert some.provenance["lm-read"] == {"pairs": 1, "of": 4}
    for other in (report(1.0, Letters()), report(0.25, None)):
        assert not any("the language model read" in note for note in other.notes)
        assert "lm-read" not in other.provenance


def test_in_windows_the_pairs_around_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tqcheck.windows.LONG", 10)
    monkeypatch.setattr("tqcheck.windows.cut.__defaults__", (150, 2))
    scorer = Letters()
    found = report(0.25, scorer)
    windows = next(int(note.split()[5]) for note in found.notes if note.startswith("a long text"))
    assert windows > 1
    assert found.provenance["lm-read"] == {"pairs": windows, "of": 4}
