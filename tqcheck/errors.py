"""The one exception that is meant for the user."""

from __future__ import annotations

from dataclasses import dataclass

from tqcheck.escapes import uncommanding, visible


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the user's input: a file, and where known a line and column, both from 1, with the text of the line."""

    path: str
    line: int | None = None
    column: int | None = None
    text: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


class UserError(Exception):
    """Something the user gave is wrong: what, where, and what to do about it.

    Printed as ``error: …``, ``--> file:line:column`` with the line and a caret, ``hint: …``; exit status 2.
    """

    def __init__(self, message: str, place: Place | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        lines = [f"error: {_shown(self.message)}"]
        if self.place is not None:
            lines.append(f"  --> {visible(str(self.place))}")
            if self.place.text is not None:
                lines += _excerpt(self.place)
        if self.hint is not None:
            lines.append(f"hint: {_shown(self.hint)}")
        return uncommanding("\n".join(lines))


def _shown(text: str) -> str:
    """What is said, in which a name or words of the user's may stand; further lines are indented."""
    return "\n  ".join(map(visible, text.split("\n")))


def _excerpt(place: Place, width: int = 100) -> list[str]:
    """The line of a place, cut to ``width`` around its column, and a caret below the column."""
    column = place.column or 1
    start = max(0, column - 1 - width // 2)
    window = (place.text or "")[start : start + width]
    # What cannot be seen is one sign, not an escape of several, so that the caret stands right.
    text = "".join(c if visible(c) == c else "\N{REPLACEMENT CHARACTER}" for c in window)
    lines = ["   |", f"   | {text}"]
    if place.column is not None:
        lines.append("   | " + " " * (column - 1 - start) + "^")
    return lines
