"""Word documents: what is read of them, the paragraphs that places name, and archives made to do harm."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.readers.files import at, kinds, texts, units
from tqcheck import readers
from tqcheck.errors import UserError

docx = pytest.importorskip("docx", reason="python-docx is not installed: pip install 'tqcheck[formats]'")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(folder: Path, build: Callable[[Any], None]) -> str:
    document = docx.Document()
    build(document)
    file = folder / "article.docx"
    document.save(str(file))
    return str(file)


def changed(file: str, change: Callable[[str, bytes], bytes]) -> str:
    """The archive with the data of its entries changed."""
    before = Path(file).read_bytes()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return file


def article(document: Any) -> None:
    document.add_heading("Un pont fermé", 0)
    document.add_paragraph("Publié le 24 septembre 2021 à 16 h 23")
    document.add_paragraph()
    body = document.add_paragraph("  La préfète a ")
    body.add_run("annoncé").bold = True
    body.add_run(" la fermeture\ndu pont. ")
    document.add_comment(body.runs[0], "tqcheck: ignore negation: vu", author="ed", initials="ed")
    document.add_paragraph("Un détour", style="List Bullet")
    document.add_paragraph("Nous tiendrons.", style="Quote")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Péage", "3 €"
    document.add_heading("La suite", 2)


def test_blocks_and_their_paragraphs(tmp_path: Path) -> None:
    found = readers.read(saved(tmp_path, article), "fr")
    assert list(zip(kinds(found), texts(found), strict=True)) == [
        ("heading", "Un pont fermé"),
        ("dateline", "Publié le 24 septembre 2021 à 16 h 23"),
        ("paragraph", "La préfète a annoncé la fermeture du pont."),
        ("list-item", "Un détour"),
        ("quotation", "Nous tiendrons."),
        ("paragraph", "Péage"),
        ("paragraph", "3 €"),
        ("heading", "La suite"),
    ]
    assert units(found) == [f"paragraph {number}" for number in (1, 2, 4, 5, 6, 7, 8, 9)]
    assert at(found, "annoncé") == (4, 16)
    assert [(c.span.start, c.text) for c in found.comments] == [
        (found.blocks[2].span.start, "tqcheck: ignore negation: vu")
    ]


def test_tracked_changes_links_and_text_boxes(tmp_path: Path) -> None:
    inside = (
        f"<w:p {W}><w:r><w:t>Le pont </w:t></w:r><w:del><w:r><w:delText>vieux </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>neuf </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>parti </w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t>est ouvert</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/><w:t>là.</w:t></w:r></w:p>"
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Encadré.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    file = saved(tmp_path, lambda document: document.add_paragraph("ici"))
    mark = b"<w:body>"
    changed(file, lambda name, data: data.replace(mark, mark + inside.encode(), 1) if "document.xml" in name else data)
    assert texts(readers.read(file, "fr")) == ["Le pont neuf est ouvert‑là.", "Encadré.", "ici"]


def test_an_archive_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    file = saved(tmp_path, article)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(11):
            archive.writestr(f"word/media/{number}.bin", bytes(20_000_000))
    assert Path(file).stat().st_size < 1_000_000
    with pytest.raises(UserError, match="would unpack to more than 200 MB") as caught:
        readers.read(file, "fr")
    assert caught.value.hint


def test_an_archive_of_many_files_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(5001):
            archive.writestr(f"{number}", b"")
    with pytest.raises(UserError, match="5000 files"):
        readers.read(str(file), "fr")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'
    file = saved(tmp_path, article)
    changed(file, lambda name, data: bomb.encode(encoding) if name == "word/document.xml" else data)
    with pytest.raises(UserError, match="DOCTYPE"):
        readers.read(file, "fr")


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data[: len(data) // 2] if name == "word/document.xml" else data,
        lambda name, data: b"" if name == "[Content_Types].xml" else data,
        lambda name, data: data.replace(b"officeDocument", b"noDocument") if name.endswith(".rels") else data,
    ],
)
def test_a_damaged_document_is_refused(tmp_path: Path, change: Callable[[str, bytes], bytes]) -> None:
    file = changed(saved(tmp_path, article), change)
    with pytest.raises(UserError) as caught:
        readers.read(file, "fr")
    assert "Word document" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("data", [b"Il pleut.", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(data)
    with pytest.raises(UserError, match="no Word document"):
        readers.read(str(file), "fr")


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no text"):
        readers.read(saved(tmp_path, lambda document: None), "fr")


def test_without_the_library_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = saved(tmp_path, article)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UserError) as caught:
        readers.read(file, "fr")
    assert "tqcheck[formats]" in str(caught.value.hint)
