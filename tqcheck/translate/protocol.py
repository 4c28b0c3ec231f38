"""What a translation engine is: it translates a batch, and says how probable it finds a given translation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from tqcheck.errors import UserError
from tqcheck.model import Translation

Progress = Callable[[int, int], None]
"""Called with the number of parts that are done and the number of all."""

Direction = tuple[str, str]
"""Two ISO 639-1 codes, source and target: ``("fr", "en")``."""

FORWARD: Direction = ("fr", "en")
BACK: Direction = ("en", "fr")


class ScoredPiece(NamedTuple):
    """One token of a target: ``start`` to ``end``, half-open, in code points of that text; natural logarithm.

    ``text`` is the engine's own spelling of the token (``▁the``), which need not be the slice of the text. ``expected``
    and ``variance`` are the mean and the variance of the log-probability of a token drawn as the engine foresees it
    there: minus its entropy, and how much that differs from token to token. Of the first token of a word ``ahead`` is
    the log-probability that one of the next words, or a mark behind them, begins there instead, and ``form`` that
    another form of the word does. None where an engine does not say.
    """

    start: int
    end: int
    text: str
    log_probability: float
    expected: float | None = None
    variance: float | None = None
    ahead: float | None = None
    form: float | None = None


class ScoredText(NamedTuple):
    """How probable an engine finds a target, token by token.

    The pieces tile the target: the first begins at 0, each begins where the one before it ends, the last ends with the
    text; a blank belongs to the piece that follows it. Where the engine's normalisation makes two tokens of one
    character, the first of them is empty. ``end`` is the log-probability that the translation stops there (low: the
    engine expected more), None for a target without tokens.
    """

    pieces: tuple[ScoredPiece, ...]
    end: float | None

    @property
    def log_probability(self) -> float:
        """Of the whole text and its end, in nats."""
        return sum(piece.log_probability for piece in self.pieces) + (self.end or 0.0)


class Engine(Protocol):
    """A translation engine. It is cheap to make: a model is loaded when it is first used.

    ``identity`` names everything that a result depends on (engine, versions, models, hash of the weights, settings): it
    is part of the cache's key, of the scores' signatures and of the provenance. ``can_score`` is false where ``score``
    raises. ``worth_caching`` is false where looking an answer up costs no less than asking again.
    """

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str: ...
    @property
    def can_score(self) -> bool: ...
    @property
    def worth_caching(self) -> bool: ...

    def supports(self, source: str, target: str) -> bool:
        """Whether it can do this direction (ISO 639-1 codes)."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        """One translation a text, in the order of ``texts``; that of a blank text is empty. Raises UserError."""

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        """How probable each target is as the translation of the source at the same place. Raises UserError."""


@runtime_checkable
class Portable(Protocol):
    """An ``Engine`` that may be pickled, so that another process translates with it and loads its models there."""

    portable: Literal[True]


class Passage(NamedTuple):
    """A text and its translation, with the pairs ``before`` it, source and target each."""

    source: str
    target: str
    before: tuple[tuple[str, str], ...] = ()


class Reading(NamedTuple):
    """A passage read in one go: how probable the source is by itself, and then the target given the source."""

    source: ScoredText
    target: ScoredText


class Question(NamedTuple):
    """A passage of which some words of the target are doubted: ``places`` are theirs, half-open, in order and apart."""

    source: str
    target: str
    places: tuple[tuple[int, int], ...]


class Trial(NamedTuple):
    """What a language model would write where a doubted word stands, and what comes of it.

    ``expected`` is the word, "" where the text would end. The others are natural logarithms: by how much the text from
    there on becomes more probable when the doubted word is replaced by it, when it is put before that, and when the
    doubted word is dropped. None where the text would end, or the model expects the doubted word itself.
    """

    expected: str
    replaced: float | None
    inserted: float | None
    dropped: float


class Scorer(Protocol):
    """A language model that reads passages. Cheap to make, and named, as an ``Engine`` is."""

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str: ...
    @property
    def worth_caching(self) -> bool: ...

    def read(
        self, passages: Sequence[Passage], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Reading, ...]:
        """One reading a passage, in their order. Raises UserError."""

    def try_out(
        self, questions: Sequence[Question], source: str, target: str, progress: Progress | None = None
    ) -> tuple[tuple[Trial | None, ...], ...]:
        """A trial for each place of each question, None where it cannot be told. Raises UserError."""


def unsupported(engine: Engine | Scorer, source: str, target: str) -> UserError:
    """The error for a direction that an engine does not have."""
    return UserError(
        f"the engine {engine.name} has no model from {source} to {target}",
        hint="name the models of both directions at once, with {source} and {target} in the path",
    )


def cannot_score(engine: Engine) -> UserError:
    """The error for an engine that translates only."""
    return UserError(
        f"the engine {engine.name} translates but cannot score a given translation",
        hint="gemma, opus-mt and ctranslate2 can score",
    )


def within(progress: Progress, before: int, count: int, total: int) -> Progress:
    """The progress of ``count`` of ``total`` things, after ``before`` of them, told in parts of any other number."""
    return lambda done, parts: progress(before + (count * done // parts if parts else 0), total)
