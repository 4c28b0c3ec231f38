"""The pieces of Gemma's vocabulary that French and English text uses, and the tokenizer over them.

Four fifths of the 262,144 pieces are of other scripts and languages, or of programs. Without them the softmax is a
fifth of the work and of the memory. A word with a piece that was left out is spelt with smaller ones.

Pieces are merged as SentencePiece does it (Kudo and Richardson 2018): of two neighbours that join to a piece, the best
of those first. The kept set has, with each piece, all from which it is merged on that way, so that text of kept pieces
is cut as with the whole vocabulary.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tqcheck.translate.gemma.learned import shipped
from tqcheck.translate.gemma.unpack import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRIM = 2
"""The version of the choice, of those that are kept and those that are expected: part of the engine's identity."""

KEPT = 50_000
LEAST = 2e-7
"""Share of a language's words from which a word counts."""

EXPECTED = Path(__file__).with_name("data") / "expected.npz"
EXPECTED_SHA256 = "8128303299c317be265edb5805d7cca570cdc1f20a47787ccba4a9811fb5ad8a"

BLANK = "▁"
LINE = "\n"
BEGIN = "<bos>"
SPECIAL = ("<pad>", "<eos>", BEGIN, "<unk>", LINE)
_NORMAL, _BYTE = 1, 6
_VOWELS = frozenset("aeiouyhâàéèêëîïôûœ")


class _Form(NamedTuple):
    """How a word can stand in text: the form, how often against its plain form, and which words do."""

    of: Callable[[str], str]
    weight: float
    holds: Callable[[str, str], bool] = lambda word, lang: True


def _after_apostrophe(word: str, lang: str) -> bool:
    return lang == "fr" and word[:1] in _VOWELS


_FORMS = (
    _Form(lambda word: BLANK + word, 1.0),
    _Form(lambda word: BLANK + word.capitalize(), 0.6),
    _Form(str, 0.5, _after_apostrophe),
    _Form(str, 0.05, lambda word, lang: not _after_apostrophe(word, lang)),
    _Form(str.capitalize, 0.5, _after_apostrophe),
    _Form(str.capitalize, 0.03, lambda word, lang: not _after_apostrophe(word, lang)),
    _Form(lambda word: BLANK + word.upper(), 0.3, lambda word, lang: len(word) <= 5),
)


def kept(vocabulary: Vocabulary, tell: Callable[[float], None]) -> list[int]:
    """The numbers of the pieces to keep, in rising order. ``tell`` gets the share that is done.

    Special pieces, bytes, single characters of Latin script, punctuation, and the pieces most used by the words of
    French and English, which wordfreq has.
    """
    from wordfreq import get_frequency_dict

    tokenizer = build(vocabulary.pieces, ranks(vocabulary))
    mass: Counter[str] = Counter()
    for step, lang in enumerate(("fr", "en")):
        words = [(word, share) for word, share in get_frequency_dict(lang, "large").items() if share >= LEAST]
        for number, form in enumerate(_FORMS):
            some = [(form.of(word), share * form.weight) for word, share in words if form.holds(word, lang)]
            for encoded, (_, share) in zip(tokenizer.encode_batch([text for text, _ in some]), some, strict=True):
                for piece in encoded.tokens:
                    mass[piece] += share
            tell((step + (number + 1) / len(_FORMS)) / 2)
    used = sorted(mass, key=lambda piece: (-mass[piece], piece))[:KEPT]
    return closed(vocabulary, used)


def closed(vocabulary: Vocabulary, used: Iterable[str]) -> list[int]:
    """The numbers of the used pieces, of those that are always kept, and of all from which any of these is merged."""
    order = ranks(vocabulary)
    wanted = set(used) & order.keys()
    wanted |= {piece for piece in order if _always(piece)}
    for piece in list(wanted):
        wanted |= {part for part in _merged_from(piece, order) if part in order}
    others = {*SPECIAL, *(p for p, kind in zip(vocabulary.pieces, vocabulary.types, strict=True) if kind == _BYTE)}
    return [number for number, piece in enumerate(vocabulary.pieces) if piece in wanted or piece in others]


def expected(vocabulary: Vocabulary, kept: Sequence[int], lang: str) -> NDArray[np.int32]:
    """Which of the kept pieces, by their places among these, are ever expected in a language.

    Learned with the embedded model (`training/scorer/expected.py`) and kept for every piece of Gemma's vocabulary; of a
    vocabulary of another size all are. Raises UserError where the file is not what was shipped.
    """
    import numpy as np

    with np.load(io.BytesIO(shipped(EXPECTED, EXPECTED_SHA256)), allow_pickle=False) as file:
        ever = np.unpackbits(file[lang])
    if len(vocabulary.pieces) != len(ever):
        return np.arange(len(kept), dtype=np.int32)
    return np.flatnonzero(ever[list(kept)]).astype(np.int32)


def ranks(vocabulary: Vocabulary) -> dict[str, float]:
    """Of each piece that is merged from others, how late that is."""
    return {piece: -score for piece, score, kind in zip(*vocabulary, strict=True) if kind == _NORMAL}


def build(pieces: Sequence[str], order: Mapping[str, float]) -> Any:
    """The tokenizer, of the library of that name, over pieces that are numbered as they stand."""
    from tokenizers import Tokenizer, models

    known = set(pieces)
    merges = [
        (rank, number, piece[:cut], piece[cut:])
        for number, (piece, rank) in enumerate(order.items())
        if piece in known
        for cut in range(1, len(piece))
        if piece[:cut] in order and piece[cut:] in order and piece[:cut] in known and piece[cut:] in known
    ]
    merges.sort()
    model = models.BPE(
        vocab={piece: number for number, piece in enumerate(pieces)},
        merges=[(left, right) for _, _, left, right in merges],
        byte_fallback=True,
        unk_token="<unk>",
        fuse_unk=True,
    )
    return Tokenizer(model)


def write(pieces: Sequence[str], order: Mapping[str, float], path: Path) -> None:
    """Write the tokenizer as a ``tokenizer.json``."""
    path.write_text(build(pieces, order).to_str(), "utf-8")


def _always(piece: str) -> bool:
    if len(piece) == 1:
        return ord(piece) < 0x250 or piece == BLANK
    return len(piece) <= 3 and not any(c.isalpha() for c in piece) and all(_western(c) for c in piece)


def _western(character: str) -> bool:
    return character == BLANK or ord(character) < 0x180 or 0x2000 <= ord(character) < 0x20B0


def _merged_from(piece: str, order: Mapping[str, float]) -> Iterator[str]:
    """The characters of a piece and whatever is merged on the way to it."""
    parts = list(piece)
    yield from parts
    while len(parts) > 1:
        joined = [(order[a + b], place) for place, (a, b) in enumerate(pairwise(parts)) if a + b in order]
        if not joined:
            return
        _, place = min(joined)
        parts[place : place + 2] = [parts[place] + parts[place + 1]]
        yield parts[place]
