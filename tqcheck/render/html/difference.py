"""What a machine's translation says otherwise: two texts compared word by word, as editors track changes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.render.visible import visible

LONGEST = 1500
"""Words of a text above which the comparison, whose time grows with the square, is left out."""

_WORD = re.compile(r"\w+(?:['’]\w*)?|\s+|[^\w\s]")


class Change(NamedTuple):
    """Words that both have (``same``), that the first text alone has (``gone``), or the second (``new``)."""

    kind: str
    text: str


def changes(old: str, new: str) -> tuple[Change, ...]:
    """``new`` with what differs from ``old``: joining ``same`` and ``new`` gives it back. Letter case does not differ.

    A text of more than LONGEST words comes back whole, as the same.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > LONGEST:
        return (Change("same", visible(new)),)
    matcher = difflib.SequenceMatcher(None, _folded(before), _folded(after), autojunk=False)
    return tuple(_joined(_steps(matcher, before, after)))


def _folded(words: list[str]) -> list[str]:
    return [" " if word.isspace() else word.casefold().replace("’", "'") for word in words]


def _steps(matcher: difflib.SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Change]:
    for kind, i, j, m, n in matcher.get_opcodes():
        if kind == "equal":
            # One blank between two changes would break a phrase into words: it changes with them.
            yield Change("blank" if after[m:n] and all(map(str.isspace, after[m:n])) else "same", "".join(after[m:n]))
            continue
        if i < j:
            yield Change("gone", "".join(before[i:j]))
        if m < n:
            yield Change("new", "".join(after[m:n]))


def _joined(steps: Iterator[Change]) -> Iterator[Change]:
    """Changes that only a blank parts become one: first all that is gone, then all that is new."""
    gone = new = ""
    waiting = ""  # the blank behind a change
    for step in steps:
        if step.kind == "blank" and (gone or new):
            waiting += step.text
            continue
        if step.kind in ("gone", "new"):
            gone, new = gone + waiting, new + waiting
            waiting = ""
            gone, new = (gone + step.text, new) if step.kind == "gone" else (gone, new + step.text)
            continue
        yield from _change(gone, new)
        yield Change("same", visible(waiting + step.text))
        gone = new = waiting = ""
    yield from _change(gone, new)
    if waiting:
        yield Change("same", visible(waiting))


def _change(gone: str, new: str) -> Iterator[Change]:
    """The two halves of a change; blanks that both begin with stay outside."""
    if gone.strip() and new.strip() and gone[0].isspace() and new[0].isspace():
        yield Change("same", visible(new[0]))
        gone, new = gone[1:], new[1:]
    if gone.strip():
        yield Change("gone", visible(gone))
    if new:
        yield Change("new" if new.strip() else "same", visible(new))
