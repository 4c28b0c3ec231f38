"""What tqcheck knows about itself, for a person: a rule explained, the list of detectors, what is installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from tqcheck.detector import HEADINGS, Detector, Example
from tqcheck.model import Span
from tqcheck.mqm import Severity
from tqcheck.render.findings import marked
from tqcheck.render.look import Look, hanging, printed, unbroken
from tqcheck.render.marks import Mark, pieces

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


class Installed(NamedTuple):
    """A thing that tqcheck uses. ``state``: ok, missing or broken; ``remedy``: what to do about it, if anything."""

    area: str
    state: str
    detail: str
    remedy: str | None = None


def explain(detector: Detector, look: Look | None = None) -> str:
    """All that is known of a rule: its documentation, then its examples, those it finds and those it leaves alone."""
    look = look or Look()
    return printed(look, _explained(detector, look))


def _explained(detector: Detector, look: Look) -> Iterator[Text]:
    from rich.text import Text

    width = look.text_columns
    lead = Text.assemble((detector.rule, "bold"), ": ")
    yield from hanging(Text.assemble(lead, unbroken(look.shown(detector.summary))), "", width)
    facts = [f"{detector.severity}", str(detector.category), "on" if detector.on else "off unless switched on"]
    if detector.uses_mt:
        facts.append("needs machine translation")
    if detector.uses_lm:
        facts.append("needs the language model")
    yield from hanging(Text(", ".join(facts), style="dim"), "", width)
    for heading, body in [("", _opening(detector)), *((name, detector.section(name)) for name in HEADINGS)]:
        if body:
            yield from (Text(""), *([Text(heading, style="bold")] if heading else []))
            yield from prose(body, look, "  " if heading else "")
    for title, silent in (("It finds", False), ("It leaves alone", True)):
        examples = [example for example in detector.examples if example.silent is silent]
        for number, example in enumerate(examples):
            yield from (Text(""), *([Text(title, style="bold")] if number == 0 else []))
            yield from _example(example, detector.severity, look)


def _opening(detector: Detector) -> str:
    """What the documentation says between its first line and its first heading."""
    rest = detector.doc.strip().partition("\n")[2]
    return re.split(r"^[^\n]+\n-{3,}$", rest, maxsplit=1, flags=re.M)[0].strip()


def prose(text: str, look: Look, indent: str) -> Iterator[Text]:
    """Running text of a docstring, its paragraphs and list items wrapped anew; indented lines stay as they are."""
    from rich.text import Text

    for number, paragraph in enumerate(re.split(r"\n\s*\n", text)):
        if number:
            yield Text("")
        code = paragraph.startswith("  ")
        for item in re.split(r"\n" if code else r"\n(?=[-*] )", paragraph):
            bullet = "" if code or not re.match("[-*] ", item) else item[:2]
            words = item[2:] if code else " ".join(item.removeprefix(bullet).split())
            lead = f"{indent}  " if code else f"{indent}{bullet}"
            yield from hanging(Text(unbroken(look.shown(words), spaces=code)), lead, look.text_columns)


def _example(example: Example, severity: Severity, look: Look) -> Iterator[Text]:
    """The lines of an example, pair by pair, its marks as a report shows them."""
    from rich.text import Text

    texts = ((example.source, "fr"), (example.target, "en"), (example.forward, "mt"), (example.back, "back"))
    rows = [[(line, label) for line in text.split("\n")] for text, label in texts if text is not None]
    for pair in zip_longest(*rows):
        for line, label in filter(None, pair):
            text = _marked(line, severity, look) if line.strip() else Text("(nothing)", style="dim italic")
            yield from hanging(text, f"  {label:<4}  ", look.text_columns)


def _marked(line: str, severity: Severity, look: Look) -> Text:
    """A line of an example with ``⟦…⟧`` in it as marked text."""
    text, marks, start = "", [], 0
    for part in re.split("([⟦⟧])", line):
        if part == "⟦":
            start = len(text)
        elif part == "⟧":
            marks.append(Mark(Span(start, len(text)), severity))
        else:
            text += part
    return marked(pieces(text, marks), look)


def detector_list(detectors: Sequence[Detector], look: Look | None = None) -> str:
    """The detectors in the given order, one a line with severity and summary; what is off or needs MT says so."""
    look = look or Look()
    return printed(look, _listed(detectors, look))


def _listed(detectors: Sequence[Detector], look: Look) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    if look.columns < 72:
        for detector in detectors:
            yield Text.assemble((look.shown(detector.rule), "bold"), "  ", _severity(detector, look))
            yield from hanging(_summary(detector, look), "  ", look.text_columns)
    else:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), width=look.text_columns)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for detector in detectors:
            rule = Text.assemble((look.shown(detector.rule), "bold" if detector.on else "dim"))
            table.add_row(rule, _severity(detector, look), _summary(detector, look))
        yield table
    on = sum(detector.on for detector in detectors)
    yield from (Text(""), Text(f"{len(detectors)} detectors, {on} of them on.", style="dim"))


def _severity(detector: Detector, look: Look) -> Text:
    from rich.text import Text

    return Text.assemble((str(detector.severity), look.ink(detector.severity)))


def _summary(detector: Detector, look: Look) -> Text:
    from rich.text import Text

    text = Text(look.shown(detector.summary))
    remarks = [*([] if detector.on else ["off"]), *(["needs machine translation"] if detector.uses_mt else [])]
    remarks += ["needs the language model"] if detector.uses_lm else []
    if remarks:
        text.append(f" ({', '.join(remarks)})", style="dim")
    return text


_STATE_STYLES = {"ok": "green", "missing": "yellow", "broken": "bold red"}


def doctor(rows: Iterable[tuple[str, str, str, str | None]], look: Look | None = None) -> str:
    """What is installed, one line a thing, and under what is missing or broken what to do about it.

    Rows are ``Installed`` or such tuples. Raises ValueError for a state that is not ok, missing or broken.
    """
    look = look or Look()
    return printed(look, _examined([Installed(*row) for row in rows], look))


def _examined(rows: Sequence[Installed], look: Look) -> Iterator[Text]:
    from rich.cells import cell_len
    from rich.text import Text

    width = min(30, max((cell_len(look.shown(row.area)) for row in rows), default=0))
    for row in rows:
        if row.state not in _STATE_STYLES:
            raise ValueError(f"not a state of an installation: {row.state!r}")
        lead = Text.assemble((f"{row.state:<7}", _STATE_STYLES[row.state]), "  ")
        if look.columns >= 72:
            area = look.shown(row.area)
            lead.append(area + " " * (width - cell_len(area)) + "  ")
            yield from hanging(Text(look.shown(row.detail)), lead, look.text_columns)
        else:
            yield from hanging(Text(look.shown(row.area), style="bold"), lead, look.text_columns)
            yield from hanging(Text(look.shown(row.detail)), " " * 9, look.text_columns)
        if row.remedy:
            arrow = f"{' ' * 9}{look.signs.arrow} "
            yield from hanging(Text(look.shown(row.remedy), style="bold"), arrow, look.text_columns)
    bad = [f"{n} {state}" for state in ("missing", "broken") if (n := sum(row.state == state for row in rows))]
    yield from (Text(""), Text(", ".join(bad) if bad else "Everything is there."))
