"""Bytes to text: which encoding a file is in, and where it is not text.

UTF-8 and UTF-16 with a byte order mark are told by rule. Of the eight-bit encodings in which French and English have
been written, the one in which the text makes sense is taken: letters with accents inside words, marks outside of them.
(charset-normalizer, restricted to the same four, takes a third of short French texts in cp850 for Windows-1252; it is
asked for the name of an encoding that is none of ours.)
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

from tqcheck.errors import UserError
from tqcheck.readers.files import place

WESTERN = {"cp1252": "windows-1252", "iso8859_15": "iso-8859-15", "mac_roman": "macintosh", "cp850": "cp850"}
"""Python's codecs and the names under which the report tells of them; ISO 8859-1 is a part of Windows-1252."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive, as .docx, .odt and .xlsx files are"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NO_CHARACTER = re.compile(r"[\x80-\x9f\udc80-\udcff]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_FRENCH_LETTERS = frozenset("àâçéèêëîïôœùûÀÂÇÉÈÊËÎÏÔŒÙÛ")
_OTHER_LETTERS = frozenset("äöüæáíóúñãõåøßšžìòÿÄÖÜÆÁÍÓÚÑÅØŠŽŸ")  # in names
_USUAL_LETTERS = _FRENCH_LETTERS | _OTHER_LETTERS
_USUAL_MARKS = frozenset("\xa0\xad«»‘’“”–—…•°·€£§©®™²³½¼¾×")
_WORD_MARKS = frozenset("\xa0\xad’–—…·")  # marks that may stand between letters
_ENOUGH = 5000  # characters beyond ASCII to look at: those of a text of 100,000 characters
_SENSIBLE = 0.9  # share of the characters beyond ASCII that make sense


class Decoded(NamedTuple):
    """A text without its byte order mark, and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, path: str) -> Decoded:
    """The text of ``data``, its line ends untouched. ``path`` is for the messages.

    Raises UserError for what is no text: a known binary format, NUL or many control characters, a byte that is not text
    (with its line and column), an encoding that is none of ours.
    """
    for start, name in _BINARY:
        if data.startswith(start):
            raise UserError(
                f"this is {name}, not a text", place(path), hint="save its text as a .txt file in UTF-8, and give that"
            )
    decoded = _decode_marked(data, path) or _decode_utf8(data, path) or _decode_western(data, path)
    _refuse_binary(decoded.text, path)
    return decoded


def encoding_note(path: str, encoding: str) -> str | None:
    """One line for the report where a text was not in UTF-8, or None."""
    if encoding == "utf-8":
        return None
    name = "standard input" if path == "-" else path
    return f"{name} is not in UTF-8: it was read as {encoding}"


def _decode_marked(data: bytes, path: str) -> Decoded | None:
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return Decoded(body.decode(codec), name)
            except UnicodeDecodeError as error:
                raise _bad_byte(
                    body[: error.start].decode(codec), body.decode(codec, "replace"), error, name, path
                ) from None
    return None


def _decode_utf8(data: bytes, path: str) -> Decoded | None:
    """UTF-8, or None where it is another encoding; a text that is mostly UTF-8 is told of its first wrong byte."""
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        beyond = [c for c in data.decode(errors="surrogateescape") if c > "\x7f"]
        wrong = sum("\udc80" <= c <= "\udcff" for c in beyond)
        if len(beyond) - wrong < wrong:
            return None
        raise _bad_byte(data[: error.start].decode(), data.decode(errors="replace"), error, "utf-8", path) from None


def _decode_western(data: bytes, path: str) -> Decoded:
    if b"\0" in data:
        _refuse_binary(data.decode("latin-1"), path)
    texts = {codec: data.decode(codec, "surrogateescape") for codec in WESTERN}
    senses = {codec: _sense(text, codec) for codec, text in texts.items()}
    codec = max(senses, key=lambda name: senses[name])  # of equals the first
    text = texts[codec]
    wrong = next((match.start() for match in _NO_CHARACTER.finditer(text)), None)
    if senses[codec] < _SENSIBLE:
        foreign = [match.start() for match in _FOREIGN.finditer(text)]
        if len(foreign) > max(3, len(text) / 100):
            raise _unknown_encoding(data, path)
        wrong = next(at for at in foreign if not _makes_sense(text, at))
    if wrong is not None:
        shown = _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
        raise _not_text(f"byte 0x{data[wrong]:02X} is not text", text[:wrong], shown, path)
    return Decoded(text, WESTERN[codec])


def _sense(text: str, codec: str) -> float:
    """The share of the characters beyond ASCII that make sense where they stand, in French or English.

    Marks alone do not tell of an encoding as rare as that of DOS: almost every byte is some mark there.
    """
    if codec in ("mac_roman", "cp850") and _USUAL_LETTERS.isdisjoint(text):
        return 0.0
    senses = [
        _makes_sense(text, match.start()) * (0.95 if match[0] in _OTHER_LETTERS else 1.0)
        for match in islice(_FOREIGN.finditer(text), _ENOUGH)
    ]
    return sum(senses) / len(senses)


def _makes_sense(text: str, at: int) -> bool:
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character in "¼½¾":
        return not (before.isalpha() or after.isalpha())
    if character in _USUAL_MARKS:
        return character in _WORD_MARKS or not (before.isalpha() and after.isalpha())
    if character not in _USUAL_LETTERS or (character.isupper() and before.islower()):
        return False
    return before.isalpha() or after.isalpha() or character in "àÀ"


def _refuse_binary(text: str, path: str) -> None:
    found = _CONTROL.findall(text)
    nul = text.find("\0")
    if nul < 0 and len(found) <= max(3, len(text) / 200):
        return
    if nul >= 0 and text.count("\0") <= 3:
        raise _not_text("a NUL character is not text", text[:nul], text, path)
    hint = "give a text file: .txt or .md, best in UTF-8"
    if text.count("\0") > len(text) / 3:
        hint = "it may be UTF-16 without a byte order mark: save it as UTF-8"
    raise UserError("the file is binary, not a text", place(path), hint=hint)


def _bad_byte(before: str, text: str, error: UnicodeDecodeError, encoding: str, path: str) -> UserError:
    wrong = " ".join(f"0x{byte:02X}" for byte in error.object[error.start : error.start + 1])
    return _not_text(
        f"byte {wrong} is not text in {encoding.upper()}, in which the rest of the file is written", before, text, path
    )


def _not_text(message: str, before: str, text: str, path: str) -> UserError:
    """``before`` is the text in front of the fault, ``text`` all of it with something readable in the fault's place."""
    start = max(before.rfind("\n"), before.removesuffix("\r").rfind("\r")) + 1
    line = len(re.findall(r"\r\n?|\n", before[:start])) + 1
    shown = re.split(r"[\r\n]", text[start:], maxsplit=1)[0]
    hint = "correct the character there, or save the whole file as UTF-8"
    return UserError(message, place(path, line, len(before) - start + 1, shown), hint=hint)


def _unknown_encoding(data: bytes, path: str) -> UserError:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    name = "" if best is None else f"; it may be {best.encoding.replace('_', '-')}"
    return UserError(f"the encoding of the file was not recognised{name}", place(path), hint="save the file as UTF-8")
