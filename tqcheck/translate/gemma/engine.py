"""The scorer: how probable a text is as the translation of another, and how probable by itself."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path

from tqcheck.errors import UserError
from tqcheck.model import Translation
from tqcheck.translate.gemma import prompt
from tqcheck.translate.gemma.arithmetic import arithmetic, eight_bits, library
from tqcheck.translate.gemma.making import make
from tqcheck.translate.gemma.model import Gemma, Text
from tqcheck.translate.gemma.prepared import FORMAT, prepare
from tqcheck.translate.gemma.reading import LONGEST, Reader
from tqcheck.translate.gemma.trials import Trials
from tqcheck.translate.gemma.vocabulary import LINE, TRIM
from tqcheck.translate.gemma.weights import INSTALL, Weights, own, packaged
from tqcheck.translate.piece_engine import Hypothesis, Loaded, PieceEngine
from tqcheck.translate.protocol import (
    BACK,
    FORWARD,
    Direction,
    Passage,
    Progress,
    Question,
    Reading,
    ScoredText,
    Trial,
    unsupported,
)

NAME = "gemma"
_LIBRARIES = ("openvino", "gguf", "tokenizers")


def missing() -> str | None:
    """The first library that it needs and that is not installed."""
    return next((name for name in _LIBRARIES if importlib.util.find_spec(name) is None), None)


def embedded(cache: Path, preparing: Progress | None = None) -> GemmaEngine:
    """The engine with the weights of the data packages. Raises UserError where the extra is not installed."""
    _require()
    weights = packaged()
    if weights is None:
        raise UserError("the data packages of the language model are not installed", hint=INSTALL)
    return GemmaEngine(weights, cache, preparing)


def from_path(path: Path, cache: Path, preparing: Progress | None = None) -> GemmaEngine:
    """The engine with a model of the user's own: a GGUF file, or a directory (`weights.own`). Raises UserError."""
    _require()
    return GemmaEngine(own(path.expanduser()), cache, preparing)


def _require() -> None:
    library = missing()
    if library is not None:
        raise UserError(f"the library {library} is not installed", hint=INSTALL)


class GemmaEngine:
    """A ``Scorer``, and what `first_reader` needs.

    The model is prepared in ``cache`` when it is used for the first time ever, which ``preparing`` watches.
    """

    name = NAME
    can_score = True
    worth_caching = True

    def __init__(self, weights: Weights, cache: Path, preparing: Progress | None = None) -> None:
        self._weights = weights
        self._cache = cache
        self._preparing = preparing
        self._model: Gemma | None = None

    @cached_property
    def identity(self) -> str:
        versions = f"format.{FORMAT}+trim.{TRIM}+prompt.{prompt.VERSION}"
        computed = f"openvino.{library()}.{arithmetic(self._cache / 'gemma')}{'.int8' if eight_bits() else ''}"
        learned = f"+learned.{self._weights.learned[:16]}" if self._weights.learned else ""
        return f"{NAME}:{self._weights.name}+{self._weights.sha256[:16]}{learned}+{versions}+{computed}"

    def supports(self, source: str, target: str) -> bool:
        return (source, target) in (FORWARD, BACK)

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        """What the model writes after each text: the most probable piece again and again."""
        return self._engine(source, target).translate(texts, source, target, progress)

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        return self._engine(source, target).score(sources, targets, source, target, progress)

    def read(
        self, passages: Sequence[Passage], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Reading, ...]:
        """How probable each source is by itself, and its target after it."""
        if not self.supports(source, target):
            raise unsupported(self, source, target)
        return Reader(self._load(), (source, target)).read(passages, progress)

    def try_out(
        self, questions: Sequence[Question], source: str, target: str, progress: Progress | None = None
    ) -> tuple[tuple[Trial | None, ...], ...]:
        """What the model would write in the place of doubted words, and what comes of it."""
        if not self.supports(source, target):
            raise unsupported(self, source, target)
        return Trials(self._load(), (source, target)).answer(questions, progress)

    def _engine(self, source: str, target: str) -> PieceEngine:
        if not self.supports(source, target):
            raise unsupported(self, source, target)
        self._load()
        return self._pieces

    def _load(self) -> Gemma:
        if self._model is None:
            making = partial(make, learned=bool(self._weights.learned))
            self._model = Gemma(prepare(self._cache, self._weights, making, self._preparing))
        return self._model

    @cached_property
    def _pieces(self) -> PieceEngine:
        def load(direction: Direction) -> Loaded:
            model = self._load()
            return Loaded(model.pieces, Prompted(model, direction))

        loaders: dict[Direction, Callable[[], Loaded]] = {way: partial(load, way) for way in (FORWARD, BACK)}
        return PieceEngine(self.name, self.identity, loaders)


class Prompted:
    """The model of one direction, as ``PieceEngine`` wants it: what stands around source and target is put there."""

    longest = LONGEST

    def __init__(self, model: Gemma, direction: Direction) -> None:
        self._model = model
        self._direction = direction
        source, target = direction
        self._before = model.pieces.label(prompt.LABELS[source])[-1:]
        self._between = [LINE, *model.pieces.label(prompt.LABELS[target])]

    def score(self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        texts = [self._text(source, target) for source, target in zip(sources, targets, strict=True)]
        return [
            tuple(piece.log_probability for piece in pieces) for pieces in self._model.score(self._direction, texts)
        ]

    def generate(self, sources: Sequence[Sequence[str]]) -> list[Hypothesis]:
        texts = [Text(self._known(source), ()) for source in sources]
        found = self._model.proceed(self._direction, texts, min(self.longest, 20 + 3 * max(map(len, sources))))
        return [
            Hypothesis(
                tuple(self._model.pieces.piece(number) for number in made.numbers),
                made.log_probabilities[: len(made.numbers)],
                made.finished,
            )
            for made in found
        ]

    def _text(self, source: Sequence[str], target: Sequence[str]) -> Text:
        return Text.after(self._known(source), self._numbers([*target, LINE]), self._direction[1])

    def _known(self, source: Sequence[str]) -> list[int]:
        return self._numbers([*self._before, *source, *self._between])

    def _numbers(self, pieces: Sequence[str]) -> list[int]:
        return [self._model.pieces.number(piece) for piece in pieces]
