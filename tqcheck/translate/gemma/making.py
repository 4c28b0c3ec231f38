"""The files of a prepared model, written once: the network as three graphs, the vocabulary, and the prompt's state."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqcheck.translate.gemma import graph, vocabulary
from tqcheck.translate.gemma.checkpoint import Checkpoint
from tqcheck.translate.gemma.learned import Learned, Model
from tqcheck.translate.gemma.model import BODY, COMPILED, EXPECTED, NUMBERS, OPENINGS, SCALES, TOKENIZER, Gemma, head
from tqcheck.translate.gemma.prepared import Tell
from tqcheck.translate.gemma.unpack import Unpacked
from tqcheck.translate.protocol import BACK, FORWARD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tqcheck.translate.gemma.model import Numbers


def make(whole: Path, directory: Path, tell: Tell, learned: bool = False) -> None:
    """Write the files of a prepared model, with what it has ``learned`` or as it stands in its file.

    An OSError is the caller's. Raises UserError for what is no Gemma 3.
    """
    import numpy as np
    import openvino as ov

    tell(0.0)
    unpacked: Model = Checkpoint(whole) if whole.is_dir() else Unpacked(whole)
    if learned:
        unpacked = Learned(unpacked)
    words = unpacked.vocabulary
    tell(0.3)
    kept = vocabulary.kept(words, lambda share: tell(0.3 + 0.4 * share))
    pieces = [words.pieces[number] for number in kept]
    order = vocabulary.ranks(words)
    vocabulary.write(pieces, {piece: order[piece] for piece in pieces if piece in order}, directory / TOKENIZER)
    numbers, scales = graph.quantised(unpacked.tensor("token_embd.weight", np.array(kept)))
    _save(numbers, directory / NUMBERS)
    _save(scales, directory / SCALES)
    expected = {lang: vocabulary.expected(words, kept, lang) for lang in FORWARD}
    np.savez(directory / EXPECTED, allow_pickle=False, **expected)
    tell(0.75)
    try:
        for lang, own in expected.items():
            ov.save_model(graph.head(numbers[own], scales[own]), directory / head(lang), compress_to_fp16=False)
        ov.save_model(graph.body(unpacked), directory / BODY, compress_to_fp16=False)
    except RuntimeError as error:  # the library does not tell a full disk from other faults
        raise OSError(f"the model cannot be written, is the disk full? {error}") from error
    tell(0.95)
    model = Gemma(directory)
    states: dict[str, Numbers] = {}
    for source, target in (FORWARD, BACK):
        states[f"{source}-{target}-keys"], states[f"{source}-{target}-values"] = model.opening(source, target)
    np.savez(directory / OPENINGS, allow_pickle=False, **states)
    shutil.rmtree(directory / COMPILED, ignore_errors=True)  # it holds for files of this path only
    tell(1.0)


def _save(array: NDArray[Any], path: Path) -> None:
    """As numpy does, which on a full disk writes half of it and says nothing."""
    import numpy as np

    content = io.BytesIO()
    np.save(content, array)
    path.write_bytes(content.getbuffer())
