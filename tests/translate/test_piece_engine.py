"""Parts, batches and places, with a model of words that is simple enough to foretell."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.translate import piece_engine
from tqcheck.translate.piece_engine import Hypothesis, Loaded, PieceEngine
from tqcheck.translate.pieces import Piece


class Words:
    """A tokenizer of words."""

    def source(self, text: str) -> tuple[str, ...]:
        return tuple(text.split())

    def target(self, text: str) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for word in text.split():
            pieces.append(Piece(word, text.index(word, pieces[-1].start + len(pieces[-1].text) if pieces else 0)))
        return tuple(pieces)

    def text(self, tokens: Sequence[str]) -> str:
        return " ".join(tokens)


class Shouting:
    """Translates a word by the same in capitals, and runs on for ever where there are more than ``breath``."""

    def __init__(self, longest: int = 500, breath: int = 500) -> None:
        self.longest = longest
        self.breath = breath
        self.batches: list[list[int]] = []

    def generate(self, sources: Sequence[Sequence[str]]) -> list[Hypothesis]:
        self.batches.append([len(source) for source in sources])
        return [self._one(source) for source in sources]

    def _one(self, source: Sequence[str]) -> Hypothesis:
        finished = len(source) <= self.breath
        words = [word.upper() for word in source] if finished else ["LA"] * 3 * len(source)
        return Hypothesis(tuple(words), tuple(-0.123456 for _ in words), finished)

    def score(self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        assert all(len(side) <= self.longest for side in (*sources, *targets))
        return [(*(-float(len(word)) for word in target), -0.5) for target in targets]


def engine(model: Shouting) -> PieceEngine:
    return PieceEngine("shouting", "shouting:1", {("fr", "en"): lambda: Loaded(Words(), model)})


def test_order_is_kept_while_like_lengths_go_together() -> None:
    model = Shouting()
    texts = [" ".join("w" * (number % 7 + 1) for _ in range(number % 50 + 1)) for number in range(0, 400, 3)]
    made = engine(model).translate(texts, "fr", "en")
    assert [translation.text for translation in made] == [text.upper() for text in texts]
    lengths = [length for batch in model.batches for length in batch]
    assert lengths == sorted(lengths, reverse=True)
    assert max(len(batch) * (max(batch) + 1) for batch in model.batches) <= piece_engine.BATCH
    assert len(model.batches) < len(texts) / 10


def test_a_long_text_is_translated_whole() -> None:
    model = Shouting()
    text = " ".join(f"word{number}{'.' if number % 9 == 0 else ''}" for number in range(1000))
    (made,) = engine(model).translate([text], "fr", "en")
    assert made.text == text.upper()
    assert max(max(batch) for batch in model.batches) <= piece_engine.AT_ONCE


def test_where_a_model_runs_on_its_source_is_halved() -> None:
    text = " ".join(f"word{number}" for number in range(100))
    (made,) = engine(Shouting(breath=30)).translate([text], "fr", "en")
    assert made.text == text.upper()
    assert len(made.log_probabilities or ()) == len(made.pieces or ()) == 100


def test_a_model_that_always_runs_on_is_left_to_it() -> None:
    (made,) = engine(Shouting(breath=0)).translate(["un deux trois quatre cinq six sept huit neuf"], "fr", "en")
    assert set(made.text.split()) == {"LA"}


def test_log_probabilities_are_rounded() -> None:
    (made,) = engine(Shouting()).translate(["oui"], "fr", "en")
    assert made.log_probabilities == (-0.1235,)


def test_scores_of_a_long_text_tile_it() -> None:
    target = "  " + " ".join(f"word{number}." for number in range(50)) + "\n"
    source = " ".join(f"mot{number}." for number in range(60))
    (scored,) = engine(Shouting(longest=12)).score([source], [target], "fr", "en")
    assert "".join(target[piece.start : piece.end] for piece in scored.pieces) == target
    assert [piece.text for piece in scored.pieces] == target.split()
    assert [piece.log_probability for piece in scored.pieces] == [-float(len(word)) for word in target.split()]
    assert scored.end == -0.5
    assert scored.log_probability == sum(piece.log_probability for piece in scored.pieces) - 0.5


def test_an_empty_target_has_no_pieces_and_an_empty_source_some() -> None:
    nothing, addition = engine(Shouting()).score(["oui", ""], [" ", "an addition"], "fr", "en")
    assert nothing.pieces == ()
    assert nothing.end is None
    assert len(addition.pieces) == 2


def test_progress_ends_with_everything_done() -> None:
    told: list[tuple[int, int]] = []
    engine(Shouting()).translate(["un mot " * 90] * 30, "fr", "en", lambda *step: told.append(step))
    assert told[-1] == (30, 30)
    assert told == sorted(told)
    assert len(told) > 1
