"""DOCX (Word): paragraphs, headings, list items and cells of tables, by python-docx (the extra ``formats``).

Insertions that are tracked count as made and deletions as gone. Footnotes follow the text; headers, footers and
comments are no part of it. A line is a paragraph of the document, counted from 1 with the empty ones and those in
tables.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tqcheck.errors import UserError
from tqcheck.model import Document
from tqcheck.readers import placed
from tqcheck.readers.datelines import is_dateline
from tqcheck.readers.files import LIMIT, Stdin, empty, load, place
from tqcheck.readers.placed import Part, Passage

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MOST_UNPACKED = 10 * LIMIT
"""Bytes of all files in the archive together: pictures do not shrink in it, and a text by a factor of ten."""

MOST_FILES = 5000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK})
_SIGNS = {f"{_WORD}tab": " ", f"{_WORD}br": " ", f"{_WORD}cr": " ", f"{_WORD}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_HINT = "open it in Word or LibreOffice and save it again as .docx, or save its text as .txt"


def read(path: str, lang: str, stdin: Stdin | None = None) -> Document:
    """The text of a Word document. Line and column of a place are the paragraph's number and the character in it.

    Raises UserError for what is no DOCX, would unpack to too much, has entities in its XML or no text, and where
    python-docx is not installed.
    """
    data = load(path, stdin)
    _refuse_bombs(data, path)
    _verify_installed(path)
    with _explained(path):
        word = _opened(data)
        remarks = _comments(word)
        parts = [part for part in _parts(word, remarks) if not part.passage.empty]
    if not parts:
        raise empty(path)
    return placed.document(path, lang, parts)


def _refuse_bombs(data: bytes, path: str) -> None:
    """Nothing is unpacked before it is known to be little: zipfile never gives more than the size that is declared."""
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise UserError(
                    f"this archive would unpack to more than {MOST_UNPACKED // 1_000_000} MB or {MOST_FILES} files",
                    place(path),
                    hint="a document of a desk has a few MB: it is damaged, or made to do harm",
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")) and _has_doctype(archive.read(entry)):
                    raise UserError(
                        f"{entry.filename} in this document has a DOCTYPE, which no program for documents writes",
                        place(path),
                        hint="it is made to do harm, or by hand: save it again from a word processor",
                    )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise UserError(f"this is no Word document: {str(error).lower()}", place(path), hint=_HINT) from None


def _has_doctype(xml: bytes) -> bool:
    return b"<!DOCTYPE" in xml.replace(b"\0", b"")  # in UTF-16 every other byte is 0


def _verify_installed(path: str) -> None:
    try:
        import docx  # noqa: F401
    except ImportError:
        raise UserError(
            "Word documents need a library that is not installed",
            place(path),
            hint='pip install "tqcheck[formats]", or save the text as .txt or .md',
        ) from None


def _opened(data: bytes) -> WordDocument:
    import docx

    word = docx.Document(io.BytesIO(data))
    if word.element.body is None:
        raise ValueError("it has no body")
    return word


@contextmanager
def _explained(path: str) -> Iterator[None]:
    """What the libraries raise for a damaged document, as a UserError. lxml's errors are SyntaxErrors."""
    from zipfile import BadZipFile
    from zlib import error as NotDeflated

    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.oxml.exceptions import XmlchemyError

    damage = (PythonDocxError, OpcError, XmlchemyError, BadZipFile, NotDeflated)
    try:
        yield
    except (*damage, LookupError, ValueError, SyntaxError, AttributeError, TypeError) as error:
        reason = str(error).strip("'\"").lower()
        raise UserError(f"this Word document cannot be read: {reason}", place(path), hint=_HINT) from None


def _parts(word: WordDocument, remarks: Mapping[str, str]) -> Iterator[Part]:
    number = 0
    for paragraph in word.element.body.iter(f"{_WORD}p"):
        if any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            continue  # the same once more, for programs of old
        number += 1
        passage = _passage(paragraph, number)
        marks = (mark.get(f"{_WORD}id") for mark in paragraph.iter(f"{_WORD}commentRangeStart"))
        said = tuple(remarks[mark] for mark in marks if mark in remarks)
        yield Part(passage, _kind(paragraph, word, passage.text), f"paragraph {number}", said)
    for note, paragraph in _footnotes(word):
        number += 1
        yield Part(_passage(paragraph, number), "paragraph", f"footnote {note}")


def _passage(paragraph: Any, number: int) -> Passage:
    """The words of a paragraph but not of those inside it (text boxes)."""
    passage = Passage(number, 1, fold=False)
    column = 1
    waiting = [iter(paragraph)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in (f"{_WORD}t", *_SIGNS):
            text = _SIGNS.get(element.tag, element.text or "")
            passage.add(text, number, column)
            column += len(text)
        elif element.tag not in _GONE and element.tag != f"{_WORD}p":
            waiting.append(iter(element))
    return passage


def _kind(paragraph: Any, word: WordDocument, text: str) -> str:
    from docx.text.paragraph import Paragraph

    style = Paragraph(paragraph, word).style
    name = ((style.name if style is not None else None) or "").lower()
    if name.startswith("heading") or name in ("title", "subtitle"):
        return "heading"
    if "list" in name or paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None:
        return "list-item"
    if "quote" in name:
        return "quotation"
    return "dateline" if is_dateline(text) else "paragraph"


def _footnotes(word: WordDocument) -> Iterator[tuple[str, Any]]:
    """The paragraphs of the footnotes, each with its note's number; separators (0 and less) are none."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iter(f"{_WORD}footnote"):
                if note.get(f"{_WORD}type") is None:
                    yield from ((note.get(f"{_WORD}id"), paragraph) for paragraph in note.iter(f"{_WORD}p"))


def _comments(word: WordDocument) -> Mapping[str, str]:
    """The comments by their numbers."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if not any(relation.reltype == RELATIONSHIP_TYPE.COMMENTS for relation in word.part.rels.values()):
        return {}
    return {str(comment.comment_id): comment.text for comment in word.comments}
