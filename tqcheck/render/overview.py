"""The report at a glance: how many findings, of which rules, and where in the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tqcheck.model import Finding, Report
from tqcheck.mqm import Severity
from tqcheck.render.look import Look, hanging

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

WORST_FIRST = tuple(reversed(Severity))
# The same by height and by letter: what the colour says can be read without it.
_BARS = {Severity.NEUTRAL: "▂", Severity.MINOR: "▄", Severity.MAJOR: "▆", Severity.CRITICAL: "█"}
_LETTERS = {Severity.NEUTRAL: "n", Severity.MINOR: "m", Severity.MAJOR: "M", Severity.CRITICAL: "C"}
_SHORT = {Severity.NEUTRAL: "neut", Severity.MINOR: "min", Severity.MAJOR: "maj", Severity.CRITICAL: "crit"}
_NOTHING = {True: "·", False: "."}


def counted(findings: Sequence[Finding]) -> str:
    """``6 findings``."""
    return "1 finding" if len(findings) == 1 else f"{len(findings)} findings"


def by_severity(findings: Iterable[Finding]) -> str:
    """``1 critical, 2 major, 3 minor``, severities without a finding left out."""
    numbers = Counter(finding.severity for finding in findings)
    return ", ".join(f"{numbers[severity]} {severity}" for severity in WORST_FIRST if numbers[severity])


def ranges(numbers: Iterable[int], limit: int = 40) -> str:
    """Whole numbers in order as ``3, 7, 12 to 14``, of more than ``limit`` such parts the first ones."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    if len(parts) > limit:
        parts[limit:] = [f"and {sum(map(len, runs[limit:]))} more"]
    return ", ".join(parts)


def summary(findings: Sequence[Finding], look: Look) -> Table:
    """A table of rules and severities, the rule with the gravest findings first."""
    from rich.table import Table
    from rich.text import Text

    numbers = Counter((finding.rule, finding.severity) for finding in findings)
    present = [severity for severity in WORST_FIRST if any(severity is key[1] for key in numbers)]
    rules = sorted({rule for rule, _ in numbers}, key=lambda rule: (*(-numbers[rule, s] for s in WORST_FIRST), rule))
    longest = max(map(len, rules))
    wide = longest + sum(2 + len(severity) for severity in present) <= look.columns
    table = Table(box=None, pad_edge=False, padding=(0, 2 if wide else 1, 0, 0), header_style="dim")
    table.add_column("rule", overflow="fold")
    for severity in present:
        table.add_column(str(severity) if wide else _SHORT[severity], justify="right", no_wrap=True)
    for rule in rules:
        row = ((numbers[rule, severity], severity) for severity in present)
        cells = (Text.assemble((str(n), look.ink(severity) if n else "dim")) for n, severity in row)
        table.add_row(Text(look.shown(rule)), *cells)
    if len(rules) > 1:
        totals = (str(sum(numbers[rule, severity] for rule in rules)) for severity in present)
        table.add_row(*(Text.assemble((cell, "bold")) for cell in ("all rules", *totals)))
    return table


def strip(report: Report, look: Look) -> list[Text]:
    """Lines that show where the trouble is: a cell for a pair, or for several where there are more than fit.

    A cell shows the worst severity in it. Without colour the cells are letters, in tens where all fit, and a line for
    each severity names the pairs.
    """
    from rich.text import Text

    worst = _worst(report)
    width = look.text_columns - 2
    size = -(-len(worst) // width)
    cells = [_heaviest(worst[start : start + size]) for start in range(0, len(worst), size)]
    bars = look.color and look.typographic
    line = Text("  ")
    tens = len(cells) + (len(cells) - 1) // 10 <= width and size == 1
    for index, severity in enumerate(cells):
        if tens and index and index % 10 == 0:
            line.append(" ")
        line.append(*_cell(severity, look, bars))
    legend = Text()
    legend.append("one cell a pair: " if size == 1 else f"one cell for {size} pairs, the worst of them: ", style="dim")
    shown = [None, *(severity for severity in Severity if severity in cells)]
    for severity in shown:
        legend.append(*_cell(severity, look, bars))
        legend.append(f" {severity or 'nothing'}{'' if severity is shown[-1] else ', '}", style="dim")
    return [line, *hanging(legend, "  ", look.text_columns), *([] if look.color else _named(worst, look))]


def _worst(report: Report) -> list[Severity | None]:
    """The worst severity found in each pair."""
    worst: list[Severity | None] = [None] * len(report.bitext.pairs)
    for finding in report.findings:
        if finding.pair is not None:
            worst[finding.pair] = _heaviest((worst[finding.pair], finding.severity))
    return worst


def _heaviest(severities: Iterable[Severity | None]) -> Severity | None:
    return max((s for s in severities if s is not None), key=lambda severity: severity.rank, default=None)


def _cell(severity: Severity | None, look: Look, bars: bool) -> tuple[str, str]:
    """The sign of a cell and its style."""
    if severity is None:
        return _NOTHING[bars], "dim"
    return (_BARS if bars else _LETTERS)[severity], look.ink(severity)


def _named(worst: Sequence[Severity | None], look: Look) -> Iterator[Text]:
    """For those who do not look at a picture: the numbers of the pairs, by their worst severity."""
    from rich.text import Text

    for severity in WORST_FIRST:
        numbers = [index + 1 for index, found in enumerate(worst) if found is severity]
        if numbers:
            noun = "pair" if len(numbers) == 1 else "pairs"
            yield from hanging(Text(f"{severity}: {noun} {ranges(numbers)}"), "  ", look.text_columns)
