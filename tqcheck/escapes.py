"""Text from outside, made safe to show: what a terminal, or the log of a CI server, would obey is shown instead.

Escape sequences could clear the screen or hide a line, bidirectional controls can show words in another order than they
are stored ("Trojan Source", CVE-2021-42574), zero-width characters make two different words look alike, and a line that
begins with ``::`` is a command to the runner of GitHub Actions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Blank in every font though they are letters or marks by category (Default_Ignorable_Code_Point of the Unicode
# Character Database), so that a word with one of them looks like the word without.
_IGNORABLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_SPACE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")

_COMMANDS = re.compile(r"(?m:^([^\S\n]*):(?=:))|#(?=#\w*\[)")
"""``::error::`` behind blanks, and ``##[error]``, ``##vso[``, ``##teamcity[`` anywhere in a line.

Sources: actions/runner, ActionCommand.cs; Azure Pipelines, "Logging commands"; TeamCity, "Service messages"."""


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


def escaped(character: str) -> str:
    r"""The escape of one character as Python and JSON readers know it: ``\x1b``, ``\u202e``, ``\U000e0041``."""
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def uncommanding(text: str, colon: str = r"\x3a", number_sign: str = r"\x23") -> str:
    """``text`` of many lines without a command to the log of a CI server: its first sign becomes what is given."""
    if "::" not in text and "##" not in text:
        return text
    return _COMMANDS.sub(lambda found: number_sign if found[0] == "#" else f"{found[1]}{colon}", text)


def as_lines(text: str) -> str:
    """``text`` line by line, its tabs too: what cannot be seen is shown, and no line is a command."""
    lines = ("\t".join(map(visible, line.split("\t"))) for line in text.split("\n"))
    return uncommanding("\n".join(lines))
