"""PO files (GNU gettext): a pair for each message whose ``msgid`` is the French and whose ``msgstr`` the English.

Each message is a text of its own: the next one may stand on another page. Obsolete (``#~``) and fuzzy messages are left
out, as the programs do that use the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tqcheck.errors import Place, UserError
from tqcheck.readers.bilingual import Langs, PairsFile, Row, pairs_file, verify_languages
from tqcheck.readers.files import Stdin, place
from tqcheck.readers.lines import exact_lines, load_text
from tqcheck.readers.placed import Passage

_KEYWORD = re.compile(r"\s*(?P<name>domain|msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<form>\d+)\])?)?\s*\"")
_PART = re.compile(r"(?P<plain>[^\"\\]+)|\\(?:(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9A-Fa-f]{2})|(?P<sign>.))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": " ", "b": " ", "f": " ", "v": " "}
_HINT = "a line of a PO file is a comment (#), or msgid, msgstr or nothing, and a text in straight quotes"


class _Text(NamedTuple):
    """A string: its passage, and what it says to the letter."""

    passage: Passage
    letters: list[str]

    @property
    def text(self) -> str:
        return "".join(self.letters)


@dataclass
class _Message:
    strings: dict[str, _Text] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.strings[name].text if name in self.strings else ""


def read(path: str, stdin: Stdin | None = None, langs: Langs = ("fr", "en")) -> PairsFile:
    """The pairs of a PO file.

    Raises UserError for a line that is none of PO, for a header that names other languages, and where there is no
    message.
    """
    text, encoding = load_text(path, stdin)
    messages = list(_messages(exact_lines(text), path))
    for message in messages:
        if "msgid" not in message.strings:
            line = next(iter(message.strings.values())).passage.line
            raise _wrong("a message without a msgid", path, line, 1, exact_lines(text)[line - 1])
        if message.text("msgid") == "" and "msgctxt" not in message.strings:
            _verify(message, langs, path)
    return pairs_file(path, _rows(messages), langs, encoding)


def _rows(messages: Iterable[_Message]) -> Iterator[Row]:
    for number, message in enumerate(messages):
        if message.text("msgid") == "" or "fuzzy" in message.flags:
            continue
        forms = [name for name in message.strings if name.startswith("msgstr")]
        context = message.text("msgctxt")
        for form in forms:
            original = "msgid_plural" if form not in ("msgstr", "msgstr[0]") else "msgid"
            source = message.strings.get(original, message.strings["msgid"])
            unit = f"context {context}" if context else ""
            yield Row(source.passage, message.strings[form].passage, unit, number, tuple(message.remarks))


def _messages(lines: Iterable[str], path: str) -> Iterator[_Message]:
    message = _Message()
    current: _Text | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            if message.strings:
                yield message
                message = _Message()
            current = None
            _comment(line, message)
            continue
        found = _KEYWORD.match(line)
        if found is None or (found["name"] is None and current is None):
            raise _wrong("this line is none of a PO file", path, number, 1, line)
        if found["name"] is not None:
            if found["name"] in message.strings or (
                found["name"] in ("msgid", "msgctxt") and "msgid" in message.strings
            ):
                yield message
                message = _Message()
            current = message.strings[found["name"]] = _Text(Passage(number, found.end() + 1, fold=False), [])
        assert current is not None
        _string(line, found.end(), number, current, path)
    if message.strings:
        yield message


def _string(line: str, start: int, number: int, into: _Text, path: str) -> None:
    """Read what stands between the quote before ``start`` and the next one."""
    while start < len(line) and line[start] != '"':
        part = _PART.match(line, start)
        if part is None:
            raise _wrong("this text ends behind a backslash", path, number, start + 1, line)
        if part["plain"] is not None:
            into.passage.add(part["plain"], number, start + 1)
            into.letters.append(part["plain"])
        else:
            said = _said(part)
            into.passage.say(said, number, start + 1)
            into.letters.append(said)
        start = part.end()
    if start >= len(line):
        raise _wrong("this text has no quote at its end", path, number, len(line) + 1, line)
    if line[start + 1 :].strip():
        raise _wrong("there is something behind the end of this text", path, number, start + 2, line)


def _said(part: re.Match[str]) -> str:
    if part["octal"] is not None:
        return chr(int(part["octal"], 8))
    return chr(int(part["hex"], 16)) if part["hex"] is not None else _SIGNS.get(part["sign"], part["sign"])


def _comment(line: str, message: _Message) -> None:
    if line.startswith("#,"):
        message.flags |= {flag.strip() for flag in line[2:].split(",")}
    elif line[1:2] in ("", " ", "\t", ".") and line.startswith("#"):
        message.remarks.append(line[1:].lstrip(".").strip())


def _verify(header: _Message, langs: Langs, path: str) -> None:
    fields = dict(re.findall(r"^([\w-]+):[ \t]*(.*?)[ \t]*$", header.text("msgstr"), re.MULTILINE))
    found = [fields.get("X-Source-Language") or None, fields.get("Language") or None]
    passage = header.strings["msgid"].passage
    verify_languages(found, langs, place(path, passage.line, 1), "correct Language in the header, the first message")


def _wrong(message: str, path: str, line: int, column: int, text: str) -> UserError:
    where: Place = place(path, line, column, text)
    return UserError(message, where, hint=_HINT)
