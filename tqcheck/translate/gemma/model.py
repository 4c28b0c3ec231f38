"""The prepared model, run: log-probabilities of given pieces, and the most probable continuation."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
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
ROWS = 64
"""Places that go through the softmax at once: each has some numbers for every piece of a language."""

SETTINGS = {
    "PERFORMANCE_HINT": "LATENCY",
    # Programs for shapes that are kept: three hundred make it a third faster, and take no more memory.
    "CPU_RUNTIME_CACHE_CAPACITY": "300",
}
"""How the library computes."""
EIGHT_BITS = {"DYNAMIC_QUANTIZATION_GROUP_SIZE": "128"}
"""The same where the processor computes in eight bits: what goes into a layer is rounded to these in groups of so many
numbers. A log-probability then differs from that of 32 bits by 0.1 (standard deviation)."""

_HEADS = {"INFERENCE_PRECISION_HINT": "f32"}
"""The softmax besides: in sixteen bits its scores would be rounded by up to 0.1, and it would be no faster."""
_SOFTMAX = ("score", "total", "mean", "variance")

BODY, TOKENIZER = "body.xml", "tokenizer.json"
WEIGHTS = "body.bin"
COMPILED = "compiled"
NUMBERS, SCALES, OPENINGS, EXPECTED = "embeddings.npy", "scales.npy", "openings.npz", "expected.npz"


def head(lang: str) -> str:
    """The file of a language's softmax."""
    return f"head-{lang}.xml"


class Asked(NamedTuple):
    """Places of a text whose pieces are asked for, all in one language. The first place of a text is none."""

    lang: str
    places: range


class Rivals(NamedTuple):
    """Pieces that might stand in the place of one that is asked for, of two kinds (`rivals`)."""

    ahead: Sequence[int] = ()
    forms: Sequence[int] = ()


class Text(NamedTuple):
    """Numbers of pieces, and which of them are asked for, in order.

    Any piece of the text may be expected at each place, and any ``besides``, whatever the language. ``rivals``: those
    of each piece that is asked for, or none at all.
    """

    pieces: Sequence[int]
    asked: Sequence[Asked]
    besides: Sequence[int] = ()
    rivals: Sequence[Rivals] = ()

    @staticmethod
    def after(known: Sequence[int], following: Sequence[int], lang: str, besides: Sequence[int] = ()) -> Text:
        """What follows on what is known, which is never empty, is asked for."""
        asked = Asked(lang, range(len(known), len(known) + len(following)))
        return Text([*known, *following], [asked], besides)


class Foreseen(NamedTuple):
    """A piece that follows: its natural log-probability, and the mean and the variance of that of one drawn there.

    ``ahead`` and ``form``: that of the most probable of its rivals of either kind; None where it has none.
    """

    log_probability: float
    expected: float
    variance: float
    ahead: float | None = None
    form: float | None = None


class Continuation(NamedTuple):
    """Pieces by number, their log-probabilities and last that of the end; ``finished`` where the model ended it."""

    numbers: tuple[int, ...]
    log_probabilities: tuple[float, ...]
    finished: bool


class _Expected:
    """Of each language the numbers of the pieces that its softmax has, by their rows there."""

    def __init__(self, path: Path, count: int) -> None:
        import numpy as np

        self._rows: dict[str, NDArray[np.int32]] = {}
        self._numbers: dict[str, NDArray[np.int32]] = {}
        with np.load(path, allow_pickle=False) as file:
            for lang in file.files:
                self._numbers[lang] = file[lang]
                self._rows[lang] = np.full(count, -1, np.int32)
                self._rows[lang][file[lang]] = np.arange(len(file[lang]))

    def number(self, lang: str, row: int) -> int:
        return int(self._numbers[lang][row])

    def places(self, lang: str, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """The rows of pieces; some row where there is none."""
        import numpy as np

        return np.maximum(self._rows[lang][numbers], 0)

    def others(self, lang: str, numbers: Sequence[int]) -> list[int]:
        """Which pieces have no row, each once."""
        return sorted(number for number in set(numbers) if self._rows[lang][number] < 0)


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
            self._expected = _Expected(directory / EXPECTED, len(self._scales))
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
        rows: list[int] = []
        for number, text in enumerate(texts):
            shown[number, : _shown(text)] = text.pieces[:-1]
            rows += [number * length + place for place in _places(text)]
        (found,) = self._body(
            ("found",),
            embedded=self._embedded(shown),
            keys=state.keys,
            values=state.values,
            rows=np.array(rows, np.int32),
        )
        return self._foreseen(found, texts)

    def _long(self, state: State, text: Text) -> list[tuple[Foreseen, ...]]:
        """A text that goes through the network part after part."""
        import numpy as np

        shown = text.pieces[:-1]
        parts = []
        for start in range(0, len(shown), self._at_once):
            found, state = self._on(state, shown[start : start + self._at_once])
            parts.append(found)
        return self._foreseen(np.concatenate(parts)[_places(text)], [text])

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
        shown = list(text.pieces)
        numbers: list[int] = []
        probabilities: list[float] = []
        for _ in range(longest + 1):
            best, probability, state = self.step(direction[1], state, shown, text.pieces)
            probabilities.append(probability)
            if best == end:
                return Continuation(tuple(numbers), tuple(probabilities), True)
            numbers.append(best)
            shown = [best]
        return Continuation(tuple(numbers[:longest]), tuple(probabilities), False)

    def step(
        self, lang: str, state: State, shown: Sequence[int], besides: Sequence[int] = ()
    ) -> tuple[int, float, State]:
        """After the ``shown`` pieces, one or more: the most probable one, its log-probability, and the state then.

        Of the pieces that are expected in a language, and those ``besides``.
        """
        import numpy as np

        found, keys, values = self._body(
            ("found", "all_keys", "all_values"),
            embedded=self._embedded(np.array([shown], np.int64)),
            keys=state.keys,
            values=state.values,
            rows=np.array([len(shown) - 1], np.int32),
        )
        best, log_probability = self.best(lang, found, besides)
        return best, log_probability, State(keys, values)

    def best(self, lang: str, found: Numbers, besides: Sequence[int] = ()) -> tuple[int, float]:
        """The most probable piece where something was found, and its log-probability."""
        import numpy as np

        row, score, total = (
            float(value[0]) for value in self._head(lang, ("best", "best_score", "total"), found=found)
        )
        number = self._expected.number(lang, int(row))
        others = self._expected.others(lang, besides)
        if others:
            scores = self._scores(found, others)[0]
            total = float(np.logaddexp.reduce([total, *scores]))
            if scores.max() > score:
                number, score = others[int(scores.argmax())], float(scores.max())
        return number, score - total

    def show(self, state: State, numbers: Sequence[int]) -> tuple[Numbers, State]:
        """What is found at each of the pieces, and the state when they have been shown."""
        import numpy as np

        parts = []
        for start in range(0, len(numbers), self._at_once):
            found, state = self._on(state, numbers[start : start + self._at_once])
            parts.append(found)
        return np.concatenate(parts), state

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

    def _foreseen(self, found: Numbers, texts: Sequence[Text]) -> list[tuple[Foreseen, ...]]:
        """What is known of the pieces that are asked for, one at each place that was found."""
        import numpy as np

        langs = np.array([asked.lang for text in texts for asked in text.asked for _ in asked.places])
        wanted = np.array([piece for text in texts for asked in text.asked for piece in _of(text, asked)], np.int64)
        values = np.zeros((len(_SOFTMAX), len(wanted)))
        for lang in sorted(set(langs.tolist())):
            own = np.flatnonzero(langs == lang)
            values[:, own] = self._softmax(lang, found[own], self._expected.places(lang, wanted[own]))
        made, start = [], 0
        for text in texts:
            parts: list[Foreseen] = []
            for asked in text.asked:
                some = slice(start, start + len(asked.places))
                rivals = text.rivals[len(parts) : len(parts) + len(asked.places)]
                parts += self._besides(asked.lang, text, found[some], wanted[some], values[:, some], rivals)
                start = some.stop
            made.append(tuple(parts))
        return made

    def _softmax(self, lang: str, found: Numbers, wanted: NDArray[np.int32]) -> NDArray[np.float64]:
        """``_SOFTMAX`` of a language at each of the places that were found."""
        import numpy as np

        rows = _filled(len(wanted))
        filled = np.zeros((rows, found.shape[1]), np.float32)
        filled[: len(found)] = found
        asked = np.zeros(rows, np.int32)
        asked[: len(wanted)] = wanted
        parts = [
            np.stack(self._head(lang, _SOFTMAX, found=filled[some], wanted=asked[some]))
            for some in (slice(start, start + ROWS) for start in range(0, rows, ROWS))
        ]
        return np.concatenate(parts, axis=1)[:, : len(wanted)].astype(np.float64)

    def _besides(
        self,
        lang: str,
        text: Text,
        found: Numbers,
        wanted: NDArray[np.int64],
        values: NDArray[np.float64],
        rivals: Sequence[Rivals],
    ) -> list[Foreseen]:
        """The same with the pieces of the text itself that are not expected in its language, most of them of names."""
        import numpy as np

        score, total, mean, variance = values
        others = self._expected.others(lang, [*text.pieces, *text.besides])
        if others:
            scores = self._scores(found, others)
            for column, number in enumerate(others):
                score = np.where(wanted == number, scores[:, column], score)
            whole = np.logaddexp(total, np.logaddexp.reduce(scores, axis=1))
            shares = np.exp(scores - whole[:, None])
            rest = np.exp(total - whole)
            mixed = rest * mean + (shares * scores).sum(axis=1)
            variance = rest * (variance + (mean - mixed) ** 2) + (shares * (scores - mixed[:, None]) ** 2).sum(axis=1)
            total, mean = whole, mixed
        # What is nearly certain may come out as a trifle more than that.
        known = np.stack([np.minimum(score - total, 0), mean - total, variance], axis=1).tolist()
        if not rivals:
            return [Foreseen(*numbers) for numbers in known]
        both = (self._best_of([each[kind] for each in rivals], found, total) for kind in range(len(Rivals._fields)))
        return [Foreseen(*numbers, *others) for numbers, *others in zip(known, *both, strict=True)]

    def _best_of(
        self, numbers: Sequence[Sequence[int]], found: Numbers, total: NDArray[np.float64]
    ) -> list[float | None]:
        """The log-probability of the most probable of some pieces at each of the places that were found."""
        import numpy as np

        counts = [len(some) for some in numbers]
        every = np.array([number for some in numbers for number in some], np.int64)
        if not len(every):
            return [None] * len(numbers)
        rows = np.repeat(np.arange(len(numbers)), counts)
        own, which = np.unique(every, return_inverse=True)
        scores = np.einsum("pi,pi->p", found[rows], self._embedded(own)[which])
        best = np.full(len(numbers), -np.inf)
        np.maximum.at(best, rows, scores)
        return [value if count else None for value, count in zip((best - total).tolist(), counts, strict=True)]

    def _scores(self, found: Numbers, numbers: Sequence[int]) -> NDArray[np.float64]:
        """The scores of some pieces at each of the places that were found."""
        import numpy as np

        # Not a product of matrices: numpy's threads would go on spinning beside those of the network.
        made = np.einsum("ri,oi->ro", found, self._embedded(np.array(numbers, np.int64)))
        return np.asarray(made, np.float64)

    def _body(self, asked: Sequence[str], **inputs: Any) -> list[Any]:
        if BODY not in self._compiled:
            self._compiled[BODY] = self._compile(BODY)
            return self._first_results(WEIGHTS, BODY, asked, inputs)
        return _results(self._compiled[BODY], asked, inputs)

    def _head(self, lang: str, asked: tuple[str, ...], **inputs: Any) -> list[Any]:
        """The outputs that are ``asked`` for; a graph of just those is compiled when they are first asked for."""
        if (lang, asked) not in self._compiled:
            model = self._read(head(lang))
            outputs = [model.output(name) for name in asked]
            self._compiled[lang, asked] = self._compile(
                self._library.Model(outputs, [model.input(name).get_node() for name in inputs], head(lang)), _HEADS
            )
            del model, outputs
            return self._first_results(head(lang).replace(".xml", ".bin"), (lang, asked), asked, inputs)
        return _results(self._compiled[lang, asked], asked, inputs)

    def _first_results(self, weights: str, graph: object, asked: Sequence[str], inputs: dict[str, Any]) -> list[Any]:
        """When it has run, the library has the numbers in an order of its own, and never looks at the file again."""
        found = _results(self._compiled[graph], asked, inputs)
        give_back(self._directory / weights)
        return found

    def _compile(self, what: Any, besides: Mapping[str, str] = MappingProxyType({})) -> Any:
        """A request for a graph, or for a file of one: what the library makes of a file is kept beside it."""
        if isinstance(what, str):
            what = str(self._directory / what)
            kept = {"CACHE_DIR": str(self._directory / COMPILED), "CACHE_MODE": "OPTIMIZE_SIZE"}
            # Where it cannot be kept, or was damaged, it is made each time.
            with contextlib.suppress(RuntimeError):
                return self._core.compile_model(what, "CPU", self._settings | kept).create_infer_request()
        try:
            return self._core.compile_model(what, "CPU", {**self._settings, **besides}).create_infer_request()
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
    return len(text.pieces) - 1


def _places(text: Text) -> list[int]:
    """The places at which the pieces that are asked for are foreseen: those before theirs."""
    return [place - 1 for asked in text.asked for place in asked.places]


def _of(text: Text, asked: Asked) -> Sequence[int]:
    return text.pieces[asked.places.start : asked.places.stop]


def _filled(length: int) -> int:
    return max(1, -(-length // STEP)) * STEP


def _results(request: Any, asked: Sequence[str], inputs: dict[str, Any]) -> list[Any]:
    results = request.infer(inputs)
    return [results[name].copy() for name in asked]
