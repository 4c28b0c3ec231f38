"""Text to subword pieces and back for Marian models: SentencePiece, with the place of each piece in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from tqcheck.errors import Place, UserError
from tqcheck.translate.model_files import missing_library


class Piece(NamedTuple):
    """A token of a target and the code point of the text where it begins."""

    text: str
    start: int


class Tokenizer(Protocol):
    """Between a text and the tokens of a model, end tokens and the like left out."""

    def source(self, text: str) -> tuple[str, ...]:
        """The tokens of a text to translate."""

    def target(self, text: str) -> tuple[Piece, ...]:
        """The tokens of a translation, each with its place; the places never decrease."""

    def text(self, tokens: Sequence[str]) -> str:
        """The text that the tokens of a translation spell."""


# What the Moses scripts replace-unicode-punctuation.perl and normalize-punctuation.perl do to the typography of French
# and English, after https://github.com/moses-smt/mosesdecoder/tree/master/scripts/tokenizer: the OPUS-MT models were
# trained on text that went through them (Tiedemann and Thottingal 2020, "OPUS-MT"), and know few of these characters.
_PLAIN = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("’‘‚‛′´`", "'"),
    **dict.fromkeys("–‐‑‒−", "-"),
    **dict.fromkeys("\u00a0\u202f\u2007\u2009\u2002\u2003\u200a", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "—": " - ",
    "…": "...",
}
_UNBREAKABLE = "[\u00a0\u202f]"
_TYPOGRAPHY = re.compile(
    rf"(?P<after>«)[\s\u00a0\u202f]+|[\s\u00a0\u202f]+(?P<before>»)|{_UNBREAKABLE}(?P<mark>[;:!?%])"
    rf"|(?P<one>[{re.escape(''.join(_PLAIN))}])"
)


class Plain(NamedTuple):
    """A text in plain typography; ``origins[i]`` is where the character ``i`` of it begins in the original."""

    text: str
    origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """The place in the original of an offset of the plain text."""
        return self.origins[offset]


def plain(text: str) -> Plain:
    """Typographic quotes, dashes and spaces as a Marian model knows them, and where each character comes from.

    ``origins`` has one entry more than the plain text has characters: the length of the original.
    """
    parts: list[str] = []
    origins: list[int] = []
    done = 0
    for found in _TYPOGRAPHY.finditer(text):
        character = found[found.lastgroup or 0]
        replacement = _PLAIN.get(character, character)
        parts += [text[done : found.start()], replacement]
        origins += range(done, found.start())
        origins += [found.start()] * len(replacement)
        done = found.end()
    return Plain("".join([*parts, text[done:]]), (*origins, *range(done, len(text) + 1)))


class SentencePieces:
    """The SentencePiece models of a directory: ``source.spm`` and ``target.spm``, or one for both languages.

    ``tag`` is put before every source: a multilingual Marian model takes the target language as ``>>fra<<``. Raises
    UserError where a file is no SentencePiece model or the library is missing.
    """

    def __init__(self, source: Path, target: Path, tag: str | None = None) -> None:
        self._source = _load(source)
        self._target = _load(target)
        self._tag = () if tag is None else (tag,)

    def source(self, text: str) -> tuple[str, ...]:
        return (*self._tag, *self._source.encode(plain(text).text, return_type=str))

    def target(self, text: str) -> tuple[Piece, ...]:
        simple = plain(text)
        found = self._target.encode(simple.text, return_type="offset_mapping")
        return tuple(
            Piece(piece, simple.origin(start))
            for piece, (start, _) in zip(found["pieces"], found["offsets"], strict=True)
        )

    def text(self, tokens: Sequence[str]) -> str:
        return str(self._target.decode(list(tokens))).strip()


def _load(path: Path) -> Any:
    try:
        from sentencepiece import SentencePieceProcessor
    except ImportError as error:
        raise missing_library("sentencepiece") from error
    try:
        return SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise UserError(f"not a SentencePiece model: {error}", Place(str(path))) from error
