"""A row of a glossary file, before it is checked."""

from __future__ import annotations

from typing import NamedTuple

from tqcheck.errors import Place
from tqcheck.model import GlossaryTerm


class Row(NamedTuple):
    """A term and where it stands."""

    term: GlossaryTerm
    place: Place


def row(
    french: str,
    where: Place,
    allowed: tuple[str, ...] = (),
    forbidden: tuple[str, ...] = (),
    note: str = "",
    *,
    unchanged: bool = False,
) -> Row:
    """The row of a term; what stays unchanged is its own English."""
    name = f"{where.path}:{where.line}" if where.line is not None else where.path
    french = " ".join(french.split())
    english = (french,) if unchanged else tuple(dict.fromkeys(allowed))
    return Row(GlossaryTerm(french, english, tuple(dict.fromkeys(forbidden)), note, unchanged, name), where)
