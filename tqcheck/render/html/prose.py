"""Running text of rules and findings in pieces that a template can mark: French words, code, paragraphs and lists."""

from __future__ import annotations

import re
from typing import NamedTuple

from tqcheck.render.visible import visible


class Piece(NamedTuple):
    """Some characters of one kind: ``text``, ``french``, ``english`` (quoted words) or ``code``."""

    kind: str
    text: str


class Block(NamedTuple):
    """A paragraph (one item), a list, or lines that stay as they are. ``kind``: paragraph, list or lines."""

    kind: str
    items: tuple[str, ...]


_MARKED = re.compile(r"«\s*(?P<french>[^«»]*?)\s*»|\"(?P<english>[^\"]*)\"|``?(?P<code>[^`]+)``?")


_MARKS = {"french": ("«\u00a0", "\u00a0»"), "english": ("“", "”"), "code": ("", "")}


def inline(text: str) -> tuple[Piece, ...]:
    """A sentence in pieces: what stands between « and » is French, between quotation marks English, else code.

    The marks belong to their pieces and are those of print: blanks that do not break, quotes that open and close.
    """
    found: list[Piece] = []
    place = 0
    for match in _MARKED.finditer(text):
        found += _plain(text[place : match.start()])
        kind = match.lastgroup or "text"
        before, after = _MARKS[kind]
        found.append(Piece(kind, f"{before}{visible(match[kind])}{after}"))
        place = match.end()
    return (*found, *_plain(text[place:]))


def _plain(text: str) -> list[Piece]:
    return [Piece("text", visible(text))] if text else []


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a docstring's section, lines joined; indented lines stay as they are."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        if not paragraph.strip():
            continue
        if paragraph.startswith("  "):
            found.append(Block("lines", tuple(line.strip() for line in paragraph.split("\n"))))
            continue
        head, *items = re.split(r"(?:^|\n)[-*] ", paragraph)
        if head.strip():
            found.append(Block("paragraph", (" ".join(head.split()),)))
        if items:
            found.append(Block("list", tuple(" ".join(item.split()) for item in items)))
    return tuple(found)
