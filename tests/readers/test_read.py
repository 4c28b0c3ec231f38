"""Reading a document: what comes out of a file, and the message for every file that is none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tqcheck import readers
from tqcheck.errors import Place, UserError
from tqcheck.model import Document
from tqcheck.readers import files

FRENCH = "Le président a parlé.\n\nIl était à Paris « en forme », dit-il.\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes | str, str], str]:
    def write(content: bytes | str, name: str = "article.txt") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


Write = Callable[..., str]


def refused(path: str, stdin: bytes | None = None) -> UserError:
    with pytest.raises(UserError) as caught:
        readers.read(path, "fr", None if stdin is None else lambda: stdin)
    return caught.value


def texts(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


# ------------------------------------------------------------------------------------------------------- good files


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", None),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
        ("latin-1", "windows-1252"),
        ("mac_roman", "macintosh"),
        ("cp850", "cp850"),
    ],
)
def test_the_encoding_is_found_and_named(write: Write, codec: str, encoding: str | None) -> None:
    path = write(FRENCH.encode(codec))
    if encoding is None:
        assert "UTF-16 without a byte order mark" in (refused(path).hint or "")
        return
    document = readers.read(path, "fr")
    assert document.text == FRENCH
    assert document.encoding == encoding
    assert document.path == path
    assert document.lang == "fr"
    note = readers.encoding_note(path, document.encoding)
    assert note == (None if encoding == "utf-8" else f"{path} is not in UTF-8: it was read as {encoding}")


def test_a_ligature_or_a_euro_sign_tells_latin_9_from_windows(write: Write) -> None:
    for text in ("Au cœur de la manœuvre, l'œil.\n", "Cela coûte 12 € à l'œuvre.\n"):
        document = readers.read(write(text.encode("iso8859_15")), "fr")
        assert (document.text, document.encoding) == (text, "iso-8859-15")
        document = readers.read(write(text.encode("cp1252")), "fr")
        assert (document.text, document.encoding) == (text, "windows-1252")


def test_english_with_typographic_quotes_alone_is_windows(write: Write) -> None:
    text = "It’s “fine” – he said.\n"
    document = readers.read(write(text.encode("cp1252")), "en")
    assert (document.text, document.encoding) == (text, "windows-1252")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_become_newlines_and_lines_and_columns_stay(write: Write, end: str) -> None:
    document = readers.read(write(FRENCH.replace("\n", end)), "fr")
    assert document.text == FRENCH
    assert document.line_column(document.text.index("était")) == (3, 4)


def test_blanks_that_do_not_break_are_kept(write: Write) -> None:
    text = "Il a dit\u00a0: «\u202foui\u202f» à 16\u00a0h\u00a023."
    assert readers.read(write(text), "fr").text == text


def test_a_control_character_is_a_blank_or_what_windows_means_by_it(write: Write) -> None:
    document = readers.read(write("Il\x0best\x1b venu\x0c. L\x92armée\x85\n"), "fr")
    assert document.text == "Il est  venu . L’armée…\n"


def test_standard_input_is_plain_text() -> None:
    document = readers.read("-", "fr", FRENCH.encode)
    assert (document.path, document.text) == ("-", FRENCH)
    assert readers.encoding_note("-", "utf-16") == "standard input is not in UTF-8: it was read as utf-16"


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "article", "article.fr", "article.en", "a.text"])
def test_suffixes_of_plain_text(write: Write, name: str) -> None:
    assert texts(readers.read(write("# Paris\n\n- un", name), "fr")) == ["# Paris", "un"]


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "A.MD"])
def test_suffixes_of_markdown(write: Write, name: str) -> None:
    assert texts(readers.read(write("# Paris\n\n- un", name), "fr")) == ["Paris", "un"]


def test_a_pipe_is_read_like_a_file() -> None:
    there, here = os.pipe()
    os.write(here, FRENCH.encode())
    os.close(here)
    assert readers.read(f"/dev/fd/{there}", "fr").text == FRENCH
    os.close(there)


def test_the_page_names_every_suffix() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
    assert all(f"`{suffix}`" in page for suffix in readers.SUFFIXES if suffix)
    assert f"{readers.LIMIT // 1_000_000} MB" in page


# -------------------------------------------------------------------------------------------------------- bad files


def test_missing_file_with_a_near_name(write: Write) -> None:
    right = write(FRENCH, "article.fr.txt")
    wrong = right.replace("fr.txt", "fr.text")
    error = refused(wrong)
    assert str(error) == f"error: there is no such file\n  --> {wrong}\nhint: did you mean {right}?"


def test_missing_file_and_missing_directory(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "zzz")).hint == "check the name and the directory"
    missing = tmp_path / "no" / "zzz"
    assert refused(str(missing)).hint == f"the directory {missing.parent} cannot be read either"


def test_directory(tmp_path: Path) -> None:
    assert str(refused(str(tmp_path))) == (
        f"error: this is a directory, not a file\n  --> {tmp_path}\nhint: name one file in it"
    )


def test_a_file_as_a_directory(write: Write) -> None:
    assert refused(write(FRENCH) + "/x").message == "the file cannot be read: Not a directory"


def test_permission(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(FRENCH)

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    error = refused(path)
    assert (error.message, error.hint) == ("the file may not be read", "check who is allowed to read it")


@pytest.mark.parametrize("content", ["", " \n\t\r\n", "\ufeff", "\u00a0\u202f\u200b\n"])
def test_empty(write: Write, content: str) -> None:
    path = write(content)
    assert str(refused(path)) == (
        f"error: the file holds no text\n  --> {path}\nhint: give a file with a text to check"
    )
    assert refused("-", content.encode()).message == "standard input holds no text"


def test_markdown_without_a_word(write: Write) -> None:
    assert refused(write("---\ntitle: x\n---\n<!-- nothing -->\n", "a.md")).message == "the file holds no text"


def test_no_standard_input() -> None:
    assert refused("-").message == "standard input cannot be read here"


def test_too_long(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT", 2_000_000)
    path = write(b"Le texte. " * 200_001)
    assert str(refused(path)) == (
        f"error: the file is longer than the limit of 2 MB of text\n  --> {path}\n"
        "hint: cut the text into parts, article by article, and check each"
    )
    error = refused("-", b"a" * 2_000_001)
    assert (error.message, error.place) == ("standard input is longer than the limit of 2 MB of text", None)


def test_suffix(write: Write) -> None:
    path = write("<p>Le texte</p>", "a.pdf")
    error = refused(path)
    assert error.message == "no reader for files that end in .pdf"
    assert error.place is not None
    assert error.place.path == path
    for suffix in (*readers.SUFFIXES, *readers.PAIRS):
        assert suffix in str(error.hint)


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04", "a zip archive, as .docx, .odt and .xlsx files are"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"{\\rtf1\\ansi", "an RTF document"),
    ],
)
def test_known_binary_formats(write: Write, start: bytes, what: str) -> None:
    error = refused(write(start + b" Le texte."))
    assert error.message == f"this is {what}, not a text"
    assert error.hint == "save its text as a .txt file in UTF-8, and give that"


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0\1\2\3" * 50, b"abc\1\2\3\4\5\6def"])
def test_other_binaries(write: Write, data: bytes) -> None:
    error = refused(write(data))
    assert error.message == "the file is binary, not a text"
    assert error.hint == "give a text file: .txt or .md, best in UTF-8"


def test_a_byte_that_is_not_text_in_a_utf8_file(write: Write) -> None:
    path = write("Première ligne.\r\nLe président élu a pér".encode() + b"\xe9.\n")
    assert str(refused(path)) == (
        "error: byte 0xE9 is not text in UTF-8, in which the rest of the file is written\n"
        f"  --> {path}:2:23\n"
        "   |\n"
        "   | Le président élu a pér�.\n"
        "   |                       ^\n"
        "hint: correct the character there, or save the whole file as UTF-8"
    )


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"Le soldat.\nIl est \xff mort.", (2, 8), "byte 0xFF is not text"),
        (b"Le pr\xe9sident\rIl est all\xe9 \xfe loin.", (2, 13), "byte 0xFE is not text"),
        (
            b"Il a \x81t\xe9 \xe0 la f\xeate, d\xe9j\xe0, o\xf9 r\xe8gne la gaiet\xe9 fran\xe7aise.",
            (1, 6),
            "byte 0x81 is not text",
        ),
        (b"Le soldat.\nIl est\0 mort.", (2, 7), "a NUL character is not text"),
        (
            "Il est là.".encode("utf-16")[:-1],
            (1, 10),
            "byte 0x2E is not text in UTF-16, in which the rest of the file is written",
        ),
    ],
)
def test_a_byte_that_is_not_text_elsewhere(write: Write, data: bytes, place: tuple[int, int], message: str) -> None:
    path = write(data)
    error = refused(path)
    assert error.message == message
    assert error.place is not None
    assert (error.place.line, error.place.column) == place
    assert error.place.text


def test_an_encoding_that_is_none_of_ours(write: Write) -> None:
    error = refused(write("Президент посетил столицу и встретился с министрами обороны. ".encode("koi8-r") * 5))
    assert error.message == "the encoding of the file was not recognised; it may be koi8-r"
    assert error.hint == "save the file as UTF-8"


def test_the_place_on_standard_input_has_a_name() -> None:
    error = refused("-", "Été\n".encode() + b"\xe9")
    assert error.place == Place("standard input", 2, 1, "\N{REPLACEMENT CHARACTER}")
