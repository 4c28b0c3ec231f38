"""The engine ctranslate2: a converted model directory, eight-bit arithmetic on the processor."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate.json_tokenizer import JsonTokenizer
from tqcheck.translate.model_files import digest, directories, missing_library, read_json, require
from tqcheck.translate.piece_engine import Hypothesis, Loaded, PieceEngine
from tqcheck.translate.pieces import SentencePieces, Tokenizer
from tqcheck.translate.protocol import Direction

NAME = "ctranslate2"
LONGEST = 500
"""Pieces a side: the positions of a Marian model are 512, and a converted directory does not say how many it has."""

_SHARED_PIECES = ("sentencepiece.model", "spm.model", "sentencepiece.bpe.model")
_JSON = "tokenizer.json"
_VOCABULARIES = ("shared_vocabulary.json", "source_vocabulary.json", "shared_vocabulary.txt", "source_vocabulary.txt")
_LANGUAGE_TOKENS = ("fra_Latn", "__fr__", "fr_XX")


def missing() -> str | None:
    """The library it needs, where that is not installed."""
    return None if importlib.util.find_spec("ctranslate2") else "ctranslate2"


def from_directory(path: str, beams: int, compute_type: str = "int8") -> PieceEngine:
    """The engine with the converted models of a directory, or of two where the path has ``{source}-{target}`` in it.

    Each needs ``model.bin``, ``config.json``, its vocabulary, and its tokenizer: ``source.spm`` and ``target.spm``, or
    one SentencePiece model for both (``sentencepiece.model``), or ``tokenizer.json``. ``compute_type`` is the library's
    word for the arithmetic. Raises UserError where something is missing.
    """
    if missing():
        raise missing_library("ctranslate2")
    found = directories(path)
    hashes = []
    for (source, target), directory in found.items():
        require(directory, ("model.bin", "config.json"))
        _refuse_multilingual(directory)
        model = (directory / "model.bin", directory / "config.json", _vocabulary(directory))
        hashes.append(f"{source}-{target}.{digest((*model, *_tokenizer_files(directory)))}")
    settings = (f"ctranslate2.{importlib.metadata.version('ctranslate2')}", compute_type, f"beams.{beams}")
    return PieceEngine(
        NAME,
        "+".join((f"{NAME}:{Path(path).name}", *hashes, *settings)),
        {direction: partial(_load, direction, place, beams, compute_type) for direction, place in found.items()},
    )


def _vocabulary(directory: Path) -> Path:
    found = next((directory / name for name in _VOCABULARIES if (directory / name).is_file()), None)
    if found is None:
        raise UserError(f"not a complete model: {_VOCABULARIES[0]} is missing", Place(str(directory)))
    return found


def _refuse_multilingual(directory: Path) -> None:
    """A model that wants to be told its languages would translate into any: better refused than wrong."""
    text = _vocabulary(directory).read_text("utf-8", errors="replace")
    if any(token in text for token in _LANGUAGE_TOKENS):
        raise UserError(
            "a multilingual model that takes its languages as tokens: not supported",
            Place(str(directory)),
            "convert a model of one direction, such as Helsinki-NLP/opus-mt-fr-en",
        )


def _tokenizer_files(directory: Path) -> tuple[Path, ...]:
    pair = (directory / "source.spm", directory / "target.spm")
    if all(path.is_file() for path in pair):
        return pair
    for name in (*_SHARED_PIECES, _JSON):
        # An Argos package keeps its SentencePiece model beside the directory of the converted model.
        for place in (directory, directory.parent):
            if (place / name).is_file():
                return (place / name,)
    raise UserError(
        "it has no tokenizer: neither source.spm and target.spm nor sentencepiece.model nor tokenizer.json",
        Place(str(directory)),
        "copy them from the model that was converted, or convert it with --copy_files source.spm target.spm",
    )


def _load(direction: Direction, directory: Path, beams: int, compute_type: str) -> Loaded:
    files = _tokenizer_files(directory)
    tokenizer: Tokenizer
    tokenizer = JsonTokenizer(files[0]) if files[0].name == _JSON else SentencePieces(files[0], files[-1])
    return Loaded(tokenizer, Converted(directory, beams, compute_type))


class Converted:
    """A converted model in memory. Raises UserError where it cannot be read."""

    longest = LONGEST

    def __init__(self, directory: Path, beams: int, compute_type: str) -> None:
        import ctranslate2

        configuration = read_json(directory / "config.json") or {}
        self._end = str(configuration.get("eos_token") or "</s>")
        # A model converted from transformers expects its end token with the source, one from Marian adds it by itself.
        self._suffix = () if configuration.get("add_source_eos") else (self._end,)
        self._beams = beams
        self._place = Place(str(directory))
        with self._explained():
            self._translator = ctranslate2.Translator(str(directory), device="cpu", compute_type=compute_type)

    def generate(self, sources: Sequence[Sequence[str]]) -> list[Hypothesis]:
        with self._explained():
            results = self._translator.translate_batch(
                self._sources(sources),
                beam_size=self._beams,
                disable_unk=True,
                return_end_token=True,
                max_input_length=0,  # or it would cut the source without a word
                max_decoding_length=min(self.longest, 20 + 3 * max(map(len, sources))),
            )
        rows = [result.hypotheses[0] for result in results]
        finished = [self._end in row for row in rows]
        pieces = [tuple(piece for piece in row if piece != self._end) for row in rows]
        values = self.score(sources, pieces)
        return [Hypothesis(*parts) for parts in zip(pieces, (row[:-1] for row in values), finished, strict=True)]

    def score(self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        with self._explained():
            results = self._translator.score_batch(
                self._sources(sources), [list(target) for target in targets], max_input_length=0
            )
        return [tuple(result.log_probs) for result in results]

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What the library has against a model, such as too few positions, it raises as one of two kinds."""
        try:
            yield
        except (RuntimeError, ValueError) as error:
            raise UserError(f"ctranslate2 cannot work with this model: {error}", self._place) from error

    def _sources(self, sources: Sequence[Sequence[str]]) -> list[list[str]]:
        return [[*source, *self._suffix] for source in sources]
