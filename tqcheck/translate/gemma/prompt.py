"""What the model is asked: one example, the text in one language, and then how probable that in the other is."""

from __future__ import annotations

from typing import NamedTuple

VERSION = 1
"""Of the wording: part of the engine's identity."""

LABELS = {"fr": "French:", "en": "English:"}
_EXAMPLE = {
    "fr": "Le maire a annoncé mardi la fermeture de l’école.",
    "en": "The mayor announced on Tuesday that the school would close.",
}


class Line(NamedTuple):
    """A line of the prompt: its label and the text, None where that is still to come."""

    label: str
    text: str | None


def opening(source: str, target: str) -> tuple[Line, ...]:
    """The lines that every prompt of a direction begins with, the label of the source last."""
    return (*(Line(LABELS[lang], _EXAMPLE[lang]) for lang in (source, target)), Line(LABELS[source], None))
