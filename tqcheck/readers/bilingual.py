"""What readers of files in two languages have in common: pairs to documents, and the languages that a file names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tqcheck.errors import Place, UserError
from tqcheck.model import Document
from tqcheck.readers import placed
from tqcheck.readers.files import empty
from tqcheck.readers.placed import Part, Passage

Langs = tuple[str, str]


class PairsFile(NamedTuple):
    """The two sides of a pairs file, a block for each pair; ``articles[i]`` is the number (from 0) of pair i's text."""

    source: Document
    target: Document
    articles: tuple[int, ...]


class Row(NamedTuple):
    """A pair in a file: both sides, its name there ("unit greeting"), which of the file's texts it belongs to."""

    source: Passage
    target: Passage
    unit: str
    article: int = 0
    remarks: tuple[str, ...] = ()


def pairs_file(path: str, rows: Iterable[Row], langs: Langs, encoding: str = "utf-8") -> PairsFile:
    """The rows as two documents, without those that are empty on both sides. Raises UserError where none is left.

    Remarks go with the translation, and with the original where there is no translation.
    """
    kept = [row for row in rows if not (row.source.empty and row.target.empty)]
    if not kept:
        raise empty(path)
    source = [Part(r.source, unit=r.unit, remarks=r.remarks if r.target.empty else ()) for r in kept]
    target = [Part(r.target, unit=r.unit, remarks=() if r.target.empty else r.remarks) for r in kept]
    return PairsFile(
        placed.document(path, langs[0], source, encoding),
        placed.document(path, langs[1], target, encoding),
        _numbered([row.article for row in kept]),
    )


def verify_languages(found: Sequence[str | None], langs: Langs, place: Place, hint: str) -> None:
    """Nothing where the languages that a file names (None: it does not) are ours, in our order; else UserError."""
    named = [None if name is None else primary(name) for name in found]
    if all(name in (None, lang) for name, lang in zip(named, langs, strict=True)):
        return
    if named == [langs[1], langs[0]]:
        raise UserError(
            f"the file translates from {found[0]} to {found[1]}, and not from {langs[0]} to {langs[1]}",
            place,
            hint="tqcheck checks English translations of French texts",
        )
    named_ones = zip(found, langs, strict=True)
    wrong = next((name, lang) for name, lang in named_ones if name is not None and primary(name) != lang)
    raise UserError(f'the file says that its language is "{wrong[0]}", and "{wrong[1]}" is wanted', place, hint=hint)


def primary(tag: str) -> str:
    """The language of a tag in two letters where there are such: ``en`` of ``en-GB``, ``en_US`` and ``eng``."""
    first = tag.strip().replace("_", "-").split("-")[0].lower()
    return {"fra": "fr", "fre": "fr", "french": "fr", "eng": "en", "english": "en"}.get(first, first)


def _numbered(articles: Sequence[int]) -> tuple[int, ...]:
    """The same numbers without gaps, so that a text of which nothing is left does not count."""
    order = {number: place for place, number in enumerate(dict.fromkeys(articles))}
    return tuple(order[number] for number in articles)
