"""What the page shows, as plain values in its order: texts made visible, marks cut to pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tqcheck.detector import Detector
from tqcheck.model import Document, Finding
from tqcheck.render.html import difference, overview, passages


@dataclass(frozen=True, slots=True)
class Score:
    """A score of the document for a reader."""

    name: str
    value: str
    meaning: str
    signature: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A severity or category that filters, and how many findings have it."""

    value: str
    label: str
    count: int
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A finding. ``number`` counts from 1 in the report's order; words are None where that side has no place.

    ``place`` is for an editor that opens files. ``kind`` and ``suppressed`` say why it does not count, if it does not.
    """

    number: int
    finding: Finding
    category: str
    source: str | None
    target: str | None
    sure: int
    place: str
    kind: str
    suppressed: str


@dataclass(frozen=True, slots=True)
class Translated:
    """A machine's translation beside the text that stands on that side."""

    title: str
    lang: str
    engine: str
    changes: tuple[difference.Change, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair."""

    lang: str
    pieces: tuple[passages.Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair. ``article`` is the number of its article where that begins here and the run has several."""

    number: int
    article: int | None
    kind: str
    source: Side
    target: Side
    quality: float
    remarks: tuple[str, ...]
    translated: tuple[Translated, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template knows. ``rows`` can be gone through once."""

    title: str
    version: str
    passed: bool
    verdict: str
    paths: tuple[str, str]
    source: Document
    target: Document
    notes: tuple[str, ...]
    scores: tuple[Score, ...]
    severities: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    strip: tuple[overview.Cell, ...]
    chart: overview.Chart | None
    total: int
    counted: int
    whole: tuple[Card, ...]
    rows: Iterator[Row]
    rules: tuple[Detector, ...]
    provenance: tuple[tuple[str, str], ...]
    heat: bool
