"""TMX 1.4 (LISA OSCAR): a pair for each translation unit that has both languages.

A memory is no running text: each unit is an article of its own, so that nothing is asked of its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.errors import UserError
from tqcheck.readers import markup
from tqcheck.readers.bilingual import Langs, PairsFile, Row, pairs_file, primary
from tqcheck.readers.files import Stdin, load, place
from tqcheck.readers.markup import Element
from tqcheck.readers.placed import Passage, Piece

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "sub"})


def read(path: str, stdin: Stdin | None = None, langs: Langs = ("fr", "en")) -> PairsFile:
    """The pairs of a translation memory. Units without one of the two languages are left out.

    Raises UserError for what is no TMX, is said to be from another language, or has no unit in both languages.
    """
    root = markup.parse(load(path, stdin), path)
    if root.name != "tmx":
        where = place(path, root.line, root.column)
        raise UserError(f"this is no TMX: its first element is <{root.name}>", where, hint="name it for what it is")
    header = root.child("header")
    source = (None if header is None else header.get("srclang")) or "*all*"
    if header is not None and source.lower() != "*all*" and primary(source) != langs[0]:
        where = place(path, header.line, header.column)
        message = f'the file says that it translates from "{source}", and "{langs[0]}" is wanted'
        raise UserError(message, where, hint='correct srclang, or write "*all*" where both directions are meant')
    rows = list(_rows(root, langs))
    if not rows and next(root.all("tu"), None) is not None:
        message = f"no unit of this TMX has both {langs[0]} and {langs[1]}"
        raise UserError(message, place(path), hint="xml:lang of each tuv says its language")
    return pairs_file(path, rows, langs)


def _rows(root: Element, langs: Langs) -> Iterator[Row]:
    for number, unit in enumerate(root.all("tu"), 1):
        sides = {
            primary(side.get("xml:lang") or side.get("lang") or ""): side for side in reversed(list(unit.all("tuv")))
        }
        source, target = (sides[lang].child("seg") if lang in sides else None for lang in langs)
        if source is not None and target is not None:
            remarks = tuple(note.text for note in unit.children if note.name == "note")
            yield Row(_said(source), _said(target), f"unit {unit.get('tuid') or number}", number, remarks)


def _said(segment: Element) -> Passage:
    passage = segment.passage()
    _collect(segment, passage)
    return passage


def _collect(element: Element, passage: Passage) -> None:
    for part in element.content:
        if isinstance(part, Piece):
            passage.add(*part)
        elif part.name not in _CODES:
            _collect(part, passage)
