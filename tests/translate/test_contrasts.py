"""Doubted words taken out, with a scorer that counts letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.bitexts import bitext_of
from tests.translate.test_word_scores import Letters
from tqcheck.model import Bitext, Contrast, WordDoubt
from tqcheck.translate.cache import Cache
from tqcheck.translate.contrasts import contrast, without
from tqcheck.translate.protocol import Passage
from tqcheck.translate.second_look import look_again
from tqcheck.translate.word_scores import score_words

FRENCH, ENGLISH = "Le maire a fermé les quais du port, hier.", "The nice mayor closed the quays, yesterday."


def doubted(*words: str) -> Bitext:
    bitext = score_words(bitext_of(FRENCH, ENGLISH), Letters())
    (pair,) = bitext.pairs

    def doubts(side: str) -> tuple[WordDoubt, ...]:
        segment = pair.source if side == "source" else pair.target
        return tuple(WordDoubt(*((0.8, 0.8) if token.text in words else (0.01, 0.01))) for token in segment.tokens)

    made = replace(pair, source_doubts=doubts("source"), target_doubts=doubts("target"))
    return replace(bitext, pairs=(made,))


def test_the_other_text_is_read_again_without_what_is_doubted(tmp_path: Path) -> None:
    scorer = Letters()
    bitext = doubted("du", "port", "nice")
    with Cache(tmp_path) as cache:
        (pair,) = contrast(bitext, scorer, cache).pairs
        assert contrast(bitext, scorer, cache).pairs == (pair,)
    assert scorer.asked == [
        ("fr", "en", (Passage("Le maire a fermé les quais, hier.", ENGLISH),)),
        ("en", "fr", (Passage("The mayor closed the quays, yesterday.", FRENCH),)),
    ]
    source, target = pair.contrasts
    lost = len(FRENCH) - len("Le maire a fermé les quais, hier.")
    words = sum(word is not None for word in pair.target_scores.words) if pair.target_scores else 0
    du, nice = (
        next(t.index for t in (*pair.source.tokens, *pair.target.tokens) if t.text == w) for w in ("du", "nice")
    )
    assert source == Contrast("source", du, du + 1, -lost * words, -lost, -lost)
    assert (target.side, target.first, target.last, target.hardest) == ("target", nice, nice, -len("nice "))


def test_where_nothing_is_doubted_or_was_read_nothing_is_read() -> None:
    scorer = Letters()
    sure = doubted()
    assert contrast(sure, scorer).pairs == sure.pairs
    unread = tuple(replace(pair, source_scores=None, target_scores=None) for pair in doubted("port").pairs)
    assert contrast(replace(sure, pairs=unread), scorer).pairs == unread
    assert scorer.asked == []
    assert contrast(doubted("port"), None) == doubted("port")
    assert look_again(doubted("port", "nice"), None) == doubted("port", "nice")


def test_both_looks() -> None:
    (pair,) = look_again(doubted("port", "nice"), Letters()).pairs
    assert [trial.expected for trial in pair.trials] == ["that"]
    assert [one.side for one in pair.contrasts] == ["source", "target"]


def test_marks_stand_where_they_stood() -> None:
    segment = bitext_of(FRENCH, ENGLISH).pairs[0].source
    tokens = [token for token in segment.tokens if token.text in ("du", "port")]
    assert without(segment, tokens) == "Le maire a fermé les quais, hier."
    assert without(segment, [segment.tokens[-2]]) == "Le maire a fermé les quais du port,."
