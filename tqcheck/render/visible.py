"""Text from the user's files for one output: what each can hold, of what `tqcheck.escapes` makes safe to show."""

from __future__ import annotations

import re

from tqcheck.escapes import escaped, uncommanding, visible

__all__ = ["encodable", "escaped", "json_safe", "storable", "uncommanding", "visible"]

_SURROGATES = re.compile("[\ud800-\udfff]")

# Inside a JSON string these may stand as they are, but UTF-8 cannot hold a lone surrogate, a terminal obeys C1
# controls, bidirectional controls reorder what follows on the screen, and ``##[error]`` is a command to a CI's log.
# Escaped they mean the same to every reader.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|#(?=#\\w*\\[)")

# What is left of typographic marks where the output knows only its own few characters.
_PLAIN = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚‹›", "'"),
    **dict.fromkeys("–—−‑", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007", " "),
    "…": "...",
    "→": "->",
    "·": "-",
    "×": "x",
}


def storable(text: str) -> str:
    """``text`` with a replacement character for every lone surrogate, which no file and no JSON reader takes."""
    return text if text.isascii() else _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def json_safe(text: str) -> str:
    """JSON, which means the same, without what a terminal or a log obeys or UTF-8 cannot hold."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def encodable(text: str, encoding: str) -> str:
    """``text`` with what ``encoding`` cannot hold in plain characters or, where there are none, as escapes.

    Raises LookupError for an encoding that does not exist.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_in_encoding(character, encoding) for character in text)
    return text


def _in_encoding(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return _PLAIN.get(character) or escaped(character)
    return character
