"""Where inputs come from: seeds that are right, and the changes that make them wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "seeds"


def seeds() -> Mapping[str, Sequence[bytes]]:
    """Target -> inputs that are right, or nearly: the files ``seeds/TARGET--NUMBER``."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(FOLDER.iterdir()):
        found.setdefault(path.name.partition("--")[0], []).append(path.read_bytes())
    return found


TOKENS: tuple[bytes, ...] = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *"\0\x1b\x7f\x85\xa0\xad\u200b\u200f\u2028\u202e\u0301\ufeff\ufffe\ud800İßﬁ🙂中م",
        *("\r", "\r\n", "\n\n", "\n", "\t", " ", "  ", "\f", "\v"),
        *(
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml",
            "?>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]>",
            "&b;",
            "&#0;",
            "&#xD800;",
        ),
        *("&lt", "&#x110000;", "<p", "</p>", "<a b='", '<a b="', "/>", "<br/>", "<textarea>", "</script", "<svg>"),
        *(
            '"',
            "'",
            "\\",
            "\\u",
            "\\ud800",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "NaN",
            "1e999",
            "9" * 5000,
            "[" * 3000,
        ),
        *("msgid", "msgstr[9]", "#~", "#,", "00:00:00,000 --> ", "{\\", "1\n", "```", "~~~", "> ", "| a |", "|-|"),
        *("[^1]:", "*", "_", "***", "-" * 30, "«", "»", "“", "”", "’", "…", "M.", "U.S.", "1er", "a-t-il", "n'", "N°"),
        *("http://x.fr/?a=b", "€", "12 %", ".", "!", "?", "../", "/dev/null", "a" * 300, "." * 300, "a.", "- ", "1. "),
        *("# ", "\xe9", "until = 9999-12-31", "0x", "inf", "[[a]]"),
    )
)
"""Pieces that have broken readers of these formats before, here or elsewhere."""

LONGEST = 8192


def changed(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """An input made of another by one to six changes."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choice(_CHANGES)(data, others, chance)
    return data[:LONGEST]


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 1, 2, 5, 20, 100)))


def _inserted(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, _ = _place(data, chance)
    return data[:start] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 50)) + data[start:]


def _replaced(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.choice(TOKENS) + data[end:]


def _removed(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _repeated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _flipped(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _moved(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _spliced(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    return data[: _place(data, chance)[0]] + other[_place(other, chance)[0] :]


def _recoded(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    coded = text.encode(chance.choice(("utf-16", "utf-8-sig", "utf-32", "cp1252", "mac_roman", "utf-16-be")), "replace")
    return coded if chance.random() < 0.3 else data


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _inserted,
    _inserted,
    _replaced,
    _removed,
    _repeated,
    _flipped,
    _moved,
    _spliced,
    _recoded,
)
