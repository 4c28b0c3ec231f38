"""Characters of a text as it is read: line ends, control characters, lines to the letter."""

from __future__ import annotations

from tqcheck.readers.encoding import decode
from tqcheck.readers.files import Stdin, empty, load

BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"
"""White space, and two characters that str.strip() keeps although nobody sees them."""

_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"]
_PLAIN = {code: bytes([code]).decode("cp1252", "ignore") if code >= 0x80 else "" for code in _CONTROLS}
_TABLE = {code: character or " " for code, character in _PLAIN.items()}


def plain(text: str) -> str:
    r"""``text`` with ``\n`` at the end of every line and without control characters; lines and columns stay.

    A control character becomes a blank, so that none reaches a terminal or parts a word in two; one of U+0080 to U+009F
    becomes the character of Windows-1252 that it almost always was ("l\x92armée"). Blanks that do not break stay.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in ``text``."""
    return not text.strip(BLANKS)


def load_text(path: str, stdin: Stdin | None) -> tuple[str, str]:
    """The text as it stands in the file, and its encoding. Raises UserError where there is none."""
    text, encoding = decode(load(path, stdin), path)
    if is_blank(text):
        raise empty(path)
    return text, encoding


def exact_lines(text: str) -> list[str]:
    r"""The lines of ``text`` to the letter: only ``\n`` and ``\r\n`` end a line, nothing else is touched.

    A line end at the end of the text does not begin another line.
    """
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
