"""A doubted word tried out: what the model would write in its place, and how well what follows goes on from that.

The text up to the word is shown once. A word that is wrong is far less probable than the expected one; a word that is
missing makes what follows it improbable until it is put in; a word that is too much is dropped at no cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tqcheck.translate.gemma import prompt
from tqcheck.translate.gemma.model import Gemma, State, Text
from tqcheck.translate.gemma.reading import LONGEST
from tqcheck.translate.gemma.vocabulary import BLANK, LINE
from tqcheck.translate.piece_engine import DIGITS
from tqcheck.translate.pieces import Piece
from tqcheck.translate.protocol import Direction, Progress, Question, Trial

if TYPE_CHECKING:
    from tqcheck.translate.gemma.model import Numbers

TAIL = 6
"""Pieces behind a doubted word by which a change is judged: what is further away hardly tells."""
LONGEST_WORD = 6
"""Pieces of an expected word."""


class _Place(NamedTuple):
    """The text up to a doubted word, what is found there, and the word and what follows by number.

    ``both``: the pieces of both texts.
    """

    state: State
    last: int
    found: Numbers
    word: Sequence[int]
    tail: Sequence[int]
    both: Sequence[int]

    @property
    def before(self) -> State:
        """The same without the last piece: what is asked for follows on something."""
        return self.state.first(self.state.pieces - 1)


class Trials:
    """A model that tries words out in one direction."""

    def __init__(self, model: Gemma, direction: Direction) -> None:
        self._model = model
        self._direction = direction
        self._first, self._second = (tuple(model.pieces.label(prompt.LABELS[lang])) for lang in direction)

    def answer(self, questions: Sequence[Question], progress: Progress | None) -> tuple[tuple[Trial | None, ...], ...]:
        """One trial a place; None for places without a piece, and in texts too long to be read in one go."""
        found = []
        for question in questions:
            found.append(tuple(self._answered(question)))
            if progress is not None:
                progress(len(found), len(questions))
        return tuple(found)

    def _answered(self, question: Question) -> Iterator[Trial | None]:
        tokenizer = self._model.pieces
        source, pieces = tokenizer.source(question.source), tokenizer.target(question.target)
        ranges = [_pieces_of(place, pieces, question.target) for place in question.places]
        starts = [some.start for some in ranges if some]
        if not starts or max(len(source), len(pieces)) > LONGEST:
            yield from (None for _ in question.places)
            return
        before = self._numbers([self._first[-1], *source, LINE, *self._second])
        target = self._numbers([piece.text for piece in pieces])
        begun = self._model.begun(self._direction)
        shown = [*before, *target[: max(starts)]]
        found, state = self._model.show(begun, shown)
        for some in ranges:
            if not some:
                yield None
                continue
            known = len(before) + some.start
            tail = [*target, self._model.pieces.number(LINE)][some.stop : some.stop + TAIL]
            word = target[some.start : some.stop]
            both = [*before, *target]
            there = state.first(begun.pieces + known), shown[known - 1], found[known - 1 : known]
            yield self._tried(_Place(*there, word, tail, both))

    def _tried(self, place: _Place) -> Trial:
        expected = self._expected(place)
        written = [*place.word, *place.tail]
        changed = [[*expected, *place.tail], [*expected, *written]] if expected and expected != place.word else []
        *totals, as_written = self._totals(place, [place.tail, *changed, written])
        dropped, *others = (round(total - as_written, DIGITS) for total in totals)
        text = self._model.pieces.text([self._model.pieces.piece(number) for number in expected])
        replaced, inserted = others or (None, None)
        return Trial(text, replaced, inserted, dropped if place.tail else 0.0)

    def _totals(self, place: _Place, all_following: Sequence[Sequence[int]]) -> list[float]:
        lang = self._direction[1]
        texts = [Text.after([place.last], following, lang, place.both) for following in all_following]
        return [sum(piece.log_probability for piece in pieces) for pieces in self._model.follow(place.before, texts)]

    def _expected(self, place: _Place) -> list[int]:
        """The most probable piece again and again, up to the next word; nothing where the text would end."""
        lang, state, found = self._direction[1], place.state, list[int]()
        number, _ = self._model.best(lang, place.found, place.both)
        while True:
            piece = self._model.pieces.piece(number)
            if piece == LINE or (found and (piece.startswith(BLANK) or not piece[:1].isalnum())):
                return found
            found.append(number)
            if len(found) == LONGEST_WORD or not piece.removeprefix(BLANK)[:1].isalnum():
                return found
            number, _, state = self._model.step(lang, state, [number], place.both)

    def _numbers(self, pieces: Sequence[str]) -> list[int]:
        return [self._model.pieces.number(piece) for piece in pieces]


def _pieces_of(place: tuple[int, int], pieces: Sequence[Piece], text: str) -> range:
    """The pieces that begin inside a place, blanks before them apart; empty where there is none."""
    starts = [_begin(piece, text) for piece in pieces]
    own = [number for number, start in enumerate(starts) if place[0] <= start < place[1]]
    return range(own[0], own[-1] + 1) if own else range(0)


def _begin(piece: Piece, text: str) -> int:
    start = piece.start
    while start < len(text) and text[start].isspace():
        start += 1
    return start
