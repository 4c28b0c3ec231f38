"""The prepared model, run: log-probabilities of given pieces, and the most probable continuation."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tqcheck.errors import Place, UserError
from tqcheck.memory import give_back
from tqcheck.translate.gemma import vocabulary
from tqcheck.translate.gemma.prompt import Line, opening
from tqcheck.translate.gemma.tokenizer import GemmaPieces
from tqcheck.translate.protocol import Direction

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

AT_ONCE = 72
"""Pieces that go through the network at once, and ``ROWS`` places of a text through the softmax. More is not faster;
for more the library keeps the weights a second time."""
ROWS = 32

BODY, HEAD, TOKENIZER = "body.xml", "head.xml", "tokenizer.json"
WEIGHTS, HEAD_WEIGHTS = "body.bin", "head.bin"
COMPILED = "compiled"
NUMBERS, SCALES, OPENINGS = "embeddings.npy", "scales.npy", "openings.npz"


class Text(NamedTuple):
    """Numbers of pieces: what is known, never empty, and what follows it."""

    known: Sequence[int]
    following: Sequence[int] = ()


class Foreseen(NamedTuple):
    """A piece that follows: its natural log-probability, and the mean and the variance of that of one drawn there."""

    log_probability: float
    expected: float
    variance: float


class Continuation(NamedTuple):
    """Pieces by number, their log-probabilities and last that of the end; ``finished`` where the model ended it."""

    numbers: tuple[int, ...]
    log_probabilities: tuple[float, ...]
    finished: bool


class State(NamedTuple):
    """What has been shown: its keys and values, of shape (layers, 1, pieces, head)."""

    keys: Numbers
    values: Numbers

    @property
    def pieces(self) -> int:
        return int(self.keys.shape[2])

    def first(self, count: int) -> State:
        """That of the first ``count`` pieces."""
        return State(self.keys[:, :, :count].copy(), self.values[:, :, :count].copy())


class Gemma:
    """A prepared model in memory. Raises UserError where it cannot be loaded."""

    def __init__(self, directory: Path) -> None:
        import numpy as np

        self.pieces = GemmaPieces(directory / TOKENIZER)
        give_back()  # three times what stays, of the tokenizer
        self._directory = directory
        try:
            import openvino as ov

            self._library = ov
            self._core = ov.Core()
            numbers = np.load(directory / NUMBERS, mmap_mode="r", allow_pickle=False)
            self._start, self._width = int(numbers.offset), int(numbers.shape[1])
            self._scales: Numbers = np.load(directory / SCALES, allow_pickle=False)
            self._openings = (
                dict(np.load(directory / OPENINGS, allow_pickle=False)) if (directory / OPENINGS).exists() else {}
            )
        except (OSError, EOFError, ValueError, RuntimeError) as error:
            raise self._cannot_be_loaded(error) from error
        self._compiled: dict[object, Any] = {}

    def score(self, direction: Direction, text: Text) -> tuple[Foreseen, ...]:
        """How well each piece that follows is foreseen.

        Each text goes by itself: what is found does not depend on the others, and no work is done for padding.
        """
        return self.follow(self.begun(direction), text)

    def begun(self, direction: Direction) -> State:
        """The fixed part of the prompt, shown."""
        name = "-".join(direction)
        return State(self._openings[f"{name}-keys"], self._openings[f"{name}-values"])

    def follow(self, state: State, text: Text) -> tuple[Foreseen, ...]:
        """The same after what a state has seen."""
        import numpy as np

        keys, values = state
        # The last piece is asked for, and never shown.
        shown = np.array([*text.known, *text.following][:-1], np.int64)
        parts = []
        first = len(text.known) - 1
        for places in np.array_split(np.arange(len(shown)), -(-len(shown) // AT_ONCE)):
            found, keys, values = self._body(
                ("found", "all_keys", "all_values"),
                embedded=self._embedded(shown[places]),
                keys=keys,
                values=values,
                rows=np.flatnonzero(places >= first).astype(np.int32),
            )
            parts.append(found)
        return self._foreseen(np.concatenate(parts), np.array(text.following, np.int32))

    def proceed(self, direction: Direction, texts: Sequence[Text], longest: int) -> list[Continuation]:
        """The most probable piece again and again, up to a line's end, for each text by itself."""
        return [self._proceed(direction, text, longest) for text in texts]

    def _proceed(self, direction: Direction, text: Text, longest: int) -> Continuation:

        end = self.pieces.number(vocabulary.LINE)
        state = self.begun(direction)
        shown = list(text.known)
        numbers: list[int] = []
        probabilities: list[float] = []
        for _ in range(longest + 1):
            best, probability, state = self.step(state, shown)
            probabilities.append(probability)
            if best == end:
                return Continuation(tuple(numbers), tuple(probabilities), True)
            numbers.append(best)
            shown = [best]
        return Continuation(tuple(numbers[:longest]), tuple(probabilities), False)

    def step(self, state: State, shown: Sequence[int]) -> tuple[int, float, State]:
        """After the ``shown`` pieces, one or more: the most probable one, its log-probability, and the state then."""
        import numpy as np

        outputs = ("found", "all_keys", "all_values")
        rows = np.array([len(shown) - 1], np.int32)
        found, keys, values = self._body(
            outputs, embedded=self._embedded(shown), keys=state.keys, values=state.values, rows=rows
        )
        best, probability = self._head(("best", "best_log_probability"), found=found)
        return int(best[0]), float(probability[0]), State(keys, values)

    def show(self, state: State, numbers: Sequence[int]) -> State:
        """The state when the pieces have been shown, of which nothing is asked."""
        import numpy as np

        shown = np.array(numbers, np.int64)
        keys, values = state
        for places in np.array_split(np.arange(len(shown)), -(-len(shown) // AT_ONCE) or 1):
            if len(places):
                some, rows = self._embedded(shown[places]), np.zeros(1, np.int32)
                keys, values = self._body(
                    ("all_keys", "all_values"), embedded=some, keys=keys, values=values, rows=rows
                )
        return State(keys, values)

    def opening(self, source: str, target: str) -> tuple[Numbers, Numbers]:
        """Keys and values of the fixed part of a direction's prompt."""
        import numpy as np

        shown = [self.pieces.number(vocabulary.BEGIN)]
        for line in opening(source, target):
            shown += [self.pieces.number(piece) for piece in self._line(line)]
        # The last piece of the label is shown with the text: what is asked for follows on something, always.
        shown.pop()
        layers, head = self._sizes()
        nothing = np.zeros((layers, 1, 0, head), np.float32)
        rows = np.zeros(1, np.int32)
        state = self._embedded(shown)
        keys, values = self._body(("all_keys", "all_values"), embedded=state, keys=nothing, values=nothing, rows=rows)
        return keys, values

    def _line(self, line: Line) -> list[str]:
        label = self.pieces.label(line.label)
        return label if line.text is None else [*label, *self.pieces.source(line.text), vocabulary.LINE]

    def _sizes(self) -> tuple[int, int]:
        shape = self._read(BODY).input("keys").get_partial_shape()
        return shape[0].get_length(), shape[3].get_length()

    def _embedded(self, numbers: Sequence[int] | NDArray[np.int64]) -> Numbers:
        """The vectors of one text's pieces. Read from the file: mapped, all of it would come to stay in memory."""
        import numpy as np

        width = self._width
        with (self._directory / NUMBERS).open("rb") as file:
            rows = []
            for number in numbers:
                file.seek(self._start + int(number) * width)
                rows.append(np.frombuffer(file.read(width), np.int8))
        return np.asarray(np.stack(rows) * self._scales[numbers], np.float32)[None]

    def _foreseen(self, found: Numbers, wanted: NDArray[np.int32]) -> tuple[Foreseen, ...]:
        import numpy as np

        made: list[Foreseen] = []
        for places in np.array_split(np.arange(len(wanted)), -(-len(wanted) // ROWS) or 1):
            if len(places):
                values = self._head(Foreseen._fields, found=found[places], wanted=wanted[places])
                made += map(Foreseen._make, np.stack(values, axis=1).tolist())
        return tuple(made)

    def _body(self, asked: Sequence[str], **inputs: Any) -> list[Any]:
        if BODY not in self._compiled:
            self._compiled[BODY] = self._compile(BODY)
            return self._first_results(WEIGHTS, BODY, asked, inputs)
        return _results(self._compiled[BODY], asked, inputs)

    def _head(self, asked: tuple[str, ...], **inputs: Any) -> list[Any]:
        """The outputs that are ``asked`` for; a graph of just those is compiled when they are first asked for."""
        if asked not in self._compiled:
            model = self._read(HEAD)
            outputs = [model.output(name) for name in asked]
            self._compiled[asked] = self._compile(
                self._library.Model(outputs, [model.input(name).get_node() for name in inputs], HEAD)
            )
            del model, outputs
            return self._first_results(HEAD_WEIGHTS, asked, asked, inputs)
        return _results(self._compiled[asked], asked, inputs)

    def _first_results(self, weights: str, graph: object, asked: Sequence[str], inputs: dict[str, Any]) -> list[Any]:
        """When it has run, the library has the numbers in an order of its own, and never looks at the file again."""
        found = _results(self._compiled[graph], asked, inputs)
        give_back(self._directory / weights)
        return found

    def _compile(self, what: Any) -> Any:
        """A request for a graph, or for a file of one: what the library makes of a file is kept beside it."""
        # Few shapes are remembered: each keeps memory of its own.
        settings = {"PERFORMANCE_HINT": "LATENCY", "CPU_RUNTIME_CACHE_CAPACITY": "0"}
        if isinstance(what, str):
            what = str(self._directory / what)
            kept = {"CACHE_DIR": str(self._directory / COMPILED), "CACHE_MODE": "OPTIMIZE_SIZE"}
            # Where it cannot be kept, or was damaged, it is made each time.
            with contextlib.suppress(RuntimeError):
                return self._core.compile_model(what, "CPU", settings | kept).create_infer_request()
        try:
            return self._core.compile_model(what, "CPU", settings).create_infer_request()
        except RuntimeError as error:
            raise self._cannot_be_loaded(error) from error

    def _read(self, name: str) -> Any:
        try:
            return self._core.read_model(self._directory / name)
        except RuntimeError as error:
            raise self._cannot_be_loaded(error) from error

    def _cannot_be_loaded(self, error: Exception) -> UserError:
        return UserError(f"the prepared model cannot be loaded: {error}", Place(str(self._directory)))


def _results(request: Any, asked: Sequence[str], inputs: dict[str, Any]) -> list[Any]:
    results = request.infer(inputs)
    return [results[name].copy() for name in asked]
