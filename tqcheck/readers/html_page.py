"""HTML: the text of the article in a page, with the lines and columns of the file.

The parser is Python's own, which tells the place of everything that it reads. The article is the longest ``<article>``
of the page, or else its ``<main>``, or else its body; menus, forms, asides, scripts and what is hidden are left out.
(trafilatura finds articles in pages without such marks, but gives a text without places, and brings 30 MB.)
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from tqcheck.errors import UserError
from tqcheck.model import Document
from tqcheck.readers import placed
from tqcheck.readers.bilingual import primary
from tqcheck.readers.datelines import is_dateline
from tqcheck.readers.files import Stdin, empty, place
from tqcheck.readers.lines import load_text, plain
from tqcheck.readers.placed import Part, Passage

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table
    tbody td tfoot th thead title tr ul""".split()
)
_UNSEEN = frozenset(
    """title script style template noscript svg math nav aside form button select textarea iframe object canvas audio
    video map dialog footer pre rp rt""".split()
)
_UNSEEN_ROLES = frozenset("navigation search banner contentinfo complementary menu menubar dialog alert".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_KINDS = {**dict.fromkeys(_HEADINGS, "heading"), "li": "list-item", "dt": "list-item", "dd": "list-item"}
_CLOSED_BY = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th"}, "th": {"td", "th"}}
"""Elements that end, though nothing says so, where the next of their kind begins."""


DEEPEST = 500
"""Elements inside each other; a browser stops there too, and beyond it they count as beside each other."""


_SECTION = re.compile(r"<!\[(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![\w.-])", re.I | re.A)
"""What begins a marked section, of SGML or of Word."""
_END = "\n<!-- ]]> -->"
"""Behind a page: ends a comment, tag or section that has no end of its own, which the parser would else look for again
at each of the next ones."""


class _Open(NamedTuple):
    tag: str
    unseen: bool


class _Found(NamedTuple):
    """A block, the number of the ``article`` it is in (0: none), and whether it is in ``main``."""

    part: Part
    article: int
    main: bool


def read(path: str, lang: str, stdin: Stdin | None = None) -> Document:
    """The article of a page as a document: headings, paragraphs, list items, quotations and cells are blocks.

    Raises UserError where there is no text in it, and where the page says that it is in another language.
    """
    text, encoding = load_text(path, stdin)
    page = _Page(path, lang)
    page.read(plain(text))
    page.end_block()
    parts = _article(page.found)
    if not parts:
        raise empty(path)
    return placed.document(path, lang, parts, encoding)


def _article(found: Sequence[_Found]) -> list[Part]:
    """The blocks of the longest ``article`` if it has most of what all have, or of ``main``, or all."""
    lengths: dict[int, int] = {}
    for block in found:
        if block.article:
            lengths[block.article] = lengths.get(block.article, 0) + len(block.part.passage.text)
    longest = max(lengths, key=lambda number: lengths[number], default=0)
    if lengths and 2 * lengths[longest] > sum(lengths.values()):
        return [block.part for block in found if block.article == longest]
    return [block.part for block in found if block.main] or [block.part for block in found]


class _Page(HTMLParser):
    """Collects the blocks of a page."""

    def __init__(self, path: str, lang: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[_Found] = []
        self._path, self._lang = path, lang
        self._stack: list[_Open] = []
        self._articles = 0
        self._passage: Passage | None = None
        self._breaks = 0
        self._remarks: list[str] = []
        self._lines = 0

    def read(self, text: str) -> None:
        """The whole page, once."""
        self._lines = text.count("\n") + 1
        self.feed(text + _END)
        self.close()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """``<![`` and a word that means nothing: a remark up to the next ``>``, as to a browser. The library raises."""
        if _SECTION.match(self.rawdata, i):
            return super().parse_marked_section(i, report)
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            self._verify(attributes.get("lang") or attributes.get("xml:lang"))
        if tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self.end_block()
            self._close_open(tag)
        if tag == "article" and not self._within("article"):
            self._articles += 1
        if tag not in _VOID and len(self._stack) < DEEPEST:
            self._stack.append(_Open(tag, self._hides(tag, attributes)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _UNSEEN:
            self.handle_endtag(tag)  # <svg/> ends at once; <p/> and <span/> do not, a browser ignores the stroke

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].tag == tag:
                del self._stack[at:]
                return

    def handle_data(self, data: str) -> None:
        line, column = self.getpos()
        self._say(data, line, column + 1, exact=True)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        if not self._unseen() and self.getpos()[0] <= self._lines:
            self._remarks.append(data)

    def end_block(self) -> None:
        """What was collected is a block, if there is anything to see in it."""
        passage, self._passage, self._breaks = self._passage, None, 0
        if passage is None or passage.empty:
            return
        part = Part(passage, self._kind(passage.text), remarks=tuple(self._remarks))
        self._remarks = []
        self.found.append(_Found(part, self._articles if self._within("article") else 0, self._within("main")))

    def _reference(self, written: str) -> None:
        said = html.unescape(written)
        line, column = self.getpos()
        self._say(said, line, column + 1, exact=said == written)

    def _say(self, text: str, line: int, column: int, *, exact: bool) -> None:
        if self._unseen() or line > self._lines:
            return
        if self._passage is None:
            if not text.strip():
                return
            self._passage = Passage(line, column)
        (self._passage.add if exact else self._passage.say)(text, line, column)
        self._breaks = 0 if text.strip() else self._breaks

    def _break(self) -> None:
        """One line break is a blank; two are a paragraph, as pages of old mark them."""
        self._breaks += 1
        if self._breaks > 1:
            self.end_block()
        elif self._passage is not None:
            line, column = self.getpos()
            self._passage.say(" ", line, column + 1)

    def _kind(self, text: str) -> str:
        if is_dateline(text):
            return "dateline"
        tags = [open_.tag for open_ in reversed(self._stack)]
        if (heading := next((tag for tag in tags if tag in _HEADINGS), None)) is not None:
            return _KINDS[heading]
        if "blockquote" in tags:
            return "quotation"
        return next((_KINDS[tag] for tag in tags if tag in _KINDS), "paragraph")

    def _hides(self, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether what is in the element is no part of the article's text."""
        header = tag == "header" and not (self._within("article") or self._within("main"))
        return (
            tag in _UNSEEN
            or header
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or (attributes.get("role") or "").lower() in _UNSEEN_ROLES
        )

    def _close_open(self, tag: str) -> None:
        """End what needs no end tag: a paragraph where a block begins, an item where the next one does."""
        for ended in ({"p"}, _CLOSED_BY.get(tag, set())):
            if self._stack and self._stack[-1].tag in ended:
                self._stack.pop()

    def _within(self, tag: str) -> bool:
        return any(open_.tag == tag for open_ in self._stack)

    def _unseen(self) -> bool:
        return any(open_.unseen for open_ in self._stack)

    def _verify(self, declared: str | None) -> None:
        if declared and primary(declared) not in (self._lang, "mul", "und", "zxx"):
            line, column = self.getpos()
            raise UserError(
                f'the page says that its language is "{declared}", and "{self._lang}" is wanted',
                place(self._path, line, column + 1, self.rawdata.split("\n")[line - 1]),
                hint="correct the lang of <html>, or give the French page first and the English one second",
            )
