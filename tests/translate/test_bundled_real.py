"""The translator that is in the package, on the articles of the project's own corpora."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tqcheck.translate.bundled import engine as bundled
from tqcheck.translate.protocol import BACK, FORWARD
from tqcheck.translate.registry import Options, choose

CORPORA = Path(__file__).parent.parent.parent / "corpora"
ARTICLES = sorted(path.parent.name for path in CORPORA.glob("*/clean.en.txt"))

pytestmark = pytest.mark.skipif(not bundled.present(), reason="this tree has no translator in it: training/README.md")


def paragraphs(name: str, file: str) -> list[str]:
    text = (CORPORA / name / file).read_text("utf-8")
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def test_every_file_is_the_one_that_was_made() -> None:
    assert choose("bundled").engine is not None
    assert bundled.bundled(4).translate(["Bonjour."], *FORWARD)[0].text


def test_auto_takes_it_where_nothing_better_is(tmp_path: Path) -> None:
    choice = choose("auto", Options(hub_cache=tmp_path, models=tmp_path))
    assert choice.engine is not None
    assert choice.engine.name == "bundled"
    assert choice.notes == ()


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_translated_both_ways(name: str) -> None:
    from sacrebleu import CHRF

    french, english = paragraphs(name, "article.fr.txt"), paragraphs(name, "clean.en.txt")
    for way, source, reference in ((FORWARD, french, english), (BACK, english, french)):
        began = time.process_time()
        made = bundled.bundled(4).translate(source, *way)
        words = sum(len(text.split()) for text in source)
        assert time.process_time() - began < 5 + words / 20
        whole = " ".join(translation.text for translation in made)
        assert CHRF().corpus_score([whole], [[" ".join(reference)]]).score > 45


def test_the_same_again() -> None:
    text = paragraphs(ARTICLES[0], "article.fr.txt")
    engine = bundled.bundled(4)
    together = [made.text for made in engine.translate(text, *FORWARD)]
    assert [engine.translate([part], *FORWARD)[0].text for part in text] == together
