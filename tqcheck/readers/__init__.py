"""File -> document: the text, to the letter where a place counts, and its structure. A reader a format, by suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from tqcheck.errors import UserError
from tqcheck.model import Document
from tqcheck.readers.encoding import encoding_note
from tqcheck.readers.files import LIMIT, STANDARD_INPUT, Stdin, empty, place
from tqcheck.readers.lines import load_text, plain
from tqcheck.readers.markdown import Structure, structure
from tqcheck.readers.pairs import PairsFile, paragraphs, read_pairs, read_segmented
from tqcheck.readers.plain_text import blocks

__all__ = [
    "LIMIT",
    "STANDARD_INPUT",
    "SUFFIXES",
    "PairsFile",
    "encoding_note",
    "paragraphs",
    "read",
    "read_pairs",
    "read_segmented",
]


def _plain_text(text: str) -> Structure:
    return Structure(text, blocks(text))


Reader = Callable[[str], Structure]
SUFFIXES: Mapping[str, Reader] = MappingProxyType(
    {".txt": _plain_text, ".text": _plain_text, ".fr": _plain_text, ".en": _plain_text, ".md": structure}
    | {".markdown": structure, "": _plain_text}
)
"""By suffix, what makes a plain text into the same text, its blocks and comments; ``article.fr`` is one in French."""


def read(path: str, lang: str, stdin: Stdin | None = None) -> Document:
    """The document in the file ``path``, or in what ``stdin`` gives where that is "-" (plain text).

    ``lang`` is the code of the language it should be in. Its text has ``\\n`` at the end of every line, no byte order
    mark and no control characters; it keeps blanks that do not break; lines and columns are the file's. It has blocks
    (paragraph, heading, dateline, list-item, quotation), no segments yet. ``encoding`` names that of the file.

    Raises UserError where there is no such file or suffix, nothing in it to read, or something that is not text.
    """
    raw, encoding = load_text(path, stdin)
    found = _reader(path)(plain(raw))
    if not found.blocks:
        raise empty(path)
    return Document(path, lang, found.text, blocks=found.blocks, encoding=encoding, comments=found.comments)


def _reader(path: str) -> Reader:
    suffix = "" if path == STANDARD_INPUT else PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(name for name in SUFFIXES if name)
        raise UserError(
            f"no reader for files that end in {suffix}",
            place(path),
            hint=f"known are {known} and names without an ending",
        )
    return SUFFIXES[suffix]
