"""How a report for people looks: width, colours, and the few signs it is made of.

Without colour nothing is drawn: no boxes, no lines, words in brackets instead of coloured ones, so that a pipe, a log
and a screen reader get plain sentences. With colour nothing is said by colour alone: marked words are underlined too,
and every severity is also written out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tqcheck.model import Document
from tqcheck.mqm import Severity
from tqcheck.render.visible import encodable, uncommanding, visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from tqcheck.decisions import Decision
    from tqcheck.detector import Detector

NARROWEST = 40
# Lines of text longer than this are hard to read; typographers say 45 to 90, and a terminal line has a margin.
WIDEST_TEXT = 110


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs around the user's words."""

    open: str
    close: str
    digits: str
    number: str
    between: str
    ellipsis: str
    arrow: str
    blank: str
    quotes: tuple[str, str]
    french_quotes: tuple[str, str]


_SIGNS = Signs("⟦", "⟧", "⁰¹²³⁴⁵⁶⁷⁸⁹", "{}", "·", "…", "→", "␣", ("“", "”"), ("« ", " »"))
_ASCII_SIGNS = Signs("[[", "]]", "0123456789", "({})", ",", "...", "->", "_", ('"', '"'), ('"', '"'))

_ALL_SIGNS = "⟦⟧⁰¹²³⁴⁵⁶⁷⁸⁹·…→␣“”«»▂▄▆█─"

# The sixteen colours of the user's own theme, so that they fit a light and a dark background alike.
_STYLES = {
    Severity.NEUTRAL: "cyan",
    Severity.MINOR: "yellow",
    Severity.MAJOR: "bold red",
    Severity.CRITICAL: "bold white on red",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Where the text will be shown: columns, whether colours may be used, and what the output can encode.

    ``details``: with signatures and versions. ``rules``: what a format has to explain them with.
    ``decisions``: those of editors that a page begins with.
    """

    width: int = 80
    color: bool = False
    encoding: str = "utf-8"
    details: bool = False
    rules: tuple[Detector, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def columns(self) -> int:
        """The columns to fill, never so few that nothing can be laid out."""
        return max(NARROWEST, self.width)

    @property
    def text_columns(self) -> int:
        """The columns to fill with running text."""
        return min(self.columns, WIDEST_TEXT)

    @property
    def signs(self) -> Signs:
        """Typographic signs where the output can hold them all, else ASCII."""
        return _SIGNS if self.typographic else _ASCII_SIGNS

    @property
    def typographic(self) -> bool:
        """Whether the output can hold more than ASCII and its own few letters."""
        return encodable(_ALL_SIGNS, self.encoding) == _ALL_SIGNS

    def style(self, severity: Severity) -> str:
        """The style of words of a severity in the terms of rich."""
        return _STYLES[severity]

    def ink(self, severity: Severity) -> str:
        """The style of a single sign of a severity, on the background that is there."""
        return {Severity.CRITICAL: "bold red", Severity.MAJOR: "red"}.get(severity, _STYLES[severity])

    def shown(self, text: str) -> str:
        """``text`` from outside, safe to show and in characters that the output has."""
        return encodable(visible(text), self.encoding)

    def number(self, numbers: Iterable[int]) -> str:
        """The numbers that lead from a mark to its findings: ``¹``, ``¹·²`` or ``(1,2)``."""
        signs = self.signs
        written = ["".join(signs.digits[int(digit)] for digit in str(number)) for number in numbers]
        return signs.number.format(signs.between.join(written)) if written else ""

    def quoted(self, text: str, lang: str, limit: int = 60) -> str:
        """``text`` in the quotation marks of its language, the middle left out where it is long."""
        before, after = self.signs.french_quotes if lang == "fr" else self.signs.quotes
        return f"{before}{self.shortened(text, limit)}{after}"

    def shortened(self, text: str, limit: int) -> str:
        """``text`` on one line, its middle left out beyond ``limit`` characters."""
        text = " ".join(self.shown(text).split(" "))
        if len(text) <= limit:
            return text
        half = (limit - 3) // 2
        return f"{text[:half].rstrip()} {self.signs.ellipsis} {text[-half:].lstrip()}"


_LANGUAGES = {"fr": "French", "en": "English"}


def language(document: Document) -> str:
    """The English name of a document's language, or its code."""
    return _LANGUAGES.get(document.lang, document.lang)


def hanging(text: Text, first: str | Text, width: int) -> list[Text]:
    """``text`` wrapped to ``width`` columns behind ``first``, further lines indented by as much."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    lead = Text(first) if isinstance(first, str) else first
    indent = cell_len(lead.plain)
    console = Console(file=io.StringIO(), width=width, _environ={})
    lines: list[Text] = []
    for line in text.wrap(console, max(10, width - indent)) or [Text("")]:
        line.rstrip()
        line.plain = line.plain.translate(_UNPROTECTED)
        lines.append(Text.assemble(lead if not lines else " " * indent, line))
    return lines


# Blanks at which no line may break, under a mask of private characters while lines are made: ``visible`` leaves none of
# these in a text. rich takes every kind of blank for a place to break.
_PROTECTED = {" ": "\ue000", "\u00a0": "\ue001", "\u202f": "\ue002", "\u2007": "\ue003"}
_UNPROTECTED = {ord(mask): blank for blank, mask in _PROTECTED.items()}
_HARD_BLANKS = {ord(blank): mask for blank, mask in _PROTECTED.items() if blank != " "}
_FRENCH_BLANKS = re.compile("(?<=«) (?! )| (?=[»:;!?])")


def unbroken(text: str, *, spaces: bool = False) -> str:
    """``text`` with its hard blanks (and, with ``spaces``, all) kept from being the end of a line by ``hanging``.

    So are the blanks of French punctuation where a plain one was typed: « like this » !
    """
    masked = text.translate(_HARD_BLANKS)
    return masked.replace(" ", _PROTECTED[" "]) if spaces else _FRENCH_BLANKS.sub(_PROTECTED[" "], masked)


def printed(look: Look, parts: Iterable[RenderableType]) -> str:
    """What rich makes of ``parts``, one under the other, as text; in plain mode without blanks at the ends of lines.

    A part that says ``no_wrap`` is one line however long.
    """
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=look.columns,
        color_system="standard" if look.color else None,
        force_terminal=look.color,
        no_color=not look.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        for part in parts:
            console.print(part, soft_wrap=bool(getattr(part, "no_wrap", False)))
    text = uncommanding(encodable(capture.get(), look.encoding))
    if look.color:
        return text
    return "".join(f"{line.rstrip(' ')}\n" for line in text.splitlines())
