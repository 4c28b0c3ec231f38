"""Helpers of the tests of formats: what a place in a document says about the file."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.model import Document
from tqcheck.readers import PairsFile


def texts(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def kinds(document: Document) -> list[str]:
    return [block.kind for block in document.blocks]


def sides(found: PairsFile) -> list[tuple[str, str]]:
    return list(zip(texts(found.source), texts(found.target), strict=True))


def units(document: Document) -> list[str]:
    return [document.unit(block.span.start) for block in document.blocks]


def at(document: Document, words: str) -> tuple[int, int]:
    """Line and column in the file of the first of some words."""
    return document.line_column(document.text.index(words))


def misplaced(document: Document, lines: Sequence[str]) -> list[tuple[str, str]]:
    """The characters of a document that do not stand in the file where they are said to: what is there instead.

    Blanks are let pass (line ends and tags become one), and so are characters that the file has as ``&…;`` or ``\\…``.
    """
    wrong = []
    for offset, character in enumerate(document.text):
        line, column = document.line_column(offset)
        there = lines[line - 1][column - 1 : column] if 0 < line <= len(lines) else ""
        if not character.isspace() and there not in (character, "&", "\\"):
            wrong.append((character, there))
    return wrong
