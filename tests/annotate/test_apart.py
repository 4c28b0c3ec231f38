from __future__ import annotations

import pytest

from tqcheck.annotate import annotate, annotate_both, annotate_pairs, parsers, parsing, segment
from tqcheck.apart import Apart
from tqcheck.model import Bitext, Document, Pair

FRENCH = Document("a.fr.txt", "fr", "Le soldat est mort. Il avait 34 ans.")
ENGLISH = Document("a.en.txt", "en", "The soldier died. He was 34 years old.")


def test_the_tokens_are_the_same_as_without_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = annotate(FRENCH), annotate(ENGLISH)
    monkeypatch.setattr("tqcheck.annotate.is_loaded", lambda lang: False)
    monkeypatch.setattr(parsers, "_english", unwanted)
    apart = Apart()
    try:
        assert annotate_both(FRENCH, ENGLISH, beside=apart) == expected
        monkeypatch.setattr("tqcheck.annotate.is_loaded", lambda lang: True)  # one that runs is asked all the same
        assert annotate_both(FRENCH, ENGLISH, beside=apart) == expected
    finally:
        apart.close()


def test_the_parser_that_is_loaded_here_is_used() -> None:
    annotate(ENGLISH)
    apart = Apart()
    assert annotate_both(FRENCH, ENGLISH, beside=apart)[1].tokens
    assert not apart.is_running


def test_batches_are_parsed_one_ahead() -> None:
    english, french = segment(ENGLISH), segment(FRENCH)
    asked: list[list[str]] = []

    class Recorded(Apart):
        def ask(self, work, *arguments):  # type: ignore[no-untyped-def]
            asked.append(arguments[0])
            return super().ask(work, *arguments)

    apart = Recorded()
    apart.close()  # so that all is done here
    parse = parsing(([sentence] for sentence in english.segments), "en", apart)
    for number, (one, other) in enumerate(zip(french.segments, english.segments, strict=True)):
        assert asked == [[part.text] for part in english.segments[: number + 1]]
        read = annotate_pairs(Bitext(french, english, (Pair(0, one, other),)), parse_target=parse)
        assert read.target.tokens
    assert len(asked) == 2


def unwanted(*arguments: object) -> object:
    raise AssertionError("this should not be asked for")
