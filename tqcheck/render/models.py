"""The models that can be pulled, for a person: each with what there is of it, and all that is known before fetching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tqcheck.render.look import Look, hanging, printed

if TYPE_CHECKING:
    from rich.text import Text

_STATES = {
    "installed": ("installed", "green"),
    "partial": ("begun: pull goes on from there", "yellow"),
    "damaged": ("damaged: pull it again", "bold red"),
    "absent": ("not here", "dim"),
}


class Row(NamedTuple):
    """A model. ``kind``: installed, partial, damaged or absent; ``size``: bytes that are there; ``facts``: each a
    heading and what is to be said under it.
    """

    name: str
    kind: str
    size: int
    facts: tuple[tuple[str, str], ...]


def page(rows: Sequence[Row], look: Look | None = None) -> str:
    """The models in the given order. Raises KeyError for a kind that is none."""
    look = look or Look()
    return printed(look, _models(rows, look))


def _models(rows: Sequence[Row], look: Look) -> Iterator[Text]:
    from rich.text import Text

    width = max((len(heading) for row in rows for heading, _ in row.facts), default=0)
    for row in rows:
        words, style = _STATES[row.kind]
        there = f" ({row.size / 1e6:.0f} MB)" if row.size else ""
        yield Text.assemble((look.shown(row.name), "bold"), "  ", (f"{words}{there}", style))
        for heading, said in row.facts:
            lead = Text(f"  {heading:<{width}}  ", style="dim")
            yield from hanging(Text(look.shown(said)), lead, look.text_columns)
        yield Text("")
    yield Text("Nothing is fetched until you say: tqcheck models pull NAME", style="dim")
