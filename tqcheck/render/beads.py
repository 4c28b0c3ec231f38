"""The beads of an alignment for a person: which sentences of the two texts belong together, and how surely."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tqcheck.model import Bitext, Pair, Segment
from tqcheck.render.look import Look, hanging, language, printed, unbroken
from tqcheck.render.overview import ranges

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

# A table with two texts side by side needs so many columns.
_TABLE_COLUMNS = 72
# Confidence below this is shown in colour: look at these beads first.
_DOUBTFUL = 0.5


def align_table(bitext: Bitext, look: Look | None = None, *, excerpt: int = 160) -> str:
    """All beads in order with sentence numbers (from 1), confidence and both texts, and a line that counts them.

    With colour and room a table with the texts side by side, else a block of lines a bead. Texts longer than
    ``excerpt`` characters lose their middle; 0 shows all.
    """
    look = look or Look()
    return printed(look, _parts(bitext, look, excerpt))


def _parts(bitext: Bitext, look: Look, excerpt: int) -> Iterator[RenderableType]:
    from rich.text import Text

    if look.color and look.columns >= _TABLE_COLUMNS:
        yield _table(bitext, look, excerpt)
    else:
        for pair in bitext.pairs:
            yield from _block(bitext, pair, look, excerpt)
    yield from (Text(""), *hanging(Text(_count(bitext)), "", look.text_columns))


def _table(bitext: Bitext, look: Look, excerpt: int) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    lines = box.SIMPLE_HEAD if look.typographic else box.ASCII2
    table = Table(box=lines, show_edge=False, pad_edge=False, width=look.columns, border_style="dim")
    table.add_column(Text(look.shown(bitext.source.lang)), justify="right", no_wrap=True)
    table.add_column(Text(look.shown(bitext.target.lang)), justify="right", no_wrap=True)
    table.add_column("sure", no_wrap=True)
    table.add_column(Text(look.shown(bitext.source.path)), ratio=1, overflow="fold")
    table.add_column(Text(look.shown(bitext.target.path)), ratio=1, overflow="fold")
    for pair in bitext.pairs:
        sides = (pair.source, pair.target)
        numbers = (Text(_numbers(side)) for side in sides)
        texts = (Text(_excerpt(side, look, excerpt), style="" if side.text else "dim") for side in sides)
        table.add_row(*numbers, _sure(pair), *texts)
    return table


def _block(bitext: Bitext, pair: Pair, look: Look, excerpt: int) -> Iterator[Text]:
    """One bead without a table: ``3 : 3, 4`` with its confidence, then the texts."""
    from rich.text import Text

    head = Text.assemble((f"{_numbers(pair.source)} : {_numbers(pair.target)}", "bold"), "  ", _sure(pair))
    yield from hanging(head, "", look.text_columns)
    for document, segment in ((bitext.source, pair.source), (bitext.target, pair.target)):
        text = Text(unbroken(_excerpt(segment, look, excerpt)), style="" if segment.text else "dim")
        yield from hanging(text, f"  {look.shown(document.lang)}  ", look.text_columns)


def _numbers(segment: Segment) -> str:
    return ranges(number + 1 for number in segment.sentences) or "-"


def _sure(pair: Pair) -> Text:
    from rich.text import Text

    text = Text("")
    if pair.source.text and pair.target.text and pair.alignment is not None:
        text.append(f"{pair.alignment:.2f}", style="yellow" if pair.alignment < _DOUBTFUL else "green")
    if pair.moved:
        text.append(" moved" if text else "moved", style="magenta")
    return text


def _excerpt(segment: Segment, look: Look, excerpt: int) -> str:
    if not segment.text.strip():
        return "(nothing)"
    return look.shortened(segment.text, excerpt) if excerpt else look.shown(segment.text)


def _count(bitext: Bitext) -> str:
    pairs = bitext.pairs
    both = sum(bool(pair.source.text and pair.target.text) for pair in pairs)
    french = sum(bool(pair.source.text) for pair in pairs) - both
    english = sum(bool(pair.target.text) for pair in pairs) - both
    moved = sum(pair.moved for pair in pairs)
    counts = (
        (both, f"{both} aligned"),
        (french, f"{french} in the {language(bitext.source)} alone"),
        (english, f"{english} in the {language(bitext.target)} alone"),
        (moved, f"{moved} moved"),
    )
    return f"{len(pairs)} beads: " + ", ".join(text for number, text in counts if number) if pairs else "No beads."
