"""XML -> a tree of elements whose text knows its line and column. Entities and the network are off.

expat, which is a part of Python, tells the place of every piece of text; a DOCTYPE is read over (TMX and TBX files have
one), but no file is ever fetched for it, and a file that declares an entity of its own is refused: none of our formats
needs one, and every attack on readers of XML does (billion laughs, external entities).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tqcheck.errors import UserError
from tqcheck.readers.files import place
from tqcheck.readers.placed import Passage, Piece

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

DEEPEST = 200
"""Elements inside each other; a real file of any of our formats has under 20."""


@dataclass(eq=False)
class Element:
    """An element: its name without a prefix, attributes as written, children and pieces of text in their order.

    ``line`` and ``column`` are of its tag, ``inside`` those behind its start tag, where its text begins.
    """

    name: str
    attributes: Mapping[str, str]
    line: int
    column: int
    inside: tuple[int, int] = (1, 1)
    content: list[Element | Piece] = field(default_factory=list)

    @property
    def children(self) -> Iterator[Element]:
        return (part for part in self.content if isinstance(part, Element))

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((part for part in self.children if part.name == name), None)

    def all(self, *names: str) -> Iterator[Element]:
        """Every element of those names below this one, in their order, but none inside another of them."""
        for part in self.children:
            if part.name in names:
                yield part
            else:
                yield from part.all(*names)

    def get(self, name: str) -> str | None:
        """An attribute, None where it has none. A prefix counts: ``xml:lang``."""
        return self.attributes.get(name)

    @property
    def text(self) -> str:
        """All the text in it, blanks folded."""
        pieces = (part.text if isinstance(part, Piece) else f" {part.text} " for part in self.content)
        return " ".join("".join(pieces).split())

    def passage(self) -> Passage:
        """An empty passage where its text begins."""
        return Passage(*self.inside)


def parse(data: bytes, path: str) -> Element:
    """The root element of an XML file.

    Raises UserError, with line and column, for what is not well-formed, declares entities, or is nested too deeply.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate()
    tree = _Tree(parser, data, path)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "not XML")
        raise tree.error(
            f"this is no well-formed XML: {reason}",
            "export the file again from the program that wrote it",
            (error.lineno, error.offset + 1),
        ) from None
    except (LookupError, ValueError):  # an encoding that Python does not have, or that has several bytes a character
        raise tree.error("the encoding of this XML is not known here", "save it as UTF-8", (1, 1)) from None
    return tree.root


class _Tree:
    """What the parser calls, and the tree that grows by it."""

    def __init__(self, parser: XMLParserType, data: bytes, path: str) -> None:
        self._parser, self._data, self._path = parser, data, path
        self._top = Element("", {}, 1, 1)
        self._open = [self._top]
        self._unplaced: Element | None = None
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._skipped
        parser.ExternalEntityRefHandler = self._fetched
        parser.DefaultHandler = lambda _: self._placed()

    @property
    def root(self) -> Element:
        return next(self._top.children)

    def error(self, message: str, hint: str, where: tuple[int, int] | None = None) -> UserError:
        """An error at a place, by default where the parser is."""
        line, column = where or self._here()
        lines = self._data.decode("utf-8", "replace").split("\n")
        text = lines[line - 1] if 0 < line <= len(lines) else None
        return UserError(message, place(self._path, line, column, text), hint)

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _placed(self) -> None:
        """The text of the element that was opened last begins where the parser is now."""
        if self._unplaced is not None:
            self._unplaced.inside = self._here()
            self._unplaced = None

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._placed()
        if len(self._open) > DEEPEST:
            raise self.error(f"more than {DEEPEST} elements inside each other", "this is no file of a translation tool")
        element = Element(name.rpartition(":")[2], attributes, *self._here())
        self._open[-1].content.append(element)
        self._open.append(element)
        self._unplaced = element

    def _end(self, name: str) -> None:
        self._placed()
        self._open.pop()

    def _text(self, text: str) -> None:
        self._placed()
        self._open[-1].content.append(Piece(text, *self._here()))

    def _declared(self, name: str, *_: object) -> None:
        raise self.error(f"this XML declares an entity of its own, {name}", _NO_ENTITIES)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        raise self.error(f"nothing in this file says what &{name}; is", _NO_ENTITIES)

    def _fetched(self, *_: object) -> int:
        raise self.error("this XML wants another file to be fetched", _NO_ENTITIES)


_NO_ENTITIES = "entities and other files are never read from XML: write the text itself in their place"
