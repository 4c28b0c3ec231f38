from __future__ import annotations

from pathlib import Path

from tests.translate.bitext import bitext
from tests.translate.engines import Echo
from tqcheck.translate.cache import Cache
from tqcheck.translate.recorded import Recorded
from tqcheck.translate.stage import translate_bitext

ARTICLE = bitext(("Oui.", "Yes."), ("Non.", ""), ("", "Added."), ("Oui.", "Yes, indeed."), (" \n", "Yes."))


def test_each_direction_is_one_batch_of_the_texts_that_differ() -> None:
    engine = Echo()
    translated = translate_bitext(ARTICLE, engine)
    assert engine.asked == [("fr-en", ("Oui.", "Non.")), ("en-fr", ("Yes.", "Added.", "Yes, indeed."))]
    assert [pair.forward and pair.forward.text for pair in translated.pairs] == [".iuO", ".noN", None, ".iuO", None]
    assert [pair.back and pair.back.text for pair in translated.pairs] == [
        ".seY",
        None,
        ".deddA",
        ".deedni ,seY",
        ".seY",
    ]
    assert translated.source is ARTICLE.source


def test_a_sentence_that_is_broken_into_lines_is_the_same_sentence() -> None:
    engine = Echo()
    translate_bitext(bitext(("Il est mort\n  hier\u00a0!", "He  died\r\nyesterday!")), engine)
    assert engine.asked == [("fr-en", ("Il est mort hier\u00a0!",)), ("en-fr", ("He died yesterday!",))]


def test_without_an_engine_nothing_changes() -> None:
    assert translate_bitext(ARTICLE, None) is ARTICLE


def test_a_direction_that_an_engine_lacks_stays_empty() -> None:
    engine = Echo(directions=[("fr", "en")])
    translated = translate_bitext(ARTICLE, engine)
    assert all(pair.back is None for pair in translated.pairs)
    assert translated.pairs[0].forward is not None


def test_progress_counts_both_directions() -> None:
    told: list[tuple[int, int]] = []
    translate_bitext(ARTICLE, Echo(), None, lambda *step: told.append(step))
    assert told == [(2, 5), (5, 5)]


def test_progress_is_that_of_the_engine_behind_the_cache(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with Cache(tmp_path) as cache:
        translate_bitext(bitext(("Oui.", "Yes.")), Echo(), cache)
        translate_bitext(ARTICLE, Echo(), cache, lambda *step: told.append(step))
    assert told == [(2, 5), (5, 5)]


def test_what_is_in_the_cache_is_not_asked_again(tmp_path: Path) -> None:
    first, second, other = Echo(), Echo(), Echo("echo:2")
    with Cache(tmp_path) as cache:
        translated = translate_bitext(ARTICLE, first, cache)
        assert translate_bitext(ARTICLE, second, cache) == translated
        assert second.asked == []
        translate_bitext(ARTICLE, other, cache)
        assert len(other.asked) == 2
        assert cache.notes == ()


def test_a_recording_is_not_cached(tmp_path: Path) -> None:
    texts = {"Oui.": translate_bitext(ARTICLE, Echo()).pairs[0].forward}
    engine = Recorded(
        "somebody", {("fr", "en"): {text: made for text, made in texts.items() if made}}, "recording.json"
    )
    translate_bitext(bitext(("Oui.", "Yes.")), engine, Cache(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


def test_some_pairs_alone() -> None:
    engine = Echo()
    made = translate_bitext(bitext(("Un.", "One."), ("Deux.", "Two."), ("Trois.", "Three.")), engine, only={1})
    assert [pair.forward is not None for pair in made.pairs] == [False, True, False]
    assert engine.asked == [("fr-en", ("Deux.",)), ("en-fr", ("Two.",))]
