"""Text to tokens and back by a ``tokenizer.json``, the format of the tokenizers library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate.model_files import missing_library, read_json
from tqcheck.translate.pieces import Piece


class JsonTokenizer:
    """The tokenizer of a file, the same for both languages; its own special tokens are left out.

    Raises UserError where the file cannot be read or the library is missing.
    """

    def __init__(self, path: Path) -> None:
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise missing_library("tokenizers") from error
        content = read_json(path)
        if content is None or not isinstance(content.get("model"), dict):
            raise UserError("not a tokenizer: it describes no model", Place(str(path)))
        self._tokenizer = Tokenizer.from_str(json.dumps(content))

    def source(self, text: str) -> tuple[str, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).tokens)

    def target(self, text: str) -> tuple[Piece, ...]:
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return tuple(Piece(token, start) for token, (start, _) in zip(found.tokens, found.offsets, strict=True))

    def text(self, tokens: Sequence[str]) -> str:
        numbers = (self._tokenizer.token_to_id(token) for token in tokens)
        return str(self._tokenizer.decode([number for number in numbers if number is not None])).strip()
