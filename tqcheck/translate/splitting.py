"""Long segments in parts that an engine can take: nothing is lost, the parts joined are the text."""

from __future__ import annotations

import re
from collections.abc import Callable

# Best first: the end of a sentence, a semicolon or colon, a comma, a blank. Whatever stands in the middle at the end.
_BOUNDARIES = tuple(re.compile(pattern) for pattern in (r"""[.!?…][»”"'’)\]]*\s+""", r"[;:]\s+", r",\s+", r"\s+"))
_MARGIN = 0.2
"""A cut lies at least this share of the text away from both ends, or the parts get too unequal."""


def halves(text: str) -> tuple[str, str] | None:
    """Cut a text near its middle at the best boundary; None where there are no two characters to part.

    The two joined are the text, and neither is blank.
    """
    stripped = text.strip()
    if len(stripped) < 2:
        return None
    first = text.index(stripped[0])
    middle = first + len(stripped) / 2
    low, high = middle - len(stripped) * (0.5 - _MARGIN), middle + len(stripped) * (0.5 - _MARGIN)
    for boundary in _BOUNDARIES:
        places = [found.end() for found in boundary.finditer(text) if low <= found.end() <= high]
        if places:
            cut = min(places, key=lambda place: abs(place - middle))
            break
    else:
        cut = int(middle)
    return text[:cut], text[cut:]


def split(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """The text in as many parts as it takes until each ``fits``, or is a single character."""
    parts = None if fits(text) else halves(text)
    if parts is None:
        return (text,)
    return split(parts[0], fits) + split(parts[1], fits)


def split_together(source: str, target: str, fits: Callable[[str, str], bool]) -> tuple[tuple[str, str], ...]:
    """A source and its translation in parts that fit; the parts of each, joined, are that text.

    Both are cut near their middles, so that a part of the target faces about the part of the source that it renders.
    A source that cannot be cut any further faces both parts of the target (and is then repeated); a target that cannot
    faces the first part of the source.
    """
    sources, targets = halves(source), halves(target)
    if fits(source, target) or (sources is None and targets is None):
        return ((source, target),)
    first, second = sources or (source, source)
    left, right = targets or (target, "")
    return split_together(first, left, fits) + split_together(second, right, fits)
