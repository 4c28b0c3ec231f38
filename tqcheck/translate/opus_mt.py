"""The engine opus-mt: Marian models through transformers, from a directory or from the Hugging Face hub."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tqcheck.errors import Place, UserError
from tqcheck.translate import hub
from tqcheck.translate.model_files import digest, directories, missing_library, read_json, require
from tqcheck.translate.piece_engine import Hypothesis, Loaded, PieceEngine
from tqcheck.translate.pieces import SentencePieces
from tqcheck.translate.protocol import BACK, FORWARD, Direction

NAME = "opus-mt"
HUB = "Helsinki-NLP/opus-mt-{source}-{target}"
_LIBRARIES = ("torch", "transformers", "sentencepiece", "huggingface_hub")
_FILES = ("config.json", "source.spm", "target.spm", "vocab.json")
_OPTIONAL_FILES = ("target_vocab.json",)
_SAFE = ("model.safetensors", "model.safetensors.index.json")
_PICKLE = "pytorch_model.bin"
_TAGS = {"fr": (">>fra<<", ">>fr<<"), "en": (">>eng<<", ">>en<<")}


def missing() -> str | None:
    """The first of the libraries it needs that is not installed."""
    return next((name for name in _LIBRARIES if importlib.util.find_spec(name) is None), None)


def from_directory(path: str, beams: int) -> PieceEngine:
    """The engine with the models of a directory, or of two where the path has ``{source}-{target}`` in it.

    Only safetensors are read: a pickle runs what is in it. Raises UserError where something is missing.
    """
    return _engine(Path(path).name, directories(path), beams)


def in_cache(beams: int, cache: Path | None) -> PieceEngine | None:
    """The engine with Helsinki-NLP/opus-mt-fr-en and -en-fr, or the one of them that is in the hub's local cache.

    None where neither is; there is no network.
    """
    wanted = (*_FILES, _SAFE[0])
    found = {direction: hub.cached(_repository(direction), wanted, cache) for direction in (FORWARD, BACK)}
    here = {direction: directory for direction, directory in found.items() if directory is not None}
    return _engine(HUB, here, beams) if here else None


def fetched(beams: int, cache: Path | None) -> PieceEngine:
    """The engine with both of them, downloaded where they are not in the cache. Raises UserError where that fails."""
    library = missing()
    if library is not None:
        raise missing_library(library)
    here = {
        direction: hub.cached(_repository(direction), (*_FILES, _SAFE[0]), cache)
        or hub.fetch(_repository(direction), (*_FILES, *_OPTIONAL_FILES), _SAFE[0], cache)
        for direction in (FORWARD, BACK)
    }
    return _engine(HUB, here, beams)


def _repository(direction: Direction) -> str:
    return HUB.format(source=direction[0], target=direction[1])


def _engine(label: str, found: Mapping[Direction, Path], beams: int) -> PieceEngine:
    library = missing()
    if library is not None:
        raise missing_library(library)
    hashes = []
    for (source, target), directory in found.items():
        check(directory, trusted=False)
        hashes.append(f"{source}-{target}.{digest(_identifying(directory))}")
    version = importlib.metadata.version("transformers")
    return PieceEngine(
        NAME,
        "+".join((f"{NAME}:{label}", *hashes, f"transformers.{version}", f"beams.{beams}")),
        {direction: partial(_load, direction, directory, beams) for direction, directory in found.items()},
    )


def _identifying(directory: Path) -> list[Path]:
    named = [directory / name for name in (*_FILES, *_OPTIONAL_FILES) if (directory / name).is_file()]
    return [*named, *sorted(directory.glob("*.safetensors"))]


def check(directory: Path, trusted: bool) -> None:
    """Raise a UserError unless the directory has what it takes.

    With ``trusted`` a pickle will do: for what was pulled by name, checked by hash, and is converted by a library that
    takes numbers alone from it.
    """
    require(directory, _FILES)
    kind = (read_json(directory / "config.json") or {}).get("model_type")
    if kind != "marian":
        raise UserError(f"not a Marian model: its config.json says model_type {kind!r}", Place(str(directory)))
    if any((directory / name).is_file() for name in _SAFE) or (trusted and (directory / _PICKLE).is_file()):
        return
    if not any(directory.glob("*.bin")):
        raise UserError(f"not a complete model: {_SAFE[0]} is missing", Place(str(directory)))
    raise UserError(
        "its weights are a pickle, which can run any program when it is opened: refused",
        Place(str(directory)),
        "if you trust where it comes from, write it as safetensors: transformers.MarianMTModel.from_pretrained(OLD)"
        ".save_pretrained(NEW), and copy the other files",
    )


def _load(direction: Direction, directory: Path, beams: int) -> Loaded:
    model = Marian(directory, beams)
    tags = [tag for tag in _TAGS.get(direction[1], ()) if tag in model.vocabulary]
    tokenizer = SentencePieces(directory / "source.spm", directory / "target.spm", tags[0] if tags else None)
    return Loaded(tokenizer, model)


class Marian:
    """A Marian model in memory, on the processor, in single precision. Raises UserError where it cannot be read."""

    def __init__(self, directory: Path, beams: int) -> None:
        from transformers import GenerationConfig, MarianMTModel

        self._model = _read(MarianMTModel, directory)
        configuration = self._model.config
        self.vocabulary = _vocabulary(directory / "vocab.json", configuration.vocab_size)
        separate = directory / "target_vocab.json"
        size = configuration.decoder_vocab_size or configuration.vocab_size
        self._targets = _vocabulary(separate, size) if separate.is_file() else self.vocabulary
        self._spelled = {number: piece for piece, number in self._targets.items()}
        self._end, self._start = configuration.eos_token_id, configuration.decoder_start_token_id
        self._unknown, self._padding = self._targets["<unk>"], configuration.pad_token_id
        self.longest = configuration.max_position_embeddings - 1
        # Not the one that comes with the model: sampling in it would make every run another. Padding has a place in
        # the vocabulary that was never trained, an unknown piece no spelling: neither may be written.
        self._model.generation_config = GenerationConfig(
            num_beams=beams,
            do_sample=False,
            min_new_tokens=1,
            pad_token_id=self._padding,
            eos_token_id=self._end,
            decoder_start_token_id=self._start,
            bad_words_ids=[[self._padding], [self._unknown]],
        )

    def generate(self, sources: Sequence[Sequence[str]]) -> list[Hypothesis]:
        import torch

        with torch.inference_mode():
            room = min(self.longest, 20 + 3 * max(map(len, sources)))
            rows = self._model.generate(**self._inputs(sources), max_new_tokens=room).tolist()
        finished = [self._end in row[1:] for row in rows]
        numbers = [row[1 : row.index(self._end, 1) if self._end in row[1:] else None] for row in rows]
        pieces = [tuple(self._spelled[number] for number in row if number != self._padding) for row in numbers]
        values = self.score(sources, pieces)
        return [Hypothesis(*parts) for parts in zip(pieces, (row[:-1] for row in values), finished, strict=True)]

    def score(self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        import torch

        wanted = self._tensor([[*self._numbers(target, self._targets), self._end] for target in targets])
        start = torch.full((len(targets), 1), self._start)
        with torch.inference_mode():
            logits = self._model(
                **self._inputs(sources), decoder_input_ids=torch.cat([start, wanted[:, :-1]], dim=1)
            ).logits
            logits[:, :, self._padding] = -torch.inf
            values = logits.gather(2, wanted.unsqueeze(2)).squeeze(2) - logits.logsumexp(2)
        return [tuple(row[: len(target) + 1]) for row, target in zip(values.tolist(), targets, strict=True)]

    def _numbers(self, pieces: Sequence[str], vocabulary: Mapping[str, int]) -> list[int]:
        unknown = vocabulary["<unk>"]
        return [vocabulary.get(piece, unknown) for piece in pieces]

    def _tensor(self, rows: Sequence[Sequence[int]]) -> Any:
        import torch

        width = max(map(len, rows))
        return torch.tensor([[*row, *[self._padding] * (width - len(row))] for row in rows])

    def _inputs(self, sources: Sequence[Sequence[str]]) -> dict[str, Any]:
        numbers = self._tensor([[*self._numbers(source, self.vocabulary), self._end] for source in sources])
        return {"input_ids": numbers, "attention_mask": (numbers != self._padding).long()}


def _read(kind: Any, directory: Path) -> Any:
    """The weights, from this directory alone, without any of its code; every one of them must be there."""
    import torch
    from safetensors import SafetensorError

    try:
        with quiet():
            model, report = kind.from_pretrained(
                directory,
                dtype=torch.float32,
                local_files_only=True,
                use_safetensors=True,
                output_loading_info=True,
            )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise UserError(f"the model cannot be read: {str(error).strip() or error!r}", Place(str(directory))) from error
    absent = sorted(report["missing_keys"])
    if absent:
        raise UserError(f"not a complete model: no weights for {', '.join(absent[:3])}", Place(str(directory)))
    return model.eval()


@contextmanager
def quiet() -> Iterator[None]:
    """Without the library's own bar and remarks while it loads: what matters of them is raised."""
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity(logging.CRITICAL)
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def _vocabulary(path: Path, size: int) -> dict[str, int]:
    """From a piece to its number. Raises UserError where it does not fit the model."""
    pieces = read_json(path) or {}
    numbers = {piece: number for piece, number in pieces.items() if isinstance(number, int) and 0 <= number < size}
    if len(numbers) != len(pieces) or "<unk>" not in numbers:
        raise UserError(f"not the vocabulary of this model, which has {size} pieces", Place(str(path)))
    return numbers
