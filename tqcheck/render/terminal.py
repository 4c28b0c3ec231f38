"""The report for a person at a terminal: the verdict, the scores, every finding on its words, and a summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from tqcheck.model import Report
from tqcheck.render import findings, overview, scores, word_scores
from tqcheck.render.look import Look, hanging, printed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


_AT_ONCE = 500
"""Lines and tables that are made into text together."""


def render(report: Report, look: Look | None = None, *, details: bool = False) -> str:
    """The whole report as text, ending in a newline; findings pair by pair in reading order.

    With ``look.color`` it holds ANSI styles (the sixteen colours of the user's theme); control characters of the
    checked texts are shown as escapes in any case. ``details`` adds first readings, the words that a language model
    finds hard to foresee, the signatures of the scores and the provenance. Same report and same look: same text.
    """
    return "".join(pieces(report, replace(look or Look(), details=details)))


def page(report: Report, look: Look) -> str:
    """The report as ``look`` asks for it."""
    return render(report, look, details=look.details)


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The same in pieces, some lines at a time: what the library makes of a line takes many times its memory."""
    parts = _parts(report, look)
    while some := tuple(islice(parts, _AT_ONCE)):
        yield printed(look, some)


def _parts(report: Report, look: Look) -> Iterator[RenderableType]:
    yield from _head(report, look)
    yield from _scores(report, look)
    if report.findings:
        yield from _findings(report, look)
    if look.details:
        yield from word_scores.lines(report, look)
        yield from _made_by(report, look)


def _findings(report: Report, look: Look) -> Iterator[RenderableType]:
    from rich.text import Text

    for block in findings.blocks(report, look):
        yield Text("")
        yield from block
    yield from (Text(""), Text("Summary", style="bold"))
    yield overview.summary(report.findings, look)
    if len(report.bitext.pairs) > 1:
        yield from (Text(""), Text("Where in the text", style="bold"), *overview.strip(report, look))
    hint = Text("tqcheck explain RULE tells what a rule looks for and when to ignore it.", style="dim")
    yield from (Text(""), *hanging(hint, "", look.text_columns))


def _made_by(report: Report, look: Look) -> Iterator[Text]:
    """Every score with its signature, then the provenance, a value a line."""
    from rich.text import Text

    signatures = [(score.name, score.signature) for score in report.scores]
    for title, rows in (("Signatures", signatures), ("Provenance", [*_leaves(report.provenance)])):
        if rows:
            yield from (Text(""), Text(title, style="bold"))
        for name, value in rows:
            yield from hanging(Text(look.shown(f"{name}: {value}"), style="dim"), "  ", look.text_columns)


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """The values of nested mappings with the names that lead to them: ``("versions.spacy", "3.8.7")``."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)):
        yield path, ", ".join(map(str, value))
    else:
        yield path, "none" if value is None else str(value)


def _head(report: Report, look: Look) -> Iterator[Text]:
    from rich.text import Text

    passed = report.verdict.passed
    lead = Text("PASSED" if passed else "FAILED", style="bold green" if passed else "bold red")
    lead.append("  ")
    yield from hanging(Text(_verdict(report), style="bold"), lead, look.text_columns)
    indent = " " * lead.cell_len
    bitext = report.bitext
    files = [look.shown(document.path) for document in (bitext.source, bitext.target)]
    names = files[0] if files[0] == files[1] else f"{files[0]} {look.signs.arrow} {files[1]}"
    said = [Text(names, style="dim"), *(Text(look.shown(reason)) for reason in report.verdict.reasons)]
    said += [Text(f"Note: {look.shown(note)}", style="cyan") for note in (*report.notes, *_moved(report))]
    for line in said:
        yield from hanging(line, indent, look.text_columns)


def _verdict(report: Report) -> str:
    """``3 findings in 2 of 24 pairs: 2 major, 1 minor``."""
    count = len(report.bitext.pairs)
    pairs = "1 pair" if count == 1 else f"{count} pairs"
    if not report.findings:
        return f"Nothing found in {pairs}."
    touched = len({finding.pair for finding in report.findings if finding.pair is not None})
    where = f" in {touched} of {pairs}" if touched else ""
    old = len(report.findings) - len(report.counted)
    rest = f"; {old} of them {'does' if old == 1 else 'do'} not count" if old else ""
    return f"{overview.counted(report.findings)}{where}: {overview.by_severity(report.findings)}{rest}"


def _moved(report: Report) -> Iterator[str]:
    moved = [pair.index + 1 for pair in report.bitext.pairs if pair.moved]
    if moved:
        noun, verb = ("pair", "stands") if len(moved) == 1 else ("pairs", "stand")
        yield f"{noun} {overview.ranges(moved)} {verb} in another order in the English than in the French."


def _scores(report: Report, look: Look) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    lines = scores.lines(report)
    if not lines:
        return
    yield Text("")
    if look.columns < 60:  # too narrow for three columns
        for line in lines:
            yield Text.assemble(look.shown(line.name), " ", (line.value, "bold"))
            if line.meaning:
                yield from hanging(Text(line.meaning, style="dim"), "  ", look.text_columns)
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), width=look.text_columns)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=1)
    for line in lines:
        table.add_row(Text(look.shown(line.name)), Text(line.value, style="bold"), Text(line.meaning, style="dim"))
    yield table
