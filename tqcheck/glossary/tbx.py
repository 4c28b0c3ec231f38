"""TBX (ISO 30042), versions 2 and 3: a term for each concept and French term, with all English terms of the concept.

A term whose administrative status is deprecated or superseded is forbidden; a preferred one goes before the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.errors import UserError
from tqcheck.glossary.entries import Row, row
from tqcheck.readers import markup
from tqcheck.readers.bilingual import primary
from tqcheck.readers.files import load, place
from tqcheck.readers.markup import Element

_CONCEPTS = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_FORBIDDEN = ("deprecated", "superseded")


def read(path: str, langs: tuple[str, str] = ("fr", "en")) -> list[Row]:
    """The terms of the concepts that have both languages. Raises UserError for what is no TBX or has none."""
    root = markup.parse(load(path), path)
    if root.name not in ("tbx", "martif"):
        where = place(path, root.line, root.column)
        raise UserError(f"this is no TBX: its first element is <{root.name}>", where, hint="name it for what it is")
    found = [term for concept in root.all(*_CONCEPTS) for term in _rows(concept, path, langs)]
    if not found:
        message = f"no concept of this TBX has terms in both {langs[0]} and {langs[1]}"
        raise UserError(message, place(path), hint="xml:lang of each langSec (langSet) says its language")
    return found


def _rows(concept: Element, path: str, langs: tuple[str, str]) -> Iterator[Row]:
    sections = {
        lang: [s for s in concept.all(*_LANGUAGES) if primary(s.get("xml:lang") or "") == lang] for lang in langs
    }
    english = [term for section in sections[langs[1]] for term in _terms(section)]
    allowed = sorted(
        (t for t in english if not _status(t).startswith(_FORBIDDEN)), key=lambda t: "preferred" not in _status(t)
    )
    forbidden = [term for term in english if _status(term).startswith(_FORBIDDEN)]
    note = "; ".join(note.text for note in concept.all("note"))
    for section in sections[langs[0]]:
        for term in _terms(section):
            if english and (word := next(term.all("term"), None)) is not None:
                where = place(path, word.line, word.column)
                yield row(word.text, where, tuple(map(_word, allowed)), tuple(map(_word, forbidden)), note)


def _terms(section: Element) -> Iterator[Element]:
    """The groups of a language that have a term, each with what is said of it."""
    return (group for group in section.all("termSec", "tig", "ntig") if next(group.all("term"), None) is not None)


def _word(group: Element) -> str:
    return next(group.all("term")).text


def _status(group: Element) -> str:
    """Such as ``deprecatedTerm-admn-sts``; in the DCT style of version 3 the element has the name of the category."""
    for note in group.all("termNote", "administrativeStatus"):
        if note.name == "administrativeStatus" or note.get("type") in (
            "administrativeStatus",
            "normativeAuthorization",
        ):
            return note.text
    return ""
