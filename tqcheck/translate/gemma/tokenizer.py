"""Text to Gemma's pieces and back, with the place of each piece in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate.gemma.vocabulary import BLANK
from tqcheck.translate.pieces import Piece, Plain

# Layout is not language: any blanks are one, unbreakable ones too (for the model those are two odd bytes).
_LAYOUT = re.compile(r"[\s\u2060\ufeff\u200b-\u200d\u00ad]+")
LONGEST_WORD = 200
"""Characters. What is longer is no word of a language, and would take as long as an article."""
_BYTE = re.compile(r"<0x([0-9A-F]{2})>")
_INVISIBLE = frozenset("\u2060\ufeff\u200b\u200c\u200d\u00ad")


def laid_flat(text: str) -> Plain:
    """A text that begins with a blank, each of its runs of blanks one ``▁``, and where each character comes from.

    Of a run of over ``LONGEST_WORD`` characters without a blank the rest is not seen.
    """
    parts = [BLANK]
    origins = [0]
    length = 0
    for place, run in _runs(text.rstrip()):
        if run is None:
            length += 1
            if length <= LONGEST_WORD:
                parts.append("\ufffd" if "\ud800" <= text[place] <= "\udfff" else text[place])
                origins.append(place)
        elif not set(run) <= _INVISIBLE:
            length = 0
            if parts[-1] != BLANK:
                parts.append(BLANK)
                origins.append(place)
    return Plain("".join(parts) if len(parts) > 1 else "", (*origins, len(text)))


def _runs(text: str) -> list[tuple[int, str | None]]:
    """Each character with its place, and each run of blanks as one."""
    found: list[tuple[int, str | None]] = []
    done = 0
    for match in _LAYOUT.finditer(text):
        found += [(place, None) for place in range(done, match.start())]
        found.append((match.start(), match[0]))
        done = match.end()
    return [*found, *((place, None) for place in range(done, len(text)))]


class GemmaPieces:
    """The tokenizer of a prepared model. Raises UserError where its file cannot be read."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_str(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UserError(f"the tokenizer cannot be read: {error}", Place(str(path))) from error

    def number(self, piece: str) -> int:
        """Of a piece that there is."""
        found = self.find(piece)
        if found is None:
            raise ValueError(f"no piece {piece!r}")
        return found

    def find(self, piece: str) -> int | None:
        """The number of a piece, None where there is no such piece."""
        found = self._tokenizer.token_to_id(piece)
        return None if found is None else int(found)

    def piece(self, number: int) -> str:
        return str(self._tokenizer.id_to_token(number))

    def label(self, text: str) -> list[str]:
        """The pieces of a text as it stands at the beginning of a line, no blank before it."""
        return list(self._tokenizer.encode(text.replace(" ", BLANK)).tokens)

    def source(self, text: str) -> tuple[str, ...]:
        return tuple(self._tokenizer.encode(laid_flat(text).text).tokens)

    def target(self, text: str) -> tuple[Piece, ...]:
        flat = laid_flat(text)
        encoded = self._tokenizer.encode(flat.text)
        return tuple(
            Piece(piece, flat.origin(start)) for piece, (start, _) in zip(encoded.tokens, encoded.offsets, strict=True)
        )

    def text(self, tokens: Sequence[str]) -> str:
        content = b"".join(
            bytes([int(found[1], 16)]) if (found := _BYTE.fullmatch(token)) else token.encode() for token in tokens
        )
        return content.decode(errors="replace").replace(BLANK, " ").strip()
