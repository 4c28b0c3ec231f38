"""File -> document: the text, to the letter where a place counts, and its structure. A reader a format, by suffix.

Formats of one language give a document; those of two (`PAIRS`) and subtitles in two files give pairs, which nothing
aligns again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from tqcheck.errors import UserError
from tqcheck.model import Document
from tqcheck.readers import docx, gettext, html_page, subtitles, tmx, xliff
from tqcheck.readers.bilingual import Langs, PairsFile
from tqcheck.readers.encoding import encoding_note
from tqcheck.readers.files import LIMIT, STANDARD_INPUT, Stdin, empty, place
from tqcheck.readers.lines import load_text, plain
from tqcheck.readers.markdown import Structure, structure
from tqcheck.readers.pairs import paragraphs, read_segmented, read_table
from tqcheck.readers.plain_text import blocks

__all__ = [
    "LIMIT",
    "PAIRS",
    "STANDARD_INPUT",
    "SUFFIXES",
    "PairsFile",
    "are_aligned",
    "encoding_note",
    "has_pairs",
    "paragraphs",
    "read",
    "read_aligned",
    "read_pairs",
    "read_segmented",
]

Reader = Callable[[str, str, Stdin | None], Document]
PairsReader = Callable[[str, Stdin | None, Langs], PairsFile]


def _text(structured: Callable[[str], Structure]) -> Reader:
    """The reader of a format whose text is the file's, line for line; ``structured`` finds its blocks."""

    def read(path: str, lang: str, stdin: Stdin | None) -> Document:
        raw, encoding = load_text(path, stdin)
        found = structured(plain(raw))
        if not found.blocks:
            raise empty(path)
        return Document(path, lang, found.text, blocks=found.blocks, encoding=encoding, comments=found.comments)

    return read


_plain_text = _text(lambda text: Structure(text, blocks(text)))

SUFFIXES: Mapping[str, Reader] = MappingProxyType(
    dict.fromkeys((".txt", ".text", ".fr", ".en", ""), _plain_text)
    | dict.fromkeys((".md", ".markdown"), _text(structure))
    | dict.fromkeys((".html", ".htm", ".xhtml"), html_page.read)
    | {".docx": docx.read, ".srt": subtitles.read}
)
"""The reader of a file in one language, by suffix; ``article.fr`` is one in French."""

PAIRS: Mapping[str, PairsReader] = MappingProxyType(
    {".tsv": read_table, ".tmx": tmx.read, ".po": gettext.read}
    | dict.fromkeys((".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), xliff.read)
)
"""The reader of a file in both languages, by suffix."""


def read(path: str, lang: str, stdin: Stdin | None = None) -> Document:
    """The document in the file ``path``, or in what ``stdin`` gives where that is "-" (plain text).

    ``lang`` is the code of the language it should be in. Its text has ``\\n`` at the end of every line, no byte order
    mark and no control characters; it keeps blanks that do not break; lines and columns are the file's. It has blocks
    (paragraph, heading, dateline, list-item, quotation), no segments yet. ``encoding`` names that of the file.

    Raises UserError where there is no such file or suffix, nothing in it to read, or something that is not text.
    """
    suffix = _suffix(path)
    if suffix in PAIRS:
        raise UserError(
            f"a {suffix} file holds both languages", place(path), hint="give it alone: its pairs are aligned already"
        )
    if suffix not in SUFFIXES:
        known = ", ".join(name for name in (*SUFFIXES, *PAIRS) if name)
        raise UserError(
            f"no reader for files that end in {suffix}",
            place(path),
            hint=f"known are {known} and names without an ending",
        )
    return SUFFIXES[suffix](path, lang, stdin)


def has_pairs(path: str) -> bool:
    """Whether a file of that name holds both languages."""
    return _suffix(path) in PAIRS


def read_pairs(path: str, stdin: Stdin | None = None, langs: Langs = ("fr", "en")) -> PairsFile:
    """The pairs of a file in both languages; of one whose suffix says nothing, of lines ``French<TAB>English``.

    Raises UserError for what is not of its format, names other languages, or has no pair.
    """
    return PAIRS.get(_suffix(path), read_table)(path, stdin, langs)


def are_aligned(source: str, target: str) -> bool:
    """Whether two names are of pairs: one file in both languages, or subtitles."""
    return (source == target and has_pairs(source)) or _suffix(source) == _suffix(target) == ".srt"


def read_aligned(
    source: str, target: str, stdin: tuple[Stdin | None, Stdin | None] = (None, None), langs: Langs = ("fr", "en")
) -> PairsFile:
    """The pairs of two names of which `are_aligned` holds. Raises UserError as ``read`` and ``read_pairs`` do."""
    if source == target:
        return read_pairs(source, stdin[0], langs)
    return subtitles.read_both((source, target), stdin, langs)


def _suffix(path: str) -> str:
    return "" if path == STANDARD_INPUT else PurePath(path).suffix.lower()
