"""Text from the user's files, made safe to show: what a terminal would obey is shown instead.

Escape sequences could clear the screen or hide a line, bidirectional controls can show words in another order than they
are stored ("Trojan Source", CVE-2021-42574), and zero-width characters make two different words look alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Blank in every font though they are letters or marks by category (Default_Ignorable_Code_Point of the Unicode
# Character Database), so that a word with one of them looks like the word without.
_IGNORABLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")

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


def visible(text: str) -> str:
    """``text`` on one line, character by character: breaks and tabs are spaces, what cannot be seen is an escape.

    Letters, accents (composed or not), emoji and every kind of blank with a width stay as they are. A lone surrogate
    becomes an escape too, so the result can always be encoded as UTF-8.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    if character in _SPACE:
        return " "
    if unicodedata.category(character) in _UNSHOWN or character in _IGNORABLE:
        return escaped(character)
    return character


def storable(text: str) -> str:
    """``text`` with a replacement character for every lone surrogate, which no file and no JSON reader takes."""
    return text if text.isascii() else _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def escaped(character: str) -> str:
    r"""The escape of one character as Python and JSON readers know it: ``\x1b``, ``\u202e``, ``\U000e0041``."""
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


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
