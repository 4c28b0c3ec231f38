"""Words tried out with a tiny model: what is said of a place is what the scores of whole texts say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.translate import tiny_gemma
from tqcheck.errors import UserError
from tqcheck.translate.gemma import reading, trials, vocabulary
from tqcheck.translate.gemma.engine import GemmaEngine, from_path
from tqcheck.translate.protocol import BACK, FORWARD, Question

EXTRA = "the extra lm is not installed: pip install 'tqcheck[lm]'"
FRENCH, ENGLISH = "Le chat dort là.", "The cat is asleep then."


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GemmaEngine]:
    for library in ("gguf", "tokenizers", "openvino", "wordfreq"):
        pytest.importorskip(library, reason=EXTRA)
    folder: Path = tmp_path_factory.mktemp("gemma")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "LEAST", 1e-3)
        tiny_gemma.exactly(patch)
        made = from_path(tiny_gemma.write(folder / "tiny.gguf"), folder)
        made.score(["a"], ["b"], *FORWARD)
        yield made


def of_whole(engine: GemmaEngine, english: str) -> float:
    return engine.score([FRENCH], [english], *FORWARD)[0].log_probability


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes are judged by all that follows, as whole texts are."""
    monkeypatch.setattr(trials, "TAIL", 1000)


@pytest.mark.usefixtures("far")
def test_a_word_dropped(engine: GemmaEngine) -> None:
    place = (ENGLISH.index("asleep"), ENGLISH.index("asleep") + len("asleep"))
    ((trial,),) = engine.try_out([Question(FRENCH, ENGLISH, (place,))], *FORWARD)
    assert trial is not None
    assert trial.dropped == pytest.approx(of_whole(engine, "The cat is then.") - of_whole(engine, ENGLISH), abs=2e-2)


@pytest.mark.usefixtures("far")
def test_another_word_in_its_place_and_before_it(engine: GemmaEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = engine._load().pieces
    other = [pieces.number(piece) for piece in pieces.source("the")]
    monkeypatch.setattr(trials.Trials, "_expected", lambda *_: other)
    ((trial,),) = engine.try_out([Question(FRENCH, ENGLISH, ((8, 10),))], *FORWARD)
    assert trial is not None
    assert trial.expected == "the"
    written = of_whole(engine, ENGLISH)
    assert trial.replaced == pytest.approx(of_whole(engine, "The cat the asleep then.") - written, abs=2e-2)
    assert trial.inserted == pytest.approx(of_whole(engine, "The cat the is asleep then.") - written, abs=2e-2)


def test_what_is_expected_is_the_most_probable_word(engine: GemmaEngine) -> None:
    ((trial,),) = engine.try_out([Question(FRENCH, ENGLISH, ((4, 7),))], *FORWARD)
    assert trial is not None
    made = engine._load()
    first = made.pieces.source("The")
    begun = [
        *made.pieces.label("French:")[-1:],
        *made.pieces.source(FRENCH),
        "\n",
        *made.pieces.label("English:"),
        *first,
    ]
    best, _, _ = made.step("en", made.begun(FORWARD), [made.pieces.number(piece) for piece in begun])
    if made.pieces.piece(best) == "\n":
        assert trial.expected == ""
    else:
        assert trial.expected.startswith(made.pieces.text([made.pieces.piece(best)]))


def test_a_place_without_a_piece_and_a_text_too_long_are_not_told(engine: GemmaEngine) -> None:
    blank, long = (3, 4), "a " * (reading.LONGEST + 1)
    questions = [Question(FRENCH, ENGLISH, (blank,)), Question(FRENCH, long, ((0, 1),)), Question(FRENCH, ENGLISH, ())]
    assert engine.try_out(questions, *FORWARD) == ((None,), (None,), ())


def test_an_answer_does_not_depend_on_what_else_is_asked(engine: GemmaEngine) -> None:
    places = ((4, 7), (8, 10))
    both, alone = engine.try_out([Question(FRENCH, ENGLISH, places), Question(FRENCH, ENGLISH, places[:1])], *FORWARD)
    assert both[0] is not None
    assert alone[0] is not None
    assert both[0].expected == alone[0].expected
    assert both[0].dropped == pytest.approx(alone[0].dropped, abs=1e-3)
    with pytest.raises(UserError, match="fr to de"):
        engine.try_out([Question("a", "b", ())], "fr", "de")
    assert engine.try_out([], *BACK) == ()
