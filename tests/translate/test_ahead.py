from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

import pytest

from tests.translate.bitext import bitext
from tests.translate.engines import Echo
from tqcheck.apart import Apart, Asked
from tqcheck.translate import registry
from tqcheck.translate.ahead import AheadEngine
from tqcheck.translate.cache import Cache
from tqcheck.translate.cached import CachedEngine
from tqcheck.translate.stage import begin, prepare, translate_bitext

ARTICLE = bitext(("Oui.", "Yes."), ("Non.", ""), ("Oui.", "Yes, indeed."))


class Travelling(Echo):
    """One that another process may have."""

    portable: Final[Literal[True]] = True


class Here(Apart):
    """What is asked is done at once, here."""

    def ask(self, work: Callable[..., Any], *arguments: Any) -> Asked[Any]:
        asked = Asked(work, arguments)
        asked.answer()
        return asked


@pytest.fixture
def apart() -> Iterator[Apart]:
    there = Apart()
    yield there
    there.close()


def test_what_was_begun_is_asked_once_and_the_bitext_is_the_same() -> None:
    engine = Travelling()
    ahead = begin(ARTICLE, engine, None, Here())
    begun = list(engine.asked)
    assert begun == [("fr-en", ("Oui.", "Non.")), ("en-fr", ("Yes.", "Yes, indeed."))]
    assert translate_bitext(ARTICLE, ahead) == translate_bitext(ARTICLE, Echo())
    assert engine.asked == begun


def test_what_the_cache_has_is_not_begun(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        CachedEngine(Echo(), cache).translate(["Oui."], "fr", "en")
        engine = Travelling()
        ahead = begin(ARTICLE, engine, cache, Here())
        assert engine.asked == [("fr-en", ("Non.",)), ("en-fr", ("Yes.", "Yes, indeed."))]
        translated = translate_bitext(ARTICLE, ahead, cache)
        assert translated == translate_bitext(ARTICLE, Echo())
        assert len(engine.asked) == 2
        assert begin(ARTICLE, engine, cache, Here()) is engine


def test_other_texts_are_asked_of_the_engine() -> None:
    engine = Travelling()
    ahead = begin(bitext(("Oui.", "Yes.")), engine, None, Here())
    assert translate_bitext(ARTICLE, ahead) == translate_bitext(ARTICLE, Echo())
    assert engine.asked[2:] == [("fr-en", ("Non.",)), ("en-fr", ("Yes, indeed.",))]


def test_an_engine_that_does_not_travel_stays_as_it_is() -> None:
    engine = Echo()
    assert begin(ARTICLE, engine, None, Here()) is engine
    assert begin(ARTICLE, Travelling(), None, None) is not None
    assert begin(ARTICLE, None, None, Here()) is None
    prepare(engine, Here())
    assert engine.asked == []


def test_what_is_asked_of_it_besides_is_the_engines() -> None:
    engine = Travelling()
    ahead = begin(ARTICLE, engine, None, Here())
    assert isinstance(ahead, AheadEngine)
    assert (ahead.name, ahead.identity, ahead.can_score) == (engine.name, engine.identity, engine.can_score)
    assert ahead.score(["Oui."], ["Yes."], "fr", "en") == engine.score(["Oui."], ["Yes."], "fr", "en")
    assert ahead.supports("fr", "en")
    assert not ahead.supports("de", "en")


def test_progress_is_told_when_all_are_there() -> None:
    told: list[tuple[int, int]] = []
    translate_bitext(ARTICLE, begin(ARTICLE, Travelling(), None, Here()), None, lambda *step: told.append(step))
    assert told == [(2, 4), (4, 4)]


def test_the_bundled_translator_says_the_same_in_another_process(apart: Apart) -> None:
    engine = registry.choose("bundled").engine
    article = bitext(("Le soldat est mort hier.", "The soldier died yesterday."))
    prepare(engine, apart)
    ahead = begin(article, engine, None, apart)
    assert isinstance(ahead, AheadEngine)
    assert apart.is_running
    assert translate_bitext(article, ahead) == translate_bitext(article, engine)
