"""The prepared model, run: log-probabilities of given pieces, and the most probable continuation."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tqcheck.errors import Place, UserError
from tqcheck.memory import give_back
from tqcheck.translate.gemma import vocabulary
from tqcheck.translate.gemma.arithmetic import eight_bits
from tqcheck.translate.gemma.prompt import Line, opening
from tqcheck.translate.gemma.tokenizer import GemmaPieces
from tqcheck.translate.protocol import Direction, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

AT_ONCE = 144
"""Places that go through the network at once, of one text or of some of about a length, where the processor computes
in eight bits; elsewhere ``FEWER``: more is not faster there, and the library keeps the weights a second time for it."""
FEWER = 72
STEP = 8
"""A text is filled up to a multiple: for a shape that it has not seen the library writes its programs anew, which takes
as long as half a text."""
ROWS = 32
"""Places that go through the softmax at once: each has some numbers for every piece there is."""

SETTINGS = {
    "PERFORMANCE_HINT": "LATENCY",
    # Programs for shapes that are kept: three hundred make it a third faster, and take no more memory.
    "CPU_RUNTIME_CACHE_CAPACITY": "300",
}
"""How the library computes."""
EIGHT_BITS = {"DYNAMIC_QUANTIZATION_GROUP_SIZE": "128"}
"""The same where the processor computes in eight bits: what goes into a layer is rounded to these in groups of so many
numbers. A log-probability then differs from that of 32 bits by 0.1 (standard deviation)."""

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
        self._at_once = AT_ONCE if eight_bits() else FEWER
        self._settings = SETTINGS | EIGHT_BITS if eight_bits() else SETTINGS

    def score(
        self, direction: Direction, texts: Sequence[Text], progress: Progress | None = None
    ) -> list[tuple[Foreseen, ...]]:
        """How well each piece that follows is foreseen, text by text."""
        return self.follow(self.begun(direction), texts, progress)

    def begun(self, direction: Direction) -> State:
        """The fixed part of the prompt, shown."""
        name = "-".join(direction)
        return State(self._openings[f"{name}-keys"], self._openings[f"{name}-values"])

    def follow(
        self, state: State, texts: Sequence[Text], progress: Progress | None = None
    ) -> list[tuple[Foreseen, ...]]:
        """The same after what a state has seen. Texts of about a length go through the network side by side."""
        made: list[tuple[Foreseen, ...]] = [()] * len(texts)
        done = 0
        for some in together([_shown(text) for text in texts], self._at_once):
            beside = [texts[number] for number in some]
            one_go = _filled(_shown(beside[0])) <= self._at_once
            found = self._beside(state, beside) if one_go else self._long(state, *beside)
            for number, values in zip(some, found, strict=True):
                made[number] = values
            done += len(some)
            if progress is not None:
                progress(done, len(texts))
        return made

    def _beside(self, state: State, texts: Sequence[Text]) -> list[tuple[Foreseen, ...]]:
        """Texts that go through the network at once, the longest first."""
        import numpy as np

        length = _filled(_shown(texts[0]))
        shown = np.zeros((len(texts), length), np.int64)
        rows = []
        for number, text in enumerate(texts):
            pieces = [*text.known, *text.following][:-1]
            shown[number, : len(pieces)] = pieces
            rows += [number * length + place for place in range(len(text.known) - 1, len(pieces))]
        (found,) = self._body(
            ("found",),
            embedded=self._embedded(shown),
            keys=state.keys,
            values=state.values,
            rows=np.array(rows, np.int32),
        )
        values = self._foreseen(found, [piece for text in texts for piece in text.following])
        ends = np.cumsum([len(text.following) for text in texts]).tolist()
        return [tuple(values[end - len(text.following) : end]) for text, end in zip(texts, ends, strict=True)]

    def _long(self, state: State, text: Text) -> list[tuple[Foreseen, ...]]:
        """A text that goes through the network part after part."""
        import numpy as np

        shown = [*text.known, *text.following][:-1]
        first = len(text.known) - 1
        parts = []
        for start in range(0, len(shown), self._at_once):
            some = shown[start : start + self._at_once]
            found, state = self._on(state, some)
            parts.append(found[max(first - start, 0) : len(some)])
        return [tuple(self._foreseen(np.concatenate(parts), text.following))]

    def _on(self, state: State, numbers: Sequence[int]) -> tuple[Numbers, State]:
        """What is found at each of the pieces that follow on a state, and the state then: at most `_at_once`."""
        import numpy as np

        shown = np.zeros((1, _filled(len(numbers))), np.int64)
        shown[0, : len(numbers)] = numbers
        rows = np.arange(len(numbers), dtype=np.int32)
        found, keys, values = self._body(
            ("found", "all_keys", "all_values"),
            embedded=self._embedded(shown),
            keys=state.keys,
            values=state.values,
            rows=rows,
        )
        return found, State(keys, values).first(state.pieces + len(numbers))

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

        found, keys, values = self._body(
            ("found", "all_keys", "all_values"),
            embedded=self._embedded(np.array([shown], np.int64)),
            keys=state.keys,
            values=state.values,
            rows=np.array([len(shown) - 1], np.int32),
        )
        best, probability = self._head(("best", "best_log_probability"), found=found)
        return int(best[0]), float(probability[0]), State(keys, values)

    def show(self, state: State, numbers: Sequence[int]) -> State:
        """The state when the pieces have been shown, of which nothing is asked."""
        for start in range(0, len(numbers), self._at_once):
            _, state = self._on(state, numbers[start : start + self._at_once])
        return state

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
        _, state = self._on(State(nothing, nothing), shown)
        return state.keys, state.values

    def _line(self, line: Line) -> list[str]:
        label = self.pieces.label(line.label)
        return label if line.text is None else [*label, *self.pieces.source(line.text), vocabulary.LINE]

    def _sizes(self) -> tuple[int, int]:
        shape = self._read(BODY).input("keys").get_partial_shape()
        return shape[0].get_length(), shape[3].get_length()

    def _embedded(self, numbers: NDArray[np.int64]) -> Numbers:
        """The vectors of pieces by number. Read from the file: mapped, all of it would come to stay in memory."""
        import numpy as np

        width = self._width
        with (self._directory / NUMBERS).open("rb") as file:
            rows = []
            for number in numbers.ravel().tolist():
                file.seek(self._start + number * width)
                rows.append(np.frombuffer(file.read(width), np.int8))
        made = np.stack(rows).reshape(*numbers.shape, width) * self._scales[numbers]
        return np.asarray(made, np.float32)

    def _foreseen(self, found: Numbers, wanted: Sequence[int]) -> list[Foreseen]:
        """What is known of the wanted pieces, one at each place that was found."""
        import numpy as np

        if not wanted:
            return []
        rows = _filled(len(wanted))
        filled = np.zeros((rows, found.shape[1]), np.float32)
        filled[: len(found)] = found
        asked = np.zeros(rows, np.int32)
        asked[: len(wanted)] = wanted
        made: list[Foreseen] = []
        for start in range(0, rows, ROWS):
            values = self._head(
                Foreseen._fields, found=filled[start : start + ROWS], wanted=asked[start : start + ROWS]
            )
            made += map(Foreseen._make, np.stack(values, axis=1).tolist())
        return made[: len(wanted)]

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
        if isinstance(what, str):
            what = str(self._directory / what)
            kept = {"CACHE_DIR": str(self._directory / COMPILED), "CACHE_MODE": "OPTIMIZE_SIZE"}
            # Where it cannot be kept, or was damaged, it is made each time.
            with contextlib.suppress(RuntimeError):
                return self._core.compile_model(what, "CPU", self._settings | kept).create_infer_request()
        try:
            return self._core.compile_model(what, "CPU", self._settings).create_infer_request()
        except RuntimeError as error:
            raise self._cannot_be_loaded(error) from error

    def _read(self, name: str) -> Any:
        try:
            return self._core.read_model(self._directory / name)
        except RuntimeError as error:
            raise self._cannot_be_loaded(error) from error

    def _cannot_be_loaded(self, error: Exception) -> UserError:
        return UserError(f"the prepared model cannot be loaded: {error}", Place(str(self._directory)))


def together(lengths: Sequence[int], at_once: int) -> Iterator[list[int]]:
    """Texts by number that go through the network at once, the longest first. A text that is longer goes by itself."""
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    while order:
        count = max(1, at_once // _filled(lengths[order[0]]))
        yield order[:count]
        order = order[count:]


def _shown(text: Text) -> int:
    """Pieces that are shown: the last one is only asked for."""
    return len(text.known) + len(text.following) - 1


def _filled(length: int) -> int:
    return max(1, -(-length // STEP)) * STEP


def _results(request: Any, asked: Sequence[str], inputs: dict[str, Any]) -> list[Any]:
    results = request.infer(inputs)
    return [results[name].copy() for name in asked]
