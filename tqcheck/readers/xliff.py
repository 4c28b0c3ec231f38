"""XLIFF 1.2 and 2.x (OASIS): a pair for each segment of each unit, with the unit's name.

Codes of the original format inside the text (``ph``, ``bpt``, ``x`` …) are left out; what stands between paired codes
(``g``, ``pc``, ``mrk``) is text. Units that are not to be translated are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tqcheck.errors import UserError
from tqcheck.readers import markup
from tqcheck.readers.bilingual import Langs, PairsFile, Row, pairs_file, verify_languages
from tqcheck.readers.files import Stdin, load, place
from tqcheck.readers.markup import Element
from tqcheck.readers.placed import Passage, Piece

_CODES = frozenset({"ph", "bpt", "ept", "it", "x", "bx", "ex", "sub", "sc", "ec", "sm", "em", "cp"})
_LINE_BREAKS = frozenset({"lb", "x-lb", "x-br", "br", "xlf:lb"})
_HINT = "correct the attribute, or export the file again for French to English"


class _Side(NamedTuple):
    element: Element
    passage: Passage


def read(path: str, stdin: Stdin | None = None, langs: Langs = ("fr", "en")) -> PairsFile:
    """The pairs of an XLIFF file; each ``file`` in it is an article of its own.

    Raises UserError for what is no XLIFF, names other languages, or holds no text.
    """
    root = markup.parse(load(path, stdin), path)
    if root.name != "xliff":
        where = place(path, root.line, root.column)
        raise UserError(f"this is no XLIFF: its first element is <{root.name}>", where, hint="name it for what it is")
    if (root.get("version") or "").startswith("2"):
        _verify(path, root, ("srcLang", "trgLang"), langs)
        return pairs_file(path, _second(root), langs)
    for file in root.all("file"):
        _verify(path, file, ("source-language", "target-language"), langs)
    return pairs_file(path, _first(root), langs)


def _verify(path: str, element: Element, names: tuple[str, str], langs: Langs) -> None:
    found = [element.get(name) for name in names]
    verify_languages(found, langs, place(path, element.line, element.column), _HINT)


def _first(root: Element) -> Iterator[Row]:
    """The pairs of version 1.2: ``trans-unit`` with ``source`` and ``target``, cut into ``mrk`` where both are."""
    for article, file in enumerate(root.all("file")):
        for unit in file.all("trans-unit"):
            source, target = unit.child("source"), unit.child("target")
            if source is None or unit.get("translate") == "no":
                continue
            name = f"unit {unit.get('id') or ''}".strip()
            remarks = _remarks(unit)
            cut, parts = _marked(unit.child("seg-source")), _marked(target)
            if cut and parts and cut.keys() >= parts.keys():
                for number, part in cut.items():
                    yield Row(
                        _said(part), _said(parts.get(number), part), f"{name}, segment {number}", article, remarks
                    )
            else:
                yield Row(_said(source), _said(target, source), name, article, remarks)


def _second(root: Element) -> Iterator[Row]:
    """The pairs of version 2: a ``segment`` (or ``ignorable``) of a ``unit`` each."""
    for article, file in enumerate(root.all("file")):
        for unit in file.all("unit"):
            if unit.get("translate") == "no":
                continue
            name = f"unit {unit.get('id') or ''}".strip()
            segments = [part for part in unit.children if part.name == "segment"]
            remarks = _remarks(unit)
            for number, segment in enumerate(segments, 1):
                source, target = segment.child("source"), segment.child("target")
                which = segment.get("id") or (str(number) if len(segments) > 1 else None)
                if source is not None:
                    whole = name if which is None else f"{name}, segment {which}"
                    yield Row(_said(source), _said(target, source), whole, article, remarks)


def _marked(element: Element | None) -> Mapping[str, Element]:
    """The segments that are marked in a side, by their numbers."""
    marks = () if element is None else element.all("mrk")
    return {mark.get("mid") or "": mark for mark in marks if mark.get("mtype") == "seg"}


def _said(element: Element | None, instead: Element | None = None) -> Passage:
    """The text of a side; empty, at the place of ``instead``, where there is none."""
    if element is None:
        assert instead is not None
        return Passage(instead.line, instead.column)
    passage = element.passage()
    _collect(element, passage)
    return passage


def _collect(element: Element, passage: Passage) -> None:
    for part in element.content:
        if isinstance(part, Piece):
            passage.add(*part)
        elif part.name not in _CODES:
            _collect(part, passage)
        elif {part.get("ctype"), part.get("subType"), part.get("type")} & _LINE_BREAKS:
            passage.say(" ", part.line, part.column)


def _remarks(unit: Element) -> tuple[str, ...]:
    return tuple(note.text for note in unit.all("note"))
